"""What is known of a page takes its place among what is read."""

import numpy as np
import pytest

from archive_indexer.documents import TextLine
from archive_indexer.reading.known_lines import (
    as_read_lines,
    join_pieces,
    turn_box,
    turn_lines,
    without_remains,
)
from minzheng.external.ocr.ocr_engine import ReadLine


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_place_is_turned_as_its_page_is(turns: int):
    """A mark on an array lies where its box says after the turn."""
    page = np.zeros((100, 200), np.uint8)
    page[10:30, 40:100] = 1
    left, top, right, bottom = turn_box((0.2, 0.1, 0.5, 0.3), turns)
    turned = np.rot90(page, turns)
    rows, columns = np.nonzero(turned)
    height, width = turned.shape
    assert (columns.min() / width, rows.min() / height) == pytest.approx((left, top))
    assert ((columns.max() + 1) / width, (rows.max() + 1) / height) == pytest.approx(
        (right, bottom)
    )
    assert turn_lines([TextLine("甲", (0.2, 0.1, 0.5, 0.3))], turns)[0].box == (
        left, top, right, bottom,
    )  # fmt: skip


def test_scraps_of_known_lines_are_no_lines():
    """What lies mostly under a known line is left out, what stands beside it stays."""
    known = [TextLine("姓名", (0.1, 0.1, 0.3, 0.14))]
    scrap = ReadLine("亠", (0.12, 0.11, 0.14, 0.13), 0.7)
    beside = ReadLine("测试甲", (0.28, 0.1, 0.5, 0.14), 0.9)
    assert without_remains([scrap, beside], [one.box for one in known]) == [beside]


def test_pieces_that_touch_are_one_line():
    """A text layer is cut where its font changes; columns apart stay apart."""
    pieces = [
        TextLine("2018", (0.1, 0.1, 0.15, 0.12)),
        TextLine("年5月", (0.151, 0.1, 0.2, 0.121)),
        TextLine("金额", (0.3, 0.1, 0.35, 0.12)),
        TextLine("甲", (0.1, 0.2, 0.12, 0.22)),
        TextLine("同意", (0.121, 0.2, 0.15, 0.22), source="field"),
    ]
    assert [line.text for line in join_pieces(pieces, 1.4)] == ["2018年5月", "金额", "甲", "同意"]


def test_a_known_line_has_the_places_of_its_signs():
    """Evenly over its length."""
    (line,) = as_read_lines([TextLine("姓名", (0.1, 0.1, 0.3, 0.14))])
    assert line.places == (0.25, 0.75)
