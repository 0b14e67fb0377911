"""Lines in the order in which people read them."""

import cv2
import numpy as np

from archive_indexer.reading.cells import find_cells
from archive_indexer.reading.reading_order import order_lines
from minzheng.external.ocr_engine import ReadLine


def table() -> np.ndarray:
    """Two rows of three cells; the middle cell of the first row holds two lines."""
    image = np.full((800, 1200, 3), 245, np.uint8)
    for x in (100, 400, 800, 1100):
        cv2.line(image, (x, 200), (x, 600), (20, 20, 20), 2)
    for y in (200, 400, 600):
        cv2.line(image, (100, y), (1100, y), (20, 20, 20), 2)
    return image


def line(text: str, left: int, top: int, right: int) -> ReadLine:
    return ReadLine(text, (left / 1200, top / 800, right / 1200, (top + 40) / 800), 0.99)


def test_a_table_is_read_cell_by_cell():
    """The two lines of a cell stay together although others stand beside them."""
    lines = [
        line("标题", 500, 100, 700),
        line("姓名", 120, 280, 300),
        line("6109271990", 420, 230, 790),
        line("01011234", 420, 310, 700),
        line("2018年", 820, 240, 1000),
        line("第二行", 120, 480, 300),
    ]
    ordered = order_lines(list(reversed(lines)), find_cells(table(), 0.0))
    text = "".join(before + one.text for before, one in ordered)
    assert text == "\n标题\n姓名 610927199001011234 2018年\n第二行"
