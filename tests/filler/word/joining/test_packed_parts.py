"""Members are packed once, and read as they are held in memory."""

import io
import zipfile

import pytest

from filler.word.joining.packed_parts import PackedStream, put_packed, unpacked
from filler.word.joining.run_parts import member

TEXT = "民政十五专档".encode() * 500


def test_what_is_packed_is_read_by_any_zip_reader():
    """Streams and small members, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        stream = PackedStream(io.BytesIO())
        for start in range(0, len(TEXT), 1000):
            stream.write(TEXT[start : start + 1000])
        put_packed(archive, member("a.xml"), TEXT)
        stream.put(archive, member("b.xml"))
        put_packed(archive, member("c.png", zipfile.ZIP_STORED), b"c")
        archive.writestr("d.txt", b"d")
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert [archive.read(name) for name in archive.namelist()] == [TEXT, TEXT, b"c", b"d"]
        assert archive.getinfo("a.xml").compress_size < len(TEXT) / 10


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_in_memory_is_read_whole_or_not_at_all(packing):
    """A byte that is another makes it nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        archive.writestr("a.xml", TEXT)
    info, whole = archive.getinfo("a.xml"), out.getvalue()
    assert unpacked(whole, info) == TEXT
    at = info.header_offset + 40
    assert unpacked(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], info) is None
    assert unpacked(whole[: info.header_offset + 20], info) is None


def test_a_member_packed_otherwise_is_left_to_zipfile():
    """LZMA is none of ours."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", TEXT)
    assert unpacked(out.getvalue(), archive.getinfo("a.xml")) is None
