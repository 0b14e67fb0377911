"""What is left of a page is laid close together, and found lines are carried back."""

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.packed_ink import holds_rules_only, long_runs, pack_ink, paint_over

STRIDE = 32


def page(noise: float = 0.0) -> np.ndarray:
    """A ruled table with three words in it, one plane, of the size lines are looked for."""
    sheet = np.full((1088, 768), 240, np.uint8)
    for y in range(100, 1000, 60):
        cv2.line(sheet, (60, y), (700, y), (60,), 1)
    for x in (60, 380, 700):
        cv2.line(sheet, (x, 100), (x, 940), (60,), 2)
    for at in PLACES:
        cv2.putText(sheet, "DB 61", at, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40,), 1, cv2.LINE_AA)
    grain = np.random.default_rng(3).normal(0, noise, sheet.shape)
    return np.clip(sheet + grain, 0, 255).astype(np.uint8)


PLACES = ((100, 200), (450, 500), (110, 860))


@pytest.mark.parametrize("noise", [0.0, 9.0])
def test_rules_and_paper_are_left_out(noise):
    """The picture has sides of whole strides, and is a small part of the page."""
    packed = pack_ink(page(noise), STRIDE)
    assert packed.image.shape[0] % STRIDE == 0 == packed.image.shape[1] % STRIDE
    assert packed.image.size < 0.15 * page().size
    assert len(packed.parts) >= len(PLACES)


def test_every_word_is_carried_back_to_its_place():
    """From the part it was laid in."""
    packed, sheet = pack_ink(page(), STRIDE), page()
    back = []
    for one in packed.parts:
        inside = np.array([[one.x + 12, one.y + 12], [one.x + one.width - 12, one.y + 12],
                           [one.x + one.width - 12, one.y + one.height - 12],
                           [one.x + 12, one.y + one.height - 12]], np.float32)  # fmt: skip
        back += [corners.mean(axis=0) for corners in packed.back(inside)]
    for x, y in PLACES:
        assert any(abs(at[0] - x - 24) < 16 and abs(at[1] - y + 5) < 10 for at in back)
    assert sheet.size


def test_a_line_over_two_parts_is_one_in_each():
    """The detector may take neighbours for one line."""
    packed = pack_ink(page(), STRIDE)
    first = packed.parts[0]
    beside = [one for one in packed.parts if one.y == first.y]
    assert len(beside) == len(PLACES)
    right = max(one.x + one.width for one in beside)
    wide = np.array([[2, 8], [right - 2, 8], [right - 2, 24], [2, 24]], np.float32)
    found = list(packed.back(wide + np.array([0, first.y], np.float32)))
    assert len(found) == len(beside)


@pytest.mark.parametrize("length", [2, 3, 15, 36, 45])
@pytest.mark.parametrize("is_level", [True, False])
def test_long_runs_are_those_of_an_opening(length, is_level):
    """To the pixel, at the edges, too."""
    grain = np.random.default_rng(length).integers(0, 255, (80, 90), dtype=np.uint8)
    marks = (cv2.blur(grain, (9, 3) if is_level else (3, 9)) > 120).astype(np.uint8)
    along = (1, length) if is_level else (length, 1)
    opened = cv2.morphologyEx(marks, cv2.MORPH_OPEN, np.ones(along, np.uint8))
    assert (long_runs(marks, along) == opened).all()


def test_what_is_painted_over_is_paper():
    """And nothing of it is packed; a page without ink gives no picture."""
    lines = [np.array([[x - 6, y - 18], [x + 60, y - 18], [x + 60, y + 8], [x - 6, y + 8]],
                      np.float32) for x, y in PLACES]  # fmt: skip
    painted = paint_over(page(), lines)
    assert painted[190:200, 100:140].min() > 200
    assert not pack_ink(painted, STRIDE).parts
    assert pack_ink(np.full((320, 320), 240, np.uint8), STRIDE).image.size == 0


def corner(*strokes: tuple[tuple[int, int], tuple[int, int]], shade: int = 40) -> np.ndarray:
    """A line of 60 by 48 pixels, ruled."""
    line = np.full((48, 60, 3), 245, np.uint8)
    for start, end in strokes:
        cv2.line(line, start, end, (shade,) * 3, 2)
    return line


LEVEL, DOWN, UP = ((0, 20), (60, 20)), ((30, 20), (30, 48)), ((8, 0), (8, 48))
SIGN, STROKE = ((12, 24), (48, 24)), ((20, 30), (26, 42))


@pytest.mark.parametrize(
    ("line", "are_rules"),
    [(corner(LEVEL, DOWN), True), (corner(UP, ((8, 26), (60, 26))), True), (corner(LEVEL), True),
     (corner(SIGN), False), (corner(LEVEL, STROKE), False), (corner(((30, 8), (30, 40))), False),
     (corner(LEVEL, DOWN, shade=210), False), (corner(), False)],
    ids=["a T of two rules", "a wall and a rule", "a rule", "the sign 一", "a stroke beside a rule",
         "the digit 1", "pale", "nothing"],
)  # fmt: skip
def test_rules_that_run_on_are_no_line(line, are_rules):
    """What has paper around it may be a sign, and what is pale is looked at."""
    assert holds_rules_only(line) is are_rules
