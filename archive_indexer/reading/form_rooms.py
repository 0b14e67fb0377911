"""Where the answers of a form of our own stand on its scan: by printed labels and ruled cells."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive_indexer.reading.cells import Cells
from archive_indexer.reading.reading_order import Placed
from minzheng.county.form_layout import FieldKind, FormCell
from minzheng.county.form_marks import as_label

Box = tuple[float, float, float, float]

_ALIKE = 0.75  #: of a label as read and as printed
_SAME_EDGE = 0.012  #: of the page
_FEWEST_IN_LINE = 3  #: lines of a cell that is several
_LEVEL = 0.008  #: of the page, between lines of one row
_SAME_ROW = 0.5  #: of the lower one's height, that two of one row share


@dataclass(frozen=True, slots=True)
class FieldRoom:
    """A cell of the page that is filled in, and the lines that were read in it."""

    cell: FormCell
    box: Box  #: on the page without skew
    lines: tuple[Placed, ...]


def find_field_rooms(
    placed: Sequence[Placed], cells: Cells, layout: Sequence[FormCell]
) -> list[FieldRoom]:
    """Every cell of a form's page that holds an answer, each once."""
    inside = _by_cell(placed)
    labels = _labels_of(inside, layout)
    rooms: dict[int, FormCell] = {}
    heads: set[int] = set()
    for is_column in (True, False):  # what stands in a column may be called like a label
        for cell, entries in labels.items():
            for entry in entries:
                if entry.is_column is not is_column or entry.kind == "label" or cell in rooms:
                    continue
                # Beside the head of a column stands another head, though it may be misread.
                found_here = {} if cell in heads else _rooms_of(entry, cell, cells, labels)
                if is_column and found_here:
                    heads.add(cell)
                rooms = found_here | rooms
    found_rooms = [
        FieldRoom(entry, cells.boxes[number], _up_to_a_label(lines, layout))
        for number, entry in rooms.items()
        if not _begins_with_label(lines := inside.get(number, []), layout)
    ]
    in_line = (
        _beside_in_line(lines, layout) for cell, lines in inside.items() if cell not in rooms
    )
    return [*found_rooms, *(room for some in in_line for room in some)]


def find_head_row(placed: Sequence[Placed], cells: Cells, layout: Sequence[FormCell]) -> list[Box]:
    """The cells in the rows that head columns: all is print there, and in small signs."""
    labels = _labels_of(_by_cell(placed), layout)
    heads = [
        cells.boxes[cell]
        for cell, entries in labels.items()
        for entry in entries
        if entry.is_column and entry.kind != "label" and _rooms_of(entry, cell, cells, labels)
    ]
    return [
        box
        for box in cells.boxes.values()
        if any(abs(box[1] - one[1]) + abs(box[3] - one[3]) < _SAME_EDGE for one in heads)
    ]


def _by_cell(placed: Sequence[Placed]) -> dict[int, list[Placed]]:
    inside: dict[int, list[Placed]] = {}
    for one in placed:
        if one.cell:
            inside.setdefault(one.cell, []).append(one)
    return inside


def _labels_of(
    inside: Mapping[int, Sequence[Placed]], layout: Sequence[FormCell]
) -> dict[int, list[FormCell]]:
    """The cells that hold labels of a form, each with what it may head."""
    found = {cell: _labels_in(in_reading_order(lines), layout) for cell, lines in inside.items()}
    return {cell: entries for cell, entries in found.items() if entries}


def _begins_with_label(lines: Sequence[Placed], layout: Sequence[FormCell]) -> bool:
    """Whether a cell that is several holds no answer before its first label."""
    ordered = in_reading_order(lines)
    return len(ordered) > 1 and bool(_labels_in(ordered[:1], layout, least=1.0))


def _up_to_a_label(lines: Sequence[Placed], layout: Sequence[FormCell]) -> tuple[Placed, ...]:
    """What stands in a cell before the next label: short upright rules are not always seen."""
    kept: list[Placed] = []
    for one in in_reading_order(lines):
        if kept and _labels_in([one], layout, least=1.0):
            break
        kept.append(one)
    return tuple(kept)


def _beside_in_line(lines: Sequence[Placed], layout: Sequence[FormCell]) -> Iterator[FieldRoom]:
    """Labels with what stands behind them, in a cell that is several."""
    if len(lines) < _FEWEST_IN_LINE:
        return
    ordered = in_reading_order(lines)
    for number, one in enumerate(ordered[:-1]):
        entry = next(
            (
                e
                for e in _labels_in([one], layout, least=1.0)
                if e.kind != "label" and not e.is_column
            ),
            None,
        )
        behind = ordered[number + 1]
        is_level = abs(behind.box[1] - one.box[1]) < 2 * _LEVEL and behind.box[0] > one.box[0]
        if entry and is_level and not _labels_in([behind], layout, least=1.0):
            yield FieldRoom(entry, behind.box, (behind,))


def _rooms_of(
    entry: FormCell, cell: int, cells: Cells, labels: Mapping[int, Sequence[FormCell]]
) -> dict[int, FormCell]:
    """The cells that belong to a label, up to where the next list begins."""
    rooms: dict[int, FormCell] = {}
    for number in _below(cell, cells) if entry.is_column else _beside(cell, cells):
        is_choice = any(one.label in entry.choices for one in labels.get(number, ()))
        if number in labels and not is_choice:
            break
        rooms[number] = entry
    return rooms


def _labels_in(
    lines: Sequence[Placed], layout: Sequence[FormCell], least: float = _ALIKE
) -> list[FormCell]:
    """The cells of the layout whose label some lines are."""
    text = as_label("".join(one.line.text for one in lines))
    likest = _likest(text, tuple([entry.label for entry in layout]), least)
    return [entry for entry in layout if entry.label in likest] if likest else []


@lru_cache(maxsize=1 << 12)
def _likest(text: str, labels: tuple[str, ...], least: float) -> frozenset[str]:
    """The labels that a text is most like; asked by words, for to hash whole cells takes longer."""
    likeness = {
        label: _likeness(text, label) for label in labels if abs(len(label) - len(text)) <= 2
    }
    best = max(likeness.values(), default=0.0)
    return frozenset(one for one, alike in likeness.items() if alike == best >= least)


@lru_cache(maxsize=1 << 15)
def _likeness(text: str, label: str) -> float:
    """The labels of a form are the same on its next page."""
    return difflib.SequenceMatcher(None, text, label).ratio()


def in_reading_order(lines: Sequence[Placed]) -> list[Placed]:
    """Lines row by row, each from the left; a row ends where its first line does."""
    rows: list[list[Placed]] = []
    for one in sorted(lines, key=lambda one: one.box[1]):
        middle = (one.box[1] + one.box[3]) / 2
        if rows and middle < rows[-1][0].box[3]:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [one for row in rows for one in sorted(row, key=lambda one: one.box[0])]


def _beside(cell: int, cells: Cells) -> list[int]:
    """The cell to the right of a label."""
    _, top, right, bottom = cells.boxes[cell]
    middle = (top + bottom) / 2
    return [
        number
        for number, box in cells.boxes.items()
        if abs(box[0] - right) < _SAME_EDGE and box[1] < middle < box[3]
    ][:1]


def _below(cell: int, cells: Cells) -> list[int]:
    """The cells below the head of a column, each as broad as the one above it.

    Not as the head: down a list on a page that lies askew the edges wander.
    """
    left, _, right, bottom = cells.boxes[cell]
    column: list[int] = []
    for number, box in sorted(cells.boxes.items(), key=lambda item: item[1][1]):
        is_below = abs(box[1] - bottom) < _SAME_EDGE
        if is_below and abs(box[0] - left) + abs(box[2] - right) < 2 * _SAME_EDGE:
            column.append(number)
            left, _, right, bottom = box
    return column


def room_before(box: Box, rooms: Sequence[FieldRoom], kind: FieldKind) -> int | None:
    """The number of the nearest room of a kind that begins before a box in its row."""
    before = [
        (room.box[2], number)
        for number, room in enumerate(rooms)
        if room.cell.kind == kind and _is_level(box, room.box) and room.box[0] < box[0]
    ]
    return max(before)[1] if before else None


def _is_level(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared >= _SAME_ROW * min(one[3] - one[1], other[3] - other[1])
