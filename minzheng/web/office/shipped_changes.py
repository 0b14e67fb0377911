"""What a new version of the program changed of something that the county changed, too."""

from dataclasses import dataclass
from pathlib import Path

from minzheng.external.county_files import changed_by_both, county_folders
from minzheng.external.files.changed_lines import changed_lines
from minzheng.external.files.laid_files import Change, Laid, keep_own
from minzheng.web.gate.office import config

_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two changed in one file."""

    heading: str
    lines: tuple[tuple[bool, str], ...]
    left_out: int = 0


def both_changed(folder: str) -> frozenset[str]:
    """The names of all that both changed, in `registry` or `templates`."""
    return frozenset(changed_by_both(config(), folder))


def sides_of(folder: str, name: str) -> list[Side]:
    """What each of the two changed, file by file; none where only one did."""
    laid, change = _found(folder, name)
    if laid is None or change is None:
        return []
    return [
        side
        for file in change.files
        for side in (
            _side(f"新版本对 {file} 的改动", laid.before / file, laid.shipped / file),
            _side(f"本县对 {file} 的改动", laid.before / file, laid.own / file),
        )
    ]


def settle(folder: str, name: str) -> None:
    """The county put another one in place and saw both: nothing more is to be told."""
    laid, change = _found(folder, name)
    if laid is not None and change is not None:
        keep_own(laid, change)


def _found(folder: str, name: str) -> tuple[Laid | None, Change | None]:
    return county_folders(config()).get(folder), changed_by_both(config(), folder).get(name)


def _side(heading: str, old: Path, new: Path) -> Side:
    lines = changed_lines(old, new)
    return Side(heading, tuple(lines[:_MOST_LINES]), max(0, len(lines) - _MOST_LINES))
