"""Long lines read at less than their breadth: what is sure then, stands.

What a line costs grows with its breadth, and print has more pixels across than a model needs,
but for equal signs that stand close together: those it folds into one. So a squeezed reading
stands where every sign of it is sure, every digit has its own mark of ink, and no sign is
missing in the step of the others. Everything else is read as it is. Short lines are never
squeezed: they hold the names.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import cv2

from minzheng.external.ocr.amount_words import has_words_alone
from minzheng.external.ocr.line_boxes import LINE_HEIGHT, Image
from minzheng.external.ocr.line_parts import around, cut_part, replace_span, spans_around
from minzheng.external.ocr.ocr_models import WIDTH_STEP, Reading
from minzheng.external.ocr.printed_marks import numbers_of, without_marks

Read = Callable[[Sequence[Image]], list[Reading]]

_SHORTEST = 160  #: pixels
_TRIED = 6  #: lines
_MOST_AGAIN = 0.35  #: of their pixels: beyond that nothing is saved
_BREADTH = 0.7  #: of a line, when it is squeezed
_SURE = 0.97  #: of every sign
_BOXES = frozenset("□☑☐☒■√✓✔口")  #: told apart by where they stand
_WIDE = 1.7  #: times the usual step between Chinese signs: one may be lost


def read_squeezed(crops: Sequence[Image], read: Read) -> list[Reading]:
    """The readings of lines, the long ones read squeezed where that is enough.

    A few are tried first: of a page written by hand nearly all would be read twice.
    """
    wide = [number for number, crop in enumerate(crops) if crop.shape[1] >= _SHORTEST]
    tried = wide[:: max(1, len(wide) // _TRIED)][:_TRIED]
    readings, again = _read_narrow({number: crops[number] for number in tried}, read)
    others = [number for number in range(len(crops)) if number not in readings]
    if again <= _MOST_AGAIN * sum(crops[number].shape[1] for number in tried):
        rest = [number for number in wide if number not in readings]
        readings |= _read_narrow({number: crops[number] for number in rest}, read)[0]
        others = [number for number in others if number not in readings]
    plain = read([crops[number] for number in others]) if others else []
    readings |= dict(zip(others, plain, strict=True))
    return [readings[number] for number in range(len(crops))]


def _read_narrow(crops: Mapping[int, Image], read: Read) -> tuple[dict[int, Reading], int]:
    """Readings of long lines by their numbers, and how many pixels had to be read again."""
    if not crops:
        return {}, 0
    narrow = [_squeezed(crop) for crop in crops.values()]
    readings = {
        number: _stretched_back(one, crop.shape[1] / small.shape[1])
        for (number, crop), small, one in zip(crops.items(), narrow, read(narrow), strict=True)
    }
    spans = [
        (number, span)
        for number, crop in crops.items()
        for span in _spans_again(crop, readings[number])
    ]
    parts = [cut_part(crops[number], readings[number], span) for number, span in spans]
    again = read(parts) if parts else []
    # From the end of a line, so that earlier parts keep their places.
    for (number, span), one in reversed(list(zip(spans, again, strict=True))):
        readings[number] = replace_span(readings[number], span, one)
    return readings, sum(part.shape[1] for part in parts)


def _squeezed(crop: Image) -> Image:
    """A line at a breadth that the models need not fill up with paper."""
    breadth = round(crop.shape[1] * _BREADTH / WIDTH_STEP) * WIDTH_STEP
    return cv2.resize(crop, (breadth, LINE_HEIGHT), interpolation=cv2.INTER_AREA)


def _stretched_back(reading: Reading, times: float) -> Reading:
    return tuple(replace(one, at=one.at * times) for one in reading)


def _spans_again(crop: Image, reading: Reading) -> list[tuple[int, int]]:
    """The parts of a line of which a squeezed reading may say less than the line as it is."""
    if (
        _may_lack_a_sign(reading)
        or has_words_alone(reading)
        or any(one.text in _BOXES for one in reading)
    ):
        return [(0, len(reading))]
    numbers = numbers_of(reading)
    doubtful = {place for span in without_marks(crop, reading, numbers) for place in range(*span)}
    doubtful |= {place for place, one in enumerate(reading) if one.sure < _SURE}
    return spans_around(sorted(_with_numbers(doubtful, numbers, reading)), reading)


def _with_numbers(
    places: set[int], numbers: Sequence[tuple[int, int]], reading: Reading
) -> set[int]:
    """Places and all numbers that would be cut in two beside them: then a digit is read twice."""
    beside = {near for place in places for near in range(*around(place, reading))}
    met = {place for span in numbers if beside & set(range(*span)) for place in range(*span)}
    return places if met <= places else _with_numbers(places | met, numbers, reading)


def _may_lack_a_sign(reading: Reading) -> bool:
    """Whether nothing was read, or two signs stand further apart than Chinese signs in a row."""
    steps = [(before, after, after.at - before.at) for before, after in pairwise(reading)]
    usual = [step for before, after, step in steps if _is_chinese(before.text + after.text)]
    if not usual:
        return not reading
    return max(step for *_, step in steps) > _WIDE * median(usual)


def _is_chinese(text: str) -> bool:
    return all("㐀" <= sign <= "鿿" for sign in text)
