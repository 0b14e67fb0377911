"""Of choices of which one may be ticked, what a pen left open is asked about."""

import math

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.documents import ReadField
from archive_indexer.reading.cells import find_cells
from archive_indexer.reading.hand.ticked_choices import doubted_choices
from archive_indexer.reading.reading_order import place_line
from minzheng.county.form_layout import FormCell
from minzheng.external.ocr.ocr_engine import ReadLine

SIZE = (1654, 2339)  #: A4 at 200 dpi
LEFT, TOP, HIGH = 400, 600, 29  #: pixels; ten and a half points
KIND = FormCell("类别", "boxes", choices=("农村低保", "城市低保", "特困供养"))
CAN = FormCell("自主吃饭", "boxes", choices=("能", "不能"))
NAME = FormCell("姓名", "name")
LAYOUT = (NAME, KIND, CAN)
RING = tuple((80 + 27 * math.cos(turn / 4), 14 + 24 * math.sin(turn / 4)) for turn in range(26))
PLAIN = "☑农村低保□城市低保□特困供养"


def asked(*texts: str, pen: tuple[tuple[float, float], ...] = ()) -> list[ReadField]:
    """What is asked about of lines below one another, the first one with a stroke of a pen.

    The pen goes from place to place: whole signs from the line's begin, pixels from its top.
    """
    picture = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype("NotoSerifCJK-Regular.ttc", HIGH)
    draw.rectangle((LEFT - 80, TOP - 50, LEFT + 900, TOP + 400), outline="black", width=3)
    lines = []
    for number, text in enumerate(texts):
        top = TOP + 100 * number
        draw.text((LEFT, top), text, "black", font)
        box = draw.textbbox((LEFT, top), text, font)
        places = tuple((at + 0.5) / len(text) for at in range(len(text)))
        part = (LEFT / SIZE[0], (box[1] - 4) / SIZE[1],
                (LEFT + len(text) * HIGH) / SIZE[0], (box[3] + 4) / SIZE[1])  # fmt: skip
        lines.append(ReadLine(text, part, 0.99, places=places))
    if pen:
        top = draw.textbbox((LEFT, TOP), texts[0], font)[1]
        draw.line([(LEFT + x * HIGH / 10, top + y) for x, y in pen], (30, 42, 96), 5, "curve")
    cells = find_cells(np.asarray(picture), 0.0)
    return doubted_choices([place_line(line, cells) for line in lines], cells, LAYOUT)


@pytest.mark.parametrize(
    "text", [PLAIN, PLAIN.replace("☑", "□"), "☑农村低保☒城市低保□特困供养", "☑农村低保人数不能"]
)
def test_one_tick_or_none_is_not_asked_about(text):
    """Nor a ✗ where something else is ticked, nor choices that are words of a sentence."""
    assert asked(text) == []


def test_two_ticks_are_asked_about_with_what_each_would_mean():
    """The ticked ones first; the words before the boxes stay."""
    (field,) = asked("类别：☑农村低保□城市低保☑特困供养")
    assert (field.label, field.kind, field.is_doubtful) == ("类别", "boxes", True)
    assert field.value == "类别：☑农村低保□城市低保☑特困供养"
    assert field.alternatives == (
        "类别：☑农村低保□城市低保□特困供养",
        "类别：□农村低保□城市低保☑特困供养",
        "类别：□农村低保☑城市低保□特困供养",
    )


@pytest.mark.parametrize(
    "text",
    ["☒农村低保□城市低保□特困供养", "☒农村低保☒城市低保□特困供养", "农村低保☑城市低保□特困供养",
     "□能凶不能", "能不能"],
)  # fmt: skip
def test_a_cross_alone_and_a_box_that_is_hidden_are_asked_about(text):
    """It may be chosen or refused; a pen stands where a printed box was."""
    assert [one.value for one in asked(text)] == [text]


@pytest.mark.parametrize(
    "pen",
    [
        RING,
        ((72, 4), (76, 24), (92, -16)),
        ((-12, 8), (-8, 20), (-2, -6)),
    ],
    ids=["a ring", "a tick on a word", "a tick before all boxes"],
)
def test_a_mark_beside_the_boxes_is_asked_about(pen):
    """What it means is no model's to say."""
    assert len(asked(PLAIN.replace("☑", "□"), pen=pen)) == 1
    assert len(asked(PLAIN, pen=pen)) == (pen[0][0] > 0)


def test_a_tick_that_leaves_its_box_is_no_mark_of_its_own():
    """It is what the box was read as."""
    assert asked(PLAIN, pen=((1, 8), (5, 24), (16, -16))) == []


def test_the_same_list_twice_is_two():
    """Each line, or each list of a cell, has a tick of its own."""
    assert asked("☑能□不能", "□能☑不能") == []
    assert asked("☑能□不能□能☑不能") == []
    assert len(asked("☑能☑不能", "□能☑不能", "☑能☑不能")) == 2
