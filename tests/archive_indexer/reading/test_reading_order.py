"""Lines in the order people read."""

import math

import cv2
import numpy as np
import pytest

from archive_indexer.reading.cells import find_cells
from archive_indexer.reading.reading_order import (
    Placed,
    _Block,
    _read_block,
    _rows,
    order_lines,
    place_line,
    skew_of,
)
from minzheng.external.ocr.ocr_engine import ReadLine

WIDTH, HEIGHT = 1000, 1400


def page(*rules: tuple[int, int, int, int]) -> np.ndarray:
    """A white page with ruled lines, in pixels."""
    image = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for left, top, right, bottom in rules:
        cv2.line(image, (left, top), (right, bottom), (0, 0, 0), 3)
    return image


def grid(columns: list[int], rows: list[int]) -> np.ndarray:
    across = [(columns[0], row, columns[-1], row) for row in rows]
    down = [(column, rows[0], column, rows[-1]) for column in columns]
    return page(*across, *down)


def line(text: str, *corners: int, slope: float = 0.0) -> ReadLine:
    left, top, right, bottom = corners
    box = (left / WIDTH, top / HEIGHT, right / WIDTH, bottom / HEIGHT)
    return ReadLine(text, box, 0.9, slope)


def read(lines: list[ReadLine], image: np.ndarray) -> str:
    return "".join(before + one.text for before, one in order_lines(lines, find_cells(image, 0.0)))


def test_rows_from_top_to_bottom_and_left_to_right():
    """Half a line's height apart is another row."""
    lines = [line("丙", 100, 220, 200, 260), line("乙", 400, 105, 500, 145),
             line("甲", 100, 100, 200, 140)]  # fmt: skip
    assert read(lines, page()) == "\n甲 乙\n丙"


@pytest.mark.parametrize(("down", "text"), [(19, "\n甲 乙"), (21, "\n甲\n乙")])
def test_a_line_half_a_height_lower_begins_a_row(down, text):
    """The lower of both heights counts."""
    lines = [line("甲", 100, 100, 200, 140), line("乙", 400, 100 + down, 500, 140 + down)]
    assert read(lines, page()) == text


def test_a_row_that_leans_across_the_page_is_one_row():
    """A page photographed aslant: the first name stands as low as the next row's last figure."""
    lines = [
        line(
            f"{text}{place}", 100 * place, top - 10 * place, 100 * place + 80, top + 40 - 10 * place
        )
        for text, top in (("甲", 300), ("乙", 344))
        for place in range(1, 5)
    ]
    assert read(lines, page()) == "\n甲1 甲2 甲3 甲4\n乙1 乙2 乙3 乙4"


def test_a_cell_is_read_whole_before_the_next():
    """A line that ends at the edge of its cell runs on; one that ends before does not."""
    lines = [line("名称很长的一", 110, 210, 390, 240), line("栏", 110, 250, 150, 280),
             line("值", 420, 230, 460, 260), line("短", 110, 410, 150, 440),
             line("注", 110, 450, 150, 480)]  # fmt: skip
    image = grid([100, 400, 800], [200, 400, 600])
    assert read(lines, image) == "\n名称很长的一栏 值\n短\n注"


@pytest.mark.parametrize(("right", "text"), [(355, "\n甲乙"), (345, "\n甲\n乙")])
def test_a_line_runs_on_when_it_nearly_reaches_the_edge(right, text):
    """Within a line height and a half of its own."""
    lines = [line("甲", 110, 210, right, 250), line("乙", 110, 300, 150, 340)]
    assert read(lines, grid([100, 400, 800], [200, 400])) == text


def test_the_skew_is_that_of_the_longer_lines():
    """Short ones tell little; without lines there is none."""
    lines = [
        line("长", 100, 100, 190, 140, slope=0.01),
        line("长", 100, 200, 500, 240, slope=0.03),
        line("长", 100, 300, 500, 340, slope=0.02),
        line("短", 100, 400, 180, 440, slope=0.5),
    ]
    assert skew_of(lines) == 0.02
    assert skew_of(lines[3:]) == 0.0
    assert skew_of([]) == 0.0


def test_a_line_stands_on_the_level_page():
    """The box of a skewed line is higher than the line; its middle is turned back."""
    lean = 0.02
    image = page()
    cells = find_cells(image, lean)
    placed = place_line(line("甲", 100, 100, 500, 148, slope=lean), cells)
    assert placed.box[3] - placed.box[1] == pytest.approx(40 / HEIGHT, abs=1e-3)
    assert placed.box[2] - placed.box[0] == pytest.approx(0.4, abs=1e-3)
    x, y = (placed.box[0] + placed.box[2]) / 2 * WIDTH, (placed.box[1] + placed.box[3]) / 2 * HEIGHT
    angle = -lean
    turned = (500 + (300 - 500) * math.cos(angle) - (124 - 700) * math.sin(angle),
              700 + (300 - 500) * math.sin(angle) + (124 - 700) * math.cos(angle))  # fmt: skip
    assert (x, y) == (pytest.approx(turned[0], abs=2), pytest.approx(turned[1], abs=2))
    flat = place_line(line("乙", 100, 100, 500, 101, slope=lean), cells)
    assert flat.box[3] - flat.box[1] == pytest.approx(0.004, abs=1e-6)


def test_only_closed_rectangles_of_some_size_are_cells():
    """Not the page around them, no slit, no open corner, nothing that reaches the edge."""
    image = grid([100, 400, 800], [200, 400, 600])
    cells = find_cells(image, 0.0)
    assert len(cells.boxes) == 4
    assert cells.at(0.2, 0.2) != 0
    assert cells.at(0.2, 0.2) != cells.at(0.6, 0.2)
    assert [cells.at(*place) for place in ((0.05, 0.05), (-0.1, 0.2), (0.2, 1.0), (1.0, 0.2))] == (
        [0] * 4
    )
    assert not find_cells(page((100, 100, 500, 100), (100, 100, 100, 400)), 0.0).boxes
    assert not find_cells(grid([100, 500], [200, 207]), 0.0).boxes
    assert not find_cells(grid([10, 990], [10, 1390]), 0.0).boxes


def test_rules_are_seen_over_a_box():
    """The part of its width that has a line over or under it."""
    cells = find_cells(page((100, 300, 500, 300)), 0.0)
    ruled = [cells.ruled_part(box) for box in (
        (0.1, 0.2, 0.5, 0.25), (0.2, 0.25, 0.8, 0.2), (0.1, 0.1, 0.5, 0.15), (0.6, 0.2, 0.9, 0.25),
    )]  # fmt: skip
    assert ruled[0] > 0.95
    assert ruled[1] == 0.0
    assert ruled[2:] == [0.0, 0.0]
    assert cells.ruled_part((0.3, 0.2, 0.7, 0.25)) == pytest.approx(0.5, abs=0.02)


def test_upright_columns_are_read_from_the_right():
    """A column that reaches the foot runs on in the next; one that ends before does not."""
    lines = [line("关于救助的说明", 800, 100, 840, 450),
             line("申请人家住旧城村因病致贫请予", 700, 100, 740, 800),
             line("救助", 600, 100, 640, 200), line("二〇二四年", 500, 100, 540, 350)]  # fmt: skip
    assert read(lines, page()) == "\n关于救助的说明\n申请人家住旧城村因病致贫请予救助\n二〇二四年"


def test_a_line_above_upright_columns_comes_first():
    """The name of a paper over its columns."""
    lines = [line("测试甲家住旧城村", 700, 200, 740, 800), line("家书", 450, 60, 560, 100)]
    assert read(lines, page()) == "\n家书\n测试甲家住旧城村"


def test_two_pages_of_a_spread_are_read_one_after_the_other():
    """Their rows do not alternate."""
    spread = np.full((700, 1000, 3), 255, np.uint8)
    sides = ((60, 440, "左"), (560, 940, "右"))
    lines = [
        ReadLine(f"{side}{row}", (left / 1000, row / 7, right / 1000, row / 7 + 0.05), 0.9)
        for row in range(1, 6)
        for left, right, side in sides
    ]
    text = "".join(before + one.text for before, one in order_lines(lines, find_cells(spread, 0.0)))
    assert text.split() == [f"{side}{row}" for side in "左右" for row in range(1, 6)]


def placed(text: str, *box: float) -> Placed:
    return Placed(ReadLine(text, box, 0.9), box, 0)


@pytest.mark.parametrize(
    ("top", "height", "rows"),
    [(0.375, 0.25, 1), (0.376, 0.25, 2), (0.5, 0.5, 1), (0.501, 0.5, 2), (0.5, 0.75, 1)],
)
def test_a_row_ends_half_the_lower_height_down(top, height, rows):
    """To the hair's breadth."""
    blocks = [_Block(box, []) for box in ((0.0, 0.25, 0.5, 0.75), (0.5, top, 1.0, top + height))]
    assert len(_rows(blocks)) == rows


@pytest.mark.parametrize(("edge", "joint"), [(0.9, "\n"), (0.899, "")])
def test_a_line_that_ends_a_line_and_a_half_before_the_edge_is_done(edge, joint):
    """One that comes nearer runs on; those beside it in its row do not decide."""
    lines = [placed("甲", 0.125, 0.0, 0.25, 0.25), placed("乙", 0.25, 0.0, 0.5, 0.25),
             placed("丙", 0.125, 0.5, 0.25, 0.75)]  # fmt: skip
    read_in_turn = _read_block(_Block((0.1, 0.0, edge, 1.0), lines), " ")
    assert [(before, one.text) for before, one in read_in_turn] == [
        (" ", "甲"), (" ", "乙"), (joint, "丙")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [("6.0", "7.5", " "), ("07:40", "08:20", " "), ("through many", "layers", " "),
     ("社区居", "民委员会", ""), ("ID", "号", ""), ("2018年1", "月", ""),
     ("61092619900101123", "X", ""), ("(0883)—2127713", "6000m²", " "), ("46.62", "¥46.62", " "),
     ("(0883)—2127713", "6000 m²", " ")],
)  # fmt: skip
def test_figures_under_each_other_are_not_run_together(first, second, joint):
    """Only a long number is broken at the edge of its cell."""
    lines = [placed(first, 0.1, 0.0, 0.5, 0.2), placed(second, 0.1, 0.3, 0.5, 0.5)]
    (_, (before, _)) = _read_block(_Block((0.0, 0.0, 0.7, 1.0), lines), " ")
    assert before == joint


def test_an_id_number_in_a_narrow_cell_is_one():
    """It was broken where the cell ends."""
    lines = [placed("6109261990", 0.05, 0.0, 0.6, 0.2), placed("01011234", 0.05, 0.3, 0.5, 0.5)]
    (_, (before, _)) = _read_block(_Block((0.0, 0.0, 0.7, 1.0), lines), " ")
    assert before == ""


@pytest.mark.parametrize(("right", "skew"), [(0.08, 0.0), (0.0801, 0.5)])
def test_a_line_tells_the_skew_from_a_length_on(right, skew):
    """Eight hundredths of the page are too short."""
    assert skew_of([ReadLine("甲", (0.0, 0.1, right, 0.2), 0.9, 0.5)]) == skew


def test_columns_of_text_are_read_one_after_the_other():
    """Title, left, right, foot: an upright page is no spread."""
    text = "经本人申请村民小组评议村民委员会审查"
    columns = [
        line(f"{side}{at}{text}", left, 200 + 40 * at, left + 380, 230 + 40 * at)
        for at in range(6)
        for side, left in (("左", 80), ("右", 520))
    ]
    title, foot = line("标题" + text, 200, 100, 800, 150), line("第一页", 460, 1200, 540, 1230)
    ordered = [one.text for _, one in order_lines([*columns, foot, title], find_cells(page(), 0.0))]
    firsts = [text[:2] for text in ordered]
    left, right = ([f"{side}{at}" for at in range(6)] for side in "左右")
    assert firsts == ["标题", *left, *right, "第一"]
