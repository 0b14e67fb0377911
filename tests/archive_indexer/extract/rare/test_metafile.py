"""Drawings of Windows: the words they write, the pictures they hold."""

import gzip
import io
import struct

import pytest
from PIL import Image

from archive_indexer.extract.rare.metafile import read_metafile
from tests.archive_indexer.extract.made.made_metafiles import (
    emf,
    font,
    small_text,
    text,
    wmf,
    wmf_text,
)


def dib() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (6, 4), "red").save(stream, "BMP")
    return stream.getvalue()[14:]


def test_words_of_one_height_are_a_line_from_left_to_right():
    """What stands apart is parted, what goes on is not."""
    drawn = emf(
        text("金额", 300, 10, 20), text("姓名", 100, 10, 20), text("甲", 140, 10, 20),
        text("户主", 100, 60),
    )  # fmt: skip
    assert read_metafile(drawn).lines == ["姓名甲 金额", "户主"]


@pytest.mark.parametrize("options", [0, 0x100, 0x200, 0x300])
def test_short_texts_are_read_with_and_without_a_frame(options):
    """In signs of one byte or of two."""
    assert read_metafile(emf(small_text("户主", options))).lines == ["户主"]


def test_texts_of_plus_count_where_no_others_stand():
    """Most drawings write both."""
    raw = "姓名".encode("utf-16-le")
    record = struct.pack("<HHIIIII4f", 0x401C, 0, 40 + len(raw), 28 + len(raw), 0, 0, 2, 1, 2, 3, 4)
    comment = 70, struct.pack("<I", 4 + len(record + raw)) + b"EMF+" + record + raw
    assert read_metafile(emf(comment)).lines == ["姓名"]
    assert read_metafile(emf(comment, text("姓名", 1, 2))).lines == ["姓名"]


@pytest.mark.parametrize(
    ("record", "glyphs", "strokes"),
    [
        (text("姓名", 1, 2, options=0x10), True, False),
        (small_text("姓名", 0x10), True, False),
        ((4, bytes(40)), False, True),
        ((85, bytes(40)), False, True),
        ((37, bytes(4)), False, False),
    ],
)
def test_signs_by_their_number_and_strokes_are_told(record, glyphs, strokes):
    """Nobody can tell what such signs are."""
    drawn = read_metafile(emf(record))
    assert (drawn.lines, drawn.has_glyphs, drawn.has_strokes) == ([], glyphs, strokes)


def test_a_picture_becomes_a_file():
    """Head and bits lie apart in EMF, together in WMF."""
    head, bits = dib()[:40], dib()[40:]
    body = struct.pack("<16x6iIIII16x", 0, 0, 0, 0, 6, 4, 80, 40, 120, len(bits))
    whole = read_metafile(emf((81, body + head + bits)))
    also = read_metafile(wmf((0x0F43, bytes(22) + dib())))
    for picture in (*whole.pictures, *also.pictures):
        with Image.open(io.BytesIO(picture)) as opened:
            assert (opened.size, opened.getpixel((0, 0))) == ((6, 4), (255, 0, 0))
    assert len(whole.pictures) == len(also.pictures) == 1


def test_a_picture_that_is_a_file_within_stays_one():
    """JPEG and PNG may be wrapped in a head of a bitmap."""
    head = struct.pack("<IiiHHIIiiII", 40, 6, 4, 1, 24, 5, 0, 0, 0, 0, 0)
    (picture,) = read_metafile(wmf((0x0F43, bytes(22) + head + b"\x89PNG\r\n"))).pictures
    assert picture == b"\x89PNG\r\n"


@pytest.mark.parametrize("is_placeable", [True, False])
def test_words_of_old_drawings_have_the_code_of_their_font(is_placeable):
    """Chinese where none is told."""
    drawn = wmf(
        wmf_text("户主".encode("gb18030"), 10, 5),
        font(136), wmf_text("縣".encode("big5"), 10, 20, options=2),
        font(2), wmf_text(b"ab", 10, 40),
        font(0), (0x0521, struct.pack("<h", 3) + b"abc\0" + struct.pack("<hh", 60, 10)),
        is_placeable=is_placeable,
    )  # fmt: skip
    read = read_metafile(drawn)
    assert (read.lines, read.has_glyphs) == (["户主", "縣", "abc"], True)


def test_a_packed_drawing_is_unpacked():
    """.emz and .wmz."""
    assert read_metafile(gzip.compress(emf(text("户主", 1, 2)))).lines == ["户主"]


@pytest.mark.parametrize("content", [b"", b"x" * 99, b"\x1f\x8b" + b"x" * 30, bytes(200)])
def test_what_is_no_drawing_is_refused(content):
    """Its name says nothing."""
    with pytest.raises(ValueError, match=r"."):
        read_metafile(content)


@pytest.mark.parametrize("lost", range(1, 60, 7))
def test_what_is_cut_off_is_read_up_to_there(lost):
    """A length that lies is no end of the program."""
    whole = emf(text("户主", 1, 2), text("姓名", 1, 60))
    assert read_metafile(whole[:-lost]).lines == ["户主"]
    old = wmf(wmf_text("户主".encode("gb18030"), 1, 2), wmf_text(b"name" * 20, 1, 60))
    assert read_metafile(old[:-lost]).lines == ["户主"]
    assert read_metafile(emf((84, bytes(12)), (81, b""), (76, bytes(40)))).lines == []
