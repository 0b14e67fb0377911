"""Equal digits that stand close together are seen as often as they stand there."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from minzheng.external.ocr.crowded_digits import crowded_numbers, read_stretched
from minzheng.external.ocr.line_parts import confidence_of, text_of
from minzheng.external.ocr.ocr_engine import load_engine
from minzheng.external.ocr.ocr_models import Character, Reading
from script.samples.sheet import find_fonts

CROP = np.full((48, 200, 3), 255, np.uint8)


def reading(text: str, step: float = 15.0) -> Reading:
    return tuple(Character(one, 0.99, step * number + 5) for number, one in enumerate(text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("511.50", ["511.50"]), ("金额511.50元", ["511.50"]), ("1135.8", ["1135.8"]),
        ("3652.41", []), ("36524", []), ("66644500", ["66644500"]), ("2.22.50", []),
        ("11", []), ("11010519491231002X", []), ("110105194912310021", ["110105194912310021"]),
        ("13991500001", []), ("2011-11-11", []), ("2011年", []), ("A1122", []),
        ("622700194912310021133", ["622700194912310021133"]), ("3,600.00", ["3,600.00"]),
        ("6217388953001373236", []), ("621738895300137323", ["621738895300137323"]),
        ("6117388953001373236", ["6117388953001373236"]),
    ],
)  # fmt: skip
def test_numbers_that_may_lack_a_digit_are_looked_at_again(text: str, numbers: list[str]):
    """Equal digits in a row, or one digit of pence; no sound IDs, phones, whole cards, dates."""
    found = [text[start:end] for start, end in crowded_numbers(reading(text))]
    assert found == numbers


def test_a_gap_between_digits_is_looked_at():
    """Where a digit was folded away, its neighbours stand twice as far apart."""
    near = reading("27600")[:2]
    apart = tuple(Character(one.text, one.sure, one.at + 30) for one in reading("27659")[2:])
    assert crowded_numbers((*near, *apart)) == [(0, 5)]


@pytest.mark.parametrize(
    ("second", "third", "text", "is_sure"),
    [
        ("511.50", None, "511.50", True),
        ("5111.50", "5111.50", "5111.50", True),
        ("5111.50", "511.50", "511.50", True),
        ("5111.50", "51111.50", "511.50", False),
        ("11.50", None, "511.50", True),
        ("金元", None, "511.50", True),
    ],
    ids=[
        "they agree",
        "two of three",
        "the first was right",
        "three ways",
        "another difference",
        "no number",
    ],
)
def test_what_two_of_three_looks_say_stands(second, third, text, is_sure):
    """And where all say something else nobody is told that a digit is sure."""
    asked = []

    def quick(crops):
        return [reading(f"共{second}元", 24.0) for _ in crops]

    def careful(crops):
        asked.extend(crops)
        return [reading(f"共{third}元", 24.0) for _ in crops]

    (line,) = read_stretched([CROP], [reading("共511.50元")], quick, careful)
    assert text_of(line) == f"共{text}元"
    assert (min(one.sure for one in line) > 0.9) is is_sure
    assert bool(asked) is (third is not None)
    assert [one.at for one in line] == sorted(one.at for one in line)


def test_a_point_seen_twice_is_one():
    """Only before two digits: 1..3 may be a span."""

    def same(crops):
        return [() for _ in crops]

    texts = ("共7777..50元", "第1..3页", "3600.00")
    lines = read_stretched([CROP] * 3, list(map(reading, texts)), same, same)
    assert list(map(text_of, lines)) == ["共7777.50元", "第1..3页", "3600.00"]


@pytest.mark.parametrize("amount", ["5111.50", "27666.00", "1135.88", "666666.88", "2224.44"])
@pytest.mark.parametrize("squeezed", [1.0, 0.65])
def test_amounts_of_equal_digits_are_read_or_doubted(amount: str, squeezed: float):
    """In every font of the samples, as wide as they are and squeezed."""
    crops = [_crop(amount, font, squeezed) for font in find_fonts()]
    for line in load_engine().read_crops(crops):
        assert text_of(line).replace(" ", "") == amount or confidence_of(line) < 0.95


def _crop(text: str, font: tuple[str, int], squeezed: float) -> np.ndarray:
    drawn = ImageFont.truetype(font[0], 44, index=font[1])
    picture = Image.new("L", (round(drawn.getlength(text)) + 32, 60), 245)
    ImageDraw.Draw(picture).text((16, 4), text, font=drawn, fill=30)
    small = picture.resize((round(picture.width * squeezed * 0.35), 21), Image.Resampling.BOX)
    width = round(small.width * 48 / small.height)
    return cv2.cvtColor(cv2.resize(np.asarray(small), (width, 48)), cv2.COLOR_GRAY2BGR)
