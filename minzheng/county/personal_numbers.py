"""Personal numbers as people and scans write them: found, and told in one writing.

`110105-19491231-002X`, `1101 0519 4912 3100 2X` and `1101051949l231002X` are one ID number.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from minzheng.county.writing.chinese_text import fold_for_search

#: Full-width signs as half-width ones, one for one.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_MISREAD = str.maketrans("lIOo", "1100")
_SIGN = r"[\dlIOo]"
#: One sign, or a line's end, that may stand between any two figures of an ID number.
_BREAK = r"[\s\-‐-―_.·]?"
#: What stands between the groups of a phone number, and may between those of a card.
_JOINT = r"[\s\-‐-―_.·]"
#: A group that would be a month or a day: an amount beside it is no phone.
_NO_DATE = r"(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d))"
_ID = rf"[1-8](?:{_BREAK}{_SIGN}){{16}}{_BREAK}[\dlIOoxX]"
_OLD_ID = rf"[1-8](?:{_BREAK}\d){{14}}"
_PHONE = (
    rf"(?:\+?86{_JOINT}?)?(?:1[3-9]\d{{9}}|1[3-9]\d{_JOINT}\d{{4}}{_JOINT}\d{{4}}"
    rf"|1[3-9]\d\d{_JOINT}\d{{4}}{_JOINT}\d{{3}}|1[3-9]\d{{5}}{_JOINT}\d{{4}}"
    rf"|1[3-9]\d{{3}}{_JOINT}{_NO_DATE}\d{{6}}|1[3-9]\d{_JOINT}{_NO_DATE}\d{{8}})"
)
_LANDLINE = rf"0\d{{2,3}}{_JOINT}?\d{{3,4}}{_JOINT}?\d{{4}}"
_CARD = rf"6\d{{3,6}}(?:{_JOINT}?\d{{3,4}}){{2,3}}(?:{_JOINT}?\d{{1,5}})?"
#: Where a number may begin; each kind is tried there.
_BEGINS = re.compile(r"(?<!\d)[\d+]")
_END = r"(?!\d)"
_KINDS = {
    kind: re.compile(pattern + _END)
    for kind, pattern in (
        ("id", _ID), ("old", _OLD_ID), ("card", _CARD), ("phone", _PHONE), ("line", _LANDLINE),
    )
}  # fmt: skip
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_LOOKS = {
    "id": re.compile(rf"\d{{6}}(?:19|20)\d\d{_DAY}\d{{3}}[\dX]"),
    "old": re.compile(rf"\d{{8}}{_DAY}\d{{3}}"),
    "card": re.compile(r"\d{16,19}"),
    "phone": re.compile(r"1[3-9]\d{9}"),
    "line": re.compile(r"0\d{9,11}"),
}


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """Where a number stands in a text, and the number in one writing."""

    start: int
    end: int
    number: str  #: figures, and an upper-case X


def written_numbers(text: str) -> Iterator[WrittenNumber]:
    """Every ID, phone and card number that stands in a text, in whatever spelling."""
    plain, at = text.translate(_HALF), 0
    while begun := _BEGINS.search(plain, at):
        at = begun.end()
        found = _number_at(plain, begun.start())
        if found:
            at = found.end
            yield found


def whole_number(text: str) -> str:
    """The number that a text is and nothing else, in one writing; empty when it is none."""
    bare = text.strip()
    found = next(written_numbers(bare), None)
    return found.number if found and (found.start, found.end) == (0, len(bare)) else ""


def close_up_numbers(text: str) -> str:
    """The text with every number that is broken by blanks in one writing."""
    pieces, end = [], 0
    for one in written_numbers(text):
        raw = text[one.start : one.end]
        said = one.number if re.search(r"\s", raw) or raw.startswith("+") else raw
        pieces += [text[end : one.start], said]
        end = one.end
    return "".join(pieces) + text[end:]


def spellings_in(text: str, numbers: Collection[str]) -> tuple[str, ...]:
    """How some numbers, given in one writing, are written in a text."""
    found = (one for one in written_numbers(text) if one.number in numbers)
    return tuple(dict.fromkeys(text[one.start : one.end] for one in found))


def numbers_spelt_out(text: str) -> Iterator[str]:
    """The numbers of a text that a search for them in one writing would not find there."""
    for one in written_numbers(text):
        if one.number.lower() not in fold_for_search(text[one.start : one.end]):
            yield one.number


def _number_at(plain: str, start: int) -> WrittenNumber | None:
    """The longest number of any kind that begins here and is sound."""
    matches = ((kind, pattern.match(plain, start)) for kind, pattern in _KINDS.items())
    sound = (
        WrittenNumber(start, one.end(), told)
        for kind, one in matches
        if one and (told := _told(kind, one[0]))
    )
    return max(sound, key=lambda one: one.end, default=None)


def _told(kind: str, raw: str) -> str:
    """The number in one writing; empty when it is none of its kind."""
    plain = raw.translate(_MISREAD) if kind == "id" else raw
    signs = "".join(sign for sign in plain if sign.isalnum()).upper()
    if kind == "phone":
        signs = signs[-11:]
    return signs if _LOOKS[kind].fullmatch(signs) else ""
