"""How a copy lies is told by its code and its print."""

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.page_fit import Mark, fit_page, fit_photo, moved, nudged
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


def square(matrix: np.ndarray) -> np.ndarray:
    return np.vstack((matrix, [0, 0, 1]))


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
    fit = fit_page(copy, (CODE, moved(CODE, square(matrix)) + off), marks())
    assert fit is not None
    edges = np.array([[100, 100], [1100, 100], [1100, 1650], [100, 1650]], np.float32)
    assert np.abs(moved(edges, fit) - moved(edges, square(matrix))).max() < 2.5 * scale


def test_another_page_does_not_fit():
    """Its code stands at the same place, its print does not."""
    assert fit_page(page(LABELS[4:] + LABELS[:4]), (CODE, CODE), marks()) is None
    assert fit_page(np.full((1754, 1240), 250, np.uint8), (CODE, CODE), marks()) is None


def test_a_few_lines_tell_nothing():
    """A page may be like another in four places."""
    assert fit_page(page(), (CODE, CODE), marks()[:4]) is None


def photographed(slant: float, bend: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """The page seen aslant by a camera, and the way to it; bent in waves before, in pixels."""
    y, x = np.mgrid[:1754, :1240].astype(np.float32)
    bent = cv2.remap(page(), x, y + bend * np.sin(x / 250), cv2.INTER_LINEAR, borderValue=(255,))
    ends = np.array([[0, 0], [1240, 0], [1240, 1754], [0, 1754]], np.float32)
    away = np.array([[slant, slant], [-slant, 0], [0, -slant], [slant / 2, 0]], np.float32)
    way = cv2.getPerspectiveTransform(ends, ends + away * 1240)
    return cv2.warpPerspective(bent, way, (1240, 1754), borderValue=(90,)), way


@pytest.mark.parametrize("slant", [0.03, 0.06, 0.1])
def test_a_photographed_page_is_fitted_as_it_slants(slant):
    """To the pixels a line may lie off, at every edge, and not as a scan lies."""
    copy, way = photographed(slant)
    codes = CODE, moved(CODE, way)
    fit = fit_photo(copy, codes, marks())
    assert fit is not None
    edges = np.array([[140, 170], [1000, 170], [1000, 1450], [140, 1450]], np.float32)
    assert np.abs(moved(edges, fit) - moved(edges, way)).max() < 5
    assert fit_page(copy, codes, marks(), is_sure=True) is None


def test_of_a_bent_sheet_each_line_is_nudged():
    """By what the plane lies off there."""
    copy, way = photographed(0.03, 6.0)
    fit = fit_photo(copy, (CODE, moved(CODE, way)), marks())
    assert fit is not None
    for one in marks():
        middle = one.corners.mean(axis=0)
        bent = middle - np.array([0, 6.0 * np.sin(middle[0] / 250)], np.float32)
        off = nudged(copy, fit, one)
        assert off is not None
        assert np.abs(moved(middle, fit) + off - moved(bent, way)).max() < 3


def test_a_photo_of_another_page_does_not_fit():
    """Nor one on which nothing is seen."""
    other = page(LABELS[4:] + LABELS[:4])
    assert fit_photo(other, (CODE, CODE), marks()) is None
    assert fit_photo(np.full((1754, 1240), 250, np.uint8), (CODE, CODE), marks()) is None
