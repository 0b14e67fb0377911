"""Pictures of every kind."""

import io
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made_files import LIMITS, put


def scan(text: str) -> Image.Image:
    picture = Image.new("RGB", (1000, 300), "white")
    font = ImageFont.truetype("NotoSansCJK-Regular.ttc", 48)
    ImageDraw.Draw(picture).text((60, 100), text, "black", font)
    return picture


@pytest.mark.parametrize("kind", ["webp", "bmp", "heic"])
def test_pictures_of_every_kind_are_read(tmp_path: Path, kind: str):
    """WebP, BMP and what telephones call HEIC."""
    file = tmp_path / "照片.dat"
    if kind == "heic":
        pillow_heif.from_pillow(scan("临时救助金")).save(file)
    else:
        scan("临时救助金").save(file, kind)
    extraction = extract_pages(file, LIMITS)
    assert extraction.kind.replace("heif", "heic") == kind
    assert "临时救助金" in extraction.pages[0].text


def test_a_truncated_picture_says_so(tmp_path: Path):
    """Half a JPEG is incomplete, not a crash."""
    stream = io.BytesIO()
    Image.effect_noise((300, 300), 60).convert("RGB").save(stream, "JPEG")
    file = put(tmp_path, "a.jpg", stream.getvalue()[:9000])
    assert "不完整" in extract_pages(file, LIMITS).reason
