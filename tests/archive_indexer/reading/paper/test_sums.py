"""What does not come out on a table is told, where a misreading explains it."""

import numpy as np
import pytest

from archive_indexer.reading.cells import Cells
from archive_indexer.reading.paper.sums import doubted_figures, misreadings_of
from archive_indexer.reading.reading_order import Placed
from minzheng.external.ocr.ocr_engine import ReadLine

WIDE, HIGH = 0.15, 0.03


def table(*rows: str) -> tuple[list[Placed], Cells]:
    """A ruled table; cells stand apart by white space, - is empty."""
    placed, boxes = [], {}
    for y, row in enumerate(rows):
        for x, text in enumerate(row.split()):
            box = (0.1 + WIDE * x, 0.1 + HIGH * y, 0.1 + WIDE * (x + 1), 0.1 + HIGH * (y + 1))
            number = len(boxes) + 1
            boxes[number] = box
            if text != "-":
                inner = (box[0] + 0.01, box[1] + 0.005, box[2] - 0.01, box[3] - 0.005)
                placed.append(Placed(ReadLine(text, inner, 0.99), inner, number))
    empty = np.zeros((1, 1), np.uint8)
    return placed, Cells(empty, boxes, np.eye(2, 3), (1000, 1400), empty, empty)


def told(*rows: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.value, one.alternatives) for one in doubted_figures(*table(*rows))]


HEAD = "姓名 金额"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("甲 5111.50", "乙 300.00", "合计 5411.50"), []),
        (("甲 511.50", "乙 300.00", "合计 5411.50"), [("511.50", ("5111.50",))]),
        (("甲 5111.50", "乙 300.00", "合计 541.50"), [("541.50", ("5411.50",))]),
        (("甲 589", "乙 30.0", "合计 88.9"), [("589", ("58.9",))]),
        (("甲 5111.50", "乙 300.00", "合计 5471.50"), [("5471.50", ("5411.50",))]),
        (("甲 5111.50", "乙 300.00", "合计 92000.00"), []),
        (("甲 5111.50", "合计 511.50"), []),
        (("甲 100", "乙 200", "小计 300", "丙 50", "丁 60", "小计 100"), [("100", ("110",))]),
    ],
    ids=["right", "folded in a cell", "folded in the sum", "a lost point", "one digit",
         "other pages, too", "one row is no sum", "subtotals"],
)  # fmt: skip
def test_a_column_is_held_against_its_total(rows, expected):
    """合计, 小计: from one to the next; what no misreading explains is left alone."""
    assert told(HEAD, *rows) == expected


ROWS = ("1 280.00 3 840.00", "2 300.50 2 601.00", "3 150.00 4 600.00", "4 99.90 10 999.00")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("5 511.50 2 1023.00", []),
        ("5 511.50 2 103.00", []),
        ("5 551.00 2 1102.00", []),
        ("5 611.00 2 122.00", [("122.00", ("1222.00",))]),
        ("5 611.00 2 1822.00", [("1822.00", ("1222.00",))]),
    ],
    ids=["right", "no digit explains it", "right too", "folded", "one digit"],
)
def test_rows_are_held_against_what_comes_out_in_the_others(row, expected):
    """标准 × 月数 = 金额: learned from the table, not from its words."""
    assert told("序号 标准 月数 金额", *ROWS, row) == expected


def test_a_row_of_few_rows_tells_nothing():
    """Two rows may agree by chance."""
    assert told("序号 标准 月数 金额", *ROWS[:2], "3 611.00 2 122.00") == []


def test_a_figure_whose_point_has_vanished():
    """Alone without pence, and far above all others of its column."""
    rows = ("甲 58.90", "乙 61.20", "丙 49.55", "丁 70.00", "戊 5890")
    assert told(HEAD, *rows) == [("5890", ("58.90",))]
    assert told(HEAD, *rows[:4], "戊 60") == []


def test_figures_beside_an_amount_in_words():
    """In one row and different by a misreading; any other figure there is another amount."""
    placed, cells = table("人民币伍仟壹佰壹拾壹元伍角整 511.50 3000.00")
    (doubt,) = doubted_figures(placed, cells)
    assert (doubt.value, doubt.alternatives, doubt.kind) == ("511.50", ("5111.50",), "amount")
    assert doubt.box == placed[1].line.box
    assert doubted_figures(*table("人民币伍仟壹佰壹拾壹元伍角整 5,111.50 511.50")) == ()


def test_the_head_of_a_column_says_what_is_doubted():
    """A keeper sees which figure it is."""
    doubts = doubted_figures(*table(HEAD, "甲 511.50", "乙 300.00", "合计 5411.50"))
    assert [one.label for one in doubts] == ["金额"]
    assert all(one.is_doubtful for one in doubts)


def test_what_a_number_may_have_been():
    """Digits folded away, a point that vanished, one digit taken for another."""
    assert {"5111.50", "511.550", "571.50"} <= set(misreadings_of("511.50"))
    assert {"5.89", "58.9", "5899"} <= set(misreadings_of("589"))
