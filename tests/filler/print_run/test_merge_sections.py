"""A record inside a print run is a section of its own."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from filler.print_run.merge_sections import (
    Numbering,
    end_name,
    end_record,
    number_parts,
    own_page_count,
)

SECTION = '<w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="1"/><w:cols/></w:sectPr>'


def body(xml):
    return parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")


def closed(xml, *, is_last=False):
    made = body(xml + SECTION)
    end_record(made, list(made.iter(qn("w:sectPr"))), 7, is_last=is_last)
    return made


def test_a_records_pages_start_from_one():
    """The number stands where Word wants it: behind the paper, before the columns."""
    made = closed("<w:p/>", is_last=True)
    names = [child.tag for child in made.find(qn("w:sectPr"))]
    assert names == [qn("w:pgSz"), qn("w:pgNumType"), qn("w:cols")]
    assert made.find(f".//{qn('w:pgNumType')}").get(qn("w:start")) == "1"


def test_the_end_is_marked_in_the_last_paragraph():
    """By a bookmark that the PDF is cut at."""
    made = closed("<w:p/><w:p/>")
    last = made.findall(qn("w:p"))[-1]
    assert last.find(qn("w:bookmarkStart")).get(qn("w:name")) == end_name(7) == "record7"
    assert last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    assert made.find(qn("w:sectPr")) is None


def test_the_last_record_keeps_the_section_of_the_body():
    """It closes the whole."""
    made = closed("<w:p/>", is_last=True)
    assert made.find(qn("w:sectPr")) is not None
    assert made.find(f".//{qn('w:pPr')}") is None


@pytest.mark.parametrize("xml", ["", "<w:p/><w:tbl/>", f"<w:p><w:pPr>{SECTION}</w:pPr></w:p>"])
def test_a_record_that_ends_without_a_free_paragraph_gets_a_tiny_one(xml):
    """A table cannot hold the end of a section."""
    before = len(body(xml).findall(qn("w:p")))
    made = closed(xml)
    paragraphs = made.findall(qn("w:p"))
    assert len(paragraphs) == before + 1
    assert paragraphs[-1].find(f".//{qn('w:spacing')}").get(qn("w:line")) == "20"


def test_the_count_of_pages_is_the_records_own():
    """Word counts the section, or the pages up to the record's end where it has several."""
    field = "<w:r><w:instrText> NUMPAGES </w:instrText></w:r>"
    for sections, words in ((1, ["SECTIONPAGES"]), (2, ["PAGEREF", "record7"])):
        made = body(f"<w:p>{field}</w:p>")
        own_page_count(made, 7, sections)
        assert made.find(f".//{qn('w:instrText')}").text.split() == words


def test_other_fields_are_left_alone():
    """The number of the page is the page's."""
    made = body("<w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p>")
    own_page_count(made, 7, 1)
    assert made.find(f".//{qn('w:instrText')}").text == " PAGE "


def test_drawings_and_controls_have_numbers_of_their_own_over_all_records():
    """Word refuses twins."""
    numbering, found = Numbering(), []
    for _ in range(2):
        made = parse_xml(
            f"<w:body {nsdecls('w', 'wp')}><w:p><w:r><w:drawing><wp:inline>"
            '<wp:docPr id="1" name="a"/></wp:inline></w:drawing></w:r></w:p>'
            '<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr></w:sdt></w:body>'
        )
        number_parts(made, numbering)
        drawing = made.find(f".//{qn('wp:docPr')}").get("id")
        found.append((drawing, made.find(f".//{qn('w:sdtPr')}/{qn('w:id')}").get(qn("w:val"))))
    assert found == [("1001", "1"), ("1002", "2")]
