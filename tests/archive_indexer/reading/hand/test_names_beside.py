"""An ID number belongs to the name before it in its row."""

from archive_indexer.reading.form_rooms import FieldRoom
from archive_indexer.reading.hand.names_beside import numbers_of_names
from minzheng.county.form_layout import FieldKind, FormCell


def room(kind: FieldKind, left: float, top: float) -> FieldRoom:
    return FieldRoom(FormCell(kind, kind), (left, top, left + 0.1, top + 0.02), ())


def test_a_number_belongs_to_the_nearest_name_before_it():
    """In its row; a name behind it, or in another row, is somebody else's."""
    rooms = [
        room("name", 0.1, 0.1), room("phone", 0.2, 0.1), room("id", 0.3, 0.1),
        room("name", 0.5, 0.1), room("id", 0.6, 0.105), room("id", 0.3, 0.3),
        room("name", 0.5, 0.3),
    ]  # fmt: skip
    numbers = {2: "甲", 4: "乙", 5: "丙"}
    assert numbers_of_names(rooms, numbers) == {0: "甲", 3: "乙"}


def test_a_name_with_two_numbers_behind_it_has_none():
    """Nobody can tell which."""
    rooms = [room("name", 0.1, 0.1), room("id", 0.3, 0.1), room("id", 0.5, 0.1)]
    assert numbers_of_names(rooms, {1: "甲", 2: "乙"}) == {}
