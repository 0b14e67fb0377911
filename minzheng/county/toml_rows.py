"""Rows of a TOML file changed where they stand: comments, order and the rest stay to the letter.

Only entries of arrays of tables (`[[standard]]`) are touched, and of these only the keys that
say something else now. What comes out is read again and must be the file that was meant.
"""

import datetime as dt
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minzheng.county.errors import MinzhengError

Entry = Mapping[str, Any]

_HEAD = re.compile(r"\s*\[(?P<array>\[?)\s*(?P<name>[\w.-]+)\s*\]{1,2}\s*(#.*)?")
_KEY = re.compile(r"\s*(?P<key>[\w-]+)\s*=\s*")


class UnusualRowError(MinzhengError):
    """这一行的写法特殊，网页上改不了。请下载文件，改好后上传。"""


@dataclass(frozen=True, slots=True)
class _Block:
    """Where an entry stands: its head, the end of its own keys, the end with its tables."""

    head: int
    keys_end: int
    end: int


def change_entry(text: str, table: str, number: int, entry: Entry) -> str:
    """The text with another entry in place of the one with a number, counted from 0.

    Raises:
        UnusualRowError: it is not written as this module can change it.
    """
    old = tomllib.loads(text)[table]
    lines = text.splitlines(keepends=True)
    block = _block(lines, table, number, len(old))
    kept, known = list(lines[: block.head + 1]), dict(old[number])
    for key, part in _keys(lines, block.head + 1, block.keys_end):
        if key in known and key not in entry:
            continue
        same = key not in known or _is_same(known[key], entry[key])
        kept += part if same else [_line(key, entry[key], part, known[key])]
    new = [_line(key, value, (), None) for key, value in entry.items() if key not in known]
    kept[_place_of_new(kept) :] = [*new, *kept[_place_of_new(kept) :]]
    meant = [entry if at == number else one for at, one in enumerate(old)]
    return _checked("".join([*kept, *lines[block.keys_end :]]), text, table, meant)


def add_entry(text: str, table: str, after: int, entry: Entry) -> str:
    """The text with a new entry behind the one with a number; -1: before all.

    Raises:
        UnusualRowError: it is not written as this module can change it.
    """
    old = tomllib.loads(text).get(table, [])
    lines = text.splitlines(keepends=True)
    blocks = _blocks(lines, table)
    if not blocks:
        raise UnusualRowError
    at = blocks[after].end if after >= 0 else blocks[0].head
    told = [f"[[{table}]]\n", *(_line(key, value, (), None) for key, value in entry.items())]
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += "\n"
    new = ["\n", *told] if after >= 0 else [*told, "\n"]
    meant = [*old[: after + 1], entry, *old[after + 1 :]]
    return _checked("".join([*lines[:at], *new, *lines[at:]]), text, table, meant)


def remove_entry(text: str, table: str, number: int) -> str:
    """The text without an entry; the comments around it stay.

    Raises:
        UnusualRowError: it is not written as this module can change it.
    """
    old = tomllib.loads(text)[table]
    lines = text.splitlines(keepends=True)
    block = _block(lines, table, number, len(old))
    comments = [one for one in lines[block.head : block.end] if one.lstrip().startswith("#")]
    rest = lines[block.end :]
    if rest and not rest[0].strip() and not comments:
        rest = rest[1:]
    meant = [one for at, one in enumerate(old) if at != number]
    return _checked("".join([*lines[: block.head], *comments, *rest]), text, table, meant)


def _block(lines: Sequence[str], table: str, number: int, entries: int) -> _Block:
    blocks = _blocks(lines, table)
    if len(blocks) != entries:  # some are written as `table = [{…}]`
        raise UnusualRowError
    return blocks[number]


def _blocks(lines: Sequence[str], table: str) -> list[_Block]:
    """Every entry of a table, in order; blank lines and comments after one are not its own."""
    heads = [(at, one) for at, line in enumerate(lines) if (one := _HEAD.fullmatch(line.rstrip()))]
    found = []
    for place, (at, head) in enumerate(heads):
        if not head["array"] or head["name"] != table:
            continue
        more = heads[place + 1 :]
        inner = [one for one, other in more if other["name"].startswith(f"{table}.")]
        outer = [one for one, other in more if not other["name"].startswith(f"{table}.")]
        end = min(outer, default=len(lines))
        own = [one for one in inner if one < end]
        found.append(_Block(at, _trimmed(lines, own[0] if own else end), _trimmed(lines, end)))
    return found


def _trimmed(lines: Sequence[str], end: int) -> int:
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _keys(lines: Sequence[str], at: int, end: int) -> list[tuple[str, list[str]]]:
    """The lines of each key; a comment or blank line is one without."""
    found: list[tuple[str, list[str]]] = []
    while at < end:
        start = _KEY.match(lines[at])
        stop = at + 1
        while start and stop < end and not _is_toml("".join(lines[at:stop])):
            stop += 1
        found.append((start["key"] if start else "", list(lines[at:stop])))
        at = stop
    return found


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _place_of_new(lines: Sequence[str]) -> int:
    """Behind the last key: a comment that ends the keys belongs to what follows."""
    return _trimmed(lines, len(lines))


def _line(key: str, value: Any, written: Sequence[str], old: Any) -> str:
    """One key; a comment behind the value it had stays."""
    return f"{key} = {_told(value)}{_comment(written, key, old)}\n"


def _comment(written: Sequence[str], key: str, old: Any) -> str:
    if len(written) != 1:
        return ""
    line = written[0].rstrip("\n")
    for at in [one.start() for one in re.finditer(r"\s*#", line)]:
        if _is_toml(line[:at]) and tomllib.loads(line[:at]).get(key) == old:
            return line[at:]
    return ""


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_told, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int):
        return str(value)
    raise UnusualRowError


def _is_same(old: Any, new: Any) -> bool:
    return type(old) is type(new) and bool(old == new)


def _checked(text: str, before: str, table: str, entries: Sequence[Entry]) -> str:
    """The text, if it says what was meant and every comment is still there."""
    meant = tomllib.loads(before) | {table: [dict(one) for one in entries]}
    if not entries:
        del meant[table]
    if not _is_toml(text) or tomllib.loads(text) != meant:
        raise UnusualRowError
    if _comments(text) != _comments(before):
        raise UnusualRowError
    return text


def _comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]
