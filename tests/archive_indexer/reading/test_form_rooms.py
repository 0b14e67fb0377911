"""Which cells of a page hold the answers of a form."""

from dataclasses import replace

import pytest

from archive_indexer.reading.form_rooms import find_field_rooms, find_head_row
from minzheng.county.form_layout import FormCell
from tests.archive_indexer.reading.signing.test_signature_rooms import SIGN, grid, put

NAME, NUMBER = FormCell("姓名", "name"), FormCell("身份证号", "id")
NAMES, HEALTH = (
    FormCell("姓名", "name", is_column=True),
    FormCell("健康（残疾）", "choice", is_column=True, choices=("健康", "残疾")),
)
AGE = FormCell("年龄", "label")
COLUMNS, ROWS = [100, 300, 500, 700, 900], [100, 200, 300, 400, 500]


def found(layout, *texts, columns=COLUMNS, rows=ROWS):
    cells = grid(columns, rows)
    placed = [put(text, left, top, cells) for text, left, top in texts]
    return [
        (room.cell.label, room.cell.kind, "".join(one.line.text for one in room.lines))
        for room in find_field_rooms(placed, cells, layout)
    ]


def test_the_cell_behind_a_label_is_its_room():
    """Empty or filled; a label that is not of the form has none."""
    assert found([NAME, NUMBER], ("姓名", 120, 130), ("周桂兰", 320, 130)) == [
        ("姓名", "name", "周桂兰")
    ]
    assert found([NAME], ("姓名", 120, 130)) == [("姓名", "name", "")]
    assert found([NUMBER], ("姓名", 120, 130), ("周桂兰", 320, 130)) == []


@pytest.mark.parametrize(
    ("read", "is_one"), [("身份证号", True), ("身份证弓", True), ("身分证书", False)]
)
def test_a_label_may_be_read_a_little_wrong(read, is_one):
    """One sign of four; half of them is another label."""
    assert bool(found([NUMBER], (read, 120, 130))) is is_one


def test_another_label_is_no_room():
    """Although it stands beside the first one."""
    texts = (("身份证号", 120, 130), ("年龄", 320, 130))
    assert found([NUMBER], *texts) == [("身份证号", "id", "年龄")]
    assert found([NUMBER, AGE], *texts) == []


def test_the_cells_below_the_head_of_a_column_are_its_rooms_until_the_next_head():
    """Each with what stands in it."""
    texts = (("姓名", 120, 110), ("周桂兰", 120, 210), ("姓名", 120, 410))
    assert found([NAMES], *texts) == [("姓名", "name", "周桂兰"), ("姓名", "name", "")]


def test_a_column_wanders_with_a_page_that_lies_askew():
    """Each cell is held against the one above it, for the last lies aside the head."""
    cells = grid(COLUMNS, ROWS)
    boxes = {
        number: (box[0] + 0.1 * box[1], box[1], box[2] + 0.1 * box[1], box[3])
        for number, box in cells.boxes.items()
    }
    placed = [put("姓名", 120, 110, cells)]
    rooms = find_field_rooms(placed, replace(cells, boxes=boxes), [NAMES])
    assert len(rooms) == len(ROWS) - 2
    assert rooms[-1].box[0] - boxes[placed[0].cell][0] > 0.012


def test_beside_the_head_of_a_column_is_no_room():
    """与户主关系 stands there in two rows, read as 与子: that is nobody's name."""
    texts = (("姓名", 120, 210), ("与子", 320, 210), ("周桂兰", 120, 310), ("子", 320, 310))
    assert found([NAMES, NAME], *texts) == [
        ("姓名", "name", "周桂兰"), ("姓名", "name", "")
    ]  # fmt: skip
    assert found([NAMES, NAME], ("姓名", 120, 430), ("周桂兰", 320, 430)) == [
        ("姓名", "name", "周桂兰")
    ]


def test_the_cells_beside_the_head_of_a_column_hold_print_alone():
    """A label beside its answer is no head: what stands there may be written by hand."""
    cells = grid(COLUMNS, ROWS)
    head = [put("姓名", 120, 210, cells), put("周桂兰", 120, 310, cells)]
    row = find_head_row(head, cells, [NAMES, NAME])
    assert {(round(box[1], 2), round(box[3], 2)) for box in row} == {
        (round(cells.boxes[head[0].cell][1], 2), round(cells.boxes[head[0].cell][3], 2))
    }
    assert len(row) == len(COLUMNS) - 1
    assert find_head_row([put("姓名", 120, 130, cells)], cells, [NAME]) == []


def test_an_answer_that_is_called_like_a_label_is_an_answer():
    """健康 stands below 健康（残疾）, and nothing beside it belongs to a label 健康."""
    label = FormCell("健康", "choice", choices=("健康",))
    texts = (("健康（残疾）", 101, 110), ("健康", 120, 210), ("务农", 320, 210), ("残疾", 120, 310))
    assert found([HEALTH, label], *texts) == [
        ("健康（残疾）", "choice", "健康"),
        ("健康（残疾）", "choice", "残疾"),
        ("健康（残疾）", "choice", ""),
    ]


def test_what_stands_behind_the_next_label_belongs_to_that():
    """In a cell that is several: short upright rules are not always seen."""
    texts = (("姓名", 120, 130), ("周桂兰", 320, 130), ("年龄", 520, 130), ("68", 650, 130))
    layout, columns = [NAME, AGE], [100, 300, 900]
    assert found(layout, *texts, columns=columns) == [("姓名", "name", "周桂兰")]


def test_a_label_within_such_a_cell_has_its_answer_behind_it():
    """On the same level only."""
    layout, columns = [NAME, NUMBER, AGE], [100, 900]
    level = (("姓名", 120, 130), ("周桂兰", 320, 130), ("年龄", 520, 130))
    assert found(layout, *level, columns=columns) == [("姓名", "name", "周桂兰")]
    below = (("姓名", 120, 110), ("周桂兰", 320, 110 + SIGN), ("年龄", 520, 110))
    assert ("姓名", "name", "周桂兰") not in found(layout, *below, columns=columns)
    assert found(layout, *level[:2], columns=columns) == []


def test_lines_of_a_row_stand_in_it_although_one_is_a_little_higher():
    """What stands behind the next label is not swallowed by the answer before it."""
    texts = (("身份证号", 120, 130), ("6109", 320, 136), ("年龄", 520, 129), ("68", 650, 133))
    layout, columns = [NUMBER, AGE], [100, 300, 900]
    assert found(layout, *texts, columns=columns) == [("身份证号", "id", "6109")]


def test_a_cell_that_begins_with_another_label_holds_no_answer():
    """It is several, and its own rooms are found in it."""
    texts = (("身份证号", 120, 130), ("年龄", 320, 130), ("68", 520, 130))
    assert found([NUMBER, AGE], *texts, columns=[100, 300, 900]) == []
