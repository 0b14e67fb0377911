"""Pictures of which a part is missing are told from whole ones by their bytes."""

import io
import random

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from minzheng.external.files.broken_pictures import _scan_of, is_broken


def picture() -> Image.Image:
    """As much in every row as a page has."""
    grey = np.random.default_rng(3).integers(120, 255, (60, 45), dtype=np.uint8)
    return Image.fromarray(grey).resize((720, 960), Image.Resampling.BICUBIC).convert("RGB")


def packed(kind: str = "JPEG", **how) -> bytes:
    stream = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(picture()).save(stream)
    else:
        picture().save(stream, kind, **how)
    return stream.getvalue()


def broken(content: bytes, kind: str = "JPEG", **how) -> bool:
    return is_broken(io.BytesIO(content), kind, **how)


WAYS = [{"quality": 75}, {"quality": 60, "progressive": True}, {"restart_marker_rows": 1}]


@pytest.mark.parametrize("how", WAYS)
def test_a_whole_jpeg_is_whole(how):
    """Also with what cameras write behind it."""
    whole = packed(**how)
    assert not broken(whole)
    assert not broken(whole + bytes(9000) + b"a film of some seconds")
    assert not broken(b"no picture at all")


@pytest.mark.parametrize("how", WAYS)
def test_a_jpeg_without_a_part_is_told(how):
    """Cut off, with or without its end mended; filled with zeros; without a piece; overwritten."""
    whole = packed(**how)
    start = _scan_of(whole)[0]
    middle, size = start + (len(whole) - start) // 2, 2100
    noise = random.Random(7).randbytes(size).replace(b"\xff", b"\xfe")
    assert broken(whole[:middle])
    assert broken(whole[:middle] + b"\xff\xd9")
    assert broken(whole[:middle] + bytes(len(whole) - middle))
    assert broken(whole[:middle] + bytes(size) + whole[middle + size :])
    assert broken(whole[:middle] + whole[middle + size :])
    assert broken(whole[:middle] + noise + whole[middle + size :])


def test_an_even_margin_of_a_jpeg_with_tables_of_its_own_is_no_hole():
    """It is coded in zeros; a lost block of the disk is told all the same."""
    ground = Image.new("RGB", (3000, 3000), (200, 200, 200))
    ground.paste(picture(), (100, 100))
    stream = io.BytesIO()
    ground.save(stream, "JPEG", optimize=True)
    whole = stream.getvalue()
    assert bytes(64) in whole and not broken(whole)
    start = -(-_scan_of(whole)[0] // 512) * 512 + 8192
    assert broken(whole[: start - 1] + b"\7" + bytes(8192) + b"\7" + whole[start + 8193 :])


def test_a_lost_restart_marker_is_told():
    """Everything behind it stands a row too high."""
    whole = packed(restart_marker_rows=1)
    at = whole.index(b"\xff\xd3", _scan_of(whole)[0])
    assert broken(whole[:at] + whole[at + 2 :])


@pytest.mark.parametrize("kind", ["WEBP", "HEIF", "TIFF"])
def test_a_hole_of_zeros_is_told(kind: str):
    """What a disk that fails leaves: no packed picture holds so many."""
    how = {"compression": "tiff_lzw"} if kind == "TIFF" else {}
    whole = packed(kind, **how)
    middle = len(whole) // 2
    hole = whole[:middle] + bytes(4096) + whole[middle + 4096 :]
    assert (broken(whole, kind), broken(hole, kind)) == (False, True)
    assert not broken(hole, kind, is_packed=False)


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
def test_blocks_of_a_disk_that_are_lost_from_an_unpacked_picture_are_told(kind: str):
    """In its middle, or all that is behind; black of its own is no loss."""
    whole, how = packed(kind), {"is_packed": kind == "BMP"}
    at = len(whole) // 2 // 512 * 512
    assert not broken(whole, kind, **how)
    assert broken(whole[:at] + bytes(8192) + whole[at + 8192 :], kind, **how)
    assert broken(whole[:at] + bytes(len(whole) - at), kind, **how)
    for own in (at + 7, at - 100):
        assert not broken(whole[:own] + bytes(8000) + whole[own + 8000 :], kind, **how)


def test_a_stream_stands_where_it_stood():
    """Others read on from there; what lies on the border of two reads is seen."""
    stream = io.BytesIO(b"x" * ((1 << 20) - 1000) + bytes(2048) + b"x")
    stream.seek(5)
    assert is_broken(stream, "WEBP") and stream.tell() == 5
    assert not is_broken(stream, "PNG") and stream.tell() == 5
