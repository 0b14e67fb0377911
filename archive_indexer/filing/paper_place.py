"""Where the paper itself stands: cabinet, dossier, box, item. What is not known is not guessed.

Known are only numbers somebody wrote: in an archive number (DA/T 13), or in the names of
folders and files.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from archive_indexer.disk.file_names import as_read

UNKNOWN = "未登记"
#: `J012-WS·2018-D10-DB-0001`, also `DB·2018-Y-0001` and `…-DB-0003-005` (volume, item).
_ARCHIVE_NO = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:[A-Z]\d{3}|\d{12})-)?[A-Z]{2}[·.]\d{4}-(?:Y|D\d{2})"
    r"(?:-[A-Z]{2})?-\d{4}(?:-\d{3,4})?(?![0-9])"
)
_LAST_NUMBERS = re.compile(r"-(\d{4})(?:-(\d{3,4}))?$")
_CABINET = re.compile(r"(?:专柜|柜)(?:号)?[\s_\-]?(\d{1,3})(?!\d)|(?<!\d)(\d{1,3})号(?:专)?柜")
_BOX = re.compile(r"第(\d{1,4})盒|(?<!\d)(\d{1,4})号盒|盒(?:号)?[\s_\-]?(\d{1,4})(?!\d)")
_VOLUME = re.compile(r"第(\d{1,4})卷|卷号[\s_\-]?(\d{1,4})(?!\d)")
#: `102件困难` is a campaign's name, no number of an item.
_ITEM = re.compile(r"第(\d{1,4})件|件号?[\s_\-]?(\d{1,4})(?!\d)")
#: The folder law of the county: `0012_题名` in a folder of the year.
_ITEM_FOLDER = re.compile(r"(0\d{3})(?:_|[\-\s](?=\D))")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is registered of a village's cabinet."""

    cabinet: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)  #: short name of a dossier → 格位
    boxes: Mapping[str, str] = field(default_factory=dict)  #: 档号 → 盒号


_NO_SHELF = Shelf()


@dataclass(frozen=True, slots=True)
class ItemMark:
    """What a paper itself says of its number."""

    number: int = 0  #: 0: nothing
    one_paper: str = ""  #: what files share that are one paper: an archive number, a folder


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """The place a paper was given when its village's cabinet was numbered."""

    archive_no: str
    box: str
    item: str


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Each part as it was written, or empty."""

    village: str = ""
    cabinet: str = ""
    slot: str = ""
    dossier: str = ""  #: its short name
    archive_no: str = ""
    volume: str = ""
    box: str = ""
    item: str = ""

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Every part that is known, outermost first; what is not, said together in one."""
        named = (
            ("村", self.village), ("专柜", self.cabinet), ("格位", self.slot),
            ("专档", self.dossier), ("档号", self.archive_no), ("卷", self.volume),
            ("盒", self.box), ("件", self.item),
        )  # fmt: skip
        needed = ("村", "专柜", "专档", "盒", "件")
        missing = "、".join(name for name, value in named if not value and name in needed)
        known = tuple((name, value) for name, value in named if value)
        return (*known, (missing, UNKNOWN)) if missing else known

    @property
    def numbers(self) -> str:
        """What is known of cabinet, box and item in one line: 盒 3 件 0012; else 未登记, once."""
        told = [(name, value) for name, value in self.parts if name not in ("村", "专档")]
        return " ".join(f"{name} {value}" for name, value in told if value != UNKNOWN) or UNKNOWN


def archive_no(fonds: str, year: str, period: str, dossier: str, item: int) -> str:
    """The number of an item as DA/T 13 writes it: 610927103200-WS·2018-D10-DB-0001."""
    return f"{fonds}-WS·{year}-{period}-{dossier}-{item:04}"


def written_mark(path: str, filing: Mapping[str, Any] | None) -> ItemMark:
    """The number somebody wrote on a paper, or in the name of the folder that is the paper."""
    names = _names(path)
    written_no = _value(filing or {}, "archive_no") or _first(_ARCHIVE_NO, names)
    numbers = _LAST_NUMBERS.search(written_no)
    if numbers:
        return ItemMark(int(numbers[2] or numbers[1]), written_no)
    written = _first(_ITEM, names) or _item_folder(names)
    folder = str(PurePosixPath(path).parent)
    is_folder = bool(_ITEM_FOLDER.match(PurePosixPath(as_read(folder)).name))
    return ItemMark(int(written or 0), folder if is_folder else "")


def find_paper_place(
    path: str,
    filing: Mapping[str, Any] | None,
    dossier: str = "",
    shelf: Shelf = _NO_SHELF,
    given: GivenPlace | None = None,
) -> PaperPlace:
    """Where a paper stands: as somebody wrote, else as it was given, then from the register."""
    known = filing or {}
    names = _names(path)
    written_no = _value(known, "archive_no") or _first(_ARCHIVE_NO, names)
    numbers = _LAST_NUMBERS.search(written_no)
    volume, item = (numbers[1], numbers[2]) if numbers and numbers[2] else ("", "")
    if numbers and not item:
        item = numbers[1]
    place = PaperPlace(
        village=_value(known, "village"),
        cabinet=_first(_CABINET, names) or shelf.cabinet,
        slot=shelf.slots.get(dossier, ""),
        dossier=dossier,
        archive_no=written_no,
        volume=volume or _first(_VOLUME, names),
        box=_first(_BOX, names) or shelf.boxes.get(written_no, ""),
        item=item or _first(_ITEM, names) or _item_folder(names),
    )
    return _with_given(place, given) if given else place


def _with_given(place: PaperPlace, given: GivenPlace) -> PaperPlace:
    """What nobody wrote is as it was given."""
    return replace(
        place,
        archive_no=place.archive_no or given.archive_no,
        box=place.box or given.box,
        item=place.item or given.item,
    )


def _names(path: str) -> list[str]:
    parts = [as_read(part) for part in PurePosixPath(path).parts]
    stem = PurePosixPath(parts[-1]).stem if parts else ""
    return [*parts[:-1], stem]


def _item_folder(names: list[str]) -> str:
    """The number before an item's title, in its folder or its file's name."""
    found = [match[1] for name in names if (match := _ITEM_FOLDER.match(name))]
    return found[-1] if found else ""


def _first(pattern: re.Pattern[str], names: list[str]) -> str:
    """The innermost name that matches, by its first group that does, else as a whole."""
    for name in reversed(names):
        match = pattern.search(name)
        if match:
            return next((one for one in match.groups() if one), match[0])
    return ""


def _value(filing: Mapping[str, Any], name: str) -> str:
    guess = filing.get(name)
    return str(guess["value"]) if guess else ""
