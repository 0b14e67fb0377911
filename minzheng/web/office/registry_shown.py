"""A table of registry/ as people read it on a page."""

import csv
import difflib
import io
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from minzheng.county.registry.registry_guide import WORDS
from minzheng.county.toml_files import explain

_MOST_CHANGES = 60
_UNSURE = ("示例", "暂编", "建议值")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a table: title, headings, rows."""

    title: str
    headings: list[str]
    rows: list[list[str]]


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
    """The rows of a table, and how many of them are not sure; told by what stands in it."""
    text = data.decode("utf-8-sig", "replace")
    rows = [row for part in parts_of(name, text) for row in part.rows]
    unsure = sum(any(word in cell for word in _UNSURE for cell in row) for row in rows)
    return len(rows), unsure


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
