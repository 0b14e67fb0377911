"""Single lines that are surer from their other end."""

import cv2
import numpy as np
import pytest
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from archive_indexer.reading.paper.other_ways import read_lines_turned_about
from archive_indexer.reading.read_page import read_page_image
from archive_indexer.reading.upright import UprightPage
from minzheng.external.ocr.ocr_engine import ReadLine
from minzheng.external.ocr.ocr_models import Character
from script.samples.sheet import find_fonts

PAGE = np.full((1000, 1000, 3), 255, np.uint8)
TALL, LEVEL = (0.1, 0.4, 0.13, 0.7), (0.2, 0.4, 0.6, 0.43)


class Engine:
    """Reads every line so, turned about."""

    def __init__(self, text="姓名张三丰", sure=0.95, glanced=0.9):
        self.text, self.sure, self.glanced = text, sure, glanced

    def glance(self, crops):
        return [(self.text, self.glanced)] * len(crops)

    def read_crops(self, crops):
        read = tuple(Character(sign, self.sure, float(at)) for at, sign in enumerate(self.text))
        return [read] * len(crops)


def page(*lines: ReadLine, poor=()) -> UprightPage:
    return UprightPage(0, PAGE, [], PAGE, list(lines), list(poor))


def test_a_poor_line_along_the_edge_is_read_from_below():
    found = read_lines_turned_about(page(poor=[ReadLine("筆去物", TALL, 0.4)]), Engine())
    assert [one.text for one in found.lines] == ["姓名张三丰"]
    assert found.poor == []


def test_a_doubtful_line_keeps_its_place():
    found = read_lines_turned_about(page(ReadLine("筆去物", TALL, 0.7)), Engine())
    assert [(one.text, one.box) for one in found.lines] == [("姓名张三丰", TALL)]


@pytest.mark.parametrize(
    ("line", "engine"),
    [
        (ReadLine("姓名", TALL, 0.86), Engine()),
        (ReadLine("姓名", TALL, 0.8), Engine(sure=0.97)),
        (ReadLine("姓名", TALL, 0.5), Engine(sure=0.84)),
        (ReadLine("姓名", TALL, 0.4), Engine(glanced=0.59)),
        (ReadLine("姓名", TALL, 0.5), Engine(text="三")),
        (ReadLine("姓名", LEVEL, 0.5), Engine(sure=0.92)),
        (ReadLine("姓名", LEVEL, 0.5), Engine(text="三二一")),
        (ReadLine("姓名", LEVEL, 0.5, slope=0.2), Engine()),
    ],
)
def test_a_line_that_is_hardly_surer_stays_as_it_was(line, engine):
    """A level line needs more: a page has many that are read badly."""
    assert read_lines_turned_about(page(line), engine).lines == [line]


def test_names_in_the_margin_of_a_sheet_are_found():
    """Written along its left edge, from below, beside a page of upright lines."""
    image = Pictures.new("L", (1240, 1754), 255)
    font = ImageFont.truetype(find_fonts()[0][0], 34)
    draw = ImageDraw.Draw(image)
    for at in range(14):
        draw.text((260, 200 + 90 * at), "经本人申请村民小组评议村民委员会审查", 0, font)
    margin = Pictures.new("L", (700, 50), 255)
    ImageDraw.Draw(margin).text((0, 2), "姓名张三丰 单位桐木村", 0, font)
    image.paste(margin.rotate(90, expand=True), (90, 500))
    read = read_page_image(cv2.cvtColor(np.array(image), cv2.COLOR_GRAY2BGR), 1)
    assert {"姓名张三丰", "单位桐木村"} <= set(read.text.replace("\n", " ").split())
