"""Parts of a page that stand another way than the rest: a card or a receipt copied sideways.

A page is read one way. Where several lines close together gave no words, or hardly any, their
part is looked at by itself, and read as it stands if that is plainly another way and better.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive_indexer.documents import TextLine
from archive_indexer.reading.cells import find_cells
from archive_indexer.reading.known_lines import Box, part_under, turn_box
from archive_indexer.reading.reading_order import order_lines, skew_of
from archive_indexer.reading.repair_ids import repair_lines
from archive_indexer.reading.upright import UprightPage, turned, worth_of
from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_engine import OcrEngine, ReadLine, is_read

_DOUBTFUL, _UNSURE = 0.8, 0.95  #: confidence of a line; of one that lies among such lines
_FEWEST = 3  #: doubtful lines close together
_CLOSE = 2.0  #: of a line's shorter side, between two of them
_AROUND = 0.008  #: of the page, around a part
_DECIDED = 0.7  #: how sure the model is of another turn
_LEAST_SIDE = 64  #: pixels of a part
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class TurnedParts:
    """A page without what was misread of such parts, and what they say."""

    page: UprightPage
    lines: tuple[TextLine, ...] = ()
    read: tuple[ReadLine, ...] = ()
    text: str = ""


def read_turned_parts(page: UprightPage, engine: OcrEngine) -> TurnedParts:
    """Read the parts of a page that stand another way."""
    unsure = [one for one in (*page.lines, *page.poor) if one.confidence < _UNSURE]
    found = TurnedParts(page)
    for region in _regions(unsure):
        found = _with_part(found, region, engine)
    return found


def _regions(unsure: Sequence[ReadLine]) -> list[Box]:
    """Where several doubtful lines stand close together."""
    if sum(one.confidence < _DOUBTFUL for one in unsure) < _FEWEST:
        return []
    groups: list[tuple[Box, int]] = []
    for line in unsure:
        box, count = line.box, int(line.confidence < _DOUBTFUL)
        gap = _CLOSE * min(box[2] - box[0], box[3] - box[1])
        while close := [one for one in groups if _are_close(one[0], box, gap)]:
            groups = [one for one in groups if one not in close]
            box = _around([box, *(one[0] for one in close)])
            count += sum(one[1] for one in close)
        groups.append((box, count))
    return [_wider(box) for box, count in groups if count >= _FEWEST]


def _with_part(found: TurnedParts, region: Box, engine: OcrEngine) -> TurnedParts:
    page = found.page
    height, width = page.clean.shape[:2]
    left, right = round(region[0] * width), round(region[2] * width)
    top, bottom = round(region[1] * height), round(region[3] * height)
    part: Image = page.clean[top:bottom, left:right]
    if min(part.shape[:2]) < _LEAST_SIDE:
        return found
    scores = engine.turn_scores(part)
    turns = max(range(4), key=lambda one: scores[one])
    if not turns or scores[turns] < _DECIDED:
        return found
    upright = turned(part, turns)
    read = [one for one in engine.read_all(upright) if is_read(one)]
    inside = [one for one in page.lines if part_under(one.box, [region]) >= _MOSTLY]
    if worth_of(read) <= max(0.0, worth_of(inside)):
        return found
    place = (left / width, top / height, right / width, bottom / height)
    ordered = repair_lines(order_lines(read, find_cells(upright, skew_of(read))))
    text = "".join(before + line.text for before, line in ordered)
    return TurnedParts(
        replace(page, lines=_outside(page.lines, region), poor=_outside(page.poor, region)),
        (*found.lines, *(replace(one, box=_on_page(one.box, turns, place)) for _, one in ordered)),
        (*found.read, *(_as_lying(one, turns, place) for one in read)),
        "\n".join(filter(None, (found.text, text.strip()))),
    )


def _outside(lines: Sequence[ReadLine], region: Box) -> list[ReadLine]:
    return [one for one in lines if part_under(one.box, [region]) < _MOSTLY]


def _as_lying(line: ReadLine, turns: int, place: Box) -> ReadLine:
    return replace(line, box=_on_page(line.box, turns, place), slope=0.0, places=())


def _on_page(box: Box, turns: int, place: Box) -> Box:
    """A place of a part, as it was read, on the page."""
    left, top, right, bottom = turn_box(box, 4 - turns)
    x, y = place[2] - place[0], place[3] - place[1]
    return place[0] + left * x, place[1] + top * y, place[0] + right * x, place[1] + bottom * y


def _are_close(one: Box, other: Box, gap: float) -> bool:
    return all(one[at] - gap <= other[at + 2] and other[at] - gap <= one[at + 2] for at in (0, 1))


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _wider(box: Box) -> Box:
    left, top, right, bottom = box
    return (
        max(0.0, left - _AROUND), max(0.0, top - _AROUND),
        min(1.0, right + _AROUND), min(1.0, bottom + _AROUND),
    )  # fmt: skip
