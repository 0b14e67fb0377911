"""Where people sign on a form of our own: by its printed labels, its cells and its spec."""

import difflib
import itertools
import re
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive_indexer.reading.cells import Cells
from archive_indexer.reading.reading_order import Placed
from archive_indexer.reading.signing.list_places import places_below
from archive_indexer.reading.signing.rows_on_page import (
    labels_by_neighbours,
    likeness,
    unseen_labels,
)
from minzheng.county.sign_fields import SignField
from minzheng.county.sign_rows import SignRow

Box = tuple[float, float, float, float]

_SIGN = r"签[字名章收]人?(?:按印|[(（][按捺]印[)）])?"
_WHO = r"[\u3400-\u9fff()（）、]{0,16}?"
_IN_LINE = re.compile(rf"(?P<label>{_WHO}{_SIGN})\s*(?:[:：]|(?=[_＿—]{{2}}))")
_LABEL_CELL = re.compile(rf"{_WHO}{_SIGN}[:：]?")
#: What is printed behind a place for a signature, or in it.
_PRINTED = re.compile(
    rf"(?:19|20)\d\d\s*年|年\s*月|月\s*日|日期|盖\s*章|[\u3400-\u9fff]{{1,8}}{_SIGN}"
)
_WHOLE_DAY = re.compile(r"(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?")
_DAY = re.compile(r"(?:19|20)\d\d\s*年")
_NOISE = re.compile(r"[\s()（）:：_]|按印|捺印")
_ALIKE = 0.6  #: of a label as printed and as the spec writes it
_SAME_EDGE = 0.012  #: of the page
_WELL_ALIKE = 0.75  #: of a label as read and as the form prints it
_SURELY_ALIKE = 0.9  #: of a line that says a label
_NEAR_LABEL = 0.05  #: of the page, from a label's last sign to the cell beside it
_PARTLY = 0.3  #: of a line that lies in a room
_WALL = 0.003  #: of the page, between two cells
_ROOM_ABOVE, _ROOM_BELOW = 1.5, 0.9  #: line heights around the middle of a label
_LONGEST_ROOM, _SHORTEST_ROOM = 10, 1.5  #: line heights
_SAME_ROW = 0.8  #: line heights
_LEAST_RULED, _WELL_RULED = 0.35, 0.6  #: of a width: there is a rule to sign on
_FEWEST_SIGNS, _LINE_PER_SIGN = 4, 1.5  #: a line is so much higher than its signs are wide
_FEWEST_FILLED = 2  #: cells with words in a row of a list that somebody must sign


@dataclass(frozen=True, slots=True)
class SignatureRoom:
    """A label and the room beside or below it, on the page without skew."""

    label: str
    box: Box
    line: Placed | None = None  #: the printed line the room lies in
    line_height: float = 0.0
    is_in_list: bool = False  #: another room lies above it or below


@dataclass(frozen=True, slots=True)
class RoomsFound:
    """The places for signatures of a page, and the labels of those that must be on it too."""

    rooms: tuple[SignatureRoom, ...] = ()
    unseen: tuple[str, ...] = ()


def find_rooms(
    placed: Sequence[Placed],
    cells: Cells,
    fields: Sequence[SignField],
    rows: Sequence[SignRow] = (),
) -> RoomsFound:
    """Every place for a signature on a page of a form with these fields, printed in these rows."""
    if not fields:
        return RoomsFound()
    short = _without_signing(rows)
    in_line = [room for one in placed for room in _rooms_in_line(one, placed, cells, short)]
    by_cell: dict[int, list[Placed]] = {}
    for one in placed:
        if cell := _first_cell(one, cells):
            by_cell.setdefault(cell, []).append(one)
    texts = {cell: _text(lines) for cell, lines in by_cell.items()}
    labels: dict[int, tuple[str, bool]] = {}
    for cell, text in texts.items():
        label, field = _labelled_field(text, fields)
        if field is not None:
            labels[cell] = label, field.is_column
    labels |= labels_by_neighbours(texts, cells, rows, labels)
    rooms = list(in_line)
    for cell, (label, is_column) in labels.items():
        rooms += (_rooms_below if is_column else _room_beside)(cell, label, by_cell, cells, rows)
    by_line = list(_rooms_beside_lines(rows, labels, by_cell, cells))
    rooms += by_line
    seen = [(room.label, room.box) for room in (*in_line, *by_line)]
    seen += [(label, cells.boxes[cell]) for cell, (label, _) in labels.items()]
    return RoomsFound(tuple(rooms), unseen_labels(rows, seen, placed, texts, cells))


def _without_signing(rows: Sequence[SignRow]) -> re.Pattern[str] | None:
    """Labels before a rule that do not say what it is for: 审核：______."""
    short = {
        row.cells[number] for row in rows if row.kind == "line" for number in row.asks
    }  # fmt: skip
    return _one_of(tuple(sorted(one for one in short if not re.search(_SIGN, one))))


@lru_cache(maxsize=1 << 8)
def _one_of(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"(?P<label>{'|'.join(labels)})\s*[:：]") if labels else None


def is_printed(text: str) -> bool:
    """Whether a line in such a room is a date or a note of the form, not a signature."""
    return bool(_PRINTED.search(text))


def printed_part(one: Placed) -> Box:
    """Where the signs of a line stand; unread handwriting may hang on to it."""
    if len(one.line.places) < _FEWEST_SIGNS:
        return one.box
    _, top, _, bottom = one.box
    return _edge(one, 0, -0.9), top, _edge(one, len(one.line.places) - 1, 0.9), bottom


def may_be_signature(one: Placed, room: SignatureRoom) -> bool:
    """Whether a line that was read may be what somebody wrote in a room."""
    if one is room.line or is_printed(one.line.text):
        return False
    x, y = (one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2
    if room.line is None:
        is_between = room.is_in_list and _part_in(one.box, room.box) >= _PARTLY
        return _holds(room.box, x, y) or (is_between and room.box[0] <= x <= room.box[2])
    middle = (room.line.box[1] + room.line.box[3]) / 2
    return room.box[0] <= x <= room.box[2] and abs(y - middle) < _SAME_ROW * room.line_height


def _rooms_in_line(
    one: Placed, placed: Sequence[Placed], cells: Cells, short: re.Pattern[str] | None
) -> Iterator[SignatureRoom]:
    """申请人签字（按印）：______ 2018年4月2日."""
    text, height = one.line.text, _print_height(one, cells)
    middle = (one.box[1] + one.box[3]) / 2
    cell = cells.boxes.get(one.cell)
    # Heights and widths are parts of different sides.
    wide = height * cells.size[1] / cells.size[0]
    for match in _labels_in_line(text, short):
        left = _edge(one, match.end() - 1, 0.5)
        right = min(
            _end_in_line(one, match.end(), short, cells),
            _free_until(one, placed, left, short, cells),
        )
        right = min(right, left + _LONGEST_ROOM * wide, *([cell[2]] if cell else [1.0]))
        top, bottom = middle - _ROOM_ABOVE * height, middle + _ROOM_BELOW * height
        if cell:
            top, bottom = max(top, cell[1]), min(bottom, cell[3])
        label = match["label"].lstrip("()（）、")
        below = _on_rule_below(one, match, height, cells)
        is_ruled = cells.ruled_part((left, middle, right, bottom)) >= _LEAST_RULED
        if match.re is short and not is_ruled:
            continue
        if below and not is_ruled:
            yield SignatureRoom(label, below)
        elif right - left >= _SHORTEST_ROOM * wide:
            yield SignatureRoom(label, (left, top, right, bottom), one, height)


def _labels_in_line(text: str, short: re.Pattern[str] | None) -> Iterator[re.Match[str]]:
    yield from _IN_LINE.finditer(text)
    if short:
        yield from short.finditer(text)


def _end_in_line(one: Placed, start: int, short: re.Pattern[str] | None, cells: Cells) -> float:
    """Where print begins in a line that a label's room ends with."""
    _, top, _, bottom = one.box
    ends = [1.0]
    for pattern in (_PRINTED, short):
        for found in pattern.finditer(one.line.text, start) if pattern else ():
            left, right = _edge(one, found.start(), -0.5), _edge(one, found.end() - 1, 0.5)
            is_day = _DAY.match(found[0]) is not None
            if not (is_day and _is_on_rule((left, top, right, bottom), one.cell, cells)):
                ends.append(left)
                break
    return min(ends)


def _is_on_rule(box: Box, cell: int, cells: Cells) -> bool:
    """Whether something stands on a rule to be signed on: it was stamped or written there."""
    left, top, right, bottom = box
    height = bottom - top
    lowest = bottom + 0.15 * height
    if cell in cells.boxes:  # below is its wall
        lowest = min(lowest, cells.boxes[cell][3] - _WALL)
    return cells.ruled_part((left, bottom - 0.35 * height, right, lowest)) >= _WELL_RULED


def _on_rule_below(one: Placed, match: re.Match[str], height: float, cells: Cells) -> Box | None:
    """The room on a rule that stands in the next line, for want of place behind the label."""
    left, right = _edge(one, match.start(), -0.5), _edge(one, match.end() - 1, 0.5)
    middle = (one.box[1] + one.box[3]) / 2
    for step in range(10, 27, 2):
        y = middle + step / 10 * height
        if cells.ruled_part((left, y, right, y + 0.25 * height)) >= _WELL_RULED:
            bottom = y + 0.6 * height
            cell = cells.boxes.get(one.cell)
            is_edge = cell is not None and bottom > cell[3]
            return None if is_edge else (left, middle + 0.5 * height, right, bottom)
    return None


def _edge(one: Placed, number: int, steps: float) -> float:
    """Some steps beside the middle of a sign; unread handwriting tells nothing."""
    left, _, right, _ = one.box
    places = one.line.places
    if number >= len(places):
        return right
    return left + min(max(places[number] + steps * _step(places), 0.0), 1.0) * (right - left)


def _step(places: Sequence[float]) -> float:
    """From one sign to the next, as a part of the line."""
    steps = [after - before for before, after in itertools.pairwise(places)]
    return statistics.median(steps) if steps else 1.0


def _print_height(one: Placed, cells: Cells) -> float:
    """By the width of the signs: handwriting in a line makes its box higher."""
    height = one.box[3] - one.box[1]
    if len(one.line.places) < _FEWEST_SIGNS:
        return height
    wide = _step(one.line.places) * (one.box[2] - one.box[0])
    return min(height, _LINE_PER_SIGN * wide * cells.size[0] / cells.size[1])


def _free_until(
    one: Placed,
    placed: Sequence[Placed],
    left: float,
    short: re.Pattern[str] | None,
    cells: Cells,
) -> float:
    """The first sign of the next print in the same row that stands on no rule to be signed on."""
    middle, height = (one.box[1] + one.box[3]) / 2, one.box[3] - one.box[1]
    starts = (
        _edge(other, 0, -0.9)
        for other in placed
        if other is not one
        and abs((other.box[1] + other.box[3]) / 2 - middle) < 0.6 * height
        and (is_printed(other.line.text) or (short and short.match(other.line.text)))
        and not _is_stamped(other, cells)
    )
    return min((start for start in starts if start > left), default=1.0)


def _is_stamped(one: Placed, cells: Cells) -> bool:
    """Whether a date that was read stands on a rule to be signed on."""
    return bool(_DAY.search(one.line.text)) and _is_on_rule(one.box, one.cell, cells)


def _first_cell(one: Placed, cells: Cells) -> int:
    """The cell a line begins in: a signature may have been taken for its end."""
    left, top, _, bottom = one.box
    indent = (bottom - top) / 2 * cells.size[1] / cells.size[0]
    x, y = left + indent, (top + bottom) / 2
    around = (cell for cell, box in cells.boxes.items() if _holds(box, x, y))
    return cells.at(x, y) or one.cell or next(around, 0)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _part_in(box: Box, room: Box) -> float:
    """The part of a line that lies in a room: two signatures may have been seen as one line."""
    across = min(box[2], room[2]) - max(box[0], room[0])
    down = min(box[3], room[3]) - max(box[1], room[1])
    size = (box[2] - box[0]) * (box[3] - box[1])
    return max(across, 0.0) * max(down, 0.0) / size if size > 0 else 0.0


def days_in(one: Placed) -> Iterator[Box]:
    """Where days stand in a line."""
    _, top, _, bottom = one.box
    for found in _WHOLE_DAY.finditer(one.line.text):
        yield _edge(one, found.start(), -0.9), top, _edge(one, found.end() - 1, 0.9), bottom


def _text(lines: Sequence[Placed]) -> str:
    """The words of a cell, from top to bottom."""
    ordered = sorted(lines, key=lambda one: (round(one.box[1] / 0.008), one.box[0]))
    return re.sub(r"\s", "", "".join(one.line.text for one in ordered))


def _labelled_field(text: str, fields: Sequence[SignField]) -> tuple[str, SignField | None]:
    """The label that fills a cell, and the field of the spec that it names."""
    match = _LABEL_CELL.match(text)
    is_label = match is not None and not _PRINTED.search(text, match.end())
    label = match[0] if match and is_label else text
    likeness, field = max(
        ((_likeness(label, field.label), field) for field in fields), key=lambda pair: pair[0]
    )
    return label.rstrip(":："), field if likeness >= (_ALIKE if is_label else 1.0) else None


@lru_cache(maxsize=1 << 14)
def _likeness(printed: str, label: str) -> float:
    """The same labels come back on every copy of a form."""
    one, other = _NOISE.sub("", printed), _NOISE.sub("", label)
    if "签" not in other:
        one = re.sub(r"签[字名章]$", "", one)
    return difflib.SequenceMatcher(None, one, other).ratio()


def _room_beside(
    cell: int,
    label: str,
    by_cell: dict[int, list[Placed]],
    cells: Cells,
    rows: Sequence[SignRow] = (),
) -> list[SignatureRoom]:
    """The cell to the right of a label, unless it has labels of its own."""
    _, top, right, bottom = cells.boxes[cell]
    level = _behind(cell, cells)
    box = cells.boxes[level[0]] if level else None
    if box is None or abs(box[0] - right) >= _SAME_EDGE:
        box = None
    elif _IN_LINE.search(_text(by_cell.get(level[0], []))):
        return []
    end = _end_of_room(label, [(one, _text(by_cell.get(one, []))) for one in level], rows, cells)
    if end and (box is None or box[2] < end - _SAME_EDGE):
        # Strokes that are as straight as rules part a cell, or leave none of it.
        box = right + _WALL, top, end, bottom
    return [SignatureRoom(label, box)] if box else []


def _behind(cell: int, cells: Cells) -> list[int]:
    """The cells at the height of another, behind it."""
    _, top, right, bottom = cells.boxes[cell]
    middle = (top + bottom) / 2
    level = (
        (box[0], number)
        for number, box in cells.boxes.items()
        if box[1] < middle < box[3] and box[0] > right - _SAME_EDGE
    )
    return [number for _, number in sorted(level)]


def _end_of_room(
    label: str, level: Sequence[tuple[int, str]], rows: Sequence[SignRow], cells: Cells
) -> float:
    """Where the room beside a label ends by the form's row: at its next label, or its own end."""
    for row in rows:
        for at in row.asks if row.kind == "cells" else ():
            if likeness(label, row.cells[at]) < _WELL_ALIKE:
                continue
            behind = next(filter(None, row.cells[at + 2 :]), "")
            if not behind:
                is_last = at + 2 == len(row.cells) and level
                return max(cells.boxes[one][2] for one, _ in level) if is_last else 0.0
            alike = (one for one, text in level if likeness(text, behind) >= _WELL_ALIKE)
            return next((cells.boxes[one][0] - _WALL for one in alike), 0.0)
    return 0.0


def _rooms_beside_lines(
    rows: Sequence[SignRow],
    labels: Mapping[int, tuple[str, bool]],
    by_cell: Mapping[int, Sequence[Placed]],
    cells: Cells,
) -> Iterator[SignatureRoom]:
    """Labels in cells that lost their walls: the line says them, and a cell begins behind it."""
    asked = {row.cells[at] for row in rows if row.kind == "cells" for at in row.asks}
    asked -= {label for label, _ in labels.values()}
    for one in (one for cell in by_cell if cell not in labels for one in by_cell[cell]):
        label = next((it for it in asked if likeness(one.line.text, it) >= _SURELY_ALIKE), "")
        middle = (one.box[1] + one.box[3]) / 2
        beside = min(
            (
                box
                for box in cells.boxes.values()
                if box[1] < middle < box[3] and 0 < box[0] - one.box[2] < _NEAR_LABEL
            ),
            default=None,
        )
        if label and beside:
            yield SignatureRoom(label, beside)


def _rooms_below(
    cell: int,
    label: str,
    by_cell: dict[int, list[Placed]],
    cells: Cells,
    rows: Sequence[SignRow] = (),
) -> list[SignatureRoom]:
    """The places below a label in the rows of a list that are filled in."""
    rooms: list[SignatureRoom] = []
    for box in places_below(cell, cells):
        if _count_filled(box, by_cell, cells) >= _FEWEST_FILLED:
            name = f"{label}（第 {len(rooms) + 1} 行）"
            rooms.append(SignatureRoom(name, box, is_in_list=True))
    return rooms


def _count_filled(place: Box, by_cell: dict[int, list[Placed]], cells: Cells) -> int:
    """Cells with words in the row of a place, but for itself."""
    left, top, right, bottom = place
    middle = (top + bottom) / 2
    return sum(
        cells.boxes[number][1] < middle < cells.boxes[number][3]
        and not left < (cells.boxes[number][0] + cells.boxes[number][2]) / 2 < right
        for number in by_cell
    )
