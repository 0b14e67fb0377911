"""What may have been meant by a text that is none of the choices."""

import difflib
from collections.abc import Sequence
from functools import lru_cache

from minzheng.county.writing.pinyin import syllables

_FEW = 12  #: choices that a message names all
_MOST = 3
_ALIKE = 0.6  #: difflib's ratio: one character of three may differ


def advise(text: str, choices: Sequence[str]) -> str:
    """What to do about a text that is none of the choices: 旧成村 → 是不是“旧城村”？"""
    near = near_choices(text, choices)
    if near:
        return f"是不是{_list(near)}？是就照此改写"
    if len(choices) <= _FEW:
        return f"从{_list(choices)}中选一项"
    return f"从可选的 {len(choices)} 项中选一项（如{_list(choices[:_MOST])}）"


def near_choices(text: str, choices: Sequence[str]) -> list[str]:
    """The choices that sound the same; else those that look alike, the likest first."""
    said = _spoken(text)
    same = [one for one in choices if _spoken(one) == said]
    return same[:_MOST] or difflib.get_close_matches(text, choices, _MOST, _ALIKE)


@lru_cache(maxsize=4096)
def _spoken(text: str) -> tuple[str, ...]:
    return tuple(syllables(text))


def _list(items: Sequence[str]) -> str:
    return "、".join(f"“{item}”" for item in items)
