"""Print of a form that was seen before is known by its look, and nothing else is."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from minzheng.external.ocr import seen_print
from minzheng.external.ocr.line_boxes import LINE_HEIGHT
from minzheng.external.ocr.ocr_models import Character, Reading
from minzheng.external.ocr.seen_print import SeenPrint
from script.samples.sheet import find_fonts

FORM, OTHER = "\n乙方签字（按印）：\n", "\n身份证号\n"
LABEL = "乙方签字（按印）："


def crop(text: str, size: float = 40, left: int = 12, noise: float = 0.0) -> np.ndarray:
    """A line as it is cut out of a page: 48 pixels high."""
    file, number = find_fonts()[0]
    font = ImageFont.truetype(file, round(size * 2), index=number)
    sheet = Image.new(
        "RGB", (round(font.getlength(text)) + 2 * left + 24, 2 * LINE_HEIGHT), "white"
    )
    ImageDraw.Draw(sheet).text(
        (2 * left, LINE_HEIGHT), text, font=font, fill=(25, 25, 28), anchor="lm"
    )
    small = cv2.resize(
        np.asarray(sheet), (sheet.width // 2, LINE_HEIGHT), interpolation=cv2.INTER_AREA
    )
    grain = np.random.default_rng(5).normal(0, noise, small.shape)
    return np.clip(small + grain, 0, 255).astype(np.uint8)


def reading(text: str, wide: int) -> Reading:
    step = wide / len(text)
    return tuple(Character(one, 0.99, (at + 0.5) * step) for at, one in enumerate(text))


@pytest.fixture
def seen() -> SeenPrint:
    """One line of one form was read."""
    seen, line = SeenPrint(), crop(LABEL)
    seen.remember(FORM, line, reading(LABEL, line.shape[1]))
    return seen


@pytest.mark.parametrize(
    "again",
    [crop(LABEL), crop(LABEL, noise=14), crop(LABEL, size=36), crop(LABEL, left=22),
     cv2.GaussianBlur(crop(LABEL), (5, 5), 0), np.uint8(120 + crop(LABEL) * 0.4)],
    ids=["the same", "noisy", "smaller", "further right", "blurred", "pale"],
)  # fmt: skip
def test_a_line_is_known_again(seen, again):
    """However it was scanned; every sign stands where it does on the new copy."""
    found = seen.recall(FORM, again)
    assert found is not None
    assert "".join(one.text for one in found) == LABEL
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert 0 < found[0].at < found[-1].at < again.shape[1]


@pytest.mark.parametrize(
    "text", ["丙方签字（按印）：", "乙方签名（按印）：", "乙方签字（盖章）：", "乙方签字"]
)
def test_a_line_that_differs_in_a_sign_is_not(seen, text):
    """It may be an answer, or the print of another line."""
    assert seen.recall(FORM, crop(text)) is None


def struck(line: np.ndarray) -> np.ndarray:
    cv2.line(line, (20, 26), (line.shape[1] - 20, 22), (30, 30, 30), 3)
    return line


def signed(line: np.ndarray) -> np.ndarray:
    wide = cv2.copyMakeBorder(line, 0, 0, 0, 90, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    cv2.polylines(wide, [np.array([[line.shape[1], 10], [line.shape[1] + 30, 40],
                                   [line.shape[1] + 60, 8]])], False, (90, 30, 30), 3)  # fmt: skip
    return wide


@pytest.mark.parametrize("written", [struck, signed])
def test_a_line_with_a_pen_upon_it_is_read(seen, written):
    """What somebody wrote is to be found."""
    assert seen.recall(FORM, written(crop(LABEL))) is None


def test_another_form_knows_nothing_of_it(seen):
    """The same words are answers there; and paper is no line."""
    assert seen.recall(OTHER, crop(LABEL)) is None
    assert seen.recall(FORM, np.full((LINE_HEIGHT, 200, 3), 240, np.uint8)) is None


def test_what_was_asked_for_last_is_kept(monkeypatch, seen):
    """The memory of a reader is bounded."""
    line = crop(LABEL)
    size = seen._forms[FORM].size
    monkeypatch.setattr(seen_print, "_MOST_BYTES", 2 * size)
    seen.remember(OTHER, line, reading(LABEL, line.shape[1]))
    assert seen.recall(FORM, line) is not None
    seen.remember("third", line, reading(LABEL, line.shape[1]))
    assert seen.recall(OTHER, line) is None
    assert seen.recall(FORM, line) is not None and seen.recall("third", line) is not None
