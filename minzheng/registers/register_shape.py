"""What must be written of each register, and what nobody reads; said before it is read."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from minzheng.county.errors import Problem

FILE = "registers.toml"
_TYPES = ("text", "name", "idcard", "date", "month", "money", "int")
_TEXTS = ("id", "group", "title", "about")
_LISTS = ("from", "columns", "states")
_ENDS = 2  #: from and until
_TOP = ("left_out", "give", "register")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "register": (
        "id", "group", "title", "about", "unit", "from", "join", "where", "key", "newest",
        "columns", "proof", "states", "must", "each", "values", "lacking", "by", "people",
        "sums", "fill", "then", "prints",
    ),
    "from": ("form", "register", "rows", "columns", "where", "split"),
    "join": ("on", "from", "newest", "count", "sums", "lists"),
    "columns": ("slug", "label", "type", "value", "week_of", "hidden"),
    "give": ("to", "rows", "register", "match", "columns", "counts", "where", "days"),
    "then": ("form", "lacks"),
    "proof": ("code", "forms", "seal"),
    "states": ("name", "when", "level", "done"),
}  # fmt: skip
_MUST: Mapping[str, tuple[str, ...]] = {
    "from": (), "columns": ("slug", "label"), "states": ("name",), "join": (),
}  # fmt: skip


def find_misshapen(entries: Any) -> Iterator[Problem]:
    """Everything that is not written as it must be, of all entries."""
    for number, entry in enumerate(entries, start=1):
        where = f"{FILE} 第 {number} 个 [[register]]"
        if not isinstance(entry, dict):
            yield Problem(where, "不是一张登记簿", "写成 [[register]]")
            continue
        name = f"（{entry['id']}）" if entry.get("id") else ""
        yield from _of_one(where + name, entry)


def find_misshapen_gives(entries: Any) -> Iterator[Problem]:
    """The same of what registers give to forms."""
    for number, entry in enumerate(entries, start=1):
        where = f"{FILE} 第 {number} 个 [[give]]"
        if not isinstance(entry, dict):
            yield Problem(where, "写法不对", "写成 [[give]]")
            continue
        yield from _unknown_keys(where, "give", entry)
        for key in ("to", "rows", "register"):
            if not isinstance(entry.get(key), str) or not entry[key]:
                yield Problem(where, f"{key} 没有填写", "填上文字", key)
        for key in ("match", "columns", "counts", "where"):
            if not isinstance(entry.get(key, {}), dict):
                yield Problem(where, f"{key} 的写法不对", f'写成 {key} = {{ 列 = "列" }}', key)
        if not _are_spans(entry.get("days", {})):
            what, do = "days 的写法不对", '写成 days = { 列 = ["自", "至"] }'
            yield Problem(where, what, do, "days")


def find_misshapen_top(table: Mapping[str, Any]) -> Iterator[Problem]:
    """The same of what stands above all of them."""
    if not _are_texts(table.get("left_out", [])):
        yield Problem(FILE, "left_out 的写法不对", '写成 left_out = ["loans"]', "left_out")
    for key in sorted(set(table) - set(_TOP)):
        yield Problem(FILE, f"不认得“{key}”", f"可以写的有 {'、'.join(_TOP)}", key)


def _of_one(where: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            yield Problem(where, f"{key} 没有填写", "填上文字", key)
    yield from _unknown_keys(where, "register", entry)
    for key in (*_LISTS, "join"):
        if key in _LISTS and not entry.get(key):
            yield Problem(where, f"{key} 没有写", f"写成 {key} = [ {{ … }} ]", key)
        yield from _of_parts(where, key, entry.get(key, ()))
    yield from _of_small_parts(where, entry)
    if entry.get("must", "") not in ("", "villages"):
        yield Problem(where, f"must 不能是“{entry['must']}”", "写 villages，或不写", "must")


def _of_small_parts(where: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("proof", "then"):
        yield from _unknown_keys(where, key, entry.get(key, {}))
    for key in ("key", "values", "by", "sums"):
        if not _are_texts(entry.get(key, [])):
            yield Problem(where, f"{key} 的写法不对", f'写成 {key} = ["甲", "乙"]', key)


def _of_parts(where: str, key: str, parts: Any) -> Iterator[Problem]:
    if not isinstance(parts, list | tuple) or not all(isinstance(one, dict) for one in parts):
        yield Problem(where, f"{key} 的写法不对", f"写成 {key} = [ {{ … }} ]", key)
        return
    for one in parts:
        yield from _unknown_keys(where, key, one)
        for name in _MUST[key]:
            if not isinstance(one.get(name), str) or not one[name]:
                yield Problem(where, f"{key} 里有一项没有写 {name}", f"补上 {name}", name)
        yield from _OF_PART.get(key, _nothing_more)(where, one)
        if not isinstance(one.get("columns", {}), dict):
            yield Problem(where, "columns 的写法不对", '写成 { 本列 = "原表字段" }', key)


def _of_column(where: str, one: Mapping[str, Any]) -> Iterator[Problem]:
    if one.get("type", "text") not in _TYPES:
        what = f"列“{one.get('slug')}”的 type“{one['type']}”不认得"
        yield Problem(where, what, f"写 {'、'.join(_TYPES)}", "type")


def _of_source(where: str, one: Mapping[str, Any]) -> Iterator[Problem]:
    if bool(one.get("form")) == bool(one.get("register")):
        what = "from 里 form 和 register 要写一个"
        yield Problem(where, what, "写从哪张表或哪本登记簿取", "form")


def _of_join(where: str, one: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _of_parts(where, "from", one.get("from", ()))
    for key in ("sums", "lists"):
        if not isinstance(one.get(key, {}), dict):
            yield Problem(where, f"{key} 的写法不对", '写成 { 本列 = "取来的列" }', key)


def _nothing_more(where: str, one: Mapping[str, Any]) -> Iterator[Problem]:
    yield from ()


_OF_PART: Mapping[str, Callable[[str, Mapping[str, Any]], Iterator[Problem]]] = {
    "columns": _of_column, "from": _of_source, "join": _of_join,
}  # fmt: skip


def _unknown_keys(where: str, part: str, entry: Any) -> Iterator[Problem]:
    if not isinstance(entry, dict):
        yield Problem(where, f"{part} 的写法不对", f"写成 {part} = {{ … }}", part)
        return
    for key in sorted(set(entry) - set(_KEYS[part])):
        known = "、".join(_KEYS[part])
        yield Problem(where, f"{part} 里不认得“{key}”", f"可以写的有 {known}", key)


def _are_spans(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _are_texts(one) and len(one) == _ENDS for one in value.values()
    )


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
