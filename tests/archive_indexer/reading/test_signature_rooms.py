"""Where people sign, by labels, cells and rules: the room, and no more than the room."""

import cv2
import numpy as np
import pytest

from archive_indexer.reading.cells import Cells, find_cells
from archive_indexer.reading.reading_order import Placed, place_line
from archive_indexer.reading.signature_rooms import (
    SignatureRoom,
    find_rooms,
    is_printed,
    may_be_signature,
    printed_part,
)
from minzheng.county.sign_fields import SignField
from minzheng.external.ocr_engine import ReadLine

WIDTH, HEIGHT = 1000, 1400
SIGN = 30  #: pixels a sign is wide and high
FIELD, COLUMN = SignField("申请人签字", False), SignField("领取人签字", True)


def page(*rules: tuple[int, int, int, int]) -> Cells:
    """The cells of a white page with ruled lines, in pixels."""
    image = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for left, top, right, bottom in rules:
        cv2.line(image, (left, top), (right, bottom), (0, 0, 0), 3)
    return find_cells(image, 0.0)


def grid(columns: list[int], rows: list[int]) -> Cells:
    across = [(columns[0], row, columns[-1], row) for row in rows]
    return page(*across, *[(column, rows[0], column, rows[-1]) for column in columns])


def put(text: str, left: int, top: int, cells: Cells, height: int = SIGN) -> Placed:
    """A printed line that begins here."""
    right, count = left + SIGN * len(text), len(text)
    box = (left / WIDTH, top / HEIGHT, right / WIDTH, (top + height) / HEIGHT)
    places = tuple((number + 0.5) / count for number in range(count))
    return place_line(ReadLine(text, box, 0.9, places=places), cells)


def rooms(cells: Cells, *texts: tuple, fields: tuple[SignField, ...] = (FIELD,)):
    return find_rooms([put(*text, cells) for text in texts], cells, fields)


def pixels(room: SignatureRoom) -> list[int]:
    left, top, right, bottom = room.box
    return [round(left * WIDTH), round(top * HEIGHT), round(right * WIDTH), round(bottom * HEIGHT)]


@pytest.mark.parametrize(
    ("texts", "label", "right"),
    [
        ([("申请人签字：", 100, 100)], "申请人签字", 580),  # ten heights and no more
        ([("申请人签字：", 100, 100), ("2018年4月2日", 400, 100)], "申请人签字", 400),
        ([("申请人签字：", 100, 100), ("日期", 400, 117)], "申请人签字", 400),
        ([("申请人签字：", 100, 100), ("日期", 400, 119)], "申请人签字", 580),  # another row
        ([("申请人签字：", 100, 100), ("日期", 20, 100)], "申请人签字", 580),  # in front of it
        ([("申请人签字：", 100, 100), ("测试甲", 400, 100)], "申请人签字", 580),  # the signature
        ([("（）申请人签字：", 40, 100)], "申请人签字", 580),
        ([("申请人签字（按印）：", 100, 100)], "申请人签字（按印）", 700),
        ([("申请人签字____日期", 100, 100)], "申请人签字", 370),
        ([("申请人签字：测试甲2018年4月", 100, 100)], "申请人签字", 370),
        ([("申请人签字：", 760, 100)], "申请人签字", 1000),
    ],
)
def test_behind_a_label_is_room_up_to_the_next_print(texts, label, right):
    """A line and a half above, a little below."""
    (room,) = rooms(page(), *texts)
    assert room.label == label
    left, top, found, bottom = pixels(room)
    assert found == pytest.approx(right, abs=4)
    end = texts[0][1] + SIGN * (len(label) + texts[0][0].index(label) + 1)
    assert left == pytest.approx(min(end, left), abs=4)
    assert (top, bottom) == (pytest.approx(70, abs=3), pytest.approx(142, abs=3))
    assert room.line is not None
    assert room.line_height == pytest.approx(SIGN / HEIGHT, abs=0.002)


@pytest.mark.parametrize(
    "texts",
    [
        [("自签字之日起生效", 100, 100)], [("申请人签字", 100, 100)],
        [("申请人签字：", 100, 100), ("日期", 320, 100)],  # no room for anybody
        [("核查意见：", 100, 100)], [],
    ],
)  # fmt: skip
def test_what_only_speaks_of_signing_has_no_room(texts):
    """Nor has a label with print close behind it."""
    assert rooms(page(), *texts) == []
    assert find_rooms([put("申请人签字：", 100, 100, page())], page(), ()) == []


def test_a_room_in_a_cell_ends_with_the_cell():
    """To every side."""
    cells = grid([90, 400, 800], [85, 135, 300])
    (room,) = (room for room in rooms(cells, ("申请人签字：", 100, 95)) if room.line)
    left, top, right, bottom = pixels(room)
    assert (left, right) == (pytest.approx(280, abs=6), pytest.approx(400, abs=6))
    assert (top, bottom) == (pytest.approx(85, abs=6), pytest.approx(135, abs=6))


def test_a_line_made_high_by_handwriting_is_as_high_as_its_signs():
    """One and a half times their width at most."""
    cells = page()
    (room,) = find_rooms([put("申请人签字：", 100, 100, cells, height=90)], cells, [FIELD])
    assert room.line_height == pytest.approx(45 / HEIGHT, abs=0.001)
    (short,) = find_rooms([put("签字：", 100, 100, cells, height=90)], cells, [FIELD])
    assert short.line_height == pytest.approx(90 / HEIGHT, abs=0.001)


@pytest.mark.parametrize(
    ("rules", "is_below"),
    [
        ([(100, 160, 280, 160)], True), ([(100, 160, 170, 160)], False),
        ([(100, 160, 280, 160), (280, 130, 500, 130)], False),  # there is a rule behind it
        ([(100, 260, 280, 260)], False), ([(100, 131, 280, 131)], False),
    ],
)  # fmt: skip
def test_a_rule_below_a_label_is_signed_on(rules, is_below):
    """When it lies in the next line and there is none behind the label."""
    (room,) = rooms(page(*rules), ("申请人签字：", 100, 100))
    if is_below:
        assert room.line is None
        left, top, right, bottom = pixels(room)
        assert (left, right) == (pytest.approx(100, abs=4), pytest.approx(280, abs=4))
        assert (top, bottom) == (pytest.approx(130, abs=4), pytest.approx(175, abs=12))
    else:
        assert room.line is not None


@pytest.mark.parametrize(
    ("label", "fields", "is_room"),
    [
        ("申请人签字", [FIELD], True), ("申请人签字（按印）", [FIELD], True),
        ("申请人签章", [FIELD], True), ("核查意见", [FIELD], False), ("户主签字", [FIELD], False),
        ("镇负责人签字", [SignField("镇负责人", False)], True),
        ("镇负责人", [SignField("镇负责人", False)], True),
        ("镇负责", [SignField("镇负责人", False)], False), ("经办会计出纳签字", [FIELD], False),
        ("申请人签字日期", [FIELD], False),
    ],
)  # fmt: skip
def test_beside_a_label_that_fills_its_cell_is_a_cell_to_sign(label, fields, is_room):
    """When the spec of the form has such a field, in nearly the same words."""
    cells = grid([100, 400, 800], [200, 300, 400])
    found = rooms(cells, (label, 110, 230), ("另一栏", 110, 330), fields=tuple(fields))
    assert [pixels(room) for room in found] == (
        [[pytest.approx(one, abs=6) for one in (400, 200, 800, 300)]] if is_room else []
    )


def test_a_label_may_stand_in_two_lines():
    """They are read from top to bottom, whatever order they come in."""
    cells = grid([100, 400, 800], [200, 300, 400])
    found = rooms(cells, ("签字", 110, 260), ("申请人", 110, 215))
    assert [room.label for room in found] == ["申请人签字"]


def test_the_last_cell_of_a_row_has_none_beside_it():
    """And a neighbour with a label of its own is no room."""
    cells = grid([100, 400, 800], [200, 300, 400])
    assert rooms(cells, ("申请人签字", 410, 230)) == []
    beside = rooms(cells, ("申请人签字", 110, 230), ("经办人签字：", 410, 230))
    assert [room.label for room in beside] == ["经办人签字"]


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        ([("测试甲", "260", ""), ("测试乙", "120", "")], ["（第 1 行）", "（第 2 行）"]),
        ([("测试甲", "260", ""), ("", "", "")], ["（第 1 行）"]),
        ([("测试甲", "", ""), ("测试乙", "120", "")], ["（第 1 行）"]),
        ([("测试甲", "260", "测试甲"), ("", "", "")], ["（第 1 行）"]),
        ([("测试甲", "", "测试甲"), ("", "", "")], []),
    ],
)
def test_below_the_label_of_a_column_the_filled_rows_are_signed(rows, labels):
    """A row with two words or more beside the place itself."""
    cells = grid([100, 300, 500, 800], [200, 300, 400, 500])
    texts = [(text, 110 + 200 * column, 330 + 100 * row) for row, words in enumerate(rows)
             for column, text in enumerate(words) if text]  # fmt: skip
    heads = [("姓名", 110, 230), ("金额", 310, 230), ("领取人签字", 510, 230)]
    found = rooms(cells, *heads, *texts, fields=(COLUMN,))
    assert [room.label.removeprefix("领取人签字") for room in found] == labels
    for room in found:
        assert pixels(room)[0] == pytest.approx(500, abs=6)


@pytest.mark.parametrize(
    ("text", "is_print"),
    [
        ("2018年4月2日", True), ("年 月 日", True), ("日期", True), ("（盖章）", True),
        ("经办人签字", True), ("测试甲", False), ("年", False), ("1718年", False), ("月", False),
    ],
)  # fmt: skip
def test_dates_and_notes_are_print(text, is_print):
    """Names are not."""
    assert is_printed(text) == is_print


def test_of_a_line_only_its_signs_are_print():
    """Unread handwriting may hang on to it; a short line is taken whole."""
    cells = page()
    line = ReadLine(
        "申请人签字：", (0.1, 0.1, 0.9, 0.12), 0.9, places=(0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
    )
    left, top, right, bottom = printed_part(place_line(line, cells))
    assert (left, right) == (pytest.approx(0.104, abs=0.003), pytest.approx(0.376, abs=0.003))
    assert (top, bottom) == (pytest.approx(0.1, abs=0.002), pytest.approx(0.12, abs=0.002))
    short = put("签字：", 100, 100, cells)
    assert printed_part(short) == short.box


@pytest.mark.parametrize(
    ("text", "at", "may_be"),
    [
        ("测试甲", (400, 100), True), ("测试甲", (400, 123), True), ("测试甲", (400, 126), False),
        ("测试甲", (400, 74), False), ("日期", (400, 100), False), ("测试甲", (600, 100), False),
        ("测试甲", (180, 100), False),
    ],
)  # fmt: skip
def test_what_stands_in_a_room_may_be_a_signature(text, at, may_be):
    """Unless it is print, or in another row."""
    cells = page()
    (room,) = rooms(cells, ("申请人签字：", 100, 100))
    assert may_be_signature(put(text, *at, cells), room) == may_be
    assert not may_be_signature(room.line, room)


@pytest.mark.parametrize(("at", "may_be"), [((450, 230), True), ((760, 230), False),
                                            ((450, 290), False), ((350, 230), False)])  # fmt: skip
def test_in_a_cell_it_must_lie_inside(at, may_be):
    """Its middle, that is."""
    cells = grid([100, 400, 800], [200, 300, 400])
    (room,) = rooms(cells, ("申请人签字", 110, 230))
    assert may_be_signature(put("测试甲", *at, cells), room) == may_be
