"""Choices of a form of which only one may be ticked, where a pen left more than one meaning.

Two ticks, a ✗ where nothing is ticked, a ring around a word, a tick beside all boxes: what
stands there is kept as it is read, and a keeper is asked what counts.
"""

import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import ReadField
from archive_indexer.reading.cells import Cells
from archive_indexer.reading.form_rooms import in_reading_order
from archive_indexer.reading.hand.asked_about import around
from archive_indexer.reading.reading_order import Placed
from minzheng.county.form_layout import FormCell
from minzheng.external.ocr.smaller_pages import shade_at
from minzheng.external.ocr.tick_boxes import CROSSED, EMPTY, TICKED

Box = tuple[float, float, float, float]

_BOXES = f"{EMPTY}{TICKED}{CROSSED}"
_FEWEST = 2  #: choices that tell a list of them
_MOST_ALTERNATIVES = 4
_INK, _LEAST_INK = 0.35, 12  #: of what a page's darkest two hundredth has; grey levels
#: What a model takes a mark in a box for.
_SCRAPS = "凶囟区囗乂又口VvXx√✓×"
_HAN = re.compile("[㐀-鿿]")
_ABOVE, _BESIDE = 0.7, 0.8  #: of a line's height, around it, where a pen may have been
#: Times the breadth of a sign of print that a mark is high. Broad is print, too: its signs touch.
_AS_HIGH = 1.2
_WALL = 0.0015  #: of the page, of a cell's edge that is its rule
_NO_STEP = 0.018  #: of the page's breadth: a sign of 10.5 points
_LEAST_MARK = 0.3  #: likewise, that a mark beside all signs is high and broad
_CLOSE = 0.8  #: likewise, before a box, that a mark is still at it
_OWN = 0.6  #: of the breadth of a sign, beside its middle, that is its own


@dataclass(frozen=True, slots=True)
class _Choice:
    """A word with the box before it: where both stand, left to right on the straight page."""

    word: str
    sign: str  #: its box, or nothing where none was read
    line: Placed
    start: int  #: of its box in the line's text
    end: int

    @property
    def span(self) -> tuple[float, float]:
        """From its box to the end of its word."""
        return _at(self.line, self.start), _at(self.line, self.end)


def _at(one: Placed, sign: int) -> float:
    """Where a sign of a line begins."""
    places = one.line.places
    if not 0 < sign < len(places):
        return one.box[2 if sign else 0]
    return _middle(one, (places[sign - 1] + places[sign]) / 2)


def doubted_choices(
    placed: Sequence[Placed], cells: Cells, layout: Iterable[FormCell]
) -> list[ReadField]:
    """The lists of choices of a page of which a keeper is to say what is ticked.

    Args:
        placed: all lines of a page of a form of ours.
        cells: of the page.
        layout: of the form; those of its cells count whose kind is `boxes`.
    """
    exclusive = [cell for cell in layout if cell.kind == "boxes"]
    if not exclusive:
        return []
    labels = _text(placed)
    marks = _PenMarks(cells)
    return [
        _asked(cell, group)
        for group, cell in _groups(placed, exclusive, labels)
        if _is_doubted(group, marks)
    ]


def _groups(
    placed: Sequence[Placed], exclusive: Sequence[FormCell], labels: str
) -> Iterator[tuple[list[_Choice], FormCell]]:
    """Each list of choices that stands in a cell, or in a line."""
    inside: dict[object, list[Placed]] = {}
    for one in placed:
        inside.setdefault(one.cell or id(one), []).append(one)
    for lines in inside.values():
        ordered = in_reading_order(lines)
        listed = [(cell, _choices_in(ordered, cell.choices)) for cell in exclusive]
        most = max(len(found) for _, found in listed)
        likest = [(cell, found) for cell, found in listed if len(found) == most >= _FEWEST]
        likest.sort(key=lambda one: (len(one[0].choices), one[0].label not in labels))
        for cell, found in likest[:1]:
            yield from ((group, cell) for group in _apart(found) if len(group) >= _FEWEST)


def _choices_in(lines: Sequence[Placed], choices: Sequence[str]) -> list[_Choice]:
    """Choices in the order they are read; without any box only where nothing else stands."""
    words = "|".join(re.escape(word) for word in sorted(choices, key=len, reverse=True))
    pattern = re.compile(rf"(?P<sign>[{_BOXES}]?)\s*(?P<word>{words})(?=$|[^㐀-鿿]|.?(?:{words}))")
    found = [
        _Choice(one["word"], one["sign"], line, *one.span())
        for line in lines
        for one in pattern.finditer(line.line.text)
    ]
    is_all = re.fullmatch(rf"(?:[{_SCRAPS}\s]*(?:{words}))+", _text(lines))
    return found if is_all or any(one.sign for one in found) else []


def _text(lines: Iterable[Placed]) -> str:
    return "".join(one.line.text for one in lines)


def _apart(found: Sequence[_Choice]) -> list[list[_Choice]]:
    """The same list twice in one cell is two."""
    groups: list[list[_Choice]] = []
    for one in found:
        if not groups or any(one.word == other.word for other in groups[-1]):
            groups.append([])
        groups[-1].append(one)
    return groups


def _is_doubted(group: Sequence[_Choice], marks: "_PenMarks") -> bool:
    ticked = [one for one in group if one.sign == TICKED]
    if any(not one.sign for one in group):
        return True  # a box that was printed, and that a pen hid
    if len(ticked) == 1:
        return marks.any_beside(group, ticked)
    is_crossed = any(one.sign == CROSSED for one in group)
    return bool(ticked) or is_crossed or marks.any_beside(group, ())


def _asked(cell: FormCell, group: Sequence[_Choice]) -> ReadField:
    lines = list({id(one.line): one.line for one in group}.values())
    text = _text(lines)
    likely = sorted(group, key=lambda one: (one.sign == EMPTY, one.sign == CROSSED))
    others = tuple(_with_one_ticked(lines, group, one.word) for one in likely)
    box = around([one.line.box for one in lines])
    return ReadField(cell.label, "boxes", box, text, 0.0, others[:_MOST_ALTERNATIVES])


def _with_one_ticked(lines: Sequence[Placed], group: Sequence[_Choice], word: str) -> str:
    """What stands there with one choice ticked, and none of the others."""
    texts = []
    for line in lines:
        text = line.line.text
        for one in reversed([one for one in group if one.line is line]):
            sign = TICKED if one.word == word else EMPTY
            text = f"{text[: one.start]}{sign}{one.word}{text[one.end :]}"
        texts.append(text)
    return "".join(texts)


class _PenMarks:
    """Ink of a page that is no print: higher than a sign, or beside all signs."""

    def __init__(self, cells: Cells) -> None:
        darkest = shade_at(np.ascontiguousarray(cells.darkness[::3, ::3]), 99.5)
        least = max(_LEAST_INK, _INK * darkest)
        self._ink = cv2.threshold(cells.darkness, least, 1, cv2.THRESH_BINARY)[1]
        self._cells = cells

    def any_beside(self, group: Sequence[_Choice], ticked: Sequence[_Choice]) -> bool:
        """Whether a pen marked something in a list of choices that is not one of those ticked."""
        lines = {id(one.line): one.line for one in group}.values()
        return any(
            not any(one.line is line and _reaches(span, one) for one in ticked)
            for line in lines
            for span in self._spans(line)
        )

    def _spans(self, line: Placed) -> Iterator[tuple[float, float]]:
        """From where to where the marks in a line stand."""
        part, top, left = self._around(line)
        height, width = self._ink.shape
        broad = _breadth(line) * width
        middles = [_middle(line, place) * width for place in line.line.places]
        rows = line.box[1] * height, line.box[3] * height
        _, _, stats, _ = cv2.connectedComponentsWithStats(part)
        for x, y, wide, down, _ in stats[1:].tolist():
            middle = left + x + wide / 2
            if min(wide, down) < _LEAST_MARK * broad:
                continue  # a rest of a rule, a point
            is_beside = rows[0] < top + y + down / 2 < rows[1] and not any(
                abs(middle - one) < _OWN * broad for one in middles
            )
            if is_beside or down >= _AS_HIGH * broad:
                yield (left + x) / width, (left + x + wide) / width

    def _around(self, line: Placed) -> tuple[NDArray[Any], int, int]:
        """The ink of a line and of what is around it in its cell, and where it begins."""
        height, width = self._ink.shape
        high = line.box[3] - line.box[1]
        beside = _BESIDE * high * height / width
        box = (
            line.box[0] - beside, line.box[1] - _ABOVE * high,
            line.box[2] + beside, line.box[3] + _ABOVE * high,
        )  # fmt: skip
        cell = self._cells.boxes.get(line.cell)
        if cell is not None:
            box = (max(box[0], cell[0] + _WALL), max(box[1], cell[1] + _WALL),
                   min(box[2], cell[2] - _WALL), min(box[3], cell[3] - _WALL))  # fmt: skip
        rows = slice(round(max(0.0, box[1]) * height), round(box[3] * height))
        columns = slice(round(max(0.0, box[0]) * width), round(box[2] * width))
        part = self._ink[rows, columns].copy()
        if cell is None:  # within a cell is no rule, and a flat ring would be one
            part[self._cells.rules[rows, columns] > 0] = 0
        return part, rows.start, columns.start


def _middle(line: Placed, place: float) -> float:
    return line.box[0] + place * (line.box[2] - line.box[0])


def _breadth(line: Placed) -> float:
    """Of a sign of print, from one to the next; as high as its line where none stand so."""
    text, places = line.line.text, line.line.places
    steps = [
        _middle(line, after) - _middle(line, before)
        for (before, one), (after, other) in pairwise(zip(places, text, strict=False))
        if _HAN.match(one) and _HAN.match(other)
    ]
    return statistics.median(steps) if steps else _NO_STEP


def _reaches(span: tuple[float, float], choice: _Choice) -> bool:
    """Whether the middle of a mark stands at a choice, or close before its box."""
    start, end = choice.span
    return start - _CLOSE * _breadth(choice.line) < (span[0] + span[1]) / 2 < end
