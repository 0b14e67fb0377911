"""A table of registry/ as people read it on a page."""

import csv
import difflib
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from minzheng.county.registry.shown.registry_cells import Grid, grids_of
from minzheng.county.registry.shown.registry_guide import WORDS
from minzheng.county.registry.shown.unsure_rows import UnsureRow, unsure_rows
from minzheng.county.toml_files import explain

_MOST_CHANGES = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a table: title, headings, rows."""

    title: str
    headings: list[str]
    rows: list[list[str]]
    led_to: Mapping[int, str] = field(default_factory=dict)  #: rows that links lead to, from 1

    @property
    def named_rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Where a link leads to, if one does; each cell with the heading it needs.

        On a phone a row stands as a card, without a head; its first cell is what it is about.
        """
        return [
            (self.led_to.get(number, ""), self._named(row))
            for number, row in enumerate(self.rows, start=1)
        ]

    def _named(self, row: Sequence[str]) -> list[tuple[str, str]]:
        headings = ("", *self.headings[1:])
        return [
            (heading if cell else "", cell) for heading, cell in zip(headings, row, strict=False)
        ]


def with_links(parts: Sequence[Part], unsure: Sequence[UnsureRow]) -> list[Part]:
    """The parts, each with the rows that wait to be confirmed: the list of those leads to them."""
    return [
        replace(part, led_to={one.number: one.key for one in unsure if one.part == number})
        for number, part in enumerate(parts, start=1)
    ]


def parts_of(name: str, text: str) -> list[Part]:
    """A table to be read by people: title, headings and rows of each part."""
    if name.endswith(".csv"):
        heading, *rows = list(csv.reader(io.StringIO(text))) or [[]]
        return [Part("", [WORDS.get(one, one) for one in heading], rows)]
    if name.endswith(".toml"):
        return [_part(part, entries) for part, entries in _tables(text)]
    lines = (line.strip() for line in text.splitlines())
    groups = [[" = ".join(line.split("="))] for line in lines if line and not line.startswith("#")]
    return [Part("", ["一组"], groups)]


def notes_of(text: str) -> str:
    """What a table says of itself: the lines of comment it begins with."""
    noted: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        noted.append(line.lstrip("# ").strip())
    return " ".join(noted)


def changed_lines(old: str, new: str) -> list[tuple[bool, str]]:
    """Lines that a new table adds (true) and takes away, in order, at most sixty."""
    found = [
        (line[0] == "+", line[2:])
        for line in difflib.ndiff(old.splitlines(), new.splitlines())
        if line[:2] in ("+ ", "- ") and line[2:].strip()
    ]
    return found[:_MOST_CHANGES]


@lru_cache(maxsize=64)
def count_rows(name: str, data: bytes) -> tuple[int, int]:
    """The rows of a table, and how many of them are not confirmed."""
    text = data.decode("utf-8-sig", "replace")
    return sum(len(part.rows) for part in parts_of(name, text)), len(unsure_in(name, data))


@lru_cache(maxsize=64)
def unsure_in(name: str, data: bytes) -> tuple[UnsureRow, ...]:
    """The rows of a table that are not confirmed."""
    return unsure_rows(name, data.decode("utf-8-sig", "replace"))


@dataclass(frozen=True, slots=True)
class RowChange:
    """What becomes of one row: which it is, what was done, its cells before and after."""

    where: str
    deed: str  #: 改, 加, 去
    cells: tuple[tuple[str, str, str], ...]  #: heading, before, after


def changed_rows(name: str, old: str, new: str) -> list[RowChange]:
    """The rows in which two versions of a table differ, at most sixty; none of a list of words."""
    before = {one.table: one for one in grids_of(name, old)}
    changes = [
        change
        for grid in grids_of(name, new)
        for change in _row_changes(before.get(grid.table, Grid(grid.table, "", (), ())), grid)
    ]
    return changes[:_MOST_CHANGES]


def _row_changes(old: Grid, new: Grid) -> Iterator[RowChange]:
    keys = [tuple(sorted(row.items())) for row in old.rows]
    others = [tuple(sorted(row.items())) for row in new.rows]
    codes = difflib.SequenceMatcher(None, keys, others, autojunk=False).get_opcodes()
    for tag, start, stop, first, last in codes:
        if tag == "equal":
            continue
        pairs = min(stop - start, last - first)
        for at in range(pairs):
            yield _row_change(new, "改", start + at, old.rows[start + at], new.rows[first + at])
        for at in range(start + pairs, stop):
            yield _row_change(old, "去", at, old.rows[at], {})
        for at in range(first + pairs, last):
            yield _row_change(new, "加", at, {}, new.rows[at])


def _row_change(
    grid: Grid, deed: str, at: int, old: Mapping[str, str], new: Mapping[str, str]
) -> RowChange:
    """Of a changed row the cells that differ, and what names it."""
    cells = tuple(
        (one.heading, old.get(one.key, ""), new.get(one.key, ""))
        for one in grid.columns
        if old.get(one.key, "") != new.get(one.key, "")
    )
    named = [text for one in grid.columns[:2] if (text := (old or new).get(one.key, ""))]
    return RowChange(f"{grid.title}第 {at + 1} 行 {' '.join(named)[:40]}", deed, cells)


def _tables(text: str) -> list[tuple[str, list[dict[str, Any]]]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [("", [{"错误": explain(error)}])]
    return [(key, value) for key, value in table.items() if isinstance(value, list)]


def _part(part: str, entries: list[dict[str, Any]]) -> Part:
    headings = list(dict.fromkeys(key for entry in entries for key in entry))
    rows = [[_shown(entry.get(key, "")) for key in headings] for entry in entries]
    return Part(WORDS.get(part, part), [WORDS.get(one, one) for one in headings], rows)


def _shown(value: Any) -> str:
    """A value of a TOML table as people read it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return " ".join(map(_shown, value.values()))
    if isinstance(value, list):
        return ("；" if any(isinstance(one, dict) for one in value) else "、").join(
            map(_shown, value)
        )
    return str(value)
