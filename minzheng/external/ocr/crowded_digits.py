"""Digits that a model folds into one: 5111.50 is read as 511.50, and every digit is sure.

A model tells signs apart step by step, eight pixels a step; of equal digits that stand close
together it sees one. Stretched they stand further apart. So a number in which equal digits
follow one another, or whose pence or gaps are odd, is read a second time stretched, unless
each of its digits has a mark of ink of its own; where
the two readings differ in that, the larger model reads the stretched digits, and what two of three
say stands. Where all differ nobody may be sure.

Measured on drawn amounts with many equal digits, squeezed to 55–100 % (700): wrong as they
are 65, stretched 4.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import cv2

from minzheng.county.writing.id_card import is_sound
from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_models import Character, Reading
from minzheng.external.ocr.printed_marks import without_marks

Read = Callable[[Sequence[Image]], list[Reading]]

_BROADER = 1.6
_STEP = 8  #: pixels; nearer signs are as near as can be told
_GAP = 1.6  #: times the usual distance between two signs: one may be lost
_DOUBTFUL = 0.5  #: how sure digits are that three looks read in three ways
_NUMBER = re.compile(r"(?<![0-9A-Za-z.,\-/])\d[\d,，]*\d(?:[.．]\d+)?(?![0-9A-Za-z\-/年月])")
_DIGITS = re.compile(r"\d[\d,，.． ]*\d")
_FEWEST_DIGITS = 3
_EQUAL = re.compile(r"(\d)[.,，．]?\1")
_PENCE = re.compile(r"[.．](?:\d\d)?$|^[^.．]*$")  #: two digits behind the point, or no point
_TWO_POINTS = re.compile(r"(?<=\d)[.．](?=[.．]\d\d(?!\d))")
_PHONE = re.compile(r"1[3-9]\d{9}")
_LONGEST_CARD = re.compile(r"62\d{17}")  #: no bank card has more digits, so none was lost


def crowded_numbers(reading: Reading) -> list[tuple[int, int]]:
    """Start and end of the numbers of a line in which a digit may have been folded away."""
    # A character of the models may be more than one sign; then places would not agree.
    text = "".join(one.text if len(one.text) == 1 else " " for one in reading)
    spans = [match.span() for match in _NUMBER.finditer(text)]
    return [(start, end) for start, end in spans if _may_lack(text[start:end], reading[start:end])]


def read_stretched(
    crops: Sequence[Image], readings: Sequence[Reading], quick: Read, careful: Read
) -> list[Reading]:
    """The readings of lines after their crowded numbers were read a second time."""
    readings = [_with_one_point(one) for one in readings]
    spans = [
        (at, span)
        for at, (crop, one) in enumerate(zip(crops, readings, strict=True))
        for span in crowded_numbers(one)
        if without_marks(crop, one, [span])
    ]
    if not spans:
        return readings
    cuts = [_cut(crops[at], readings[at], span) for at, span in spans]
    second = [_number_in(one) for one in quick([part for part, _ in cuts])]
    differ = [
        number
        for number, ((at, (start, end)), again) in enumerate(zip(spans, second, strict=True))
        if _is_folded(readings[at][start:end], again)
    ]
    looks = careful([cuts[number][0] for number in differ])
    third = {number: _number_in(one) for number, one in zip(differ, looks, strict=True)}
    mended = list(readings)
    # From the end of a line, so that earlier spans keep their places.
    for number in reversed(differ):
        at, (start, end) = spans[number]
        first = mended[at][start:end]
        stands = _of_three(first, second[number], third[number])
        if stands is second[number]:
            left = cuts[number][1]
            stands = tuple(replace(one, at=left + one.at / _BROADER) for one in stands)
        mended[at] = (*mended[at][:start], *stands, *mended[at][end:])
    return mended


def _with_one_point(reading: Reading) -> Reading:
    """A point that is seen twice within a number is one: 7777..50."""
    signs = "".join(one.text if len(one.text) == 1 else " " for one in reading)
    twice = {match.start() for match in _TWO_POINTS.finditer(signs)}
    return tuple(one for at, one in enumerate(reading) if at not in twice) if twice else reading


def _of_three(first: Reading, second: Reading, third: Reading) -> Reading:
    """What two looks agree on, else the first one, of which nobody may be sure."""
    if _text(second) == _text(third):
        return second
    if _text(third) == _text(first):
        return first
    return tuple(replace(one, sure=min(one.sure, _DOUBTFUL)) for one in first)


def _number_in(reading: Reading) -> Reading:
    """The longest number of a stretched part, which has its neighbours beside it."""
    signs = "".join(one.text if len(one.text) == 1 else " " for one in reading)
    runs = sorted(_DIGITS.finditer(signs), key=lambda match: match.end() - match.start())
    return reading[slice(*runs[-1].span())] if runs else ()


def _is_folded(first: Sequence[Character], second: Sequence[Character]) -> bool:
    """Whether two readings differ, and only in how often a digit follows itself, or in points.

    Any other difference is none of folding: the digits stand as they were read.
    """
    one, other = _text(first), _text(second)
    return one != other and _unfolded(one) == _unfolded(other)


def _unfolded(number: str) -> str:
    """A number without points and repeats: 5111.50 → 5150."""
    return re.sub(r"(\d)\1+", r"\1", re.sub(r"\D", "", number))


def _text(reading: Sequence[Character]) -> str:
    return "".join(one.text for one in reading if one.text.strip())


def _may_lack(number: str, signs: Sequence[Character]) -> bool:
    digits = re.sub(r"\D", "", number)
    if len(digits) < _FEWEST_DIGITS or is_sound(number) or _is_full(number):
        return False
    return bool(_EQUAL.search(number)) or not _PENCE.search(number) or _has_gap(signs)


def _is_full(number: str) -> bool:
    """Whether a number has as many digits as its kind can have: one that lost any has fewer."""
    return bool(_PHONE.fullmatch(number) or _LONGEST_CARD.fullmatch(number))


def _has_gap(signs: Sequence[Character]) -> bool:
    steps = _steps(signs)
    return max(steps) > _GAP * max(_STEP, median(steps))


def _steps(signs: Sequence[Character]) -> list[float]:
    return [after.at - before.at for before, after in pairwise(signs)] or [float(_STEP)]


def _cut(crop: Image, reading: Reading, span: tuple[int, int]) -> tuple[Image, float]:
    """A number stretched, a sign on both sides with it, and where it begins, in pixels.

    A digit at the very edge of a crop is not seen.
    """
    start, end = max(0, span[0] - 1), min(len(reading), span[1] + 1)
    left = (reading[start - 1].at + reading[start].at) / 2 if start else 0.0
    right = (reading[end - 1].at + reading[end].at) / 2 if end < len(reading) else crop.shape[1]
    part = crop[:, round(left) : max(round(right), round(left) + _STEP)]
    size = max(1, round(part.shape[1] * _BROADER)), part.shape[0]
    return cv2.resize(part, size, interpolation=cv2.INTER_CUBIC), round(left)
