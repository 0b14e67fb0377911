"""Rows of the county's tables that nobody has confirmed: samples, proposals, titles to be checked.

They work like any other row; the county looks at them one after the other and confirms them.
"""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.shown.registry_guide import FILES, WORDS

#: Any of these in a row says that it is not confirmed.
_UNSURE = ("示例", "暂编", "建议值", "待核", "县里填写", "县里核定", "由县补充")
#: What a row is called by, in this order.
_NAMES = (
    "use", "benefit", "scheme", "title", "name", "kind", "hukou_type", "types", "levels",
    "classes", "held",
)  # fmt: skip
_CELLS = 3  #: of a spreadsheet
#: What it says, where it says a figure.
_FIGURES = ("month_amount", "amount", "value", "percent", "most_months", "least", "most")


@dataclass(frozen=True, slots=True)
class UnsureRow:
    """A row that waits to be confirmed."""

    file: str
    part: int  #: which part of its table, from 1
    number: int  #: which row of the part, from 1
    name: str
    says: str  #: its figure with its unit, and since when
    why: str  #: its source

    @property
    def key(self) -> str:
        """Where it stands on the page of its table."""
        return f"row-{self.part}-{self.number}"


def unsure_rows(file: str, text: str) -> tuple[UnsureRow, ...]:
    """The rows of a table that are not confirmed; none when it cannot be read."""
    if file.endswith(".csv"):
        return tuple(_of_csv(file, text))
    if not file.endswith(".toml"):
        return ()
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return ()
    parts = (entries for entries in tables.values() if isinstance(entries, list))
    return tuple(
        _named(file, part, number, entry)
        for part, entries in enumerate(parts, start=1)
        for number, entry in enumerate(entries, start=1)
        if isinstance(entry, Mapping) and _is_unsure(map(_told, entry.values()))
    )


def all_unsure_rows(folder: Path = REGISTRY_FOLDER) -> tuple[UnsureRow, ...]:
    """Those of every table of a county."""
    there = (folder / one.name for one in FILES)
    return tuple(
        row
        for file in there
        if file.is_file()
        for row in unsure_rows(file.name, file.read_text("utf-8-sig", "replace"))
    )


def _of_csv(file: str, text: str) -> Iterator[UnsureRow]:
    _, *rows = list(csv.reader(io.StringIO(text))) or [[]]
    for number, cells in enumerate(rows, start=1):
        marked = [cell for cell in cells if _is_unsure(iter([cell]))]
        if marked:
            named = [cell for cell in cells if cell and cell not in marked]
            yield UnsureRow(file, 1, number, " ".join(named[:_CELLS]), "", marked[0])


def _named(file: str, part: int, number: int, entry: Mapping[str, Any]) -> UnsureRow:
    name = "·".join(_told(entry[key]) for key in _NAMES if entry.get(key))
    unit = str(entry.get("unit", ""))
    figures = (f"{WORDS.get(key, key)} {entry[key]}{unit}" for key in _FIGURES if key in entry)
    since = f"{entry['from']} 起" if "from" in entry else ""
    says = "，".join(filter(None, (*figures, since)))
    return UnsureRow(file, part, number, name, says, str(entry.get("source", "")))


def _is_unsure(cells: Iterator[str]) -> bool:
    return any(word in cell for cell in cells for word in _UNSURE)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)
