"""References of an OFD are followed blind to case."""

import io
from zipfile import ZipFile

import pytest

from archive_indexer.extract.ofd_package import OfdPackage
from tests.archive_indexer.extract.made.made_files import zip_of


def package(*members: tuple[str, bytes]) -> OfdPackage:
    return OfdPackage.of(ZipFile(io.BytesIO(zip_of(*members))))


@pytest.mark.parametrize(
    ("target", "found"),
    [("Res/A.png", "Doc_0/Res/a.png"), ("/DOC_0/res/a.png", "Doc_0/Res/a.png"),
     ("../Doc_0/Res/a.png", "Doc_0/Res/a.png"), ("Doc_0/Res/a.png", "Doc_0/Res/a.png"),
     ("Elsewhere/a.png", "Doc_0/Res/a.png"), ("Elsewhere/b.png", None), ("none.png", None)],
)  # fmt: skip
def test_a_member_is_found_by_its_path_or_its_bare_name(target: str, found: str | None):
    """By its name alone only where one member is called so."""
    opened = package(("Doc_0/Res/a.png", b""), ("X/b.png", b""), ("Y/b.png", b""))
    assert opened.find("Doc_0/Document.xml", target) == found


def test_a_missing_or_broken_part_is_none():
    """Its page says so."""
    opened = package(("a.xml", b"<a>"), ("b.xml", b"<b/>"))
    assert opened.part("OFD.xml", "a.xml") is None
    assert opened.part("OFD.xml", "c.xml") is None
    assert opened.part("OFD.xml", "B.xml")[0] == "b.xml"


def test_words_in_electronic_seals_are_told():
    """A seal that holds none that can be told is counted."""
    words = "镇坪县民政局".encode()
    seal = b"\x30\x05\x0c" + bytes([len(words)]) + words + b"\x0c\x06abcdef"
    opened = package(("Doc_0/Signs/Sign_0/Seal.esl", seal), ("Doc_0/Signs/Sign_1/Seal.esl", b"x"))
    assert opened.seals() == (["镇坪县民政局"], 1)
