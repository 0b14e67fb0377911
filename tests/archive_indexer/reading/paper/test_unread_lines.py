"""A line that stands on a page and cannot be read is said, with its place and its guess."""

import random

import cv2
import numpy as np
import pytest

from archive_indexer.documents import searchable_text
from archive_indexer.reading.paper.unread_lines import say_unread, unread_lines
from archive_indexer.reading.read_page import read_page_image
from minzheng.external.ocr.ocr_engine import ReadLine
from script.samples.sheet import Paper, find_fonts

BOX = (0.2, 0.3, 0.5, 0.32)
READ = [ReadLine("户主姓名", (0.1, y / 10, 0.4, y / 10 + 0.02), 0.99) for y in (1, 2, 4)]


def page(dark_part: float = 0.2) -> np.ndarray:
    """A page of paper with strokes where BOX is."""
    image = np.full((1400, 1000, 3), 235, np.uint8)
    step = round(1 / dark_part) if dark_part else 10**6
    image[420:448, 200:500:step] = 40
    return image


def test_a_guess_is_kept_and_marked():
    """Findable by its signs and as what it is."""
    (line,) = unread_lines([ReadLine("张二狗", BOX, 0.41)], READ, (), page())
    assert (line.text, line.box, line.source) == ("张二狗（未读清）", BOX, "unread")
    assert line.confidence == 0.41
    assert say_unread([line, line]) == ("有 2 行未读清",)
    assert say_unread([]) == ()


def test_a_line_without_a_guess_is_marked():
    """A running hand gives no sign at all, or points."""
    for text in ("", " ", "..-"):
        (line,) = unread_lines([ReadLine(text, BOX, 0.0)], READ, (), page())
        assert line.text == "未读清"


@pytest.mark.parametrize(
    ("line", "told", "dark_part"),
    [
        (ReadLine("", (0.2, 0.3, 0.21, 0.307), 0.0), (), 0.2),
        (ReadLine("", (0.2, 0.3, 0.23, 0.32), 0.0), (), 0.2),
        (ReadLine("样章", BOX, 0.3), ((0.15, 0.25, 0.55, 0.4),), 0.2),
        (ReadLine("户主", (0.1, 0.2, 0.4, 0.22), 0.3), (), 0.2),
        (ReadLine("户主", BOX, 0.3), (), 0.0),
        (ReadLine("户主", BOX, 0.3), (), 1.0),
    ],
    ids=["a speck", "a blot", "under a seal", "on a line that was read", "bare paper", "all dark"],
)
def test_what_is_no_line_or_is_told_elsewhere_is_left(line, told, dark_part):
    """Specks, rests of seals, signatures, doubled boxes."""
    assert unread_lines([line], READ, told, page(dark_part)) == ()


def test_they_stand_from_above():
    """However the detector found them."""
    low = (0.2, 0.9, 0.5, 0.92)
    image = page()
    image[1260:1288] = image[420:448]
    lines = unread_lines([ReadLine("下", low, 0.2), ReadLine("上", BOX, 0.2)], [], (), image)
    assert [line.text[0] for line in lines] == ["上", "下"]


def test_a_line_that_is_hardly_read_stays_and_is_told():
    """Its words stand in the page's text already; a short one is no line."""
    hardly = ReadLine("WNMMMWMM", BOX, 0.7)
    (line,) = unread_lines([], [*READ, hardly], (), page())
    assert (line.text, line.box) == ("未读清", BOX)
    assert unread_lines([], [*READ, ReadLine("口", BOX, 0.6)], (), page()) == ()


@pytest.mark.parametrize("seed", [1, 3])
def test_a_page_with_a_line_nobody_can_read_says_so(seed: int):
    """A scribble below good print: found as 未读清 with its place, and the page is not whole."""
    paper = Paper(210, 297, 150, find_fonts()[0])
    for number in range(4):
        paper.text((30, 40 + 20 * number), "本村村民家庭人口三人情况属实", 14)
    image = np.ascontiguousarray(np.asarray(paper.picture)[:, :, ::-1])
    cv2.polylines(image, [_scribble(seed)], False, (60, 40, 40), 2, cv2.LINE_AA)
    page = read_page_image(image, 1)
    assert page.unread == ("有 1 行未读清",)
    assert "未读清" in searchable_text(page)
    (line,) = [line for line in page.lines if line.source == "unread"]
    assert (line.box[1] + line.box[3]) / 2 == pytest.approx(140 / 297, abs=0.01)
    assert page.text.count("情况属实") == 4


def _scribble(seed: int) -> np.ndarray:
    """Up and down as pens go, from 30 mm to 100, at 150 dpi."""
    source, px = random.Random(seed), 150 / 25.4
    x, places = 30 * px, []
    while x < 100 * px:
        places.append((x, (140 + source.uniform(-2.2, 2.2)) * px))
        x += source.uniform(-0.3, 1.4) * px
    return np.array(places, np.int32)
