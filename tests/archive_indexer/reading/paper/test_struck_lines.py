"""A pen's line through print is seen; a rule, an underline and print itself are none."""

import math

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.documents import TextLine
from archive_indexer.reading.cells import find_cells
from archive_indexer.reading.paper.struck_lines import struck_lines
from archive_indexer.reading.read_page import _as_struck
from minzheng.external.ocr.ocr_engine import ReadLine

SIZE = (1654, 2339)  #: A4 at 200 dpi
WORDS = "一二三罗旺山1200.00"
LEFT, TOP, HIGH = 400, 600, 29  #: pixels; ten and a half points


def struck(*strokes: tuple[int, int], degrees: float = 0.0, ink: int = 40) -> bool:
    """Whether words are seen to be struck out, with strokes of a pen across them.

    Each stroke has the height of its beginning below the words' top, and of its end.
    """
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype("NotoSerifCJK-Regular.ttc", HIGH)
    left, top, right, bottom = draw.textbbox((LEFT, TOP), WORDS, font)
    draw.text((LEFT, TOP), WORDS, "black", font)
    for begin, end in strokes:
        draw.line((left - 6, top + begin, right + 6, top + end), (ink,) * 3, 4)
    skewed = cv2.getRotationMatrix2D((0, 0), degrees, 1)
    image = cv2.warpAffine(np.asarray(picture), skewed, SIZE, borderValue=(255,) * 3)
    corners = cv2.transform(
        np.array([[(left - 4, top - 4), (right + 4, top - 4), (left - 4, bottom + 4),
                   (right + 4, bottom + 4)]], np.float32), skewed
    )[0]  # fmt: skip
    (x, y), (to_x, to_y) = corners.min(axis=0) / SIZE, corners.max(axis=0) / SIZE
    slope = -math.radians(degrees)
    line = ReadLine(WORDS, (float(x), float(y), float(to_x), float(to_y)), 0.9, slope)
    return struck_lines([line], find_cells(image, slope)) == [line]


@pytest.mark.parametrize(
    ("strokes", "degrees", "ink"),
    [
        (((13, 13),), 0, 40), (((9, 11), (17, 16)), 0, 40), (((13, 13),), 1.5, 40),
        (((10, 16),), -1.2, 40), (((13, 13),), 0, 120),
    ],
    ids=["one", "two", "on a skewed page", "leaning", "of a pale pen"],
)  # fmt: skip
def test_a_stroke_through_words_is_seen(strokes, degrees, ink):
    """One or two, level or leaning a little, on a page that lies askew."""
    assert struck(*strokes, degrees=degrees, ink=ink)


@pytest.mark.parametrize("strokes", [(), ((32, 32),), ((-7, -7),), ((-7, -7), (32, 32))])
@pytest.mark.parametrize("degrees", [0, 1.5])
def test_print_between_rules_is_not_struck_out(strokes, degrees):
    """A rule above, an underline, a cell."""
    assert not struck(*strokes, degrees=degrees)


def test_a_struck_line_says_so():
    """Whatever was read of it, and no other line."""
    one, other = TextLine("1200.00", (0, 0, 1, 1)), TextLine("300.00", (0, 1, 1, 2))
    marked = _as_struck([("", one), (" ", other)], [(0, 0, 1, 1)])
    assert [line.source for _, line in marked] == ["struck", ""]
