"""Parts of a line that are read again: which, cut out with their neighbours, and put back."""

from collections.abc import Iterable

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_models import Character, Reading

_CONTEXT = 2  #: characters on both sides of a doubtful one that are read again with it
_WHOLE_LINE = 0.7  #: when more of a line is doubtful, all of it is read again
_NARROWEST = 8  #: pixels


def text_of(reading: Reading) -> str:
    """What was read, as text."""
    return "".join(character.text for character in reading)


def confidence_of(reading: Reading) -> float:
    """How sure a reading is: the mean over its characters."""
    return sum(one.sure for one in reading) / len(reading) if reading else 0.0


def spans_around(places: Iterable[int], reading: Reading) -> list[tuple[int, int]]:
    """Start and end of the parts around places in order, joined; one part when it is most."""
    spans: list[tuple[int, int]] = []
    for number in places:
        start, end = around(number, reading)
        if spans and start <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    if sum(end - start for start, end in spans) > _WHOLE_LINE * len(reading):
        return [(0, len(reading))]
    return spans


def around(number: int, reading: Reading) -> tuple[int, int]:
    """Start and end of a character with its neighbours."""
    return max(0, number - _CONTEXT), min(len(reading), number + _CONTEXT + 1)


def replace_span(reading: Reading, span: tuple[int, int], again: Reading) -> Reading:
    """The line with a part read anew, unless the new reading is the less sure one."""
    start, end = span
    if not again or confidence_of(again) < 0.9 * confidence_of(reading[start:end]):
        return reading
    left = _left_of(reading, start)
    shifted = tuple(Character(one.text, one.sure, left + one.at) for one in again)
    return (*reading[:start], *shifted, *reading[end:])


def cut_part(crop: Image, reading: Reading, span: tuple[int, int]) -> Image:
    """The pixels of some characters: cut half way to the neighbours."""
    start, end = span
    left = _left_of(reading, start)
    right = (reading[end - 1].at + reading[end].at) / 2 if end < len(reading) else crop.shape[1]
    return crop[:, round(left) : max(round(right), round(left) + _NARROWEST)]


def _left_of(reading: Reading, start: int) -> float:
    return (reading[start - 1].at + reading[start].at) / 2 if start else 0.0
