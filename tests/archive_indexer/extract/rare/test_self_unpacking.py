"""Programs that are packed files at their end."""

from pathlib import Path

import pytest

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.packed import member_of
from archive_indexer.extract.rare.self_unpacking import packed_behind
from tests.archive_indexer.extract.made.made_files import (
    LIMITS,
    NOTE,
    pack,
    put,
    texts_inside,
    zip_of,
)

PROGRAM = b"MZ\x90\0" + b"This program cannot be run. " * 50


@pytest.mark.parametrize("kind", ["zip", "rar", "7z"])
@pytest.mark.parametrize("program", [PROGRAM, PROGRAM + b"Rar!\x1a\x07\0 7z\xbc\xaf\x27\x1c" * 2])
def test_what_a_program_brings_along_is_read(tmp_path: Path, kind: str, program: bytes):
    """Also where the program names the marks by which it knows packed files."""
    file = put(tmp_path, "材料.exe", program + pack(kind, "note.txt", NOTE.encode()))
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, texts_inside(extraction)) == (kind, {"note.txt": NOTE})
    with member_of(file, (0,)) as member:
        assert member.read_text() == NOTE


@pytest.mark.parametrize(
    "content",
    [
        PROGRAM, PROGRAM + b"PK\x05\x06", PROGRAM + b"Rar!\x1a\x07\x01\0" + b"x" * 40,
        PROGRAM + zip_of(("META-INF/MANIFEST.MF", b"x")),
    ],
)  # fmt: skip
def test_a_program_is_only_counted(tmp_path: Path, content: bytes):
    """Nothing lies behind it, or parts of a program."""
    assert extract_pages(put(tmp_path, "setup.exe", content), LIMITS).kind == "wordless"


def test_a_new_rar_behind_a_program_is_known(tmp_path: Path):
    """Its first header has a sum."""
    header = bytes.fromhex("33 92 b5 e5 0a 01 05 06 00 05 01 01 80 80 00")
    file = put(tmp_path, "a.exe", PROGRAM + b"Rar!\x1a\x07\x01\0" + header + bytes(20))
    assert packed_behind(file) == ("rar", len(PROGRAM))
