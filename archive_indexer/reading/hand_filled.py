"""What people wrote into the fields of a form of our own, read one by one.

A field whose reading may stand there and is sure stays as it was read. Any other is cut out
and read again against what may stand there; what stays doubtful is shown to a keeper with the
cut-out, and where ink gives no reading at all the page says 手写未识别.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal

import cv2
import numpy as np

from archive_indexer.documents import ReadField
from archive_indexer.reading.amounts_twice import amounts_in_words, held_against_words
from archive_indexer.reading.cells import Cells
from archive_indexer.reading.form_rooms import (
    FieldRoom,
    find_field_rooms,
    find_head_row,
    in_reading_order,
)
from archive_indexer.reading.hand.asked_about import (
    SURE_WORDS,
    around,
    doubted,
    doubted_beside,
    first_reading,
    is_struck,
    with_struck,
)
from archive_indexer.reading.hand.decided import (
    NUMBERS,
    SURE,
    decided,
    is_other,
    is_settled,
    is_speck,
    unread,
)
from archive_indexer.reading.hand.name_odds import NameOdds
from archive_indexer.reading.hand.names_beside import (
    borne_by_ink,
    numbers_of_names,
    with_bearer_first,
    with_known_first,
    with_known_phone_first,
)
from archive_indexer.reading.hand.place_names import PlacesHere, with_places
from archive_indexer.reading.hand.written_amounts import (
    are_with_pence,
    count_digits,
    count_parts,
    stroke_in,
    with_pence_first,
)
from archive_indexer.reading.possible_values import (
    Possible,
    is_possible,
    possible_values,
    says_nothing,
)
from archive_indexer.reading.reading_order import Placed, place_line
from minzheng.county.form_layout import FieldKind, FormCell
from minzheng.county.writing.chinese_text import to_simplified
from minzheng.external.ocr.line_boxes import Image, crop_line, relative_box
from minzheng.external.ocr.ocr_engine import OcrEngine, ReadLine
from minzheng.external.ocr.ocr_models import Chances

Box = tuple[float, float, float, float]

#: Digits are smaller than words, and a model sees larger ones better. Not ID numbers: with it one
#: of 115 was wrong in silence, its check digit right by chance.
_CLOSER = 1.2
_BROADER = 1.5  #: crowded digits run into one another for the models, unless they are stretched
#: In print, by hand: what is read so surely is not read again; handwriting deceives the quick
#: model. A telephone has no check digit: a running 6 that is read as 4 leaves it as possible.
_SURE_AT_ONCE: dict[FieldKind, tuple[float, float]] = {
    "name": (0.97, 0.999), "amount": (0.97, 0.999), "phone": (0.995, 0.995),
}  # fmt: skip
_FEWEST_POOR = 2  #: fields that tell that a form was filled in by hand
_LEAST_READ = 0.6  #: of a line of words: below it is said to be unread
#: Of a number, likewise, that it needs no second look: one that lost two signs may be made whole
#: by another, and its check digit right by chance.
_LEAST_AT_ONCE = 0.02
#: An amount has no check digit: what one look left open, two are not sure of below it.
_SURE_AT_LAST, _A_GUESS = 0.995, 0.9
_ABOVE, _BESIDE = 0.12, 0.3  #: of a line's height, around it
_INSET = 0.0016  #: of the page, from the ruled lines of a cell
_LEAST_INK, _MOST_INK = 0.008, 0.35  #: of a cell
_DARKER = 30  #: grey levels below the paper
_MORE_INK = 0.1  #: of a line's length, before or behind it in its cell
_MOST_OUTSIDE = 0.2  #: of a line: more of it belongs to a neighbour


@dataclass(frozen=True, slots=True)
class FieldsRead:
    """All lines of a page, those of its fields as they were read again, and the fields."""

    lines: tuple[ReadLine, ...]
    fields: tuple[ReadField, ...] = ()
    heads: tuple[Box, ...] = ()  #: cells of the page with nothing but print in them
    struck: tuple[Box, ...] = ()  #: lines that a pen went through


def read_fields(
    image: Image, lines: Sequence[ReadLine], cells: Cells, layout: Sequence[FormCell],
    engine: OcrEngine, *, odds: NameOdds | None = None, struck: Sequence[ReadLine] = (),
    here: PlacesHere | None = None,
) -> FieldsRead:  # fmt: skip
    """Read the fields of a form again where their reading is no possible or no sure one.

    Args:
        image: the page upright, without its seals.
        lines: all that was read on it.
        cells: of the page.
        layout: of the form.
        engine: that reads.
        odds: what is known of names and numbers there.
        struck: those of the lines that a pen went through.
        here: what places a paper may name.
    """
    crossed = {id(line) for line in struck}
    layout = [cell for cell in layout if cell.kind != "boxes"]  # their lines are looked at whole
    if not layout:
        return FieldsRead(tuple(lines), struck=tuple(line.box for line in struck))
    placed = [place_line(line, cells) for line in lines]
    rooms = find_field_rooms(placed, cells, layout)
    amounts = (first_reading(room.lines)[0] for room in rooms if room.cell.kind == "amount")
    reader = _FieldReader(
        image, cells, engine, odds or NameOdds(), crossed, has_pence=are_with_pence(amounts)
    )
    again_read: list[tuple[FieldRoom, ReadLine]] = []
    fields: list[ReadField] = []
    is_by_hand = sum(map(_is_poor, rooms)) >= _FEWEST_POOR
    words = amounts_in_words(rooms, placed)
    ids = {
        number: reader.read(room, is_by_hand=is_by_hand)
        for number, room in enumerate(rooms)
        if room.cell.kind == "id"
    }
    bearers = numbers_of_names(rooms, {at: _value(rooms[at], again) for at, again in ids.items()})
    for number, room in enumerate(rooms):
        is_id = room.cell.kind == "id"
        again = (
            ids[number]
            if is_id
            else reader.read(room, bearers.get(number, ""), is_by_hand=is_by_hand)
        )
        field = again[0] if again is not None else None
        if again is not None:
            again_read.append((room, again[1]))
        if number in words:
            field = reader.compare(room, field, words[number])
        field = reader.asked(room, field, is_by_hand=is_by_hand)
        if field is not None:
            fields.append(field)
    gone = {id(one.line) for room, _ in again_read for one in room.lines}
    kept = [line for line in lines if id(line) not in gone]
    if is_by_hand:
        fields += doubted_beside(kept, rooms)
    marked = [line.box for line in kept if id(line) in crossed]
    marked += [line.box for room, line in again_read if is_struck(room, crossed)]
    if here is not None:
        left = [one for one in placed if id(one.line) not in gone]
        told = with_places(
            left, fields, rooms, here, reader.see, is_by_hand=is_by_hand, left=crossed
        )
        kept, fields = [*told.lines], [*told.fields]
    added = [line for _, line in again_read]
    heads = (reader.on_page(box) for box in find_head_row(placed, cells, layout))
    return FieldsRead((*kept, *added), tuple(fields), tuple(heads), tuple(marked))


def _value(room: FieldRoom, again: tuple[ReadField, ReadLine] | None) -> str:
    """What stands in a room after it was looked at again."""
    return again[0].value if again is not None else first_reading(room.lines)[0]


class _FieldReader:
    def __init__(
        self, image: Image, cells: Cells, engine: OcrEngine, odds: NameOdds,
        crossed: Set[int], *, has_pence: bool,
    ) -> None:  # fmt: skip
        self._image = image
        self._cells = cells
        self._engine = engine
        self._odds = odds
        self._crossed = crossed
        self._has_pence = has_pence

    def read(
        self, room: FieldRoom, id_no: str = "", *, is_by_hand: bool
    ) -> tuple[ReadField, ReadLine] | None:
        """A field read again; None when its first reading is good, or nothing is written.

        `id_no` is the number that stands beside a name.
        """
        lines = in_reading_order(room.lines)
        if any(_leaves(one.box, room.box) for one in lines):
            return None  # it was read with its neighbours, and cannot be taken out of them
        first, sure = first_reading(lines)
        if (
            lines
            and _is_good(room.cell, first, sure, is_by_hand=is_by_hand)
            and not self._is_folded(room, first, sure, is_by_hand=is_by_hand)
        ):
            return None
        rows = _rows(lines) or self._inked(room)
        if not rows:
            return None
        place = self.on_page(around(rows))
        if room.cell.kind == "text":
            return unread(room.cell, place, (Possible(first, sure),)) if first else None
        crops = self._crops(room, rows)
        if stroke := stroke_in(first, crops):
            found: tuple[Possible, ...] = (Possible(stroke, 1.0),)
        elif room.cell.kind in NUMBERS:
            found = self._number(room.cell, crops, first)
            rows, found = self._all_of_it(room, rows, first, found)
            place = self.on_page(around(rows))
        else:
            found = self._words(room.cell, self._look(crops), first, id_no)
        if is_speck(room.cell.kind, found) if not first else is_other(room.cell, found):
            return None
        return decided(room.cell, place, first, found)

    def asked(
        self, room: FieldRoom, field: ReadField | None, *, is_by_hand: bool
    ) -> ReadField | None:
        """A field as it was read again, or one that a person is asked about all the same."""
        if field is None and is_by_hand:
            field = doubted(room, SURE.get(room.cell.kind, 0.0))
        if is_struck(room, self._crossed):
            return with_struck(room, field, self.on_page(room.box))
        return field

    def compare(
        self, room: FieldRoom, field: ReadField | None, words: tuple[Decimal, Placed]
    ) -> ReadField | None:
        """An amount held against the same in 大写, which may stand in the room itself."""
        figures = [one for one in room.lines if one is not words[1]]
        if not figures and field is None:
            return None
        value = field.value if field else first_reading(figures)[0]
        place = field.box if field else self.on_page(around([one.box for one in figures]))
        return held_against_words(room.cell.label, place, value, field, words[0])

    def _words(self, cell: FormCell, seen: Chances, first: str, id_no: str) -> tuple[Possible, ...]:
        if cell.kind != "name":
            return possible_values(cell.kind, [seen], _choices(cell), _vote(cell, first))
        may_be = self._odds.nearest(seen, id_no)
        found = possible_values("name", [seen], may_be, first, self._odds.odds(id_no))
        found = with_bearer_first(found, self._odds.known_by(id_no))
        return found if is_settled(cell, found) else with_known_first(found, self._odds)

    def _number(self, cell: FormCell, crops: Sequence[Image], first: str) -> tuple[Possible, ...]:
        """What a number may be; looked at once more, stretched, where that is not settled."""
        parts = sum(map(count_parts, crops)) if cell.kind == "amount" else 0
        looks = [self._look(crops if cell.kind == "id" else [_closer(crop) for crop in crops])]
        found = self._seen_as(cell.kind, looks, first, parts)
        if is_settled(cell, found) and found[0].borne_out >= _LEAST_AT_ONCE:
            return found
        looks.append(self._look([_broadened(crop) for crop in crops]))
        found = self._seen_as(cell.kind, looks, first, parts)
        if cell.kind == "amount" and found and found[0].chance < _SURE_AT_LAST:
            return (replace(found[0], chance=min(found[0].chance, _A_GUESS)), *found[1:])
        return found

    def _all_of_it(
        self, room: FieldRoom, rows: list[Box], first: str, found: tuple[Possible, ...]
    ) -> tuple[list[Box], tuple[Possible, ...]]:
        """A number of which only the end was found as a line, looked at with all its cell's ink."""
        if not first or is_settled(room.cell, found):
            return rows, found
        whole = self._inked(room)
        if not whole or not _is_broader(whole[0], around(rows)):
            return rows, found
        again = self._number(room.cell, self._crops(room, whole), first)
        return (whole, again) if is_settled(room.cell, again) else (rows, found)

    def _crops(self, room: FieldRoom, rows: Sequence[Box]) -> list[Image]:
        return [crop_line(self._image, self._cells.corners(_with_room(row, room))) for row in rows]

    def _is_folded(self, room: FieldRoom, first: str, sure: float, *, is_by_hand: bool) -> bool:
        """Whether the ink of an amount has more parts than its reading has digits."""
        if room.cell.kind != "amount" or says_nothing(first, sure):
            return False
        if not (is_by_hand or sure < _SURE_AT_ONCE["amount"][1]):
            return False
        crops = self._crops(room, _rows(in_reading_order(room.lines)))
        return sum(map(count_parts, crops)) > count_digits(first)

    def _seen_as(
        self, kind: FieldKind, looks: Sequence[Chances], first: str, parts: int
    ) -> tuple[Possible, ...]:
        """What a number may be; one of somebody the records know is likelier."""
        known = self._known_numbers(kind, first)
        found = possible_values(kind, looks, known, first, least_digits=parts)
        if kind == "amount":
            return with_pence_first(found) if self._has_pence else found
        found = borne_by_ink(found, known)
        is_open = kind == "phone" and found and found[0].chance < SURE["phone"]
        return with_known_phone_first(found, known) if is_open else found

    def _known_numbers(self, kind: FieldKind, first: str) -> tuple[str, ...]:
        if kind == "phone":
            return self._odds.phones_like(first)
        return self._odds.numbers_like(first) if kind == "id" else ()

    def _look(self, crops: Sequence[Image]) -> Chances:
        """What is seen in the rows of a cell, one after the other."""
        return _joined([self._engine.chances(crop) for crop in crops])

    def see(self, one: Placed) -> Chances:
        """What the larger model sees in a line."""
        return self._look([crop_line(self._image, self._cells.corners(one.box))])

    def _inked(self, room: FieldRoom) -> list[Box]:
        """Where ink lies in a cell in which no line was found."""
        left, top, right, bottom = room.box
        inside = (left + _INSET, top + _INSET, right - _INSET, bottom - _INSET)
        crop = crop_line(self._image, self._cells.corners(inside))
        grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
        ink = grey < float(np.median(grey)) - _DARKER
        if not _LEAST_INK < float(ink.mean()) < _MOST_INK:
            return []
        columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
        wide, high = inside[2] - inside[0], inside[3] - inside[1]
        return [(
            inside[0] + wide * columns[0] / ink.shape[1],
            inside[1] + high * rows[0] / ink.shape[0],
            inside[0] + wide * (columns[-1] + 1) / ink.shape[1],
            inside[1] + high * (rows[-1] + 1) / ink.shape[0],
        )]  # fmt: skip

    def on_page(self, box: Box) -> Box:
        """A straightened box on the page as it lies."""
        corners = self._cells.corners(box)
        return relative_box(corners, *self._cells.size)


def _is_poor(room: FieldRoom) -> bool:
    """Whether what was read in a cell cannot stand there, or is not sure: print seldom is so."""
    text, sure = first_reading(room.lines)
    if room.cell.kind in ("text", "choice") and text and sure < SURE_WORDS:
        return True
    return bool(room.lines) and not _is_good(room.cell, text, sure, is_by_hand=False)


def _is_good(cell: FormCell, first: str, sure: float, *, is_by_hand: bool) -> bool:
    """Whether a first reading need not be looked at again."""
    if cell.kind == "text":
        return sure >= _LEAST_READ
    if says_nothing(first, sure):
        return True
    in_print, by_hand = _SURE_AT_ONCE.get(cell.kind, (0.0, 0.0))
    least_sure = by_hand if is_by_hand else in_print
    if cell.kind == "name" and to_simplified(first) != first:
        return False
    if cell.kind == "phone" and is_by_hand and first.startswith("0"):
        return False  # a telephone of somebody whose 1 looks like a 0 is one of a house
    return is_possible(cell.kind, first, cell.choices) and sure >= least_sure


def _vote(cell: FormCell, first: str) -> str:
    """What the page's own reading has to say: nothing, when it is none of the choices."""
    return "" if cell.kind == "choice" and first not in cell.choices else first


def _is_broader(whole: Box, part: Box) -> bool:
    """Whether ink begins before a line, or goes on behind it, by a sign and more."""
    return max(part[0] - whole[0], whole[2] - part[2]) > _MORE_INK * (part[2] - part[0])


def _leaves(box: Box, room: Box) -> bool:
    outside = max(0.0, room[0] - box[0]) + max(0.0, box[2] - room[2])
    return outside > _MOST_OUTSIDE * (box[2] - box[0])


def _closer(crop: Image) -> Image:
    """The middle of a crop, as high as before."""
    high, wide = crop.shape[:2]
    edge = round(high * (1 - 1 / _CLOSER) / 2)
    size = (round(wide * _CLOSER), high)
    return cv2.resize(crop[edge : high - edge], size, interpolation=cv2.INTER_CUBIC)


def _broadened(crop: Image) -> Image:
    size = (round(crop.shape[1] * _BROADER), crop.shape[0])
    return cv2.resize(crop, size, interpolation=cv2.INTER_CUBIC)


def _choices(cell: FormCell) -> tuple[str, ...]:
    return cell.choices if cell.kind == "choice" else ()


def _joined(parts: Sequence[Chances]) -> Chances:
    """What a model sees in the rows of a cell, one after the other."""
    none = np.zeros((1, parts[0].scores.shape[1]), parts[0].scores.dtype)
    none[0, 0] = 1.0
    tables = [part for one in parts for part in (one.scores, none)]
    return replace(parts[0], scores=np.concatenate(tables[:-1]))


def _rows(lines: Sequence[Placed]) -> list[Box]:
    """The lines of a cell, those that stand beside each other as one."""
    rows: list[Box] = []
    for one in lines:
        middle = (one.box[1] + one.box[3]) / 2
        if rows and rows[-1][1] < middle < rows[-1][3]:
            rows[-1] = around([rows[-1], one.box])
        else:
            rows.append(one.box)
    return rows


def _with_room(row: Box, room: FieldRoom) -> Box:
    """A row with some paper around it, within its cell: pens go beyond what was found."""
    high = row[3] - row[1]
    left, top, right, bottom = room.box
    return (
        max(row[0] - _BESIDE * high, min(row[0], left)),
        max(row[1] - _ABOVE * high, min(row[1], top)),
        min(row[2] + _BESIDE * high, max(row[2], right)),
        min(row[3] + _ABOVE * high, max(row[3], bottom)),
    )
