"""Lines weaker than the grain of their paper are told from it; grain, dust and rules are not."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.reading.paper.grain import noise_of, stands_in_lines, surface_of
from archive_indexer.reading.paper.page_dirt import without_lines
from script.samples.sheet import find_fonts

LINE = "兹证明本村村民测试甲家庭人口三人因病致贫情况属实"


def written(ink: float) -> np.ndarray:
    """A page of 121 dpi, twelve lines of 12 points, so many grey levels below the paper."""
    picture = Image.new("L", (1000, 1100), 0)
    path, index = find_fonts()[0]
    font = ImageFont.truetype(path, 20, index=index)
    for row in range(12):
        ImageDraw.Draw(picture).text((160, 150 + 50 * row), LINE, font=font, fill=255)
    return 235 - np.asarray(picture).astype(np.float32) * (ink / 255)


def grainy(page: np.ndarray, noise: float = 3.0) -> np.ndarray:
    """With grain of more than a pixel, as a JPEG."""
    grain = cv2.GaussianBlur(np.random.default_rng(3).normal(0, 1, page.shape), (0, 0), 0.8)
    page = np.clip(page + noise * grain / grain.std(), 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE))


def stands(page: np.ndarray) -> bool:
    """As the page lies, its rules painted over."""
    surface = surface_of(without_lines(page))
    assert surface is not None
    return stands_in_lines(surface, page)


@pytest.mark.parametrize("turns", [0, 1])
def test_lines_weaker_than_their_grain_stand_out(turns: int):
    """Along the page or across it."""
    assert stands(np.ascontiguousarray(np.rot90(grainy(written(12), 3), turns)))


@pytest.mark.parametrize("noise", [1.0, 3.0, 6.0])
def test_grain_alone_does_not(noise: float):
    """However coarse; nor where a shadow makes it stronger on a half of the page."""
    paper = grainy(written(0), noise)
    assert not stands(paper)
    paper[:, 500:] = grainy(written(0), 2 * noise)[:, 500:]
    assert not stands(paper)


def test_what_shows_through_is_too_soft():
    """Print of the other side, as strong as it is."""
    assert not stands(grainy(cv2.GaussianBlur(written(60)[:, ::-1], (0, 0), 1.7), 2))


def test_rules_and_dust_are_no_lines():
    """Of a writing pad; and specks all over the page, which stand both ways."""
    page = written(0)
    page[150:900:50, 100:900] -= 20
    places = np.random.default_rng(4).integers(60, 940, (60, 2))
    for x, y in places.tolist():
        page[y : y + 2, x : x + 2] -= 90
    assert not stands(grainy(page))


def test_a_page_that_is_all_edge_has_no_surface():
    """A strip has no room for a line beside its edges."""
    assert surface_of(np.full((40, 3000), 235, np.uint8)) is None


def test_noise_is_that_of_the_paper():
    """Whatever stands on a part of it."""
    values = np.random.default_rng(1).normal(0, 2, (500, 500))
    values[:60] = 90
    assert 1.8 < noise_of(values) < 2.6
