"""Print so small that its lines are looked for on a larger picture."""

import numpy as np
import pytest

from minzheng.external.ocr.small_print import is_small_print


def line(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def page(*heights: int, paper: int = 235, ink: int = 40) -> tuple[np.ndarray, list[np.ndarray]]:
    """A page with a row of signs of each height, and boxes with the usual margin."""
    image, boxes = np.full((80 * len(heights) + 80, 600, 3), paper, np.uint8), []
    for number, height in enumerate(heights):
        top = 80 * number + 60
        for left in range(100, 500, 12):
            image[top : top + height, left : left + 5] = ink
        boxes.append(line(90, top - 8, 510, top + height + 8))
    return image, boxes


@pytest.mark.parametrize(
    ("heights", "is_small"),
    [((20, 20, 20), False), ((12, 12, 12), True), ((20, 20, 20, 20, 12), False),
     ((20, 20, 12, 12), True), ((), True)],
    ids=["large", "small", "one line of five", "half of them", "no line at all"],
)  # fmt: skip
def test_print_is_small_when_more_than_a_few_lines_are_low(heights, is_small):
    """At half the size signs of twelve pixels are six high."""
    assert is_small_print(*page(*heights), 0.5) is is_small


def test_light_print_on_dark_paper_is_as_high():
    """A negative is measured likewise."""
    assert not is_small_print(*page(20, 20, paper=30, ink=220), 0.5)
    assert is_small_print(*page(12, 12, paper=30, ink=220), 0.5)


def test_a_page_in_grey_is_measured():
    """As faint pages are given to the models."""
    image, boxes = page(12, 12)
    assert is_small_print(image[..., 0], boxes, 0.5)


def test_lines_that_stand_upright_tell_nothing_of_the_size():
    """Their breadth is no height of signs."""
    image, boxes = page(20, 20)
    assert not is_small_print(image, [*boxes, *[line(10, 60, 30, 220)] * 9], 0.5)
