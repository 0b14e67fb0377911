"""A part that is missing of a picture in the codings of scanners is told."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageDraw

from minzheng.external.codings.scan_codings import (
    is_broken_fax,
    is_broken_jbig2,
    is_broken_jpeg2000,
)

SIZE = (800, 1100)


def page(height: int = SIZE[1]) -> Image.Image:
    """A page of short strokes, white at its foot."""
    picture = Image.new("1", (SIZE[0], height), 1)
    pen, rows = ImageDraw.Draw(picture), np.random.default_rng(1)
    for top in range(40, 800, 24):
        for left in range(40, 760, 18):
            length = int(rows.integers(3, 15))
            pen.line((left, top, left + length, top + int(rows.integers(0, 16))), 0, 3)
    return picture


def fax(coding: str = "group4", options: int | None = None) -> bytes:
    stream = io.BytesIO()
    told = {278: SIZE[1]} | ({292: options} if options is not None else {})
    page().save(stream, "TIFF", compression=coding, tiffinfo=told)
    with Image.open(stream) as made:
        at, length = made.tag_v2[273][0], made.tag_v2[279][0]
    return stream.getvalue()[at : at + length]


FAXES = [fax(), fax("group3"), fax("group3", 1), fax("group3", 4)]


@pytest.mark.parametrize("content", FAXES)
@pytest.mark.parametrize("behind", [b"", b"\r\n", bytes(100)])
def test_a_whole_fax_is_whole(content, behind):
    """Whatever fills it up."""
    assert not is_broken_fax(content + behind, *SIZE)


def test_a_fax_without_its_end_mark_is_whole():
    """Some writers leave it out."""
    assert not is_broken_fax(FAXES[0][:-3], *SIZE)


@pytest.mark.parametrize("content", FAXES)
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_fax_that_breaks_off_is_told(content, part):
    """What is lost would be drawn white, as the foot of the page is."""
    assert is_broken_fax(content[: int(part * len(content))], *SIZE)


@pytest.mark.parametrize("content", FAXES)
def test_a_fax_with_a_hole_is_told(content):
    """Disks that fail leave zeros."""
    assert is_broken_fax(content[:1000] + bytes(512) + content[1512:], *SIZE)


def test_a_fax_of_which_the_end_is_zeros_is_told():
    """A copy that was not finished."""
    assert is_broken_fax(FAXES[0][:3000] + bytes(len(FAXES[0]) - 3000), *SIZE)


def test_a_fax_with_strange_bytes_is_told():
    """Its rows come out well before them."""
    strange = np.random.default_rng(2).bytes(300)
    assert is_broken_fax(FAXES[0][:3000] + strange + FAXES[0][3300:], *SIZE)


def test_of_what_is_no_such_fax_nothing_is_told():
    """It may be coded in a way that is not known here."""
    assert not is_broken_fax(b"x" * 500, *SIZE)


def jpeg2000(**how) -> bytes:
    stream = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (400, 300), np.uint8)
    Image.fromarray(noise).save(stream, "JPEG2000", **how)
    return stream.getvalue()


TILED = jpeg2000(tile_size=(128, 128))


@pytest.mark.parametrize("content", [jpeg2000(), TILED, jpeg2000(no_jp2=True), TILED + b"\r\n"])
def test_a_whole_jpeg_2000_is_whole(content):
    """In tiles or not, with a file around it or not."""
    assert not is_broken_jpeg2000(content)


@pytest.mark.parametrize("content", [jpeg2000(), TILED, jpeg2000(no_jp2=True)])
def test_a_jpeg_2000_without_a_part_is_told(content):
    """Cut, cut at the head of a tile, or with a hole."""
    head = content.rfind(b"\xff\x90")
    for part in (content[: len(content) // 2], content[: head + 8]):
        assert is_broken_jpeg2000(part)
    assert is_broken_jpeg2000(content[:4000] + bytes(4096) + content[8096:])


def test_what_is_no_jpeg_2000_is_told_elsewhere():
    """Nothing opens it."""
    assert not is_broken_jpeg2000(b"x" * 100)


def segment(number: int, length: int, *, refers: int = 0, is_far: bool = False) -> bytes:
    """A segment of a JBIG2 in a page of its own."""
    flags = 38 | 0x40 * is_far
    if refers > 4:
        count = struct.pack(">I", 0xE0000000 | refers) + bytes((refers + 8) // 8)
    else:
        count = bytes([refers << 5])
    size = 1 if number <= 256 else 2
    head = struct.pack(">IB", number, flags) + count + b"\1" * refers * size
    head += struct.pack(">I", 1) if is_far else b"\1"
    return head + struct.pack(">I", length) + np.random.default_rng(number).bytes(length)


@pytest.mark.parametrize(
    "segments",
    [
        [segment(1, 19), segment(2, 3000)],
        [segment(300, 19, refers=2), segment(301, 40, refers=9), segment(302, 2, is_far=True)],
    ],
)
def test_a_jbig2_is_whole_as_long_as_its_segments_are(segments):
    """Cut anywhere but between two of them it is not."""
    content = b"".join(segments)
    assert not is_broken_jbig2(content)
    assert not is_broken_jbig2(content + b"\r\n")
    assert is_broken_jbig2(content[:-1])
    assert is_broken_jbig2(content[: len(segments[0]) + 4])


def test_a_jbig2_with_a_hole_is_told():
    """No rows are coded in so many zeros."""
    content = segment(1, 9000)
    assert is_broken_jbig2(content[:2000] + bytes(4096) + content[6096:])
