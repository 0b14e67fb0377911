"""Parts of a line that are read again: which, cut out with their neighbours, and put back."""

import re
from collections.abc import Iterable

import numpy as np

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_models import Character, Reading

_CONTEXT = 2  #: characters on both sides of a doubtful one that are read again with it
_WHOLE_LINE = 0.7  #: when more of a line is doubtful, all of it is read again
_NARROWEST = 8  #: pixels
_STEP = 8  #: pixels; nearer signs are as near as can be told
_SURE = 0.95  #: of a digit
_NARROW = str.maketrans("（）［］", "()[]")
#: What closes what opens; in their place another kind is often read.
_PAIRS = {"(": ")", "[": "]", "〔": "〕", "【": "】", "《": "》", "〈": "〉"}
_ALL_BRACKETS = frozenset("".join(_PAIRS) + "".join(_PAIRS.values()))
_OF_WORDS = 2.0  #: how broad a Chinese sign is, a letter being 1
_NARROW_SIGNS = frozenset(".,:;'|!il")
_PAPER = 30  #: levels by which paper differs from paper


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


def replace_span(reading: Reading, span: tuple[int, int], again: Reading, left: float) -> Reading:
    """The line with a part read anew, unless the new reading is the less sure one.

    Neither is it taken where digits that were read surely are others in it, or more: they stand
    beside what was doubted, and it was not about them. Nor one that leaves a bracket alone.

    Args:
        reading: of the whole line.
        span: start and end of the part.
        again: what was read in it.
        left: pixels of the line at which it was cut.
    """
    start, end = span
    shifted = tuple(Character(one.text, one.sure, left + one.at) for one in again)
    shifted = _without_cut_signs(reading, span, shifted)
    first = reading[start:end]
    is_less_sure = confidence_of(shifted) < 0.9 * confidence_of(first)
    if not shifted or is_less_sure or (len(first) < len(reading) and _is_of_others(first, shifted)):
        return reading
    line = (*reading[:start], *shifted, *reading[end:])
    return reading if _is_paired(reading) and not _is_paired(line) else line


def _without_cut_signs(reading: Reading, span: tuple[int, int], again: Reading) -> Reading:
    """A part without what was seen of the next sign on either side."""
    start, end = span
    if end < len(reading) and len(again) > 1 and _is_same(again[-1], reading[end]):
        again = again[:-1]
    if start and len(again) > 1 and _is_same(again[0], reading[start - 1]):
        again = again[1:]
    return again


def _is_same(one: Character, other: Character) -> bool:
    return one.text == other.text and abs(one.at - other.at) <= _STEP


def _is_of_others(first: Reading, again: Reading) -> bool:
    """Whether digits that were read surely are others, or new ones stand where none was doubted."""
    if not any(one.text.isdigit() and one.sure >= _SURE for one in first):
        return False
    return re.fullmatch("".join(map(_may_stand_for, first)), text_of(again)) is None


def _may_stand_for(one: Character) -> str:
    """What may be read in the place of a sign, as a pattern.

    A model folds equal digits. What it doubted is something: 元/年 is not 元年, 3/4 no 34.
    """
    if one.text.isdigit():
        return re.escape(one.text) if one.sure >= _SURE else ".{0,2}"
    if one.sure >= _SURE or one.text.isspace():
        return r"\D{0,2}"
    return r"(?:.|\D{1,3})"


def _is_paired(line: Reading) -> bool:
    """Whether each bracket of a line has its other half; how broad it is does not matter."""
    brackets = [one for one in text_of(line).translate(_NARROW) if one in _ALL_BRACKETS]
    left: list[str] = []
    for one in brackets:
        if left and _PAIRS.get(left[-1]) == one:
            left.pop()
        else:
            left.append(one)
    return not left


def cut_part(crop: Image, reading: Reading, span: tuple[int, int]) -> tuple[Image, float]:
    """The pixels of some characters, and where they begin: cut between them and the next ones."""
    start, end = span
    left = _edge(crop, reading[start - 1], reading[start]) if start else 0.0
    last = len(reading)
    right = _edge(crop, reading[end - 1], reading[end]) if end < last else float(crop.shape[1])
    return crop[:, round(left) : max(round(right), round(left) + _NARROWEST)], left


def _edge(crop: Image, one: Character, following: Character) -> float:
    """Where two signs part: a point is narrower than a digit, and no ink stands between them.

    Between two words half way: a sign like 情 has a column without ink within.
    """
    own, other = _breadth(one.text), _breadth(following.text)
    middle = one.at + (following.at - one.at) * own / (own + other)
    if own == other == _OF_WORDS:
        return middle
    first, last = max(0, round(middle) - _STEP // 2), min(crop.shape[1], round(middle) + _STEP // 2)
    if last - first < 2:
        return middle
    grey = crop[:, first : last + 1].mean(axis=2)
    contrast = np.abs(grey - float(np.median(crop[::4, ::8])))
    ink = np.where(contrast < _PAPER, 0, contrast).sum(axis=0)
    bare = np.flatnonzero(ink <= ink.min() + _PAPER)
    return first + float(bare[np.abs(bare - (middle - first)).argmin()])


def _breadth(sign: str) -> float:
    """As print has it, letters and digits being one."""
    if sign in _NARROW_SIGNS:
        return 0.5
    return 1.0 if sign.isascii() else _OF_WORDS
