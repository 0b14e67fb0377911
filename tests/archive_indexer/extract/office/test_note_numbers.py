"""The numbers of footnotes and endnotes."""

import pytest
from lxml import etree

from archive_indexer.extract.office.note_numbers import number_notes
from archive_indexer.extract.office.word_story import story_lines
from tests.archive_indexer.extract.made.made_documents import _SPACES


def part(root: str, content: str) -> etree._Element:
    return etree.fromstring(f"<w:{root} {_SPACES}>{content}</w:{root}>")


def read(kind: str, references: str, settings: str = "") -> list[str]:
    """Two notes, the second of which is told first."""
    notes = "".join(
        f"<w:{kind} w:id='{name}'><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t> {words}</w:t></w:r>"
        f"</w:p></w:{kind}>"
        for name, words in ((2, "甲"), (3, "乙"))
    )
    story = part(f"{kind}s", notes)
    body = f"<w:body><w:p><w:r>{references}</w:r></w:p></w:body>"
    number_notes(story, part("document", body), part("settings", settings) if settings else None)
    return [" ".join(line.split()) for line in story_lines(story) if line]


def referring(kind: str, *names: str) -> str:
    return "".join(f"<w:{kind}Reference w:id='{name}'/>" for name in names)


@pytest.mark.parametrize(("kind", "said"), [("footnote", "1 2"), ("endnote", "i ii")])
def test_notes_are_numbered_in_the_order_of_the_text(kind: str, said: str):
    """Endnotes in small Roman numbers where nothing else is said."""
    first, second = said.split()
    assert read(kind, referring(kind, "3", "2")) == [f"{second} 甲", f"{first} 乙"]


def test_their_form_and_first_number_are_those_of_the_document():
    """①, as many papers have them."""
    said = (
        "<w:footnotePr><w:numFmt w:val='decimalEnclosedCircleChinese'/><w:numStart w:val='2'/>"
        "</w:footnotePr>"
    )
    assert read("footnote", referring("footnote", "2", "3"), said) == ["② 甲", "③ 乙"]


def test_notes_that_are_counted_anew_on_every_page_have_no_number():
    """It is not known which page they stand on."""
    said = "<w:footnotePr><w:numRestart w:val='eachPage'/></w:footnotePr>"
    assert read("footnote", referring("footnote", "2", "3"), said) == ["甲", "乙"]


def test_a_note_with_a_sign_of_its_own_or_struck_out_is_not_counted():
    """The next one has its number."""
    own = "<w:footnoteReference w:id='2' w:customMarkFollows='1'/>"
    assert read("footnote", own + referring("footnote", "3")) == ["甲", "1 乙"]
    struck = f"<w:del><w:r>{referring('footnote', '2')}</w:r></w:del>"
    assert read("footnote", struck + referring("footnote", "3")) == ["甲", "1 乙"]


def test_other_stories_have_no_notes():
    """A header is left as it is."""
    header = part("hdr", "<w:p><w:r><w:t>页眉</w:t></w:r></w:p>")
    number_notes(header, part("document", ""), None)
    assert [line for line in story_lines(header) if line] == ["页眉"]
