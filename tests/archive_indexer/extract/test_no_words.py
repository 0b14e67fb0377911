"""Sounds, moving pictures and programs are known by their first bytes."""

import pytest

from archive_indexer.extract.no_words import (
    PROGRAM,
    SOUND,
    VIDEO,
    is_part_of_program,
    told_by_name,
    what_nothing_reads,
    why_no_words,
)

ASF = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"


@pytest.mark.parametrize(
    ("head", "name", "why"),
    [
        (b"ID3\x03", "a.mp3", SOUND), (b"\xff\xfb\x90", "a", SOUND), (b"#!AMR\n", "a.amr", SOUND),
        (b"RIFF\0\0\0\0WAVEfmt", "a", SOUND), (b"RIFF\0\0\0\0AVI LIST", "a", VIDEO),
        (b"RIFF\0\0\0\0WEBP", "a", ""), (b"\0\0\0\x18ftypmp42", "a.mp4", VIDEO),
        (b"\0\0\0\x18ftypM4A ", "a", SOUND), (b"\0\0\0\x18ftypmp42", "a.m4a", SOUND),
        (b"FORM\0\0\0\x09AIFF", "a", SOUND), (b"FORM\0\0\0\x09ILBM", "a.iff", ""),
        (b"\0\0\0\x18ftypavif", "a", ""),
        (b"\0\0\0\x08moov", "a.mov", VIDEO), (ASF, "a.wma", SOUND), (ASF, "a.wmv", VIDEO),
        (b"MZ\x90\0", "setup.exe", PROGRAM), (b"\x7fELF", "a", PROGRAM),
        (b"%PDF-1.4", "a.pdf", ""), (b"\xff\xd8\xff\xe0", "a.jpg", ""), (b"PK\x03\x04", "a", ""),
        ("测试甲".encode(), "a.txt", ""), (b"\0\0\x02\0\x01\0", "a.cur", PROGRAM),
        (b"bplist00\xd1", "a.plist", PROGRAM), (b"true\0\x12", "a.ttf", PROGRAM),
        (b"RIFX\0\0\0\0WAVE", "a.wav", SOUND), (b"\0asm\1", "a", PROGRAM),
        (b"\0\0\0\1Bud1", "DS_Store", PROGRAM),
        (b"ITSF\3", "手册.chm", ""), (b"MSCF\0", "材料.cab", ""),
    ],
)  # fmt: skip
def test_a_file_without_words_says_of_what_kind_it_is(head: bytes, name: str, why: str):
    """Whatever it is called, but where one start stands for two kinds."""
    assert why_no_words(head, name) == why


@pytest.mark.parametrize(
    "head",
    [
        b"CAJ\0\1", b"AC1015\0\0", b"%!PS-Adobe-3.0\n", b"`\xea\0", b"!BDN\0",
        b"PDN3Z\6\0<", b"conectix\0", b"EVF\t\r\n\xff\0",
        b"\xcf\xad\x12\xfe", b"EP*\0", bytes(128) + b"DICM",
        b"RIFF\0\0\0\0CDR9", b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d",
    ],
)  # fmt: skip
def test_a_file_of_a_foreign_program_says_what_to_do(head: bytes):
    """Its words are not read, and nobody is told that there are none."""
    told = what_nothing_reads(head)
    assert told is not None and "放回原处" in told[1]


@pytest.mark.parametrize("head", [b"CAJ is a kind of file", b"AC10 and AC11 are rooms", b"LZIP"])
def test_a_text_that_begins_alike_is_a_text(head: bytes):
    """Those files hold zeros."""
    assert what_nothing_reads(head) is None


def test_a_part_of_a_program_is_known_by_its_name():
    """Only where its content tells nothing."""
    assert is_part_of_program("a/LIB.DLL")
    assert not is_part_of_program("a.dat")
    assert not is_part_of_program("低保户.mdb")


@pytest.mark.parametrize("head", [b"070701 is a date of mine", b"!BDN", b"CAJ or not"])
def test_a_text_that_begins_with_the_same_letters_is_a_text(head: bytes):
    """Marks of letters alone prove nothing."""
    assert what_nothing_reads(head) is None


@pytest.mark.parametrize(
    "name", ["公文.ceb", "论文.NH", "公文.gw", "a.pdg", "a.eio", "a.mdf", "计划.mpp", "a.vmdk"]
)
def test_what_nothing_but_its_ending_tells_says_what_to_do(name: str):
    """Programs of this country that leave no mark at the beginning."""
    told = told_by_name(name)
    assert told is not None and "放回原处" in told[1]
    assert told_by_name("a.docx") is None
