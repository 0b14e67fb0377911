"""Parts refer to each other, and a broken one does not hide the others."""

import io
from zipfile import ZipFile

import pytest
from lxml import etree

from archive_indexer.extract.limits import UnreadableError
from archive_indexer.extract.office import parts
from archive_indexer.extract.office.parts import (
    Target,
    is_package,
    kept_nodes,
    local_name,
    main_part,
    part_or_none,
    refuse_large,
    say_broken,
    say_elsewhere,
    targets_of,
    unique,
)
from tests.archive_indexer.extract.made.made_documents import R, relations
from tests.archive_indexer.extract.made.made_files import put, zip_of


def package(*members: tuple[str, bytes]) -> ZipFile:
    return ZipFile(io.BytesIO(zip_of(*members)))


def test_a_reference_leads_to_a_part():
    """Relative to the part that refers, or from the top."""
    rels = relations(("image", "../media/a.png"), ("chart", "/xl/c.xml"), ("note", "./n.xml"))
    opened = package(("xl/sheets/_rels/s.xml.rels", rels))
    assert targets_of(opened, "xl/sheets/s.xml") == [
        Target("image", "xl/media/a.png"), Target("chart", "xl/c.xml"),
        Target("note", "xl/sheets/n.xml"),
    ]  # fmt: skip
    assert targets_of(opened, "other.xml") == []


def test_the_document_begins_where_the_package_says():
    """Whatever the part is called; as most call it where nothing is said."""
    rels = relations(("officeDocument", "a/b.xml"))
    assert main_part(package(("_rels/.rels", rels), ("a/b.xml", b"<x/>")), "usual") == "a/b.xml"
    assert main_part(package(("_rels/.rels", rels)), "usual") == "usual"


def test_what_a_part_only_refers_to_is_told():
    """A picture of which a copy lies in the package is not away; a web address is no document."""
    named = (("image", "a.png"), ("image", "b.png"), ("hyperlink", "c"), ("subDocument", "d.docx"))
    rels = relations(*named).replace(b"/>", b' TargetMode="External"/>')
    part = f"<x xmlns:r='{R}'><blip r:link='rId1'/><blip r:link='rId2' r:embed='rId9'/></x>"
    opened = package(("a.xml", part.encode()), ("_rels/a.xml.rels", rels))
    assert say_elsewhere(opened, ["a.xml", "none.xml"]) == (
        "含 1 张图片不在文件里，未识别",
        "含 1 个引用的文件不在文件里，未识别",
    )


def test_places_of_one_name_and_breaks_that_nothing_closes_are_no_harm():
    """Writers of documents copy names; drawings of old programs are written like web pages."""
    opened = package(
        ("a.xml", b"<x><y xml:id='i'/><y xml:id='i'/></x>"), ("b.xml", b"<x>1<br></x>")
    )
    assert part_or_none(opened, "a.xml") is not None
    assert part_or_none(opened, "b.xml", repair=True) is not None
    assert say_broken(opened) == ()
    assert part_or_none(opened, "b.xml") is None


def test_what_lies_outside_is_not_followed():
    """A link to the network is no part."""
    rels = relations(("image", "http://example.org/a.png")).replace(
        b"/>", b' TargetMode="External"/>', 1
    )
    assert targets_of(package(("_rels/a.rels", rels)), "a") == []


def test_a_broken_part_is_none():
    """So is a missing one."""
    opened = package(("a.xml", b"<a>"), ("b.xml", b"<b/>"))
    assert part_or_none(opened, "a.xml") is None
    assert part_or_none(opened, "c.xml") is None
    assert local_name(part_or_none(opened, "b.xml")) == "b"
    assert say_broken(opened) == ("含 1 处内容已损坏（a.xml），未识别",)
    assert say_broken(package(("a.xml", b"<a/>"))) == ()


def test_a_package_is_one_from_its_first_byte(tmp_path):
    """A ZIP within another file, or behind it, makes none of it."""
    content = zip_of(("a", b"a"))
    assert is_package(put(tmp_path, "a", content))
    assert not is_package(put(tmp_path, "b", b"\xd0\xcf" + content))


def test_a_package_that_unpacks_to_too_much_is_refused(monkeypatch):
    """All parts count together."""
    opened = package(("a", b"x" * 60), ("b", b"x" * 60))
    monkeypatch.setattr(parts, "_MOST_UNPACKED", 120)
    refuse_large(opened)
    monkeypatch.setattr(parts, "_MOST_UNPACKED", 119)
    with pytest.raises(UnreadableError, match="过大"):
        refuse_large(opened)


def test_branches_are_left_out_by_name():
    """In the order of the document."""
    root = etree.fromstring("<a><b><c/></b><d><c/></d><!-- x --><e/></a>")
    assert [local_name(node) for node in kept_nodes(root, frozenset({"d"}))] == ["a", "b", "c", "e"]


def test_lines_are_told_once():
    """Without those that say nothing."""
    assert unique(iter(["甲 ", "", "甲", "乙"])) == ["甲", "乙"]
