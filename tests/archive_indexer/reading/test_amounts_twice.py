"""Amounts in figures are held against the same in 大写."""

from decimal import Decimal

import pytest

from archive_indexer.documents import ReadField
from archive_indexer.reading.amounts_twice import amounts_in_words, held_against_words
from archive_indexer.reading.form_rooms import FieldRoom
from archive_indexer.reading.reading_order import Placed
from minzheng.county.form_layout import FieldKind, FormCell
from minzheng.external.ocr.ocr_engine import ReadLine

PLACE = (0.3, 0.1, 0.4, 0.12)


def room(left: float, top: float = 0.1, kind: FieldKind = "amount") -> FieldRoom:
    return FieldRoom(FormCell("保障金", kind), (left, top, left + 0.1, top + 0.03), ())


def line(text: str, left: float, top: float = 0.105) -> Placed:
    box = (left, top, left + 0.2, top + 0.02)
    return Placed(ReadLine(text, box, 0.99), box, 0)


def test_words_belong_to_the_nearest_amount_before_them():
    """In their row; other kinds of rooms and other rows are passed over."""
    rooms = (room(0.1), room(0.3), room(0.45, kind="name"), room(0.3, 0.2))
    words = line("人民币叁佰元整", 0.6)
    assert amounts_in_words(rooms, (line("300.00", 0.3), words)) == {1: (Decimal(300), words)}


@pytest.mark.parametrize(
    "placed",
    [
        (line("叁佰元整", 0.05),),
        (line("叁佰元整", 0.6, 0.4),),
        (line("叁百元整", 0.6),),
        (line("叁佰元整", 0.6), line("肆佰元整", 0.8)),
    ],
    ids=["before it", "in another row", "no words by the rules", "two of them"],
)
def test_words_that_are_not_surely_of_a_room_tell_nothing(placed):
    """No figure is doubted for them."""
    assert amounts_in_words((room(0.3),), placed) == {}


def test_what_stands_there_twice_is_certain():
    """Nobody is asked, however the figures look."""
    doubted = ReadField("保障金", "amount", PLACE, "300.00", 0.4, ("800.00",))
    sure = held_against_words("保障金", PLACE, "300.00", doubted, Decimal(300))
    assert sure is not None
    assert (sure.is_doubtful, sure.value) == (False, "300.00")
    assert sure.confidence > 0.9
    assert held_against_words("保障金", PLACE, "300.00", None, Decimal(300)) is None


def test_what_differs_is_shown_to_a_keeper_with_both():
    """Whether the figures were sure or not; the value stays what they are read as."""
    asked = held_against_words("保障金", PLACE, "800.00", None, Decimal(300))
    assert asked == ReadField("保障金", "amount", PLACE, "800.00", 0.0, ("300.00",))
    settled = ReadField("保障金", "amount", PLACE, "800.00", 0.98, ("300.00", "600.00"), False)
    again = held_against_words("保障金", PLACE, "800.00", settled, Decimal(300))
    assert again is not None
    assert (again.is_doubtful, again.alternatives) == (True, ("300.00", "600.00"))
