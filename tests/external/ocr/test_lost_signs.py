"""A line broader than its signs may have lost one."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from minzheng.external.ocr import ocr_engine
from minzheng.external.ocr.line_parts import text_of
from minzheng.external.ocr.lost_signs import may_lack_a_sign
from minzheng.external.ocr.ocr_engine import load_engine
from minzheng.external.ocr.ocr_models import Character, Reading


def reading(text: str, step: float = 31.0) -> Reading:
    return tuple(Character(one, 0.99, step * number + 24) for number, one in enumerate(text))


def crop(width: int, inked: tuple[int, int] | None = None) -> np.ndarray:
    """A line with ink from one column to another; without, it is all paper."""
    line = np.full((48, width, 3), 255, np.uint8)
    if inked:
        line[9:39, slice(*inked)] = 20
    return line


@pytest.mark.parametrize(
    ("text", "width", "may"),
    [
        ("义", 69, True), ("义", 57, False), ("义", 58, True), ("玉秀", 100, True),
        ("玉秀", 84, False), ("许玉秀", 113, False), ("许玉秀", 130, True),
        ("身份证号", 200, False), ("3", 69, False), ("义3", 100, False), ("", 100, False),
    ],
)  # fmt: skip
def test_a_word_broader_than_its_signs_is_looked_at_again(text: str, width: int, may: bool):
    """A single sign is as broad as it is high."""
    assert may_lack_a_sign(crop(width), reading(text)) is may


@pytest.mark.parametrize(
    ("inked", "may"),
    [((12, 40), False), ((1, 49), True), ((30, 58), True), (None, True)],
    ids=["one sign", "broader than a sign", "far behind it", "hardly seen"],
)
def test_a_sign_alone_on_its_paper_lacks_none(inked: tuple[int, int] | None, may: bool):
    """月 between two rooms for figures stands in a broad line."""
    assert may_lack_a_sign(crop(70, inked), reading("月")) is may


def test_signs_set_apart_lack_none():
    """姓　名 is broad by itself."""
    assert not may_lack_a_sign(crop(120), reading("姓名", step=60))


def test_the_lost_sign_of_a_name_is_read(monkeypatch):
    """What the quick model saw of it is sure: nothing else would ask for it."""
    picture = Image.new("RGB", (70, 48), "white")
    font = ImageFont.truetype("NotoSansCJK-Regular.ttc", 30)
    ImageDraw.Draw(picture).text((5, 1), "吕义", "black", font)
    image = cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR)
    engine = load_engine()
    monkeypatch.setattr(engine._models.quick, "read", lambda crops: [reading("义")] * len(crops))
    assert text_of(engine.read_crops([image])[0]) == "吕义"
    monkeypatch.setattr(ocr_engine, "may_lack_a_sign", lambda crop, reading: False)
    assert text_of(engine.read_crops([image])[0]) == "义"
