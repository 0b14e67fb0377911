"""Blank is blank, and a page with two signs on it is not."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.reading.page_ink import cover, has_ink
from script.samples.near_blank import make_near_blank
from script.samples.sheet import find_fonts


def page(text: str = "", points: float = 10.5, ink: int = 20, paper: int = 250) -> np.ndarray:
    """An A4 page of 150 dpi with a few signs."""
    picture = Image.new("RGB", (1240, 1754), (paper,) * 3)
    path, index = find_fonts()[0]
    font = ImageFont.truetype(path, round(points * 150 / 72), index=index)
    ImageDraw.Draw(picture).text((500, 900), text, font=font, fill=(ink,) * 3)
    return np.asarray(picture).copy()


@pytest.mark.parametrize(
    ("text", "points", "ink"),
    [("同意", 10.5, 20), ("李四", 14, 20), ("第2页 共2页", 9, 20), ("12", 9, 20), ("7", 9, 20),
     ("已核", 12, 205), ("不同意", 10.5, 60)],
)  # fmt: skip
def test_a_few_signs_are_no_blank_page(text: str, points: float, ink: int):
    """Also faint ones, also the light ones of a negative."""
    image = page(text, points, ink)
    assert has_ink(image)
    assert has_ink(255 - image)


def test_empty_pages_of_every_brightness_are_blank():
    """Paper, a dark lid, a strip too thin for words."""
    for paper in (255, 225, 60, 0):
        assert not has_ink(page(paper=paper))
    assert not has_ink(np.zeros((1, 3000, 3), np.uint8))
    assert not has_ink(np.zeros((2000, 2, 3), np.uint8))


def test_rules_boxes_and_holes_are_no_words():
    """The lines of a writing pad, boxes to be ticked, punched holes."""
    picture = Image.fromarray(page())
    draw = ImageDraw.Draw(picture)
    for y in range(200, 1600, 60):
        draw.line((100, y, 1140, y + 3), fill=(150,) * 3, width=2)
    for y in (620, 1120):
        draw.ellipse((50, y, 86, y + 36), fill=(30, 30, 30))
    draw.rectangle((400, 1640, 424, 1664), outline=(20, 20, 20), width=2)
    assert not has_ink(np.asarray(picture).copy())
    draw.text((600, 1640), "√ 同意", font=ImageFont.truetype(*find_fonts()[0][:1], 30), fill=0)
    assert has_ink(np.asarray(picture).copy())


def test_dense_words_on_a_rule_are_not_taken_away_with_it():
    """Their strokes touch, and the rule runs through them."""
    picture = Image.fromarray(page())
    draw = ImageDraw.Draw(picture)
    for y in range(200, 1600, 60):
        draw.line((100, y, 1140, y), fill=(200,) * 3, width=1)
    path, index = find_fonts()[-1]
    for text in ("情况属实", "欧阳建国"):
        words = picture.copy()
        font = ImageFont.truetype(path, 19, index=index)
        ImageDraw.Draw(words).text((500, 912), text, font=font, fill=(20,) * 3)
        image = np.asarray(words).copy()
        assert has_ink(image)
        assert has_ink(255 - image)


def test_a_large_shape_is_looked_at_though_it_has_no_words():
    """A picture of something is no empty back."""
    image = page()
    image[600:1000, 300:900] = 120
    assert has_ink(image)


def test_no_written_page_is_taken_for_blank_and_few_blank_ones_are_read():
    """On generated backs with holes, stains, shadows, dust and what shows through."""
    pages = list(make_near_blank(24, 5))
    assert [one.text for one in pages if one.text and not has_ink(one.image)] == []
    assert sum(has_ink(one.image) for one in pages if not one.text) <= 3


def test_beside_known_words_short_rules_and_shades_are_nothing():
    """A form's own print is no reason to read it; a name written into it is one."""
    picture = Image.fromarray(page())
    draw = ImageDraw.Draw(picture)
    draw.rectangle((200, 300, 1000, 330), outline=(20, 20, 20), width=2)
    draw.line((600, 300, 600, 330), fill=(20, 20, 20), width=2)
    draw.rectangle((200, 500, 1000, 900), fill=(190, 190, 190))
    form = np.asarray(picture).copy()
    assert not has_ink(form, beside_known=True)
    assert has_ink(form)
    font = ImageFont.truetype(find_fonts()[0][0], 30)
    draw.text((620, 1000), "李四", font=font, fill=(40, 40, 90))
    assert has_ink(np.asarray(picture).copy(), beside_known=True)


def test_what_is_known_is_painted_over_in_the_colour_around_it():
    """Nothing is left of it, and what stands elsewhere stays."""
    image = page("同意", paper=200)
    place = (490 / 1240, 895 / 1754, 560 / 1240, 935 / 1754)
    assert not has_ink(cover(image, [place]))
    assert has_ink(cover(image, [(0.1, 0.1, 0.2, 0.2)]))
    assert has_ink(image)
