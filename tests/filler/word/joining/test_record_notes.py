"""Notes and comments of all records in one part."""

import pytest
from lxml import etree

from filler.word.joining.record_ids import Numbering, RecordIds
from filler.word.joining.record_notes import JoinedNotes, relation_uses
from filler.word.joining.record_package import RecordPackage, Related
from tests.filler.print_run.records import record

W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


@pytest.fixture
def notes():
    return JoinedNotes(Numbering())


def add(notes, name, used=("1",), kind="footnotes", **parts):
    package = RecordPackage.open(record(name, **parts))
    related = next(
        one for one in package.relations("word/document.xml").values() if one.name == kind
    )
    word = {"footnotes": "footnoteReference", "comments": "comment"}[kind]
    numbers = notes.numbers_for([related], {word: list(used)})
    notes.add(package, related, RecordIds(notes.numbering, 1, numbers), lambda one: one)
    return numbers[word]


def texts(part):
    return {one.values()[0]: "".join(one.itertext()).strip() for one in part.root}


def test_each_record_brings_what_it_speaks_of(notes):
    """Under numbers that go on; the lines between text and notes come once."""
    assert add(notes, "测试甲") == {"1": "2"}
    assert add(notes, "测试乙") == {"1": "3"}
    found = texts(notes.parts["footnotes"])
    assert (found["2"], found["3"]) == ("脚注测试甲", "脚注测试乙")
    assert len(found) == 4


def test_what_nobody_speaks_of_stays_behind(notes):
    """A note without a place has no reader."""
    assert add(notes, "测试甲", used=()) == {}
    assert len(notes.parts["footnotes"].root) == 2


def test_what_more_is_said_of_comments_goes_with_them(notes):
    """By the paragraphs, which are called anew; what belongs to none is left."""
    add(notes, "测试甲", ("0",), "comments")
    paragraph = notes.parts["comments"].root[0][0]
    name = next(value for key, value in paragraph.items() if key.endswith("paraId"))
    assert name != "00000001"
    xml = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="00000001" w15:done="1"/>'
        '<w15:commentEx w15:paraId="0000FFFF"/></w15:commentsEx>'
    )
    package = RecordPackage.open(record("测试甲", comments=xml))
    related = Related("http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
                      "word/comments.xml")  # fmt: skip
    notes.add_more(package, related)
    (kept,) = notes.parts["commentsExtended"].root
    assert kept.get(f"{{{W15}}}paraId") == name


def test_places_that_name_a_part_are_found():
    """Nothing else that looks like an id."""
    package = RecordPackage.open(record("测试甲"))
    related = package.relations("word/document.xml")
    xml = package.read("word/document.xml")
    found = relation_uses(etree.fromstring(xml), related)
    assert {one.name for _, _, one in found} == {"chart", "header"}
    assert relation_uses(etree.fromstring(xml), {}) == []
