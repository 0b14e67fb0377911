"""RTF as Outlook packs it; the first two are the examples of [MS-OXRTFCP] 3.1."""

import struct

import pytest

from archive_indexer.extract.rare.packed_rtf import unpack_rtf

SIMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a"
    "800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        (SIMPLE, b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"),
        (CROSSING, b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
        (struct.pack("<II4sI", 16, 4, b"MELA", 0) + b"{\\a}more", b"{\\a}"),
        (b"short", b""),
        (SIMPLE[:30], b"{\\rtf1\\ansi\\ansicpg1252"),
    ],
    ids=["simple", "a reference across its own end", "not packed", "cut in the head", "cut"],
)
def test_a_run_that_was_written_before_is_told_by_its_place(packed: bytes, text: bytes):
    """What is cut off ends where it ends."""
    assert unpack_rtf(packed) == text
