"""Where people sign on a form of our own: by its printed labels, its cells and its spec."""

import difflib
import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive_indexer.reading.cells import Cells
from archive_indexer.reading.reading_order import Placed
from minzheng.county.sign_fields import SignField

Box = tuple[float, float, float, float]

_SIGN = r"签[字名章收]人?(?:按印|[(（][按捺]印[)）])?"
_WHO = r"[\u3400-\u9fff()（）、]{0,16}?"
_IN_LINE = re.compile(rf"(?P<label>{_WHO}{_SIGN})\s*(?:[:：]|(?=[_＿—]{{2}}))")
_LABEL_CELL = re.compile(rf"{_WHO}{_SIGN}[:：]?")
#: What is printed behind a place for a signature, or in it.
_PRINTED = re.compile(
    rf"(?:19|20)\d\d\s*年|年\s*月|月\s*日|日期|盖\s*章|[\u3400-\u9fff]{{1,8}}{_SIGN}"
)
_NOISE = re.compile(r"[\s()（）:：_]|按印|捺印")
_ALIKE = 0.6  #: of a label as printed and as the spec writes it
_SAME_EDGE = 0.012  #: of the page
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


def find_rooms(
    placed: Sequence[Placed], cells: Cells, fields: Sequence[SignField]
) -> list[SignatureRoom]:
    """Every place for a signature on a page of a form with these fields."""
    if not fields:
        return []
    rooms = [room for one in placed for room in _rooms_in_line(one, placed, cells)]
    by_cell: dict[int, list[Placed]] = {}
    for one in placed:
        if cell := _first_cell(one, cells):
            by_cell.setdefault(cell, []).append(one)
    for cell, lines in by_cell.items():
        label, field = _labelled_field(_text(lines), fields)
        if field is not None:
            find = _rooms_below if field.is_column else _room_beside
            rooms += find(cell, label, by_cell, cells)
    return rooms


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
        return _holds(room.box, x, y)
    middle = (room.line.box[1] + room.line.box[3]) / 2
    return room.box[0] <= x <= room.box[2] and abs(y - middle) < _SAME_ROW * room.line_height


def _rooms_in_line(one: Placed, placed: Sequence[Placed], cells: Cells) -> Iterator[SignatureRoom]:
    """申请人签字（按印）：______ 2018年4月2日."""
    text, height = one.line.text, _print_height(one, cells)
    middle = (one.box[1] + one.box[3]) / 2
    cell = cells.boxes.get(one.cell)
    # Heights and widths are parts of different sides.
    wide = height * cells.size[1] / cells.size[0]
    for match in _IN_LINE.finditer(text):
        left = _edge(one, match.end() - 1, 0.5)
        follows = _PRINTED.search(text, match.end())
        right = _edge(one, follows.start(), -0.5) if follows else _free_until(one, placed, left)
        right = min(right, left + _LONGEST_ROOM * wide, *([cell[2]] if cell else [1.0]))
        top, bottom = middle - _ROOM_ABOVE * height, middle + _ROOM_BELOW * height
        if cell:
            top, bottom = max(top, cell[1]), min(bottom, cell[3])
        label = match["label"].lstrip("()（）、")
        below = _on_rule_below(one, match, height, cells)
        if below and not cells.ruled_part((left, middle, right, bottom)) >= _LEAST_RULED:
            yield SignatureRoom(label, below)
        elif right - left >= _SHORTEST_ROOM * wide:
            yield SignatureRoom(label, (left, top, right, bottom), one, height)


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


def _free_until(one: Placed, placed: Sequence[Placed], left: float) -> float:
    """The first sign of the next print in the same row."""
    middle, height = (one.box[1] + one.box[3]) / 2, one.box[3] - one.box[1]
    starts = (
        _edge(other, 0, -0.9)
        for other in placed
        if other is not one
        and abs((other.box[1] + other.box[3]) / 2 - middle) < 0.6 * height
        and is_printed(other.line.text)
    )
    return min((start for start in starts if start > left), default=1.0)


def _first_cell(one: Placed, cells: Cells) -> int:
    """The cell a line begins in: a signature may have been taken for its end."""
    left, top, _, bottom = one.box
    indent = (bottom - top) / 2 * cells.size[1] / cells.size[0]
    x, y = left + indent, (top + bottom) / 2
    around = (cell for cell, box in cells.boxes.items() if _holds(box, x, y))
    return cells.at(x, y) or one.cell or next(around, 0)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


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
    cell: int, label: str, by_cell: dict[int, list[Placed]], cells: Cells
) -> list[SignatureRoom]:
    """The cell to the right of a label, unless it has labels of its own."""
    _, top, right, bottom = cells.boxes[cell]
    for number, box in cells.boxes.items():
        is_next = abs(box[0] - right) < _SAME_EDGE and box[1] < (top + bottom) / 2 < box[3]
        if is_next and not _IN_LINE.search(_text(by_cell.get(number, []))):
            return [SignatureRoom(label, box)]
    return []


def _rooms_below(
    cell: int, label: str, by_cell: dict[int, list[Placed]], cells: Cells
) -> list[SignatureRoom]:
    """The cells below a label in the rows of a list that are filled in."""
    rooms: list[SignatureRoom] = []
    left, _, right, bottom = cells.boxes[cell]
    for number, box in sorted(cells.boxes.items(), key=lambda item: item[1][1]):
        is_below = abs(box[1] - bottom) < _SAME_EDGE
        if not is_below or abs(box[0] - left) + abs(box[2] - right) > 2 * _SAME_EDGE:
            continue
        bottom = box[3]
        if _count_filled(number, by_cell, cells) >= _FEWEST_FILLED:
            rooms.append(SignatureRoom(f"{label}（第 {len(rooms) + 1} 行）", box))
    return rooms


def _count_filled(cell: int, by_cell: dict[int, list[Placed]], cells: Cells) -> int:
    _, top, _, bottom = cells.boxes[cell]
    middle = (top + bottom) / 2
    return sum(
        number != cell and cells.boxes[number][1] < middle < cells.boxes[number][3]
        for number in by_cell
    )
