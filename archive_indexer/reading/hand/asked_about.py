"""What a person is asked about on a form filled in by hand, though nothing was read again."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from archive_indexer.documents import ReadField
from archive_indexer.reading.form_rooms import FieldRoom, in_reading_order
from archive_indexer.reading.possible_values import is_possible, says_nothing
from archive_indexer.reading.reading_order import Placed
from minzheng.county.writing.chinese_text import to_simplified
from minzheng.external.ocr.ocr_engine import ReadLine

Box = tuple[float, float, float, float]

_IS_WORD = re.compile("[㐀-鿿0-9]")
SURE_WORDS = 0.9  #: less sure ones are shown to a person
_SURE_BESIDE = 0.85  #: beside the cells of a form, where print stands, too
BESIDE_CELLS = "其他手写"  #: what the form has no label for
_MOST_ALTERNATIVES = 5


def first_reading(lines: Sequence[Placed]) -> tuple[str, float]:
    """What was read in a cell, and how sure its least sure line is."""
    text = "".join(one.line.text for one in in_reading_order(lines))
    return text, min((one.line.confidence for one in lines), default=0.0)


def around(boxes: Sequence[Box]) -> Box:
    """The box that holds all of some."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def doubted(room: FieldRoom, least_sure: float) -> ReadField | None:
    """What stands as it was read, and not surely; numbers and names also if they cannot stand.

    Those are left that could not be taken out of a line which runs on beyond their cell.

    Args:
        room: of a form filled in by hand.
        least_sure: of its kind, where it is a number or a name.
    """
    text, sure = first_reading(room.lines)
    is_words = room.cell.kind in ("text", "choice")
    may_stand = is_words or is_possible(room.cell.kind, text)
    may_stay = not text or says_nothing(text, sure)
    if may_stay or (may_stand and sure >= (SURE_WORDS if is_words else least_sure)):
        return None
    place = around([one.line.box for one in room.lines])
    others = sorted(room.cell.choices, key=lambda choice: -len({*choice} & {*to_simplified(text)}))
    return ReadField(
        room.cell.label, room.cell.kind, place, text, sure, tuple(others[:_MOST_ALTERNATIVES])
    )


def is_struck(room: FieldRoom, struck: Set[int]) -> bool:
    """Whether a line of a room is one of those, by their ids, that a pen went through."""
    return any(id(one.line) in struck for one in room.lines)


def with_struck(room: FieldRoom, read: ReadField | None, place: Box) -> ReadField:
    """A field that a pen went through: a person says what counts, and sees all of its cell.

    What was written instead may be above it, beside it, or nowhere.

    Args:
        room: of which a line is struck out.
        read: what was read there again.
        place: of the room, on the page as it lies.
    """
    box = around([place, *(one.line.box for one in room.lines)])
    if read is not None:
        return replace(read, box=box, is_doubtful=True)
    text, sure = first_reading(room.lines)
    return ReadField(room.cell.label, room.cell.kind, box, text, sure)


def doubted_beside(lines: Sequence[ReadLine], rooms: Sequence[FieldRoom]) -> list[ReadField]:
    """Unsure words that stand in no cell a label belongs to."""
    known = {id(one.line) for room in rooms for one in room.lines}
    return [
        ReadField(BESIDE_CELLS, "text", line.box, line.text, line.confidence)
        for line in lines
        if id(line) not in known and line.confidence < _SURE_BESIDE and _IS_WORD.search(line.text)
    ]
