"""A record inside a print run is a section of its own."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from filler.print_run.merge_sections import (
    close_pages,
    end_name,
    end_record,
    keep_notes_with_record,
    notes_at_section_end,
    own_page_count,
    page_kinds,
    sections_of,
)

SECTION = '<w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="1"/><w:cols/></w:sectPr>'


def body(xml):
    return parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")


def closed(xml, *, is_last=False):
    made = body(xml + SECTION)
    end_record(made, sections_of(made), 7, "3", is_last=is_last)
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


@pytest.mark.parametrize(
    ("before", "behind"),
    [(["pgSz", "pgMar"], ["cols"]), (["pgSz"], ["cols", "docGrid"]), ([], ["cols"]),
     (["headerReference", "pgSz", "pgMar"], []), ([], [])],
)  # fmt: skip
def test_the_start_of_the_pages_stands_where_word_wants_it(before, behind):
    """An earlier start goes."""
    names = [*before, "pgNumType", *behind]
    section = f"<w:sectPr>{''.join(f'<w:{name}/>' for name in names)}</w:sectPr>"
    made = body(f"<w:p/>{section}")
    end_record(made, [made.find(qn("w:sectPr"))], 7, "3", is_last=True)
    assert [child.tag for child in made.find(qn("w:sectPr"))] == [qn(f"w:{one}") for one in names]
    assert made.find(f".//{qn('w:pgNumType')}").get(qn("w:start")) == "1"


@pytest.mark.parametrize(
    ("instruction", "is_count"), [(" NUMPAGES ", True), ("PAGE", False), ("", False)]
)
def test_a_simple_field_counts_the_record_too(instruction, is_count):
    """However many sections it has."""
    made = body(f'<w:p><w:fldSimple w:instr="{instruction}"/></w:p>')
    own_page_count(made, 7, 1)
    told = made.find(f".//{qn('w:fldSimple')}").get(qn("w:instr"))
    assert told == (" PAGEREF record7 " if is_count else instruction)


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> NUMPAGES </w:instrText></w:r>'
    '{separator}{result}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>后</w:t></w:r>'
)
SEPARATOR = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'


@pytest.mark.parametrize("sections", [1, 2])
@pytest.mark.parametrize(
    ("separator", "result", "is_put"),
    [
        (SEPARATOR, "<w:r><w:rPr><w:b/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>9</w:t></w:r>", True),
        (SEPARATOR, "", False), ("", "<w:r><w:t>9</w:t></w:r>", False),
    ],
)  # fmt: skip
def test_the_result_of_the_count_is_a_reference_to_the_end(separator, result, is_put, sections):
    """In the same letters; only where the record is one section, and there was a result."""
    made = body(f"<w:p>{FIELD.format(separator=separator, result=result)}</w:p>")
    before = len(made.findall(f".//{qn('w:r')}"))
    own_page_count(made, 7, sections)
    runs = made.findall(f".//{qn('w:r')}")
    if not is_put or sections == 2:
        assert len(runs) == before
        return
    assert len(runs) == before + 5  # seven in place of two
    assert [one.text for one in made.iter(qn("w:instrText"))] == [
        " SECTIONPAGES ", " PAGEREF record7 "
    ]  # fmt: skip
    assert [one.text for one in made.iter(qn("w:t"))] == [" ", "1", " ", "后"]
    assert len(made.findall(f".//{qn('w:b')}")) == 7


def test_the_end_of_the_record_stands_behind_what_its_paragraph_is():
    """Properties that are there are kept; the second of two sections closes it."""
    inner = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr></w:p>{SECTION}{SECTION}'
    made = body(inner)
    sections = made.findall(qn("w:sectPr"))
    end_record(made, sections, 7, "3", is_last=False)
    properties = made.find(f"{qn('w:p')}/{qn('w:pPr')}")
    assert [child.tag for child in properties] == [qn("w:jc"), qn("w:sectPr")]
    assert properties.find(qn("w:sectPr")) is sections[1]
    assert sections[1].find(qn("w:pgNumType")) is None
    assert sections[0].find(qn("w:pgNumType")) is not None


def test_the_look_of_page_numbers_stays():
    """Only where they begin changes."""
    made = body('<w:p/><w:sectPr><w:pgNumType w:fmt="lowerRoman" w:start="9"/></w:sectPr>')
    end_record(made, sections_of(made), 1, "1", is_last=True)
    numbers = made.find(f".//{qn('w:pgNumType')}")
    assert (numbers.get(qn("w:fmt")), numbers.get(qn("w:start"))) == ("lowerRoman", "1")


def test_a_body_without_page_settings_gets_empty_ones():
    """And those that a tracked change remembers are none."""
    assert len(sections_of(body("<w:p/>"))) == 1
    changed = "<w:sectPr><w:sectPrChange><w:sectPr/></w:sectPrChange></w:sectPr>"
    assert len(sections_of(body(f"<w:p/>{changed}"))) == 1


REFERENCE = (
    f"<w:sectPr><w:headerReference {nsdecls('r')} w:type='first' r:id='a'/><w:pgSz/></w:sectPr>"
)


def test_what_a_section_lacks_it_does_not_take_from_the_record_before():
    """Of the kinds the form has, and only where it has none of its own."""
    made = body(f"<w:p><w:pPr>{SECTION}</w:pPr></w:p><w:p/>{REFERENCE}")
    kinds = page_kinds(made)
    assert kinds == [("header", "first")]
    first, second = sections_of(made)
    for section in (first, second):
        close_pages(section, kinds, lambda kind: f"blank-{kind}")
    given = [one.find(qn("w:headerReference")).get(qn("r:id")) for one in (first, second)]
    assert given == ["blank-header", "a"]


@pytest.mark.parametrize(
    ("used", "footnotes", "endnotes"),
    [({}, False, False), ({"footnoteReference": ["1"]}, True, False),
     ({"endnoteReference": ["1"]}, False, True)],
)  # fmt: skip
def test_notes_are_counted_anew_where_there_are_any(used, footnotes, endnotes):
    """In the place the standard gives them."""
    made = body(f"<w:p/>{SECTION}")
    keep_notes_with_record(sections_of(made), used)
    names = [child.tag for child in made.find(qn("w:sectPr"))]
    assert (qn("w:footnotePr") in names, qn("w:endnotePr") in names) == (footnotes, endnotes)
    assert not (footnotes or endnotes) or names[1] == qn("w:type")


def test_endnotes_of_a_settings_part_without_any_are_put_in_their_place():
    """Before what must stand behind them."""
    settings = f"<w:settings {nsdecls('w')}><w:zoom/><w:compat/></w:settings>".encode()
    names = [child.tag for child in parse_xml(notes_at_section_end(settings))]
    assert names == [qn("w:zoom"), qn("w:endnotePr"), qn("w:compat")]
