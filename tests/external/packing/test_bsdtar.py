"""What bsdtar turns into a tar: discs and what is packed in ways of old."""

import os
import struct
import subprocess
import tarfile
from pathlib import Path

import pytest

from minzheng.external.files.unpack import PackedError, PackLimits, unpack
from minzheng.external.packing.bsdtar import NoBsdtarError, find_bsdtar, name_of, opened_as_tar

NOTE = "测试乙的材料".encode()


def cpio_of(name: bytes, content: bytes) -> bytes:
    """A cpio with one file."""

    def entry(name: bytes, content: bytes, mode: int) -> bytes:
        numbers = (1, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name) + 1, 0)
        head = b"070701" + b"".join(b"%08X" % one for one in numbers) + name + b"\0"
        return head.ljust(-(-len(head) // 4) * 4, b"\0") + content.ljust(
            -(-len(content) // 4) * 4, b"\0"
        )

    return entry(name, content, 0o100644) + entry(b"TRAILER!!!", b"", 0)


def cab_of(name: bytes, content: bytes) -> bytes:
    """A cabinet of one file that is only stored."""
    file = struct.pack("<IIHHHH", len(content), 0, 0, 0x5A21, 0, 0x20) + name + b"\0"
    files_at, data_at = 36 + 8, 36 + 8 + len(file)
    data = struct.pack("<IHH", 0, len(content), len(content)) + content
    head = struct.pack(
        "<4sIIIIIBBHHHHH", b"MSCF", 0, data_at + len(data), 0, files_at, 0, 3, 1, 1, 1, 0, 0, 0
    )
    return head + struct.pack("<IHH", data_at, 1, 0) + file + data


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("kind", "packed"),
    [("cpio", cpio_of("名单.txt".encode(), NOTE)), ("cab", cab_of(b"note.txt", NOTE))],
)
def test_what_is_packed_in_ways_of_old_comes_out(tmp_path, out, kind, packed):
    """Each file by its name."""
    file = tmp_path / "packed"
    file.write_bytes(packed)
    (member,) = unpack(file, kind, out)
    assert (Path(member.name).suffix, member.file.read_bytes()) == (".txt", NOTE)


def test_a_disc_gives_its_files(tmp_path, out):
    """Made by bsdtar itself, with long names."""
    (tmp_path / "低保名单.txt").write_bytes(NOTE)
    command = ["bsdtar", "-cf", "盘.iso", "--format", "iso9660", "低保名单.txt"]
    in_utf8 = os.environ | {"LC_ALL": "C.UTF-8"}
    subprocess.run(command, cwd=tmp_path, check=True, env=in_utf8)
    (member,) = unpack(tmp_path / "盘.iso", "iso", out)
    assert (member.name, member.file.read_bytes()) == ("低保名单.txt", NOTE)


def test_a_name_in_gbk_is_read_as_such(tmp_path, out):
    """As old programs of Windows wrote it."""
    file = tmp_path / "a.cpio"
    file.write_bytes(cpio_of("低保名单.txt".encode("gbk"), NOTE))
    (member,) = unpack(file, "cpio", out)
    assert member.name == "低保名单.txt"


def test_a_name_in_utf_8_stays():
    """Whatever signs it has."""
    assert name_of(tarfile.TarInfo("a/测试乙.txt")) == "a/测试乙.txt"


def test_too_much_is_refused_while_it_comes(tmp_path, out):
    """As of every packed file."""
    file = tmp_path / "a.cpio"
    file.write_bytes(cpio_of(b"a", NOTE))
    with pytest.raises(PackedError, match="过大"):
        unpack(file, "cpio", out, PackLimits(total_bytes=5))


def test_a_broken_one_is_said_to_be_broken(tmp_path, out):
    """And nothing of it is taken for whole."""
    file = tmp_path / "a.cab"
    file.write_bytes(cab_of(b"note.txt", NOTE)[:-4])
    with pytest.raises(PackedError, match="损坏"):
        unpack(file, "cab", out)


def test_without_bsdtar_it_is_said_what_to_do(tmp_path, out, monkeypatch):
    """The file is registered with this reason."""
    monkeypatch.setenv("PATH", "/nowhere")
    file = tmp_path / "a.cab"
    file.write_bytes(cab_of(b"note.txt", NOTE))
    with pytest.raises(PackedError, match="libarchive-tools"):
        unpack(file, "cab", out)
    with pytest.raises(NoBsdtarError), opened_as_tar(file):
        pass


def test_windows_brings_one_along(tmp_path, monkeypatch):
    """As tar.exe among its own programs."""
    brought = tmp_path / "System32" / "tar.exe"
    brought.parent.mkdir()
    brought.touch()
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    assert find_bsdtar() == str(brought)
    brought.unlink()
    assert find_bsdtar() == ""
