"""What makes a template an official form: fonts, language, page, heights, code."""

import docx
import pytest
from docx.oxml.ns import qn

FORMS = ("COM-03", "DB-01", "DB-02", "DB-03", "GS-01")
OFFICIAL = {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"}


@pytest.fixture(params=FORMS)
def template(request, catalogue):
    return docx.Document(str(catalogue.form(request.param).docx))


def runs_of(document):
    yield from document.element.body.iter(qn("w:r"))
    yield from document.sections[0].footer._element.iter(qn("w:r"))


def test_every_run_names_its_chinese_font_and_language(template):
    """Without eastAsia and w:lang, WPS and LibreOffice mix in foreign glyphs."""
    for run in runs_of(template):
        properties = run.find(qn("w:rPr"))
        assert properties.find(qn("w:rFonts")).get(qn("w:eastAsia")) in OFFICIAL
        assert properties.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


def test_no_row_is_torn_over_two_pages(template):
    """Each row stays whole."""
    for row in template.element.body.iter(qn("w:tr")):
        assert row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None


def test_the_foot_of_every_page_carries_qr_and_code_line(template):
    """Bottom left, with the page number counted by Word."""
    text = "".join(paragraph.text for paragraph in template.sections[0].footer.paragraphs)
    assert "{{ qr }}" in text
    assert "{{ code_line }}" in text
    assert "PAGE" in template.sections[0].footer._element.xml


@pytest.mark.parametrize(
    ("form_id", "width", "height"),
    [("DB-01", 210, 297), ("DB-02", 210, 297), ("DB-03", 297, 210), ("GS-01", 297, 420)],
)
def test_the_paper_is_the_stated_one(catalogue, form_id, width, height):
    """A4 upright, A4 across for rosters, A3 for the publicity column."""
    section = docx.Document(str(catalogue.form(form_id).docx)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (width, height)


def test_a_table_form_has_the_stated_margins(catalogue):
    """25/20/25/20 mm, so that it can be filed: never less than 20."""
    section = docx.Document(str(catalogue.form("DB-02").docx)).sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert all(margin.mm >= 19.9 for margin in margins)


def test_opinion_cells_leave_room_for_a_seal(catalogue):
    """At least 38 mm high, where a round seal of 42 mm overlaps the lines."""
    document = docx.Document(str(catalogue.form("DB-02").docx))
    heights = [
        (first.height.mm + second.height.mm)
        for table in document.tables
        for first, second in zip(table.rows, table.rows[1:], strict=False)
        if "opinion }}" in first.cells[-1].text
    ]
    assert len(heights) == 3
    assert min(heights) >= 38


def test_the_heading_of_a_roster_stands_on_every_page(catalogue):
    """The first row repeats."""
    table = docx.Document(str(catalogue.form("DB-03").docx)).tables[0]
    assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
