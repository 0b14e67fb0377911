"""A keeper is asked about what is not sure, cannot stand there, or was struck out."""

import pytest

from archive_indexer.documents import ReadField
from archive_indexer.reading.form_rooms import FieldRoom
from archive_indexer.reading.hand.asked_about import (
    around,
    doubted,
    doubted_beside,
    first_reading,
    is_struck,
    with_struck,
)
from archive_indexer.reading.reading_order import Placed
from minzheng.county.form_layout import FormCell
from minzheng.external.ocr.ocr_engine import ReadLine

CELL = (0.2, 0.1, 0.4, 0.14)
PHONE, AMOUNT, NAME = (
    FormCell("电话", "phone"),
    FormCell("金额", "amount"),
    FormCell("姓名", "name"),
)
WORDS = FormCell("住址", "text")


def room(cell: FormCell, *said: tuple[str, float]) -> FieldRoom:
    """A room with lines beside one another."""
    boxes = [(0.2 + 0.1 * at, 0.11, 0.29 + 0.1 * at, 0.13) for at in range(len(said))]
    lines = [ReadLine(text, box, sure) for (text, sure), box in zip(said, boxes, strict=True)]
    return FieldRoom(cell, CELL, tuple(Placed(line, line.box, 1) for line in lines))


@pytest.mark.parametrize(
    ("cell", "said", "is_asked"),
    [
        (WORDS, ("旧城村", 0.89), True), (WORDS, ("旧城村", 0.9), False),
        (AMOUNT, ("=94", 0.98), True), (AMOUNT, ("94.00", 0.98), False),
        (AMOUNT, ("94.00", 0.96), True), (PHONE, ("1521843", 1.0), True),
        (PHONE, ("15218434952", 1.0), False), (NAME, ("周桂兰", 0.99), False),
        (NAME, ("周桂兰", 0.9), True), (PHONE, ("无", 0.9), False),
        (AMOUNT, ("同上", 0.5), True), (NAME, ("", 0.0), False),
    ],
)  # fmt: skip
def test_what_is_unsure_or_cannot_stand_there_is_asked_about(cell, said, is_asked):
    """Numbers and names too: those that run into the next cell were not read again."""
    found = doubted(room(cell, said), 0.97)
    assert (found is not None) == is_asked
    assert found is None or (found.value, found.is_doubtful) == (said[0], True)


def test_a_struck_field_is_asked_about_with_all_of_its_cell():
    """However surely it was read; the new value may stand anywhere in the cell."""
    sure = room(PHONE, ("15218434952", 1.0))
    assert with_struck(sure, None, CELL) == ReadField("电话", "phone", CELL, "15218434952", 1.0)
    read = ReadField("电话", "phone", (0.2, 0.11, 0.29, 0.13), "15218434957", 0.99, (), False)
    told = with_struck(sure, read, (0.25, 0.1, 0.4, 0.14))
    assert (told.value, told.is_doubtful, told.box) == ("15218434957", True, CELL)


def test_a_room_is_struck_by_one_of_its_lines():
    """The other one may be what counts."""
    both = room(AMOUNT, ("300.00", 1.0), ("400.00", 1.0))
    assert first_reading(both.lines) == ("300.00400.00", 1.0)
    assert is_struck(both, {id(both.lines[1].line)})
    assert not is_struck(both, {id(ReadLine("300.00", CELL, 1.0))})


def test_unsure_words_beside_all_cells_are_asked_about():
    """Not those of a room, nor what is no word."""
    inside = room(WORDS, ("旧城村", 0.5))
    beside = [
        ReadLine(text, CELL, sure) for text, sure in (("见附件", 0.8), ("…", 0.1), ("准", 1.0))
    ]
    lines = [inside.lines[0].line, *beside]
    assert [one.value for one in doubted_beside(lines, [inside])] == ["见附件"]
    assert around([line.box for line in lines]) == (0.2, 0.1, 0.4, 0.14)
