"""Boxes of a line are seen as they are: ticked, empty, or none."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from minzheng.external.ocr.line_boxes import LINE_HEIGHT
from minzheng.external.ocr.line_parts import text_of
from minzheng.external.ocr.ocr_engine import load_engine
from minzheng.external.ocr.ocr_models import Character
from minzheng.external.ocr.tick_boxes import TickBox, find_tick_boxes, with_boxes
from script.samples.sheet import find_fonts


def strip(width: int = 240) -> np.ndarray:
    return np.full((LINE_HEIGHT, width, 3), 235, np.uint8)


def draw_box(crop: np.ndarray, left: int, inside: str = "", side: int = 28) -> np.ndarray:
    """A box with its middle half its side behind `left`; what stands inside, or breaks it."""
    top = (LINE_HEIGHT - side) // 2
    right, bottom = left + side - 1, top + side - 1
    cv2.rectangle(crop, (left, top), (right, bottom), (30, 30, 30), 2)
    if inside == "tick":
        middle = (left + side // 2 - 2, bottom - 7)
        cv2.line(crop, (left + 6, top + side // 2), middle, (30, 30, 30), 3)
        cv2.line(crop, middle, (right - 5, top + 6), (30, 30, 30), 3)
    if inside == "full":
        cv2.rectangle(crop, (left, top), (right, bottom), (30, 30, 30), -1)
    if inside == "dust":
        crop[top + 12 : top + 14, left + 12 : left + 14] = 30
    if inside == "gap":
        crop[top - 2 : top + 5, left + 6 : left + 20] = 235
    if inside == "pen":
        cv2.line(crop, (left + 4, top + 8), (left + 12, bottom - 4), (90, 40, 30), 3)
        cv2.line(crop, (left + 12, bottom - 4), (right + 14, top - 6), (90, 40, 30), 3)
    return crop


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("", [TickBox(104.0, False)]), ("dust", [TickBox(104.0, False)]),
        ("tick", [TickBox(104.0, True)]), ("full", [TickBox(104.0, True)]), ("gap", []),
        ("pen", []),
    ],
)  # fmt: skip
def test_a_square_is_a_box_and_ticked_when_something_stands_in_it(inside, found):
    """A speck is no tick; a frame with a gap or a tick over its edge is left to the models."""
    assert list(find_tick_boxes(draw_box(strip(), 90, inside))) == found


@pytest.mark.parametrize(("side", "is_box"), [(16, False), (20, True), (38, True), (44, False)])
def test_a_box_is_about_as_high_as_a_sign(side, is_box):
    """A dot is none, nor the cell that a line stands in."""
    assert bool(list(find_tick_boxes(draw_box(strip(), 90, side=side)))) is is_box


def test_an_oblong_is_no_box():
    """A blank to be written in."""
    crop = strip()
    cv2.rectangle(crop, (60, 10), (120, 38), (30, 30, 30), 2)
    assert list(find_tick_boxes(crop)) == []


def reading(*signs: tuple[str, float, float]) -> tuple[Character, ...]:
    return tuple(Character(text, sure, at) for text, at, sure in signs)


def test_boxes_that_were_not_read_or_read_otherwise_stand_in_the_line():
    """A lost one, an empty one read as ticked, one that was read as a sign without certainty."""
    crop = draw_box(draw_box(draw_box(strip(340), 0, "tick"), 120), 252, "tick")
    read = reading(
        ("因", 50.0, 1.0), ("病", 90.0, 1.0), ("☑", 132.0, 0.6), ("因", 170.0, 1.0),
        ("残", 210.0, 1.0), ("口", 266.0, 0.5), ("学", 304.0, 1.0),
    )  # fmt: skip
    seen = with_boxes(crop, read)
    assert text_of(seen) == "☑因病□因残☑学"
    assert [one.sure for one in seen] == [1.0] * 8


def test_a_sign_that_is_surely_read_is_no_box():
    """口 is a square, too; and where no room is for a box none is looked for."""
    crop = draw_box(draw_box(strip(), 0), 80)
    read = reading(("□", 14.0, 0.8), ("户", 54.0, 1.0), ("口", 94.0, 0.99), ("簿", 134.0, 1.0))
    assert text_of(with_boxes(crop, read)) == "□户口簿"
    assert with_boxes(crop, read[1:]) == read[1:]
    finder = reading(("■", 14.0, 0.5))
    assert with_boxes(crop, finder) == finder  # the corner of a code


def test_an_unsure_mouth_in_a_line_without_boxes_stays_one():
    """No box tells that choices stand there."""
    crop = draw_box(strip(), 96)
    read = reading(("户", 54.0, 1.0), ("口", 110.0, 0.6), ("粮", 166.0, 1.0), ("食", 206.0, 1.0))
    assert text_of(with_boxes(crop, read, has_choices=True)) == "户口粮食"


@pytest.mark.parametrize(("gap", "said"), [(40.0, "□户口簿"), (56.0, "□户□簿")])
def test_an_unsure_mouth_within_a_word_is_no_box(gap, said):
    """A box stands apart from the sign before it."""
    middle = 54.0 + gap
    crop = draw_box(draw_box(strip(), 0), round(middle - 14))
    read = reading(
        ("□", 14.0, 0.8), ("户", 54.0, 1.0), ("口", middle, 0.6), ("簿", middle + 40, 1.0)
    )
    assert text_of(with_boxes(crop, read)) == said


MARKS = {
    "over": [[(-8, 12), (10, 30), (44, -14)]],
    "cross": [[(-6, -6), (34, 34)], [(34, -6), (-6, 34)]],
    "slash": [[(-6, 34), (36, -8)]],
    "scribble": [[(2, 2), (6, 26), (10, 2), (14, 26), (18, 2), (22, 26), (26, 2)]],
}


def marked_box(crop: np.ndarray, left: int, mark: str) -> np.ndarray:
    """A box of 28 pixels that a pen went over."""
    draw_box(crop, left)
    for line in MARKS[mark]:
        places = np.array([(left + x, 10 + y) for x, y in line], np.int32)
        cv2.polylines(crop, [places], False, (120, 50, 30), 3)
    return crop


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("scrap", ["", "V", "又"])
def test_a_box_that_a_pen_went_over_is_ticked(mark, scrap):
    """A cross is told as one: it may be chosen or not. Where no boxes are known none is sought.

    The models see nothing there, or a letter.
    """
    crop = marked_box(strip(340), 100, mark)
    sign = "☒" if mark == "cross" else "☑"
    read = [("类", 20.0, 1.0), ("：", 54.0, 1.0), ("低", 160.0, 1.0), ("保", 200.0, 1.0)]
    if scrap:
        read.insert(2, (scrap, 114.0, 0.7))
    assert text_of(with_boxes(crop, reading(*read), has_choices=True)) == f"类：{sign}低保"
    assert with_boxes(crop, reading(*read)) == reading(*read)


def test_a_box_in_a_ring_is_ticked():
    """Some people ring what they choose."""
    crop = draw_box(strip(340), 100)
    cv2.ellipse(crop, (113, 24), (24, 22), 0, 0, 360, (120, 50, 30), 3)
    read = reading(("类", 20.0, 1.0), ("：", 50.0, 1.0), ("□", 114.0, 0.5), ("低", 160.0, 1.0))
    assert text_of(with_boxes(crop, read)) == "类：☑低"


@pytest.mark.parametrize("drawn", ["gap", "rule", "signature", "nothing"])
def test_room_before_a_word_without_a_marked_box_stays_as_it_was_read(drawn):
    """A broken frame is empty, an underline and a signature are no box."""
    crop = strip(340)
    if drawn == "gap":
        draw_box(crop, 100, "gap")
    if drawn == "rule":
        cv2.line(crop, (70, 42), (150, 42), (30, 30, 30), 2)
    if drawn == "signature":
        places = np.array([(80, 30), (95, 8), (104, 40), (120, 12), (138, 36)], np.int32)
        cv2.polylines(crop, [places], False, (30, 30, 30), 3)
    read = reading(("类", 20.0, 1.0), ("：", 50.0, 1.0), ("低", 170.0, 1.0), ("保", 210.0, 1.0))
    assert with_boxes(crop, read, has_choices=True) == read


@pytest.mark.parametrize("letters", ["DB", "O", "XV"])
def test_letters_of_a_code_are_no_marked_box(letters):
    """A mark is read as one letter of a few strokes, if as any."""
    crop = marked_box(strip(340), 100, "over")
    read = [("类", 20.0, 1.0), ("：", 50.0, 1.0), ("低", 160.0, 1.0), ("保", 200.0, 1.0)]
    read[2:2] = [(letter, 104.0 + 18 * at, 0.9) for at, letter in enumerate(letters)]
    assert with_boxes(crop, reading(*read), has_choices=True) == reading(*read)


def test_a_marked_box_outlives_a_second_reading(monkeypatch: pytest.MonkeyPatch):
    """What the larger model reads instead has no box either."""
    engine = load_engine()
    unsure = reading(("类", 20.0, 1.0), ("：", 54.0, 1.0), ("低", 160.0, 0.4), ("保", 200.0, 1.0))
    sure = reading(("类", 20.0, 1.0), ("：", 54.0, 1.0), ("低", 160.0, 1.0), ("保", 200.0, 1.0))
    monkeypatch.setattr(engine._models.quick, "read", lambda crops: [unsure for _ in crops])
    monkeypatch.setattr(engine._models.careful, "read", lambda crops: [sure for _ in crops])
    (read,) = engine.read_crops([marked_box(strip(340), 100, "over")], "类：□低保")
    assert text_of(read) == "类：☑低保"


def test_a_printed_line_of_choices_is_read_with_its_ticks(monkeypatch: pytest.MonkeyPatch):
    """By the quick model and the eye alone; the larger one is not asked."""
    picture = Image.new("RGB", (900, 160), (255, 255, 255))
    font = ImageFont.truetype(*find_fonts()[0][:1], 40, index=find_fonts()[0][1])
    page = np.asarray(picture).copy()
    for number, inside in enumerate(("tick", "", "tick")):
        draw_box(page[50:98], 60 + 180 * number, inside)
    picture = Image.fromarray(page)
    for number, text in enumerate(("因病", "因残", "因学")):
        ImageDraw.Draw(picture).text((96 + 180 * number, 52), text, font=font, fill=(20, 20, 20))
    engine = load_engine()
    monkeypatch.setattr(engine._models.careful, "read", lambda crops: [() for _ in crops])
    (line,) = engine.read(np.asarray(picture)[:, :, ::-1].copy())
    assert line.text.replace(" ", "") == "☑因病□因残☑因学"
