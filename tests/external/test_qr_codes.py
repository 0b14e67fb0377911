"""QR codes are drawn so that they can be read."""

import io

import numpy as np
from PIL import Image

from minzheng.external.qr_codes import draw_qr, read_qr_codes


def test_a_code_reads_back():
    """What was drawn is read."""
    text = "MZ:DB-01:V1:DB-103200-2018-0001"
    picture = Image.open(io.BytesIO(draw_qr(text))).convert("RGB")
    page = Image.new("RGB", (1200, 900), "white")
    page.paste(picture, (100, 500))
    assert read_qr_codes(np.array(page)) == (text,)
