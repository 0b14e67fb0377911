"""Holes, folds and the edges of shadows are found; words beside and upon them stay."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.reading.paper.page_dirt import (
    contrast_of_signs,
    fill_holes,
    find_holes,
    paper_around,
    without_lines,
    without_rules,
)
from script.samples.sheet import find_fonts

HOLES = ((50, 600), (50, 1115))  #: their middles
LEAST = 14


def sheet() -> Image.Image:
    """An empty A4 page at 121 dpi."""
    return Image.new("L", (1000, 1414), 245)


def punched(picture: Image.Image, shade: int, middles=HOLES) -> Image.Image:
    """The page with round holes of 6 mm."""
    for x, y in middles:
        ImageDraw.Draw(picture).ellipse((x - 14, y - 14, x + 14, y + 14), fill=shade)
    return picture


def shaded(picture: Image.Image, width: int = 70) -> np.ndarray:
    """As a scanner sees it whose lid stands open on the left."""
    light = np.ones(picture.width, np.float32)
    light[:width] = np.linspace(0.25, 1, width)
    grey = np.asarray(picture, np.float32) * light
    grey += np.random.default_rng(3).normal(0, 1.5, grey.shape)
    return np.clip(grey, 0, 255).astype(np.uint8)


def inked(grey: np.ndarray) -> np.ndarray:
    """What differs from what lies around it."""
    return (cv2.absdiff(grey, paper_around(grey)) > LEAST).astype(np.uint8)


@pytest.mark.parametrize("shade", [0, 60, 120, 215])
def test_holes_are_found_also_in_a_shadow(shade: int):
    """Whatever lay below the paper, dark or light."""
    for grey in (np.asarray(punched(sheet(), shade)), shaded(punched(sheet(), shade))):
        found = find_holes(grey, inked(grey))
        for x, y in HOLES:
            assert any(
                abs(left + width / 2 - x) < 4 and abs(top + height / 2 - y) < 4
                for left, top, width, height in found
            )


def test_a_ring_in_the_middle_of_a_page_is_no_hole():
    """Nobody punches there: somebody drew a circle."""
    grey = np.asarray(punched(sheet(), 0, ((500, 700),)))
    assert find_holes(grey, inked(grey)) == []


def test_neither_a_square_nor_a_word_near_the_edge_is_a_hole():
    """Only what is round."""
    picture = sheet()
    ImageDraw.Draw(picture).rectangle((40, 300, 68, 328), fill=0)
    font = ImageFont.truetype(find_fonts()[0][0], 28)
    for number, word in enumerate(("同意", "图8", "国6", "@圆", "9⊕")):
        ImageDraw.Draw(picture).text((40, 500 + 60 * number), word, font=font, fill=0)
    grey = np.asarray(picture)
    assert find_holes(grey, inked(grey)) == []


def folded(picture: Image.Image) -> np.ndarray:
    """A soft fold of eight pixels that runs a little askew."""
    shade = np.full((picture.height, picture.width), 255, np.float32)
    cv2.line(shade, (0, 700), (picture.width, 707), 205, 8)
    soft = cv2.GaussianBlur(shade, (0, 0), 2) / 255
    return (np.asarray(picture, np.float32) * soft).astype(np.uint8)


def test_a_fold_a_shadow_and_holes_leave_nothing():
    """Nothing of them is as far from its surroundings as ink."""
    for grey in (folded(sheet()), shaded(punched(sheet(), 0))):
        assert inked(grey).any()
        assert np.count_nonzero(contrast_of_signs(grey, inked(grey)) > LEAST) < 5


def test_words_on_a_fold_stay():
    """A name across it loses a few pixels."""
    picture = sheet()
    font = ImageFont.truetype(find_fonts()[0][0], 26)
    ImageDraw.Draw(picture).text((400, 690), "欧阳建国", font=font, fill=30)
    grey = folded(picture)
    contrast = cv2.absdiff(grey, paper_around(grey))
    before = np.count_nonzero(contrast[685:725, 395:520] > 60)
    after = np.count_nonzero(contrast_of_signs(grey, inked(grey))[685:725, 395:520] > 60)
    assert after > 0.6 * before


def test_a_filled_hole_is_as_bright_as_the_edge_it_is_punched_in():
    """Also where a shadow makes the edge dark."""
    grey = shaded(punched(sheet(), 0))
    filled = fill_holes(grey, find_holes(grey, inked(grey)))
    empty = shaded(sheet())
    assert np.abs(filled.astype(int) - empty)[580:640].max() < 25
    assert (fill_holes(grey, []) == grey).all()


def test_faint_paper_without_its_lines_is_even():
    """Rules, folds and holes get the colour of the paper; faint words stay as they are."""
    picture = punched(sheet(), 215)
    draw = ImageDraw.Draw(picture)
    for y in range(200, 1300, 80):
        draw.line((80, y, 920, y + 4), fill=225, width=2)
    plain = without_lines(folded(picture))
    assert plain[60:1350, 10:990].min() > 225
    font = ImageFont.truetype(find_fonts()[0][0], 26)
    draw.text((400, 640), "欧阳建国", font=font, fill=231)
    worded = np.asarray(picture)
    assert (without_lines(worded)[640:675, 400:504] == worded[640:675, 400:504]).mean() > 0.95


@pytest.mark.parametrize("lean", [0, 25])
def test_rules_are_painted_over_and_words_stay(lean: int):
    """Also where a page leans by a degree and a half; a word between two rules is whole."""
    path, index = find_fonts()[0]
    font = ImageFont.truetype(path, 24, index=index)
    words, table = sheet(), sheet()
    ImageDraw.Draw(words).text((300, 320), "旧城村村民委员会", font=font, fill=200)
    for top in range(300, 600, 50):
        ImageDraw.Draw(table).line((50, top, 950, top + lean), fill=205, width=2)
    both = np.minimum(np.asarray(words), np.asarray(table))
    clean = without_rules(both)
    assert np.count_nonzero(clean < 240) < 1.1 * np.count_nonzero(np.asarray(words) < 240)
    assert (clean[310:345, 300:560] <= np.asarray(words)[310:345, 300:560] + 5).mean() > 0.99
