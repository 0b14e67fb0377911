"""Where people sign, by labels, cells and rules: the room, and no more than the room."""

from functools import partial

import cv2
import numpy as np
import pytest

from archive_indexer.reading.cells import Cells, find_cells
from archive_indexer.reading.reading_order import Placed, place_line
from archive_indexer.reading.signing.signature_rooms import (
    RoomsFound,
    SignatureRoom,
    _edge,
    _free_until,
    _room_beside,
    _rooms_below,
    find_rooms,
    is_printed,
    may_be_signature,
    printed_part,
)
from minzheng.county.sign_fields import SignField
from minzheng.county.sign_rows import SignRow
from minzheng.external.ocr.ocr_engine import ReadLine

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
    return list(find_rooms([put(*text, cells) for text in texts], cells, fields).rooms)


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
    assert find_rooms([put("申请人签字：", 100, 100, page())], page(), ()) == RoomsFound()


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
    (room,) = find_rooms([put("申请人签字：", 100, 100, cells, height=90)], cells, [FIELD]).rooms
    assert room.line_height == pytest.approx(45 / HEIGHT, abs=0.001)
    (short,) = find_rooms([put("签字：", 100, 100, cells, height=90)], cells, [FIELD]).rooms
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


def at(*box: float, text: str = "测试甲") -> Placed:
    """A line at a place of the level page."""
    places = tuple((number + 0.5) / len(text) for number in range(len(text)))
    return Placed(ReadLine(text, box, 0.9, places=places), box, 0)


def boxed(boxes: dict[int, tuple[float, float, float, float]]) -> Cells:
    """Cells of which only the boxes matter."""
    blank = np.zeros((8, 8), np.int32)
    return Cells(blank, boxes, np.eye(2, 3), (8, 8), blank.astype(np.uint8), blank.astype(np.uint8))


@pytest.mark.parametrize(
    ("box", "may_be"),
    [
        ((0.25, 0.375, 0.25, 0.375), True), ((0.24, 0.375, 0.24, 0.375), False),
        ((0.5, 0.375, 0.5, 0.375), True), ((0.51, 0.375, 0.51, 0.375), False),
        ((0.3, 0.625, 0.3, 0.625), False), ((0.3, 0.624, 0.3, 0.624), True),
        ((0.3, 0.125, 0.3, 0.125), False), ((0.3, 0.126, 0.3, 0.126), True),
    ],
)  # fmt: skip
def test_behind_a_label_its_row_counts_to_the_hairs_breadth(box, may_be):
    """Eight tenths of the line's height around its middle; the ends are within."""
    line = at(0.0, 0.25, 0.25, 0.5, text="申请人签字：")
    room = SignatureRoom("申请人签字", (0.25, 0.0, 0.5, 1.0), line, 0.3125)
    assert may_be_signature(at(*box), room) == may_be


@pytest.mark.parametrize(
    ("x", "y", "may_be"),
    [(0.25, 0.5, True), (0.5, 0.75, True), (0.249, 0.5, False), (0.501, 0.5, False),
     (0.3, 0.499, False), (0.3, 0.751, False)],
)  # fmt: skip
def test_a_cell_holds_what_stands_on_its_edges(x, y, may_be):
    """And nothing beyond."""
    room = SignatureRoom("申请人签字", (0.25, 0.5, 0.5, 0.75))
    assert may_be_signature(at(x, y, x, y), room) == may_be


@pytest.mark.parametrize(
    ("box", "left", "free"),
    [
        ((0.5, 0.25, 0.75, 0.375), 0.2, True), ((0.5, 0.625, 0.75, 0.75), 0.2, False),
        ((0.5, 0.62, 0.75, 0.745), 0.2, True), ((0.5, 0.25, 0.75, 0.375), 0.9, False),
    ],
)  # fmt: skip
def test_the_room_ends_with_print_in_the_same_row(box, left, free):
    """Six tenths of the label's height down it is another; in front of the room it counts not."""
    label, date = at(0.0, 0.0, 0.1, 0.625, text="签字："), at(*box, text="日期")
    start = _edge(date, 0, -0.9)
    until = partial(_free_until, short=None, cells=boxed({}))
    assert until(label, [label, date], left) == (start if free else 1.0)
    assert until(label, [label, date], start) == 1.0
    assert until(label, [label], left) == 1.0


@pytest.mark.parametrize(
    ("label", "is_room"), [("甲乙丙丁戊", True), ("甲乙己丁庚", True), ("甲乙丙己庚", True),
                           ("甲乙辛己庚", False)]
)  # fmt: skip
def test_a_label_is_that_of_the_spec_when_six_tenths_agree(label, is_room):
    """Where it asks for a signature."""
    cells = grid([100, 500, 900], [200, 300, 400])
    found = rooms(cells, (f"{label}签字", 110, 230), fields=(SignField("甲乙丙丁戊", False),))
    assert bool(found) == is_room


@pytest.mark.parametrize(
    ("box", "is_beside"),
    [
        ((0.5, 0.25, 0.75, 0.5), True), ((0.511, 0.25, 0.75, 0.5), True),
        ((0.489, 0.25, 0.75, 0.5), True), ((0.513, 0.25, 0.75, 0.5), False),
        ((0.487, 0.25, 0.75, 0.5), False), ((0.5, 0.375, 0.75, 0.5), False),
        ((0.5, 0.25, 0.75, 0.375), False), ((0.5, 0.374, 0.75, 0.5), True),
        ((0.5, 0.25, 0.75, 0.376), True), ((0.5, 0.5, 0.75, 0.75), False),
    ],
)  # fmt: skip
def test_the_cell_beside_holds_the_middle_of_the_labels(box, is_beside):
    """And begins where it ends."""
    cells = boxed({1: (0.25, 0.25, 0.5, 0.5), 2: box})
    found = _room_beside(1, "申请人", {1: [], 2: []}, cells)
    assert [room.box for room in found] == ([box] if is_beside else [])


@pytest.mark.parametrize(
    ("box", "is_below"),
    [
        ((0.5, 0.5, 0.75, 0.625), True), ((0.5, 0.511, 0.75, 0.625), True),
        ((0.5, 0.513, 0.75, 0.625), False), ((0.5, 0.487, 0.75, 0.625), False),
        ((0.511, 0.5, 0.761, 0.625), True), ((0.513, 0.5, 0.763, 0.625), False),
        ((0.489, 0.5, 0.739, 0.625), True), ((0.487, 0.5, 0.737, 0.625), False),
        ((0.52, 0.5, 0.75, 0.625), True), ((0.525, 0.5, 0.75, 0.625), False),
    ],
)  # fmt: skip
def test_the_cells_below_are_as_wide_as_the_label(box, is_below):
    """And one joins the other; both edges together may be two hundredths off."""
    row = {3: (0.0, 0.5, 0.25, 0.625), 4: (0.25, 0.5, 0.5, 0.625)}
    cells = boxed({1: (0.5, 0.25, 0.75, 0.5), 2: box, **row})
    found = _rooms_below(1, "签字", {number: [at(0, 0, 0, 0)] for number in row}, cells)
    assert [room.label for room in found] == (["签字（第 1 行）"] if is_below else [])


@pytest.mark.parametrize(
    ("beside", "is_filled"),
    [
        ([(0.5, 0.625), (0.5, 0.625)], True), ([(0.5, 0.625)], False),
        ([(0.5, 0.625), (0.5625, 0.625)], False), ([(0.5, 0.625), (0.5, 0.5625)], False),
        ([(0.5, 0.625), (0.4, 0.57)], True), ([(0.5, 0.625), (0.55, 0.7)], True),
    ],
)  # fmt: skip
def test_a_row_is_filled_by_two_words_level_with_its_middle(beside, is_filled):
    """The place itself does not count."""
    others = {number: (0.0, *rows[:1], 0.25, rows[1]) for number, rows in enumerate(beside, 3)}
    cells = boxed({1: (0.5, 0.25, 0.75, 0.5), 2: (0.5, 0.5, 0.75, 0.625), **others})
    by_cell = {number: [at(0, 0, 0, 0)] for number in (2, *others)}
    assert bool(_rooms_below(1, "签字", by_cell, cells)) == is_filled


HEADS = [("姓名", 110, 230), ("金额", 310, 230), ("领取人签字", 510, 230)]


def of_list(*lost: int) -> Cells:
    """Three columns, a head and three rows; the last column lost its cells of some rows."""
    lefts, tops = (0.1, 0.3, 0.5, 0.8), (0.2, 0.3, 0.4, 0.5, 0.6)
    boxes = {
        10 * row + column: (lefts[column] + 0.002, tops[row] + 0.002,
                            lefts[column + 1] - 0.002, tops[row + 1] - 0.002)
        for row in range(4) for column in range(3) if column < 2 or row not in lost
    }  # fmt: skip
    return boxed(boxes)


@pytest.mark.parametrize("lost", [(), (1,), (2,), (1, 2), (1, 2, 3)])
def test_where_strokes_left_no_cell_the_other_columns_tell_the_row(lost: tuple[int, ...]):
    """A felt pen's strokes are as straight as rules: not one row below them is lost."""
    cells = of_list(*lost)
    words = [at(0.15 + 0.2 * column, 0.24 + 0.1 * row, 0.2 + 0.2 * column, 0.26 + 0.1 * row)
             for row in range(4) for column in range(2)]  # fmt: skip
    by_cell = {10 * row + column: [words[2 * row + column]]
               for row in range(4) for column in range(2)}  # fmt: skip
    found = _rooms_below(2, "签字", by_cell, cells)
    assert [room.label for room in found] == [f"签字（第 {number} 行）" for number in (1, 2, 3)]
    assert [room.box[1] for room in found] == pytest.approx([0.302, 0.402, 0.502], abs=0.002)
    assert all(room.box[0::2] == pytest.approx((0.502, 0.798), abs=0.002) for room in found)
    assert all(room.is_in_list for room in found)


BESIDE = SignRow("cells", ("办事人签字", "", "理事会签字", ""), (0, 2))


@pytest.mark.parametrize(
    ("label", "parts", "right"),
    [
        ("办事人签字", [(0.3, 0.5)], 0.5),
        ("办事人签字", [(0.3, 0.35), (0.42, 0.5)], 0.496),
        ("办事人签字", [(0.45, 0.5)], 0.496),
        ("办事人签字", [], 0.496),
    ],
)
def test_a_parted_cell_beside_a_label_is_one_room(label, parts, right):
    """It ends where the form's next label begins."""
    boxes = {1: (0.1, 0.2, 0.3, 0.25), 9: (0.503, 0.2, 0.7, 0.25)}
    boxes |= {number: (left, 0.2, end, 0.25) for number, (left, end) in enumerate(parts, 2)}
    by_cell = {9: [at(0.55, 0.22, 0.6, 0.24, text="理事会签字")]}
    (room,) = _room_beside(1, label, by_cell, boxed(boxes), [BESIDE])
    assert room.box[2] == pytest.approx(right, abs=0.005)
    assert room.box[0] == pytest.approx(0.3, abs=0.005)


def test_a_date_that_was_stamped_on_the_rule_lies_in_the_room():
    """Printed dates stand behind the rule, and end the room."""
    texts = ("申请人签字：", 100, 100), ("2018年4月2日", 320, 96)
    (room,) = rooms(page((300, 128, 700, 128)), *texts)
    assert pixels(room)[2] == pytest.approx(580, abs=6)
    assert rooms(page(), *texts) == []


def test_a_label_that_does_not_speak_of_signing_is_one_before_a_rule():
    """审核：____; without a rule it is a word like others."""
    row = SignRow("line", ("审核", "单位负责人"), (0, 1))
    for ruled, labels in ((page((200, 128, 380, 128)), ["审核"]), (page(), [])):
        texts = [put("审核：", 100, 100, ruled), put("单位负责人：", 400, 100, ruled)]
        found = find_rooms(texts, ruled, [FIELD], [row]).rooms
        assert [room.label for room in found] == labels
        assert all(pixels(room)[2] <= 400 for room in found)


def test_a_label_in_a_cell_without_walls_has_the_cell_behind_it():
    """The line says it, whatever else stands in the cell."""
    cells = grid([100, 600, 800], [200, 300, 400])
    row = SignRow("cells", ("账号", "", "监护人签字", ""), (2,))
    texts = [put("账号", 110, 230, cells), put("监护人签字", 440, 230, cells)]
    (room,) = find_rooms(texts, cells, [SignField("监护人签字", False)], [row]).rooms
    assert pixels(room) == [pytest.approx(one, abs=8) for one in (600, 200, 800, 300)]


def test_a_line_over_two_rows_may_be_the_signature_of_either():
    """Three tenths of it lie in each."""
    upper = SignatureRoom("签字（第 1 行）", (0.5, 0.2, 0.8, 0.3), is_in_list=True)
    lower = SignatureRoom("签字（第 2 行）", (0.5, 0.302, 0.8, 0.4), is_in_list=True)
    line = at(0.55, 0.24, 0.7, 0.362)
    assert may_be_signature(line, upper) and may_be_signature(line, lower)
    assert not may_be_signature(at(0.55, 0.29, 0.7, 0.39), upper)
