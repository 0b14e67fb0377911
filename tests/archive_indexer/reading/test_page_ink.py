"""Blank is blank, and a page with two signs on it is not."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.reading.page_ink import cover, has_ink, is_all_faint
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


def test_a_sign_in_a_crowded_photo_is_no_blank_page():
    """Bricks and windows all around are no grain of the paper that hides it."""
    rng = np.random.default_rng(5)
    bricks = rng.integers(40, 200, (85, 160), np.uint8)
    image = np.dstack([cv2.resize(bricks, (640, 340), interpolation=cv2.INTER_NEAREST)] * 3)
    image[60:220, 50:600] = (140, 60, 30)
    cv2.putText(image, "YUYUAN 315", (80, 160), cv2.FONT_HERSHEY_DUPLEX, 2.2, (250,) * 3, 5)
    assert has_ink(image)


def test_strong_grain_alone_is_no_crowded_photo():
    """An old fax of nothing."""
    grain = np.random.default_rng(5).normal(225, 22, (1754, 1240, 1)).clip(0, 255)
    assert not has_ink(np.repeat(grain.astype(np.uint8), 3, axis=2))


@pytest.mark.parametrize(("ink", "is_faint"), [(20, False), (180, False), (215, True), (235, True)])
def test_a_page_is_all_faint_when_no_word_of_it_is_black(ink: int, is_faint: bool):
    """One word that is seen plainly is enough to read the page as it is."""
    assert is_all_faint(page("不同意上报", 14, ink)) == is_faint
    assert is_all_faint(255 - page("不同意上报", 14, ink)) == is_faint


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


@pytest.mark.parametrize("quality", [45, 85])
def test_what_is_left_of_an_office_is_no_word(quality: int):
    """Pale holes, one of them in a shadow, a fold, a staple that touches the shadow."""
    picture = Image.fromarray(page())
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 40, 1754), fill=(110,) * 3)
    draw.line((40, 52, 92, 40), fill=(110,) * 3, width=3)
    for y in (641, 1113):
        draw.ellipse((44, y, 80, y + 36), fill=(215,) * 3)
    grey = np.asarray(picture).astype(np.float32)
    grey[870:882] *= 0.84
    grey = cv2.GaussianBlur(grey, (0, 0), 1.2) + np.random.default_rng(7).normal(
        0, 3, (1754, 1240, 1)
    )
    pixels = np.clip(grey, 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    image = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR))
    assert not has_ink(image)
    font = ImageFont.truetype(find_fonts()[0][0], 22)
    words = Image.fromarray(image)
    ImageDraw.Draw(words).text((300, 866), "已核", font=font, fill=(70,) * 3)  # upon the fold
    assert has_ink(np.asarray(words).copy())


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


def test_no_written_page_is_taken_for_blank_and_no_blank_one_is_read():
    """On generated backs with holes, stains, shadows, dust and what shows through."""
    pages = list(make_near_blank(24, 5))
    assert [one.text for one in pages if one.text and not has_ink(one.image)] == []
    assert [one.traits for one in pages if not one.text and has_ink(one.image)] == []


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


def test_close_lines_in_a_frame_at_the_edge_are_seen_beside_known_words():
    """As the visible signature of a PDF stands: there all around is darker than paper."""
    picture = Image.new("RGB", (1240, 1754), (255,) * 3)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((914, 0, 1239, 122), outline=(0, 0, 0), width=2)
    font = ImageFont.truetype(find_fonts()[0][0], 16)
    for top, line in ((6, "签名人：镇坪县测试签名证书"), (23, "地点：测试镇测试村")):
        draw.text((926, top), line, font=font, fill=(0, 0, 0))
    assert has_ink(np.asarray(picture).copy(), beside_known=True)


def test_what_is_known_is_painted_over_in_the_colour_around_it():
    """Nothing is left of it, and what stands elsewhere stays."""
    image = page("同意", paper=200)
    place = (490 / 1240, 895 / 1754, 560 / 1240, 935 / 1754)
    assert not has_ink(cover(image, [place]))
    assert has_ink(cover(image, [(0.1, 0.1, 0.2, 0.2)]))
    assert has_ink(image)
