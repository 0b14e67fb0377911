"""A date that was issued, and stands on the scan as another one (补4).

People date what they sign, and the day they write is near the one that was issued: a date of
its own tells nothing. Only where an issued one is read nowhere, though its form prints it
between two values that are read, and one like it stands between the same two, was that
written for it: a person is to look. Told is no more than one in three; no sign of a pen is
needed for it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minzheng.inspection.checks.unlike_issued import (
    DATE,
    ReadText,
    Unlike,
    differ_in,
    plain,
    texts_in,
)

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?(?!\d)")
_VALUE = re.compile(r"\d{17}[\dX]|1[3-9]\d{9}|\d{1,9}\.\d\d|[㐀-鿿·]{2,12}")
_SURE = 0.97  #: of a line
_MOST_DIGITS = 2  #: in which a date differs from the one it was written for

Day = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Stands:
    """A date that stands alone in a document, and the values before it and behind."""

    day: Day
    words: str
    before: str
    behind: str


def changed_dates(
    whole: Mapping[str, Any],
    shown: Mapping[str, Any],
    lines: Sequence[ReadText],
    told: Sequence[Unlike] = (),
) -> tuple[Unlike, ...]:
    """The dates of a document that stand on its scan as others.

    Args:
        whole: all texts of the document.
        shown: those that its form prints.
        lines: of the scan in reading order, without signatures.
        told: what is said of the scan already.
    """
    issued = {day for text in texts_in(whole) for day, _ in _days_in(text)}
    read = [(at, *one) for at, line in enumerate(lines) for one in _days_in(line.text)]
    on_page = {day for _, day, _ in read}
    other = [one for one in read if one[1] not in issued and lines[one[0]].confidence >= _SURE]
    said = {text for one in told for text in (one.issued, one.read)}
    found: list[Unlike] = []
    for one in _standing(shown):
        if one.day in on_page or one.words in said:
            continue
        instead = {
            words
            for at, day, words in other
            if _is_like(one.day, day) and _stands_between(at, one, lines)
        }
        if len(instead) == 1:
            found.append(Unlike(DATE, instead.pop(), one.words))
    return tuple(found)


def _days_in(text: str) -> Iterator[tuple[Day, str]]:
    for match in _DAY.finditer(plain(text)):
        yield _day(match), match.group()


def _day(match: re.Match[str]) -> Day:
    year, month, day = map(int, match.groups())
    return year, month, day


def _standing(shown: Mapping[str, Any]) -> Iterator[_Stands]:
    plain_ones = map(plain, texts_in(shown))
    values = list(
        dict.fromkeys(one for one in plain_ones if _VALUE.fullmatch(one) or _DAY.fullmatch(one))
    )
    for before, words, behind in zip(values, values[1:], values[2:], strict=False):
        if match := _DAY.fullmatch(words):
            yield _Stands(_day(match), words, before, behind)


def _is_like(one: Day, other: Day) -> bool:
    written = ("{:04}{:02}{:02}".format(*day) for day in (one, other))
    return differ_in(*written) <= _MOST_DIGITS


def _stands_between(at: int, one: _Stands, lines: Sequence[ReadText]) -> bool:
    """Whether a line stands behind the one value and before the other."""
    return _holds(lines[: at + 1], one.before) and _holds(lines[at:], one.behind)


def _holds(lines: Sequence[ReadText], value: str) -> bool:
    return any(value in plain(line.text).replace(",", "") for line in lines)
