"""Dated entries of a registry file: what is wrong with them is named all at once."""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from minzheng.county.errors import Problem, RegistryError
from minzheng.county.toml_files import explain, parse_once
from minzheng.county.writing.money_words import parse_money


def read_entries(
    file: Path, table: str, keys: tuple[str, ...], numbers: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """The `[[table]]` entries of a file; each has these texts, whole numbers and its days.

    Raises:
        RegistryError: with every wrong entry.
    """
    try:
        entries = parse_once(file.read_text(encoding="utf-8")).get(table, [])
    except tomllib.TOMLDecodeError as error:
        problem = Problem(file.name, explain(error), "改正该行")
        raise RegistryError([problem]) from error
    problems = [
        problem
        for number, entry in enumerate(entries, start=1)
        for problem in _entry_problems(
            f"{file.name} 第 {number} 个 [[{table}]]", entry, keys, numbers
        )
    ]
    if problems:
        raise RegistryError(problems)
    return list(entries)


def read_tables(
    file: Path, tables: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
) -> dict[str, list[dict[str, Any]]]:
    """Several tables of one file: each with the texts and whole numbers of its entries.

    Raises:
        RegistryError: with every wrong entry of every table.
    """
    read: dict[str, list[dict[str, Any]]] = {}
    problems: list[Problem] = []
    for table, (texts, numbers) in tables.items():
        try:
            read[table] = read_entries(file, table, texts, numbers)
        except RegistryError as error:
            problems += error.problems
    if problems:
        raise RegistryError(dict.fromkeys(problems))
    return read


def holds_on(entry: dict[str, Any], day: dt.date) -> bool:
    """Whether an entry is in force on a day."""
    start, end = entry["from"], entry.get("to", dt.date.max)
    return bool(start <= day <= end)


def find_overlaps(
    file: Path, entries: list[dict[str, Any]], keys: tuple[str, ...]
) -> Iterator[Problem]:
    """Entries of one name whose days overlap: nobody knew which of them holds."""
    before: dict[str, list[dict[str, Any]]] = {}
    for number, entry in enumerate(entries, start=1):
        name = [entry.get(key) for key in keys]
        others = before.setdefault(repr(name), [])
        for _ in (other for other in others if _overlap(entry, other)):
            what = f"“{'·'.join(map(str, name))}”的起止日期与前面的重叠"
            yield Problem(f"{file.name} 第 {number} 个", what, "给前一个写上 to", keys[0])
        others.append(entry)


def _overlap(entry: dict[str, Any], other: dict[str, Any]) -> bool:
    return holds_on(entry, other["from"]) or holds_on(other, entry["from"])


def _entry_problems(
    where: str, entry: dict[str, Any], keys: tuple[str, ...], numbers: tuple[str, ...]
) -> Iterator[Problem]:
    for key in keys:
        if not isinstance(entry.get(key), str) or not entry[key]:
            yield Problem(where, f"{key} 没有填写", "填上文字", key)
    for key in numbers:
        if type(entry.get(key)) is not int or entry[key] < 0:
            yield Problem(where, f"{key} 读到的是 {entry.get(key)!r}", "写成不小于 0 的整数", key)
    yield from _day_and_amount_problems(where, entry)


def _day_and_amount_problems(where: str, entry: dict[str, Any]) -> Iterator[Problem]:
    for key in ("from", "to"):
        value = entry.get(key, dt.date.max if key == "to" else None)
        if not isinstance(value, dt.date):
            yield Problem(where, f"{key} 读到的是 {value!r}", "写成 2018-01-01 这样的日期", key)
    for key in ("month_amount", "amount"):
        if key in entry and parse_money(str(entry[key])) is None:
            yield Problem(where, f"金额“{entry[key]}”无效", '写成 "295.00"', key)
