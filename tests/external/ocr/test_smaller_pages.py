"""Pages made smaller, and where their ink is."""

import numpy as np
import pytest

from minzheng.external.ocr.smaller_pages import (
    find_inked_part,
    make_nearly_smaller,
    make_smaller,
    shade_at,
)


@pytest.mark.parametrize("size", [(120, 90), (400, 300), (37, 301), (1600, 1200)])
def test_a_page_made_smaller_has_the_size_asked_for_and_its_shades(size):
    """By whole parts first or not, and larger when it is asked for."""
    page = np.zeros((1200, 1600, 3), np.uint8)
    page[:, 800:] = 200
    small = make_smaller(page, size)
    assert small.shape == (size[1], size[0], 3)
    assert small.mean() == pytest.approx(100, abs=2)


@pytest.mark.parametrize("size", [(990, 1400), (700, 1000), (1654, 2339)])
def test_a_page_made_nearly_smaller_looks_as_one_made_smaller(size):
    """A rule of one pixel is as dark wherever it falls, and nowhere lost."""
    page = np.full((2339, 1654), 240, np.uint8)
    page[100:2200:37] = 60
    near, exact = make_nearly_smaller(page, size), make_smaller(page, size)
    assert near.shape == size[::-1]
    assert float(np.abs(near.astype(int) - exact).mean()) < 2
    rows = 240 - near[:, 300].astype(int)
    assert sum(rows) == pytest.approx(sum(240 - exact[:, 300].astype(int)), rel=0.02)


def test_what_is_no_whole_part_at_the_edges_is_left_out():
    """Two rows and a column of 1,202 by 1,601: the rest keeps its place."""
    page = np.zeros((1202, 1601), np.uint8)
    page[:, 800:1600], page[1200:], page[:, 1600:] = 200, 255, 255
    small = make_smaller(page, (400, 300))
    assert small.shape == (300, 400)
    assert (small[:, :200] == 0).all() and (small[:, 200:] == 200).all()


def sheet(*marks: tuple[int, int, int, int], shade: int = 60) -> np.ndarray:
    """A grey page with marks: left, top, right, bottom."""
    page = np.full((800, 600), 235, np.uint8)
    for left, top, right, bottom in marks:
        page[top:bottom, left:right] = shade
    return page


def test_the_inked_part_holds_all_marks_and_some_paper():
    """Wherever they stand, up to the edges of the page."""
    assert find_inked_part(sheet((100, 200, 300, 220), (400, 500, 420, 520))) == (
        82, 182, 438, 538
    )  # fmt: skip
    assert find_inked_part(sheet((0, 0, 20, 20), (590, 790, 600, 800))) == (0, 0, 600, 800)


@pytest.mark.parametrize("shade", [215, 222, 255])
def test_faint_ink_and_light_ink_is_ink(shade):
    """A digit of a few pixels is enough."""
    left, top, right, bottom = find_inked_part(sheet((300, 400, 304, 412), shade=shade))
    assert left <= 300 - 16 and top <= 400 - 16 and right >= 304 + 16 and bottom >= 412 + 16


def test_where_nothing_is_seen_all_of_the_page_is_looked_at():
    """In doubt nothing is left out."""
    assert find_inked_part(sheet()) == (0, 0, 600, 800)


@pytest.mark.parametrize("percent", [0, 5, 50, 90, 99.5, 100])
def test_shades_are_counted_as_they_are_sorted(percent: float):
    """Of planes with many shades and with few, of odd and even numbers of pixels."""
    chance = np.random.default_rng(4)
    for shape, shades in (((40, 51), 256), ((41, 51), 256), ((2, 3), 4), ((1, 1), 9)):
        plane = chance.integers(0, shades, shape, dtype=np.uint8)
        assert shade_at(plane, percent) == pytest.approx(np.percentile(plane, percent))
