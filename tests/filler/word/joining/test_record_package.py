"""A Word file as its parts and what they are related to."""

import pytest

from filler.word.joining.record_package import RecordPackage, Related, relations_of, relative
from tests.filler.print_run.records import record


@pytest.fixture
def package():
    return RecordPackage.open(record("测试甲"))


def test_the_body_is_found_by_its_relation(package):
    """Whatever it is called."""
    assert package.document == "word/document.xml"


def test_relations_lead_to_parts_of_the_package(package):
    """By their full names; what a part has none of is empty."""
    related = package.relations("word/document.xml")
    assert related["rIdchart"].target == "word/charts/chart1.xml"
    assert related["rIdchart"].name == "chart"
    assert package.relations("word/styles.xml") == {}


def test_kinds_are_told_by_name_or_by_ending(package):
    """An ending's kind is no kind of its own."""
    assert package.content_type("word/styles.xml").endswith("styles+xml")
    assert package.content_type("word/_rels/document.xml.rels") == ""
    assert package.defaults["xml"] == "application/xml"


def test_all_that_a_part_leads_to_is_reached_once(package):
    """Not through what is left out; what is not there is no part."""
    everything = package.reachable(["word/document.xml", "word/nowhere.xml"])
    assert everything[0] == "word/document.xml"
    assert "word/charts/chart1.xml" in everything
    assert len(everything) == len(set(everything))
    assert package.reachable(["word/document.xml"], {"word/document.xml"}) == []


def test_a_checksum_tells_parts_apart(package):
    """A part that is not there has none."""
    other = RecordPackage.open(record("测试乙"))
    assert package.checksum("word/styles.xml") == other.checksum("word/styles.xml") != 0
    assert package.checksum("word/document.xml") != other.checksum("word/document.xml")
    assert package.checksum("word/nowhere.xml") == 0


@pytest.mark.parametrize(
    ("target", "part", "shown"),
    [
        ("word/media/a.png", "word/document.xml", "media/a.png"),
        ("word/media/a.png", "word/charts/c.xml", "../media/a.png"),
        ("word/document.xml", "", "word/document.xml"),
    ],
)
def test_a_part_names_another_from_where_it_stands(target, part, shown):
    """As relations do."""
    assert relative(target, part) == shown


def test_relations_stand_beside_their_part():
    """In a folder of their own; those of the package at its root."""
    assert relations_of("word/document.xml") == "word/_rels/document.xml.rels"
    assert relations_of("") == "_rels/.rels"
    assert Related("http://x/hyperlink", "http://y", True).name == "hyperlink"
