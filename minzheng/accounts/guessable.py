"""Passwords that can be guessed: taken apart into what anybody would try first.

Each word, pinyin syllable, run of keys, row of equal signs, date, telephone number counts as
one sign; what is left must still be long enough. `Zhenping@2026` is three such pieces.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator

from minzheng.county.writing.pinyin import initials, syllables

LEAST_PIECES = 6
_LOOKED_AT = 64  #: signs; what is longer is judged by its beginning
_SHORTEST_WORD, _SHORTEST_RUN, _SHORTEST_OWN = 4, 3, 2
_LONGEST_UNIT = 12
_CHINESE_WORDS = Path(__file__).with_name("common_words.txt")
#: Rows of the keyboard, plain and with shift, slanting columns, the block of digits.
_KEYS = (
    "`1234567890-=", "~!@#$%^&*()_+", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./",
    "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/",
    "!qaz", "@wsx", "#edc", "$rfv", "%tgb", "^yhn", "&ujm",
    "147", "258", "369", "789", "456", "7410", "8520", "9630", "159", "753", "951", "357",
    "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip
_FOLDED = str.maketrans("@4031!|$57", "aaoeliiss" + "t")
_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue"
    r"|ui|un|uo|ve|a|e|i|o|u|v)"
)
_PHONE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    weight: int = 1


def why_guessable(password: str, own_words: Iterable[str] = ()) -> str:
    """Why a password would be guessed, naming what of it is known; empty: it would not."""
    pieces = _fewest_pieces(password[:_LOOKED_AT].lower(), _spelled(own_words))
    if sum(one.weight for one in pieces) >= LEAST_PIECES:
        return ""
    known = [password[one.start : one.end] for one in pieces if one.end - one.start > 1]
    named = "、".join(f"“{one}”" for one in dict.fromkeys(known))
    said = f"其中{named}容易猜到，剩下的太少" if known else "不同的字太少"
    return f"密码容易被猜到：{said}。换成几个不相干的词，中间夹上数字、符号。"


def _fewest_pieces(text: str, own_words: frozenset[str]) -> list[_Piece]:
    """The cheapest way to put a text together from known pieces and single signs."""
    ending: dict[int, list[_Piece]] = {}
    for one in _pieces(text, own_words):
        ending.setdefault(one.end, []).append(one)
    best: list[tuple[_Piece, ...]] = [()]
    for end in range(1, len(text) + 1):
        ways = ((*best[one.start], one) for one in (*ending.get(end, ()), _Piece(end - 1, end)))
        best.append(min(ways, key=_cost))
    return list(best[-1])


def _cost(pieces: tuple[_Piece, ...]) -> tuple[int, int]:
    """Weight first; of equal ways the one with the longest pieces names things best."""
    return sum(one.weight for one in pieces), -sum((one.end - one.start) ** 2 for one in pieces)


def _pieces(text: str, own_words: frozenset[str]) -> Iterator[_Piece]:
    for start in range(len(text)):
        for end in range(start + _SHORTEST_OWN, len(text) + 1):
            if _is_known(text[start:end], own_words):
                yield _Piece(start, end)
        yield from _repeated(text, start, own_words)


def _repeated(text: str, start: int, own_words: frozenset[str]) -> Iterator[_Piece]:
    """What is said again and again from one place; it weighs as if said once."""
    for length in range(1, min(_LONGEST_UNIT, (len(text) - start) // 2) + 1):
        unit, end = text[start : start + length], start + length
        while text.startswith(unit, end):
            end += length
        if end - start >= max(_SHORTEST_RUN, 2 * length):
            weight = sum(one.weight for one in _fewest_pieces(unit, own_words))
            yield _Piece(start, end, weight)


def _is_known(part: str, own_words: frozenset[str]) -> bool:
    if part.isdigit() and part.isascii():
        return _is_number(part) or _is_word(part, own_words) or _is_run(part)
    if _is_word(part, own_words) or _is_word(part.translate(_FOLDED), own_words):
        return True
    return _is_run(part) or bool(_SYLLABLE.fullmatch(part))


def _is_word(part: str, own_words: frozenset[str]) -> bool:
    if part in own_words or part in _chinese_words():
        return True
    return len(part) >= _SHORTEST_WORD and (part in _common() or part[::-1] in _common())


def _is_run(part: str) -> bool:
    if len(part) < _SHORTEST_RUN:
        return False
    if any(part in keys or part[::-1] in keys for keys in _KEYS):
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(part)}
    return len(steps) == 1 and abs(steps.pop()) in (1, 2) and part.isalnum()


def _is_number(digits: str) -> bool:
    """A year, a month or day of one, a telephone number, an ID number."""
    if _PHONE.fullmatch(digits):
        return True
    if len(digits) == 18:
        return _is_date(digits[6:14], "%Y%m%d")
    shapes = {4: ("%Y", "%m%d"), 6: ("%y%m%d", "%Y%m"), 8: ("%Y%m%d",)}
    return any(_is_date(digits, shape) for shape in shapes.get(len(digits), ()))


def _is_date(digits: str, shape: str) -> bool:
    """A real date; its year, if it has one, somebody alive may have seen."""
    whole = f"2000{digits}" if shape == "%m%d" else digits
    try:
        day = dt.datetime.strptime(whole, "%Y%m%d" if shape == "%m%d" else shape)
    except ValueError:
        return False
    return 1900 <= day.year <= 2099


def _spelled(words: Iterable[str]) -> frozenset[str]:
    """Words as people type them: themselves, in pinyin, by the first letters of it."""
    spelled = set[str]()
    for word in filter(None, (one.strip().lower() for one in words)):
        spelled |= {word, "".join(syllables(word)), "".join(initials(word))}
    return frozenset(one for one in spelled if len(one) >= _SHORTEST_OWN)


@cache
def _common() -> frozenset[str]:
    """The twenty thousand passwords Django knows as common, English words among them."""
    return frozenset(CommonPasswordValidator().passwords)


@cache
def _chinese_words() -> frozenset[str]:
    """What is typed in Chinese offices, beside names and places."""
    lines = _CHINESE_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(" ".join(one for one in lines if not one.startswith("#")).split())
