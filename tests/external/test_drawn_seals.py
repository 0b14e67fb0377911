"""Seals that are drawn: red, where they were asked for, with their words."""

import numpy as np
from PIL import Image

from minzheng.external.drawn_seals import DPI, stamp


def test_a_seal_lies_where_it_was_asked_for():
    """42 mm wide, red; the rest of the page is left white."""
    page = Image.new("RGB", (DPI * 4, DPI * 4), "white")
    pixels = np.asarray(stamp(page, (0.75, 0.5), DPI, "镇坪县民政局测试"))
    inked = np.argwhere(pixels.min(axis=2) < 128)
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0)
    width = 42 / 25.4 * DPI
    assert abs((left + right) / 2 - DPI * 3) < 3
    assert abs((top + bottom) / 2 - DPI * 2) < 3
    assert abs((right - left) - width) < 10
    assert (pixels[inked[:, 0], inked[:, 1], 0] > 150).all()


def test_other_words_make_another_seal():
    """And the same words the same."""
    page = Image.new("RGB", (400, 400), "white")
    one, same, other = (
        stamp(page, (0.5, 0.5), DPI, name) for name in ("甲乙丙", "甲乙丙", "丁戊己")
    )
    assert one.tobytes() == same.tobytes() != other.tobytes()
