"""A line is where it was if each part of it looks the same, nothing is missing, nothing beside."""

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.print_looks import HIGH, Look, is_there, look_of
from script.samples.sheet import Paper, find_fonts

CORNERS = np.array([[40, 30], [330, 30], [330, 84], [40, 84]], np.float32)


def sheet(text: str) -> np.ndarray:
    """A strip of paper with a line at a known place, one plane."""
    paper = Paper(64, 18, 200, find_fonts()[0])
    paper.text((6.3, 5.0), text, 13)
    return cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2GRAY)


@pytest.fixture
def look() -> Look:
    look = look_of(sheet("村民委员会意见"), CORNERS)
    assert look is not None
    return look


def test_a_look_is_as_high_as_all_are(look):
    """The darkest ink is 255."""
    assert look.ink.shape[0] == HIGH
    assert look.ink.max() == 255


@pytest.mark.parametrize("off", [(0, 0), (2, 1), (-2, -2)])
def test_a_line_is_known_though_it_lies_a_little_off(look, off):
    """By a pixel or two, paler and a little grainy."""
    moved = np.roll(sheet("村民委员会意见"), off, axis=(1, 0))
    grain = np.random.default_rng(1).normal(0, 1.5, moved.shape)
    pale = np.clip(110 + moved * 0.5 + grain, 0, 255).astype(np.uint8)
    assert is_there(look, pale, CORNERS)


@pytest.mark.parametrize(
    "other", ["村民委员会意贝", "村民委买会意见", "村民委员会意", "村民委员会意见一"]
)
def test_another_line_is_not_it(look, other):
    """One sign is enough."""
    assert not is_there(look, sheet(other), CORNERS)


@pytest.mark.parametrize("shade", [40, 160])
def test_ink_beside_its_print_is_not_it(look, shade):
    """A short stroke of a thin pen, dark or pale."""
    written = sheet("村民委员会意见")
    cv2.line(written, (300, 40), (322, 70), (shade,), 2, cv2.LINE_AA)
    assert not is_there(look, written, CORNERS)


def test_paper_has_no_look(look):
    """Nothing stands there; a line that stands upright is none either."""
    paper = np.full((120, 500), 240, np.uint8)
    assert look_of(paper, CORNERS) is None
    assert not is_there(look, paper, CORNERS)
    upright = np.array([[40, 10], [60, 10], [60, 110], [40, 110]], np.float32)
    assert look_of(sheet("村民委员会意见"), upright) is None
