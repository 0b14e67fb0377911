"""Lines of a page that are known before its picture is read: its text layer, form fields.

They take their place among the lines that are read, so that a typed label and what was
written behind it by hand stand in one row of the text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive_indexer.documents import TextLine
from minzheng.external.ocr.ocr_engine import ReadLine

Box = tuple[float, float, float, float]

_MOSTLY = 0.5  #: of a read line's area under known ones: it is their remains
_SAME_ROW = 0.6  #: of the lower one's height
_NO_GAP = 0.35  #: of the height, between two pieces of one word
_MIDDLE = 0.5


def turn_box(box: Box, turns: int) -> Box:
    """A place of the page as it lies, on the page turned by quarters counter-clockwise."""
    left, top, right, bottom = box
    for _ in range(turns % 4):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    return tuple(round(side, 4) for side in (left, top, right, bottom))  # type: ignore[return-value]  # four


def turn_lines(lines: Iterable[TextLine], turns: int) -> tuple[TextLine, ...]:
    """Known lines on the upright page."""
    return tuple(replace(line, box=turn_box(line.box, turns)) for line in lines)


def without_remains(read: Iterable[ReadLine], known: Sequence[Box]) -> list[ReadLine]:
    """Lines that stand beside the known places; scraps at the edges of those are left out."""
    return [line for line in read if part_under(line.box, known) < _MOSTLY]


def as_read_lines(known: Iterable[TextLine]) -> list[ReadLine]:
    """Known lines in the shape of read ones."""
    return [ReadLine(one.text, one.box, one.confidence, 0.0, _places(one.text)) for one in known]


def join_pieces(lines: Sequence[TextLine], page_shape: float = 1.0) -> tuple[TextLine, ...]:
    """Pieces that touch, as one line: a text layer is cut where its font changes.

    Args:
        lines: pieces in any order.
        page_shape: height of the page to its width.
    """
    joined: list[TextLine] = []
    for line in sorted(lines, key=lambda one: (one.box[1] + one.box[3], one.box[0])):
        at = next((n for n, one in enumerate(joined) if _runs_on(one, line, page_shape)), None)
        if at is None:
            joined.append(line)
        else:
            joined[at] = _one_line(joined[at], line)
    return tuple(joined)


def _runs_on(one: TextLine, other: TextLine, page_shape: float) -> bool:
    if one.source or other.source:
        return False
    low = min(one.box[3] - one.box[1], other.box[3] - other.box[1])
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    gap = max(other.box[0] - one.box[2], one.box[0] - other.box[2])
    return shared >= _SAME_ROW * low and -low * page_shape <= gap <= _NO_GAP * low * page_shape


def _one_line(one: TextLine, other: TextLine) -> TextLine:
    first, last = sorted((one, other), key=lambda line: line.box[0])
    box = (
        first.box[0],
        min(one.box[1], other.box[1]),
        max(one.box[2], other.box[2]),
        max(one.box[3], other.box[3]),
    )
    return TextLine(first.text + last.text, box, min(one.confidence, other.confidence))


def part_under(box: Box, others: Iterable[Box]) -> float:
    """How much of a place lies on others, 0–1; those seldom overlap one another."""
    area = (box[2] - box[0]) * (box[3] - box[1])
    covered = 0.0
    for one in others:
        width = min(box[2], one[2]) - max(box[0], one[0])
        height = min(box[3], one[3]) - max(box[1], one[1])
        covered += max(0.0, width) * max(0.0, height)
    return covered / area if area else 1.0


def _places(text: str) -> tuple[float, ...]:
    return tuple((number + _MIDDLE) / len(text) for number in range(len(text)))
