"""Grams: the short pieces by which a text is found.

A run of four or more ASCII letters and digits is cut into pieces of four; everywhere
else two neighbouring characters make a gram. A piece of two inside a longer run of
letters and digits would be in nearly every text and is left out.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from minzheng.county.errors import Problem

_RUN = re.compile(r"[0-9a-z]{4,}")
_RUN_LENGTH = 4
#: Of these a run is cut into pieces of four.
ALPHANUMERIC = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")


def grams_of(folded: str) -> set[str]:
    """Every gram of a folded text; a text that holds a word has all grams of the word."""
    pairs = {
        first + second
        for first, second in pairwise(folded)
        if not (first in ALPHANUMERIC and second in ALPHANUMERIC)
    }
    return pairs | set(run_pieces(folded))


def places_of_grams(folded: str) -> Iterator[tuple[str, int]]:
    """The grams of a folded text in their order, each with its offset."""
    for place, (first, second) in enumerate(pairwise(folded)):
        if not (first in ALPHANUMERIC and second in ALPHANUMERIC):
            yield first + second, place
    for run in _RUN.finditer(folded):
        for start in range(run.start(), run.end() - _RUN_LENGTH + 1):
            yield folded[start : start + _RUN_LENGTH], start


def is_exact(word: str) -> bool:
    """Whether having the word's grams is the same as having the word."""
    if len(word) == _RUN_LENGTH:
        return bool(_RUN.fullmatch(word))
    return len(word) == 2 and bool(grams_of(word))


def find_problem(word: str, folded: str) -> Problem | None:
    """Why a word is too short to be searched."""
    if grams_of(folded):
        return None
    if not folded:
        return Problem("查询词", "没有可以查找的文字", "输入至少两个汉字，或四位以上的数字或字母")
    return Problem(
        "查询词", f"“{word}”太短", "汉字至少输入两个；数字或字母至少连续四位，如身份证号后四位"
    )


def run_pieces(text: str) -> Iterator[str]:
    """The pieces of its runs of letters and digits."""
    for run in _RUN.finditer(text):
        piece = run[0]
        for start in range(len(piece) - _RUN_LENGTH + 1):
            yield piece[start : start + _RUN_LENGTH]
