"""RAR files by the library: members in their order, each read or skipped, an end that is one."""

from pathlib import Path

import pytest

from minzheng.external.files.rar import has_library
from tests.archive_indexer.extract.made.made_files import rar_of

if not has_library():
    pytest.skip("this machine has no library for RAR", allow_module_level=True)
from minzheng.external.files.rar_library import BadRarFile, read_members


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """One file in a RAR."""
    file = tmp_path / "a.rar"
    file.write_bytes(rar_of("list.txt", b"one two"))
    return file


def test_a_member_is_read_piece_by_piece(packed):
    """Its name, its size, its content."""
    pieces: list[bytes] = []
    for member in read_members(packed):
        assert (member.name, member.size, member.is_encrypted) == ("list.txt", 7, False)
        member.read(pieces.append)
    assert b"".join(pieces) == b"one two"


def test_what_a_reader_raises_ends_the_reading(packed):
    """A limit is kept although the library's own code stands between."""

    def refuse(_: bytes) -> None:
        raise OverflowError

    with pytest.raises(OverflowError):
        for member in read_members(packed):
            member.read(refuse)


def test_a_header_that_cannot_be_read_is_no_end(packed):
    """The files behind it would be lost without a word."""
    packed.write_bytes(packed.read_bytes()[:-5] + b"\x9a\x00\x74\x00\x80\x20\x00")
    with pytest.raises(BadRarFile):
        for member in read_members(packed):
            member.skip()
