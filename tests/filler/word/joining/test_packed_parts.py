"""Members are packed once, and read as they are held in memory."""

import io
import zipfile
import zlib

import pytest

from filler.word.joining.framed_body import pack_piece
from filler.word.joining.packed_parts import (
    HeldZip,
    PackedPiece,
    PackedStream,
    open_held,
    put_packed,
    unpacked,
)
from filler.word.joining.run_parts import member

REFUSED = (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError)
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


def zipped(write):
    """A zip as bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
    return out.getvalue()


def usual(archive):
    """Two members, one with a name that is not Latin."""
    archive.writestr("word/document.xml", TEXT)
    archive.writestr("正文.xml", b"")


def test_a_directory_in_memory_says_what_zipfile_says():
    """Of every member; what is packed otherwise is still read."""
    whole = zipped(usual)
    with open_held(whole) as held, zipfile.ZipFile(io.BytesIO(whole)) as plain:
        assert isinstance(held, HeldZip)
        assert held.namelist() == plain.namelist()
        for name, info in plain.NameToInfo.items():
            found = held.getinfo(name)
            assert found == tuple(getattr(info, each) for each in found._fields)
            assert unpacked(whole, found) == held.read(name) == plain.read(name)


def remarked(archive):
    usual(archive)
    archive.comment = b"PK"


def twice(archive):
    archive.writestr("a.xml", b"1")
    with pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.xml", b"2")


@pytest.mark.parametrize(
    "data",
    [zipped(remarked), zipped(twice), b"before" + zipped(usual), b"", zipped(usual)[:-1]],
    ids=["a remark", "a name twice", "something before it", "nothing", "cut off"],
)
def test_an_unusual_directory_is_left_to_zipfile(data):
    """Also to be refused."""
    try:
        plain = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        with pytest.raises(zipfile.BadZipFile):
            open_held(data)
    else:
        found = open_held(data)
        assert not isinstance(found, HeldZip)
        assert found.namelist() == plain


def test_a_damaged_directory_is_never_read_past_its_end():
    """Whatever byte of it is another: what is said is what zipfile says, or nothing."""
    whole = zipped(usual)
    start = whole.index(b"PK\x01\x02")
    for at in range(start, len(whole)):
        data = whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :]
        try:
            plain = zipfile.ZipFile(io.BytesIO(data)).NameToInfo
        except REFUSED:
            plain = None
        try:
            held = open_held(data)
        except REFUSED:
            continue
        if isinstance(held, HeldZip) and plain is not None:
            assert [one.CRC for one in plain.values()] == [
                one.CRC for one in held.NameToInfo.values()
            ]


def test_a_directory_like_one_before_is_read_at_once():
    """Sums, sizes and places of its own; another name or another packing is seen."""
    assert isinstance(open_held(zipped(usual)), HeldZip)  # from here on it is known
    others = {
        "another text": (("word/document.xml", "另一段"), ("正文.xml", "甲" * 100)),
        "another name": (("word/document.xmk", TEXT), ("正文.xml", b"")),
    }
    for members in others.values():
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, data in members:
                archive.writestr(name, data, zipfile.ZIP_DEFLATED)
        whole = stream.getvalue()
        held, plain = open_held(whole), zipfile.ZipFile(io.BytesIO(whole))
        assert held.namelist() == plain.namelist()
        for name, info in plain.NameToInfo.items():
            found = held.getinfo(name)
            assert found == tuple(getattr(info, each) for each in found._fields)


def test_what_is_packed_already_is_copied_between_what_is_written():
    """The member and its sum are those of the whole, with another beginning as well."""
    piece = PackedPiece(pack_piece(TEXT), zlib.crc32(TEXT), len(TEXT))
    for head in (b"", b"another beginning"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            stream = PackedStream(io.BytesIO())
            stream.write(b"beginning")
            for _ in range(3):
                stream.copy(piece)
                stream.copy(piece)
                stream.write(b"between")
            if head:
                stream = stream.with_head(len(b"beginning"), head, io.BytesIO())
            stream.put(archive, member("a.xml"))
        with zipfile.ZipFile(out) as archive:
            whole = (head or b"beginning") + (TEXT * 2 + b"between") * 3
            assert archive.read("a.xml") == whole
