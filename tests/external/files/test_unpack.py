"""What comes out of packed files, and what may not."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from base64 import b64decode
from pathlib import Path

import pytest
from py7zr.exceptions import UnsupportedCompressionMethodError

from minzheng.external.files import unpack as unpacking
from minzheng.external.files.unpack import PackedError, PackLimits, unpack
from tests.archive_indexer.extract.made.made_files import rar_of
from tests.external.packing.test_single_streams import PACKED, TEXT


def zip_file(folder: Path, *members: tuple[str, bytes]) -> Path:
    file = folder / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return file


def as_lzip(content: bytes) -> bytes:
    ways = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16, "lc": 3, "lp": 0, "pb": 2}]
    packing = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=ways)
    packed = packing.compress(content) + packing.flush()
    sums = zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(8, "little")
    return b"LZIP\1\x10" + packed + sums + bytes(8)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_a_members_name_is_never_a_path(tmp_path: Path, out: Path):
    """../../x is laid where all others are."""
    file = zip_file(tmp_path, ("../../evil.txt", b"x"), ("/etc/evil", b"y"))
    laid = unpack(file, "zip", out)
    assert [one.file.parent for one in laid] == [out, out]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "out"]


def test_links_and_devices_are_left_out(tmp_path: Path, out: Path):
    """A link could point anywhere."""
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("device")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
        plain = tarfile.TarInfo("plain")
        plain.size = 1
        archive.addfile(plain, io.BytesIO(b"x"))
    assert [one.name for one in unpack(tmp_path / "a.tar", "tar", out)] == ["plain"]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (PackLimits(members=2), "超过 2 个"),
        (PackLimits(total_bytes=1000), "过大"),
        (PackLimits(harmless_bytes=100, ratio=3), "过大"),
    ],
)
def test_bombs_are_refused_while_they_grow(
    tmp_path: Path, out: Path, limits: PackLimits, reason: str
):
    """Too many members, too much in all, too much for what was packed."""
    file = zip_file(tmp_path, *((f"{number}.txt", b"0" * 5000) for number in range(3)))
    with pytest.raises(PackedError, match=reason):
        unpack(file, "zip", out, limits)
    assert sum(one.stat().st_size for one in out.iterdir()) <= 15000


@pytest.mark.parametrize("kind", ["zip", "7z", "rar", "tar", "gz", "bz2", "xz"])
def test_what_is_no_packed_file_says_so(tmp_path: Path, out: Path, kind: str):
    """Broken in every way, with one reason."""
    (tmp_path / "a").write_bytes(b"\x1f\x8bPK7zRar!" * 20)
    with pytest.raises(PackedError, match="已损坏"):
        unpack(tmp_path / "a", kind, out)


@pytest.mark.parametrize(("kind", "pack"), [("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_single_packed_file_comes_out(tmp_path: Path, out: Path, kind: str, pack):
    """Under its name without the last ending."""
    (tmp_path / f"a.csv.{kind}").write_bytes(pack(b"x,y"))
    (laid,) = unpack(tmp_path / f"a.csv.{kind}", kind, out)
    assert laid.name == "a.csv" and laid.file.read_bytes() == b"x,y"


def test_a_rar_that_breaks_off_is_broken(tmp_path: Path, out: Path):
    """What comes after a header that cannot be read would be lost, and nobody told."""
    whole = rar_of("a.txt", b"one")
    (tmp_path / "a.rar").write_bytes(whole[:-5] + b"\x9a\x00\x74\x00\x80\x20\x00")
    with pytest.raises(PackedError, match="已损坏"):
        unpack(tmp_path / "a.rar", "rar", out)


def test_a_rar_with_hidden_names_is_encrypted(tmp_path: Path, out: Path):
    """RAR 4 says so by a flag, RAR 5 by its first header."""
    old = bytearray(rar_of("a.txt", b"one"))
    old[10] |= 0x80
    new = b"Rar!\x1a\x07\x01\x00" + b"\0" * 4 + b"\x21\x04\x00\x00\x00\x0f" + b"\1" * 40
    for content in (bytes(old), new):
        (tmp_path / "a.rar").write_bytes(content)
        with pytest.raises(PackedError, match="已加密"):
            unpack(tmp_path / "a.rar", "rar", out)


def test_a_rare_way_of_packing_is_not_called_encrypted(tmp_path: Path):
    """PPMd and the like: nothing is secret there, and nothing here unpacks it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", "字" * 50)
    content, ppmd = bytearray(stream.getvalue()), (98).to_bytes(2, "little")
    content[8:10] = ppmd
    central = content.index(b"PK\x01\x02")
    content[central + 10 : central + 12] = ppmd
    file = tmp_path / "a.zip"
    file.write_bytes(content)
    (tmp_path / "out").mkdir()
    with pytest.raises(PackedError, match="压缩方式少见"):
        unpack(file, "zip", tmp_path / "out")


def test_a_way_of_packing_that_is_not_known_is_no_damage(tmp_path: Path, monkeypatch):
    """7-Zip packs programs by BCJ2, which the library does not open."""

    def refuse(file: Path, basket: object) -> None:
        raise UnsupportedCompressionMethodError(b"", "BCJ2 filter is not supported by py7zr.")

    monkeypatch.setitem(unpacking._WAYS, "7z", refuse)
    (tmp_path / "a.7z").write_bytes(b"7z")
    with pytest.raises(PackedError, match="压缩方式少见"):
        unpack(tmp_path / "a.7z", "7z", tmp_path)


@pytest.mark.parametrize("kind", ["z", "lz", "lz4"])
def test_a_single_packed_file_is_called_as_without_its_ending(tmp_path: Path, out: Path, kind: str):
    """名单.txt.Z holds 名单.txt."""
    file = tmp_path / f"名单.txt.{kind}"
    file.write_bytes(b64decode(PACKED[kind]))
    (laid,) = unpack(file, kind, out)
    assert (laid.name, laid.file.read_text()) == ("名单.txt", TEXT)


def test_a_tar_packed_as_one_stream_gives_its_files(tmp_path: Path, out: Path):
    """By lzip here, whose stream is LZMA's own."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        entry = tarfile.TarInfo("名单.txt")
        entry.size = len(TEXT.encode())
        archive.addfile(entry, io.BytesIO(TEXT.encode()))
    content = tar.getvalue()
    file = tmp_path / "a.tar.lz"
    file.write_bytes(as_lzip(content))
    assert [one.name for one in unpack(file, "lz", out)] == ["名单.txt"]


@pytest.mark.parametrize("kind", ["gz", "xz", "lz"])
def test_a_packed_disc_is_no_empty_tar(tmp_path: Path, out: Path, kind: str):
    """It begins with zeros, as the end of a tar does; an empty tar stays empty."""
    disc, empty = bytes(0x8001) + b"CD001", bytes(10240)
    packed = {"gz": gzip.compress, "xz": lzma.compress, "lz": as_lzip}[kind]
    for name, content in (("光盘.iso", disc), ("空.tar", empty)):
        (tmp_path / f"{name}.{kind}").write_bytes(packed(content))
    assert unpack(tmp_path / f"空.tar.{kind}", kind, out) == []
    (laid,) = unpack(tmp_path / f"光盘.iso.{kind}", kind, out)
    assert (laid.name, laid.file.read_bytes()) == ("光盘.iso", disc)
