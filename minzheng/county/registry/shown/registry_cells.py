"""A table of the registry as cells that people edit, and back as the file with all its comments.

What a column holds is told by what stands in it: money, whole numbers, days, yes or no, lists
of words, text. A column of anything else is shown and stays as it is.
"""

import csv
import datetime as dt
import io
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from minzheng.county.errors import MinzhengError, Problem
from minzheng.county.registry.shown.registry_guide import WORDS
from minzheng.county.toml_rows import add_entry, change_entry, remove_entry
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.county.writing.money_words import parse_money, print_money

_MONEY = re.compile(r"\d+\.\d\d")
_WORDS_APART = re.compile(r"[、，,；;\n]+")
_BETWEEN_WORDS = "、，,；;\n"
_YES, _NO = frozenset("是√对有YyTt1"), frozenset("否×不无NnFf0")


class WrongCellError(MinzhengError):
    """这一格写得不对。"""


class Kind(StrEnum):
    """What a column holds, as people are told."""

    TEXT = "文字"
    MONEY = "金额"
    WHOLE = "整数"
    DAY = "日期"
    YES_NO = "是或否"
    LIST = "几个词，用顿号隔开"
    FIXED = "只能在文件里改"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the file, its heading, what it holds."""

    key: str
    heading: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Grid:
    """One part of a table: the name of the array (empty in a .csv), columns and rows of texts."""

    table: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, str], ...]

    def column(self, key: str) -> Column | None:
        """A column by its key."""
        return next((one for one in self.columns if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a row: other cells, taken out, or a new one behind it (-1: before all)."""

    table: str
    number: int
    cells: Mapping[str, str] | None = None  #: None: taken out
    is_new: bool = False
    place: str = ""  #: where it was typed, when that is not the row itself


def is_editable(name: str) -> bool:
    """Whether a table is made of rows and columns."""
    return name.endswith((".csv", ".toml"))


def grids_of(name: str, text: str) -> list[Grid]:
    """The parts of a table; none of a list of words, nor of a file that cannot be read."""
    if name.endswith(".csv"):
        heading, *rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")))) or [[]]
        columns = tuple(
            Column(key, told, Kind.TEXT)
            for key, told in zip(heading, _headings(heading), strict=True)
        )
        return [Grid("", "", columns, tuple(dict(zip(heading, row, strict=False)) for row in rows))]
    if not name.endswith(".toml"):
        return []
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return []
    return [_grid(key, value) for key, value in tables.items() if _is_array(value)]


def apply(name: str, text: str, changes: Sequence[Change]) -> tuple[str, list[Problem]]:
    """The file with some rows changed; with mistakes, the file as it was, and all of them.

    Raises:
        UnusualRowError: a row is written in a way that only a person can change.
    """
    grids = {one.table: one for one in grids_of(name, text)}
    problems: list[Problem] = []
    meant = [(one, _values(grids[one.table], one, problems)) for one in changes]
    if problems:
        return text, problems
    # From the end, so that the numbers before a change still hold.
    order = sorted(range(len(meant)), key=lambda at: (meant[at][0].number, at), reverse=True)
    for at in order:
        change, values = meant[at]
        if name.endswith(".csv"):
            text = _write_csv(text, change, values)
        else:
            text = _write_toml(text, change, values)
    return text, []


def read(kind: Kind, cell: str) -> Any:
    """What a cell says, in the file's own kind; None when it is blank.

    Raises:
        WrongCellError: it does not say what the column holds.
    """
    plain = unicodedata.normalize("NFKC", cell).strip()
    if not plain:
        return None
    return cell.strip() if kind == Kind.TEXT else _READERS[kind](plain)


def says_same(column: Column, cell: str, before: str) -> bool:
    """Whether a cell says what stood there, in whatever way it is typed: 295 is 295.00."""
    if column.kind == Kind.FIXED or cell.strip() == before.strip():
        return True
    try:
        return bool(read(column.kind, cell) == read(column.kind, before))
    except WrongCellError:
        return False


def _is_array(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _headings(keys: Sequence[str]) -> list[str]:
    """As people read them; two that read alike are told apart by their keys."""
    told = [WORDS.get(one, one) for one in keys]
    return [
        f"{one}（{key}）" if told.count(one) > 1 else one
        for key, one in zip(keys, told, strict=True)
    ]


def _grid(table: str, entries: Sequence[Mapping[str, Any]]) -> Grid:
    keys = list(dict.fromkeys(key for entry in entries for key in entry))
    columns = tuple(
        Column(key, told, _kind([one[key] for one in entries if key in one]))
        for key, told in zip(keys, _headings(keys), strict=True)
    )
    rows = tuple({key: tell(entry[key]) for key in keys if key in entry} for entry in entries)
    return Grid(table, WORDS.get(table, table), columns, rows)


def _kind(values: Sequence[Any]) -> Kind:
    """What all values of a column are."""
    if all(isinstance(one, bool) for one in values):
        return Kind.YES_NO
    if all(type(one) is int for one in values):
        return Kind.WHOLE
    if all(isinstance(one, dt.date) for one in values):
        return Kind.DAY
    if all(isinstance(one, str) for one in values):
        return Kind.MONEY if all(_MONEY.fullmatch(one) for one in values) else Kind.TEXT
    if all(isinstance(one, list) and _are_words(one) for one in values):
        return Kind.LIST
    return Kind.FIXED


def _are_words(values: Sequence[Any]) -> bool:
    return all(
        isinstance(one, str) and one.strip() == one and not set(one) & set(_BETWEEN_WORDS)
        for one in values
    )


def tell(value: Any) -> str:
    """A value as people read and type it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "；".join(f"{key}：{tell(one)}" for key, one in value.items())
    if isinstance(value, list):
        between = "；" if any(isinstance(one, dict) for one in value) else "、"
        return between.join(map(tell, value))
    return str(value)


def _values(grid: Grid, change: Change, problems: list[Problem]) -> dict[str, Any]:
    """What the cells of a change say; one that was not typed in keeps its value."""
    place = change.place or ("新加的一行" if change.is_new else f"第 {change.number + 1} 行")
    before = {} if change.is_new else grid.rows[change.number]
    values: dict[str, Any] = {}
    for key, cell in (change.cells or {}).items():
        column = grid.column(key)
        if column is None or says_same(column, cell, before.get(key, "")):
            continue
        try:
            values[key] = read(column.kind, cell)
        except WrongCellError as error:
            where = f"{grid.title} {place}“{column.heading}”".strip()
            problems.append(Problem(where, f"读到的是“{cell.strip()[:40]}”", str(error), key))
    return values


def _write_toml(text: str, change: Change, values: Mapping[str, Any]) -> str:
    filled = {key: value for key, value in values.items() if value is not None}
    if change.is_new:
        return add_entry(text, change.table, change.number, filled)
    if change.cells is None:
        return remove_entry(text, change.table, change.number)
    old = tomllib.loads(text)[change.table][change.number]
    kept = {key: value for key, value in old.items() if key not in values}
    return change_entry(text, change.table, change.number, _in_order(old, kept | filled))


def _in_order(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Keys that were there in their order, then those that are new."""
    return {key: new[key] for key in [*old, *new] if key in new}


def _write_csv(text: str, change: Change, values: Mapping[str, Any]) -> str:
    """One record of the file; all others stay as they are written."""
    records = _records(text)
    heading = next(csv.reader([records[0].lstrip("\ufeff")]))
    at = change.number + 1
    if change.cells is None:
        return "".join([*records[:at], *records[at + 1 :]])
    old = [] if change.is_new else next(csv.reader([records[at]]))
    row = dict(zip(heading, old, strict=False)) | {key: one or "" for key, one in values.items()}
    stream = io.StringIO()
    end = "\r\n" if records[0].endswith("\r\n") else "\n"
    csv.writer(stream, lineterminator=end).writerow([row.get(key, "") for key in heading])
    if change.is_new:
        return "".join([*_ended(records[: at + 1], end), stream.getvalue(), *records[at + 1 :]])
    return "".join([*records[:at], stream.getvalue(), *records[at + 1 :]])


def _records(text: str) -> list[str]:
    """The records of a .csv as they are written; one with a line break in a cell is one."""
    records: list[str] = []
    for line in text.splitlines(keepends=True):
        if records and records[-1].count('"') % 2:
            records[-1] += line
        else:
            records.append(line)
    return records


def _ended(records: Sequence[str], end: str) -> list[str]:
    last = records[-1] if records[-1].endswith("\n") else records[-1] + end
    return [*records[:-1], last]


def _read_money(plain: str) -> str:
    amount = parse_money(plain.removesuffix("/月").removesuffix("/年"))
    if amount is None or amount < 0:
        raise WrongCellError("写成 480.00 这样的金额，单位是元")
    return print_money(amount)


def _read_whole(plain: str) -> int:
    if re.fullmatch(r"\d{1,9}(\.0+)?", plain) is None:
        raise WrongCellError("写不小于 0 的整数，不带单位")
    return int(plain.partition(".")[0])


def _read_day(plain: str) -> dt.date:
    day = parse_date(plain)
    if day is None:
        raise WrongCellError("写成 2026-01-01 这样的日期")
    return day


def _read_yes_no(plain: str) -> bool:
    if plain not in _YES | _NO and plain.lower() not in ("true", "false"):
        raise WrongCellError("写 是 或 否")
    return plain in _YES or plain.lower() == "true"


def _read_words(plain: str) -> list[str]:
    return [one.strip() for one in _WORDS_APART.split(plain) if one.strip()]


_READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.MONEY: _read_money,
    Kind.WHOLE: _read_whole,
    Kind.DAY: _read_day,
    Kind.YES_NO: _read_yes_no,
    Kind.LIST: _read_words,
}
