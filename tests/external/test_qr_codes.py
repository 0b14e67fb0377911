"""QR codes are drawn so that they can be read."""

import io
import random

import numpy as np
import pytest
from PIL import Image

from minzheng.external import qr_codes
from minzheng.external.qr_codes import (
    QUICK,
    draw_numbered,
    draw_qr,
    find_qr_codes,
    read_qr_codes,
)


def test_a_code_reads_back():
    """What was drawn is read."""
    text = "MZ:DB-01:V1:DB-103200-2018-0001"
    picture = Image.open(io.BytesIO(draw_qr(text))).convert("RGB")
    page = Image.new("RGB", (1200, 900), "white")
    page.paste(picture, (100, 500))
    assert read_qr_codes(np.array(page)) == (text,)


def test_a_code_packed_quickly_is_the_same_picture():
    """And no larger."""
    text = "MZ:ZF-01:V1:ZF-100201-2018-0002"
    usual, quick = draw_qr(text), draw_qr(text, QUICK)
    first, second = (Image.open(io.BytesIO(one)) for one in (usual, quick))
    assert first.tobytes() == second.tobytes()
    assert len(quick) <= len(usual)


@pytest.mark.parametrize("turns", range(4))
def test_a_code_tells_how_its_page_lies(turns: int):
    """By how many quarter turns counter-clockwise it comes upright, also where it is aslant."""
    picture = Image.open(io.BytesIO(draw_qr("MZ:DB-01:V1:-"))).convert("L").resize((160, 160))
    page = Image.new("L", (1200, 900), "white")
    page.paste(picture, (100, 500))
    aslant = np.array(page.rotate(7, fillcolor="white"))
    (code,) = find_qr_codes(np.ascontiguousarray(np.rot90(aslant, -turns)))
    assert code.turns == turns


@pytest.mark.parametrize("form", ["MZ:ZF-01:V1.0", "MZ:COM-01:V1.12", "MZ:DB-02A:V2.1"])
def test_a_code_drawn_by_its_number_is_that_of_its_text(form: str):
    """It reads back, and is the library's own where that lays the same mask over it."""
    source, as_library = random.Random(form), 0
    for _ in range(60):
        place, number = source.randrange(10**6), source.randrange(10**4)
        text = f"{form}:DB-{place:06d}-2018-{number:04d}"
        drawn, usual = _picture(draw_numbered(text)), _picture(draw_qr(text))
        assert read_qr_codes(np.array(drawn)) == (text,)
        first = f"{text[:-4]}0000"
        is_alike = qr_codes._mask_of(qr_codes._lines(text)) == qr_codes._mask_of(
            qr_codes._lines(first)
        )
        assert is_alike == (drawn.tobytes() == usual.tobytes())
        as_library += is_alike
    assert as_library


@pytest.mark.parametrize("text", ["MZ:DB-01:V1:-", "MZ:DB-01:V1:DB-103200-2018-00012", "民政-0001"])
def test_a_code_without_such_a_number_is_the_library_s(text: str):
    """A blank form, a number of five digits in which one is odd, letters of another alphabet."""
    drawn, usual = _picture(draw_numbered(text)), _picture(draw_qr(text))
    assert read_qr_codes(np.array(drawn)) == read_qr_codes(np.array(usual)) == (text,)


def _picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")
