"""QR codes are drawn so that they can be read."""

import io

import numpy as np
import pytest
from PIL import Image

from minzheng.external.qr_codes import QUICK, draw_qr, find_qr_codes, read_qr_codes


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
