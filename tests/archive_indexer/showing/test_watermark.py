"""Who took a page out is printed across it."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from archive_indexer.showing import watermark
from archive_indexer.showing.watermark import print_watermark


def page(size: tuple[int, int]) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, "JPEG")
    return stream.getvalue()


def marked(jpeg: bytes, words: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(print_watermark(jpeg, words))).convert("L"))


@pytest.mark.parametrize("size", [(600, 800), (800, 500)])
def test_words_stand_everywhere_on_the_page_and_leave_it_legible(size):
    """In each quarter; most of the paper stays white, and its size stays."""
    shown = marked(page(size), "TEST 2026-11-23 09:00")
    assert shown.shape == (size[1], size[0])
    halves = [half for part in np.array_split(shown, 2) for half in np.array_split(part, 2, axis=1)]
    for quarter in halves:
        assert 0.005 < (quarter < 250).mean() < 0.3
    assert shown.min() > 120


def test_rows_of_words_stand_apart_and_slant():
    """They rise to the right, and between two rows the page is free."""
    shown = marked(page((900, 900)), "TESTTESTTEST") < 250
    assert (~shown[:, 300:303].any(axis=1)).mean() > 0.5
    left, right = (np.flatnonzero(shown[:, at : at + 30].any(axis=1)) for at in (300, 360))
    rise = [min(abs(left - row - shift)) for row in right for shift in (60 * np.tan(0.419),)]
    assert np.median(rise) <= 8


def test_no_words_leave_the_page_as_it_is():
    """Nothing is drawn."""
    assert marked(page((300, 300)), "").min() > 250


def test_every_second_row_begins_half_a_step_to_the_left():
    """Words stand side by side, rows nine signs apart."""
    places = list(watermark._places(1500, 196, 24))
    tops = sorted({top for _, top in places})
    assert tops == list(range(0, 1500, 9 * 24))
    for row, top in enumerate(tops):
        lefts = [left + 24 for left, at in places if at == top]
        assert lefts == list(range(-98 if row % 2 else 0, 1500, 196))


def test_the_sheet_is_turned_about_the_middle_of_the_page():
    """As if it had been drawn whole, turned and cut."""
    size, tile = (300, 420), (90, 30)
    sheet = Image.new("L", (720, 720))
    for left, top in watermark._places(720, 90, 12):
        sheet.putpixel((min(max(left + 45, 0), 719), min(top + 15, 719)), 255)
    turned = sheet.rotate(24, resample=Image.Resampling.BILINEAR).crop((210, 150, 510, 570))
    inside = [(x, y) for x, y in watermark._middles(size, tile, 12) if 2 < x < 298 and 2 < y < 418]
    assert len(inside) > 8
    for x, y in inside:
        near = turned.crop((int(x) - 2, int(y) - 2, int(x) + 3, int(y) + 3))
        assert near.getextrema()[1] > 40


def test_a_tile_holds_the_words_with_four_signs_of_room():
    """So that they stand apart."""
    font = watermark._font(24)
    length = ImageDraw.Draw(Image.new("L", (1, 1))).textlength("TEST", font=font)
    assert watermark._tile("TEST", font, 24).size == (int(length) + 4 * 24, 3 * 24)


@pytest.mark.parametrize(("width", "pixels"), [(100, 12), (500, 12), (521, 13), (1000, 24)])
def test_letters_are_as_large_as_the_page_asks(monkeypatch, width, pixels):
    """Twelve pixels at least."""
    asked: list[int] = []
    real = watermark._font
    monkeypatch.setattr(watermark, "_font", lambda size: asked.append(size) or real(size))
    watermark._turned_tile.cache_clear()
    watermark._cover(Image.new("RGB", (width, 50)), "x")
    assert asked == [pixels]


def test_who_leafs_has_the_words_drawn_once(monkeypatch):
    """Other words, or another size of page, are drawn anew."""
    drawn, draw = [], watermark._tile

    def noted(shown, font, pixels):
        drawn.append((shown, pixels))
        return draw(shown, font, pixels)

    monkeypatch.setattr(watermark, "_tile", noted)
    watermark._turned_tile.cache_clear()
    first = marked(page((600, 800)), "one 09:00")
    assert np.array_equal(first, marked(page((600, 800)), "one 09:00"))
    marked(page((600, 800)), "one 09:01")
    marked(page((1200, 800)), "one 09:00")
    assert drawn == [("one 09:00", 14), ("one 09:01", 14), ("one 09:00", 29)]
