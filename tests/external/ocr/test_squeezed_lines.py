"""Long lines read squeezed, and again as they are where that tells more."""

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.line_boxes import LINE_HEIGHT, Image
from minzheng.external.ocr.line_parts import text_of
from minzheng.external.ocr.ocr_engine import load_engine
from minzheng.external.ocr.ocr_models import Character, Reading
from minzheng.external.ocr.squeezed_lines import read_squeezed
from script.samples.sheet import Paper, find_fonts


def blank(width: int) -> Image:
    return np.full((LINE_HEIGHT, width, 3), 235, np.uint8)


def said(text: str, width: int, **sure: float) -> Reading:
    """A line read with its signs evenly over its breadth; `_` is a gap."""
    step = width / len(text)
    return tuple(
        Character(sign, sure.get(f"at{number}", 0.99), (number + 0.5) * step)
        for number, sign in enumerate(text)
        if sign != "_"
    )


class Asked:
    """A model that says what it is told, and keeps how broad the lines were."""

    def __init__(self, *readings: Reading) -> None:
        self.readings, self.widths = list(readings), list[int]()

    def __call__(self, crops: list[Image]) -> list[Reading]:
        self.widths += [crop.shape[1] for crop in crops]
        return [self.readings.pop(0) for _ in crops]


def test_a_long_line_is_read_squeezed():
    """Its signs stand where they stand on the line as it is."""
    model = Asked(said("申请人签字或者按印", 224))
    (line,) = read_squeezed([blank(320)], model)
    assert model.widths == [224]
    assert [round(one.at) for one in line] == [18, 53, 89, 124, 160, 196, 231, 267, 302]


def test_a_short_line_is_read_as_it_is():
    """It may be a name."""
    model = Asked(said("周桂兰", 110))
    read_squeezed([blank(110)], model)
    assert model.widths == [110]


def test_an_unsure_sign_is_read_again_with_its_neighbours():
    """From the line as it is."""
    model = Asked(said("户主姓名与家庭住址", 288, at4=0.5), said("姓名和家庭", 200))
    (line,) = read_squeezed([blank(414)], model)
    assert model.widths == [288, 230]
    assert text_of(line) == "户主姓名和家庭住址"


@pytest.mark.parametrize(
    "text", ["户主_姓名与家庭住", "", "□因病□因残□其他"],
    ids=["a sign may be lost", "nothing read", "boxes"],
)  # fmt: skip
def test_a_line_that_may_have_lost_something_is_read_whole(text):
    """As it is."""
    model = Asked(said(text, 288) if text else (), said("户主的姓名与家庭住", 414))
    (line,) = read_squeezed([blank(414)], model)
    assert model.widths == [288, 414]
    assert text_of(line) == "户主的姓名与家庭住"


def test_a_number_without_its_marks_is_read_again_whole():
    """Cut in two it would give a digit twice; the numbers beside it are read with it."""
    model = Asked(
        said("本村村民委员会于2018年3月1日盖章同意办理", 512),
        said("会于2018年3月1日盖", 260),
    )
    (line,) = read_squeezed([blank(736)], model)
    assert len(model.widths) == 2
    assert text_of(line) == "本村村民委员会于2018年3月1日盖章同意办理"


def test_where_a_few_lines_had_to_be_read_again_the_others_are_read_as_they_are():
    """A page written by hand is hardly read twice."""
    unsure, sure = said("申请人签字或者按印", 224, at4=0.5, at0=0.5), said("申请人签字", 320)
    model = Asked(*[unsure] * 6, *[sure] * 6, *[sure] * 14)
    lines = read_squeezed([blank(320)] * 20, model)
    assert model.widths == [224] * 6 + [320] * 20
    assert [text_of(one) for one in lines] == ["申请人签字"] * 20


@pytest.mark.parametrize(
    "text",
    [
        "申请人张莉莉于2018年11月11日提出",
        "每月发放11155.50元，共22人",
        "镇坪县钟宝镇旧城村村民委员会",
    ],
)
def test_equal_signs_beside_each_other_are_all_read(text):
    """In print as it is scanned."""
    paper = Paper(110, 7, 200, find_fonts()[0])
    paper.text((2, 1), text, 10.5)
    line = cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2BGR)
    inked = np.flatnonzero((line < 128).any(axis=(0, 2)))
    line = line[:, : inked[-1] + 8]
    line = cv2.resize(line, (round(line.shape[1] * LINE_HEIGHT / len(line)), LINE_HEIGHT))
    (read,) = load_engine().read_crops([line])
    assert text_of(read).replace(",", "，").replace(" ", "") == text
