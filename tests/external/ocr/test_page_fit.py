"""How a copy lies is told by its code and its print."""

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.page_fit import Mark, fit_page, moved
from minzheng.external.ocr.print_looks import look_of
from script.samples.sheet import Paper, find_fonts

LABELS = ("申请人姓名", "公民身份号码", "家庭住址", "家庭人均收入", "受理人签字", "联系电话",
          "村民委员会意见", "县民政部门审批")  # fmt: skip
CODE = np.array([[1000, 1500], [1100, 1500], [1100, 1600], [1000, 1600]], np.float32)


def page(labels: tuple[str, ...] = LABELS) -> np.ndarray:
    """Labels over a page of 150 dpi, one plane."""
    paper = Paper(210, 297, 150, find_fonts()[0])
    for number, label in enumerate(labels):
        paper.text((25 + 80 * (number % 2), 30 + 28 * number), label, 13)
    return cv2.cvtColor(np.asarray(paper.picture), cv2.COLOR_RGB2GRAY)


def marks() -> list[Mark]:
    found = []
    for number, label in enumerate(LABELS):
        left, top = (25 + 80 * (number % 2)) * 5.906 - 8, (30 + 28 * number) * 5.906 - 4
        right, bottom = left + 27 * len(label) + 16, top + 42
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
        look = look_of(page(), corners)
        assert look is not None
        found.append(Mark(corners, look))
    return found


@pytest.mark.parametrize(("degrees", "scale"), [(0, 1), (1.2, 1), (-0.8, 4 / 3), (0.3, 2)])
def test_print_tells_closely_what_the_code_tells_roughly(degrees, scale):
    """To a pixel or two at every edge, though the code's corners are a pixel off."""
    matrix = cv2.getRotationMatrix2D((0, 0), degrees, scale)
    matrix[:, 2] = 60 * scale, 20 * scale
    size = round(1300 * scale), round(1800 * scale)
    copy = cv2.warpAffine(page(), matrix, size, borderValue=(255,))
    off = np.array([[1, 0], [0, 1], [-1, 0], [0, 0]], np.float32)
    fit = fit_page(copy, (CODE, moved(CODE, matrix) + off), marks())
    assert fit is not None
    edges = np.array([[100, 100], [1100, 100], [1100, 1650], [100, 1650]], np.float32)
    assert np.abs(moved(edges, fit) - moved(edges, matrix)).max() < 2.5 * scale


def test_another_page_does_not_fit():
    """Its code stands at the same place, its print does not."""
    assert fit_page(page(LABELS[4:] + LABELS[:4]), (CODE, CODE), marks()) is None
    assert fit_page(np.full((1754, 1240), 250, np.uint8), (CODE, CODE), marks()) is None


def test_a_few_lines_tell_nothing():
    """A page may be like another in four places."""
    assert fit_page(page(), (CODE, CODE), marks()[:4]) is None
