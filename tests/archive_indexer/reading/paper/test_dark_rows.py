"""Rows of faint strokes darken their paper; grain, shadows and what shows through do not."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.reading.paper.dark_rows import darker_in_rows
from archive_indexer.reading.paper.grain import surface_of
from archive_indexer.reading.paper.page_dirt import without_lines
from script.samples.sheet import find_fonts

LINE = "兹证明本村村民测试甲家庭人口三人因病致贫情况属实"


def written(ink: float, soft: float = 0.0) -> np.ndarray:
    """A page of 121 dpi, twelve lines of 12 points, so many grey levels below the paper."""
    picture = Image.new("L", (1000, 1100), 0)
    path, index = find_fonts()[0]
    font = ImageFont.truetype(path, 20, index=index)
    for row in range(12):
        ImageDraw.Draw(picture).text((160, 150 + 50 * row), LINE, font=font, fill=255)
    drawn = np.asarray(picture).astype(np.float32)
    return 235 - (cv2.GaussianBlur(drawn, (0, 0), soft) if soft else drawn) * (ink / 255)


def grainy(page: np.ndarray, noise: float, seed: int = 3) -> np.ndarray:
    grain = cv2.GaussianBlur(np.random.default_rng(seed).normal(0, 1, page.shape), (0, 0), 0.8)
    page = np.clip(page + noise * grain / grain.std(), 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE))


def stands(page: np.ndarray) -> bool:
    surface = surface_of(without_lines(page))
    assert surface is not None
    return darker_in_rows(surface, page)


@pytest.mark.parametrize("turns", [0, 1])
@pytest.mark.parametrize(("ink", "noise"), [(12, 3), (9, 3), (6, 1.5)])
def test_rows_of_faint_ink_are_seen(turns: int, ink: float, noise: float):
    """Ink of two or three times the grain's deviation, along the page and across it."""
    assert stands(np.ascontiguousarray(np.rot90(grainy(written(ink), noise), turns)))


@pytest.mark.parametrize("seed", [3, 8])
@pytest.mark.parametrize("turns", [0, 1])
def test_rows_are_seen_over_half_a_line_where_some_signs_are_not(turns: int, seed: int):
    """Ink of twice the grain's deviation: over some signs its strokes are chance."""
    assert stands(np.ascontiguousarray(np.rot90(grainy(written(6), 3, seed), turns)))


@pytest.mark.parametrize("noise", [1.0, 3.0, 6.0])
def test_grain_alone_has_no_rows(noise: float):
    """Nor where a shadow or a stain lies on it."""
    paper = written(0)
    assert not stands(grainy(paper, noise))
    paper[:, 600:] -= 25
    cv2.ellipse(paper, (400, 400), (200, 90), 20, 0, 360, 215, -1)
    paper = cv2.GaussianBlur(paper, (0, 0), 12)
    assert not stands(grainy(paper, noise, 4))


@pytest.mark.parametrize("ink", [12, 25, 60])
def test_what_shows_through_is_too_soft(ink: float):
    """It darkens rows and has no fine steps."""
    assert not stands(grainy(written(ink, soft=1.7)[:, ::-1], 2))


def test_a_small_page_has_none():
    """All edge."""
    surface = surface_of(np.full((60, 60), 235, np.uint8))
    assert surface is not None
    assert not darker_in_rows(surface)
