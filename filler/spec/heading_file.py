"""The words of rosters, `templates/shared/headings.toml`, read and checked with the forms."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from filler.form.heading_words import HeadingWords, Words
from filler.spec.spec_calls import suggest
from minzheng.county.errors import Problem

HEADINGS_FILE = Path("shared/headings.toml")
_GROUPS, _LISTS = ("same", "endings", "beginnings"), (
    "people", "members", "totals", "notes", "groups", "examples", "same_as_above", "relations",
    "heads", "left", "newer", "former",
)  # fmt: skip
_LEAST = 2  #: words of a group: one alone says nothing


def read_heading_words(table: Mapping[str, Any], problems: list[Problem]) -> HeadingWords:
    """The words; what is wrong with them is added to the problems."""
    found = list(_find_problems(table))
    problems += found
    if found:
        return HeadingWords()
    groups: dict[str, Any] = {key: tuple(map(tuple, table.get(key, ()))) for key in _GROUPS}
    lists: dict[str, Any] = {key: tuple(table.get(key, ())) for key in _LISTS}
    return HeadingWords(**groups, **lists)


def _find_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    where, known = str(HEADINGS_FILE), (*_GROUPS, *_LISTS)
    for key in table:
        if key not in known:
            yield Problem(where, f"没有“{key}”这个键", suggest(key, known), key)
    for key in _GROUPS:
        yield from _group_problems(where, key, table.get(key, []))
    for key in _LISTS:
        if not _is_words(table.get(key, [])):
            yield Problem(where, f"{key} 应为一列文字", '写成 ["词", "词"]', key)


def _group_problems(where: str, key: str, groups: Any) -> Iterator[Problem]:
    if not isinstance(groups, list) or not all(map(_is_words, groups)):
        yield Problem(where, f"{key} 应为一组一组的文字", '写成 [["词", "词"], ["词", "词"]]', key)
        return
    for group in groups:
        if len(group) < _LEAST:
            yield Problem(
                where, f"{key} 中的{_named(group)}只有一个词", "补上别的叫法，或删去", key
            )
    for group in groups:
        words: Counter[str] = Counter(group)
        for word in words:
            if words[word] > 1:
                what = f"{key} 的{_named(group)}这一组里“{word}”写了 {words[word]} 次"
                yield Problem(where, what, "只留一处", key)


def _named(group: Words) -> str:
    return f"“{group[0]}”" if group else "空的一组"


def _is_words(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(one, str) and one.strip() for one in found)
