"""RAR files where the library is missing: by bsdtar, or said."""

import subprocess
import tarfile
from pathlib import Path

import pytest

from minzheng.external.files import rar, unpack
from minzheng.external.files.rar import find_rar_opener
from minzheng.external.files.unpack import PackedError, PackLimits
from tests.archive_indexer.extract.made.made_files import rar_of

NOTE = "测试乙的材料".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A RAR with one note in a folder."""
    place = tmp_path / "名单.rar"
    place.write_bytes(rar_of("a/note.txt", NOTE))
    return place


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (rar, unpack):
        monkeypatch.setattr(module, "has_library", lambda: False)


@pytest.fixture
def bsdtar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A bsdtar that prints what it is told to, complains and ends as told."""

    def lay(output: bytes, complaint: str = "", status: int = 0) -> None:
        (tmp_path / "output").write_bytes(output)
        program = tmp_path / "bin" / "bsdtar"
        program.parent.mkdir()
        program.write_text(
            f'#!/bin/sh\ncat "{tmp_path}/output"\necho "{complaint}" >&2\nexit {status}\n'
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    return lay


def tar_of(tmp_path: Path) -> bytes:
    (tmp_path / "note.txt").write_bytes(NOTE)
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.add(tmp_path / "note.txt", "a/测试乙.txt")
    return (tmp_path / "a.tar").read_bytes()


def test_the_library_opens_where_it_is(file, out, monkeypatch):
    """No program is asked."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert find_rar_opener() == "随程序安装的组件"
    (member,) = unpack.unpack(file, "rar", out)
    assert (member.name, member.file.read_bytes()) == ("a/note.txt", NOTE)


def test_without_the_library_bsdtar_is_asked(file, out, without_library, bsdtar, tmp_path):
    """What it turns the RAR into is taken member by member."""
    bsdtar(tar_of(tmp_path))
    assert find_rar_opener().endswith("/bsdtar")
    (member,) = unpack.unpack(file, "rar", out)
    assert (member.name, member.file.read_bytes()) == ("a/测试乙.txt", NOTE)


def test_without_either_it_is_said_what_to_do(file, out, without_library, monkeypatch):
    """The file is registered with this reason."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert find_rar_opener() == ""
    with pytest.raises(PackedError, match=r"打不开 \.rar.*libarchive-tools"):
        unpack.unpack(file, "rar", out)


@pytest.mark.parametrize(
    "case",
    [
        (b"", "RAR encryption support unavailable.", "加密"),
        (b"", "Bad RAR file", "损坏"),
        (b"half a tar" * 100, "Truncated RAR file data", "损坏"),
    ],
)
@pytest.mark.usefixtures("without_library")
def test_what_bsdtar_cannot_open_has_a_reason(file, out, bsdtar, case):
    """Encrypted or broken, as of every packed file."""
    output, complaint, said = case
    bsdtar(output, complaint, 1)
    with pytest.raises(PackedError, match=said):
        unpack.unpack(file, "rar", out)


def test_what_failed_at_the_end_is_not_taken_for_whole(
    file, out, without_library, bsdtar, tmp_path
):
    """The tar is right, its maker says it lacks something."""
    bsdtar(tar_of(tmp_path), "Truncated RAR file data", 1)
    with pytest.raises(PackedError, match="损坏"):
        unpack.unpack(file, "rar", out)


def test_too_much_is_refused_while_it_comes(file, out, without_library, bsdtar, tmp_path):
    """As of every packed file."""
    bsdtar(tar_of(tmp_path))
    with pytest.raises(PackedError, match="过大"):
        unpack.unpack(file, "rar", out, PackLimits(total_bytes=5))


def test_bsdtar_itself_makes_a_tar_of_a_rar(file, out, without_library):
    """The real one, where the system has it: script/test installs it."""
    asked = subprocess.run(["bsdtar", "--version"], capture_output=True, check=True).stdout
    assert b"bsdtar" in asked
    (member,) = unpack.unpack(file, "rar", out)
    assert (member.name, member.file.read_bytes()) == ("a/note.txt", NOTE)
