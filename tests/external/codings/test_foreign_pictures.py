"""A picture nothing here opens is broken, or only of another kind."""

import struct
from pathlib import Path

import pytest

from minzheng.external.codings.foreign_pictures import is_foreign
from tests.external.codings.made_tiff import tiff


def jpeg(marker: int, bits: int) -> bytes:
    """The beginning of a JPEG: a table, then its frame."""
    frame = struct.pack(">BBHBHHB", 0xFF, marker, 11, bits, 8, 8, 1) + b"\1\x11\0"
    return b"\xff\xd8\xff\xe0\x00\x04ab" + frame


@pytest.mark.parametrize(
    ("content", "is_whole"),
    [
        (jpeg(0xC3, 8), True), (jpeg(0xC1, 12), True), (jpeg(0xC0, 8), False),
        (b"\xff\xd8\xff\xe0", False), (tiff(6), True), (tiff(6, 4), False),
        (tiff(6)[:40], False), (b"II*\0\xff\xff\xff\xff", False), (b"GIF89a", False), (b"", False),
    ],
    ids=["without loss", "12 bits", "usual", "cut off", "6 bits", "rows missing", "tables cut off",
         "leads nowhere", "another kind", "empty"],
)  # fmt: skip
def test_a_whole_picture_of_another_kind_is_told_from_a_broken_one(
    tmp_path: Path, content: bytes, is_whole: bool
):
    file = tmp_path / "a"
    file.write_bytes(content)
    assert is_foreign(file) is is_whole
