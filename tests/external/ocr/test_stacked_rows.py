"""Two rows that were found as one line are parted; one line is left as it is."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from minzheng.external.ocr.ocr_engine import load_engine
from minzheng.external.ocr.stacked_rows import part_rows
from script.samples.sheet import find_fonts


def place(*box: int) -> np.ndarray:
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def cell(*rows: str, size: int = 20, apart: int = 23) -> np.ndarray:
    """A cell of 80 x 60 pixels with walls, its rows close beneath each other."""
    picture = Image.new("RGB", (120, 100), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 20, 100, 80), outline="black", width=2)
    path, index = find_fonts()[0]
    font = ImageFont.truetype(path, size, index=index)
    for number, row in enumerate(rows):
        draw.text((36, 27 + apart * number), row, font=font, fill="black")
    return np.asarray(picture).copy()


LINES = [place(0, 0, 90, 24)] * 3
WHOLE = place(20, 18, 101, 82)


def test_two_rows_in_a_cell_are_parted_between_them():
    """Its walls are no ink of theirs."""
    above, below = part_rows(cell("三峡", "大学"), WHOLE, LINES)
    assert 44 <= above[:, 1].max() <= 52 and 46 <= below[:, 1].min() <= 54
    assert above[:, 1].min() >= 20 and below[:, 1].max() <= 82


@pytest.mark.parametrize(
    ("image", "corners"),
    [(cell("三峡", size=40), WHOLE), (cell(), WHOLE),
     (cell("三峡", "大学"), place(20, 18, 101, 50)),
     (cell("三峡", "大学"), place(30, 18, 60, 82))],
    ids=["large signs", "empty", "not higher than the others", "upright"],
)  # fmt: skip
def test_one_line_is_not_parted(image: np.ndarray, corners: np.ndarray):
    """Where no row without ink lies in its middle, or it is an upright one."""
    assert part_rows(image, corners, LINES) == []


def test_rows_that_touch_are_parted_where_least_ink_is():
    """A photo of bold small print leaves no gap between them: 最近一次 over 还款日期."""
    image = cell()
    ink = np.random.default_rng(3).random((44, 60))
    part = np.full(44, 0.5)[:, None]
    part[21:23] = 0.1
    image[28:72, 30:90][ink < part] = 0
    above, below = part_rows(image, WHOLE, LINES)
    assert 48 <= below[:, 1].min() <= above[:, 1].max() <= 52


def test_a_word_in_two_rows_is_read():
    """The detector saw one place, in which no word can be read."""
    engine = load_engine()
    texts = [line.text for line in engine.read_all(cell("三峡", "大学"), found=[WHOLE])]
    assert texts == ["三峡", "大学"]
