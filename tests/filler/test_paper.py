"""What makes a template an official form: fonts, language, page, heights, code."""

import zipfile
from functools import cache

import docx
import pytest
from docx.oxml.ns import qn

from tests.shipped_forms import shipped_forms

FORMS = {spec.id: spec for spec in shipped_forms().forms}
OFFICIAL = {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"}
A4, A4_ACROSS, A3, BOX = (210, 297), (297, 210), (297, 420), (220, 310)
#: Of each layout class: its papers, and its least margins (top, right, bottom, left) in mm.
LAYOUTS = {
    "L-TABLE": ({A4}, (20, 20, 25, 20)),
    "L-MINUTES": ({A4}, (20, 20, 25, 20)),
    "L-LIST": ({A4_ACROSS}, (15, 15, 24, 15)),
    "L-NOTICE": ({A4, A3}, (25, 20, 25, 20)),
    "L-LETTER": ({A4}, (22, 26, 22, 28)),
    "L-AGREE": ({A4}, (25, 24, 22, 26)),
    "L-COVER": ({BOX}, (14, 20, 24, 20)),
}


@cache
def opened(form_id):
    return docx.Document(str(FORMS[form_id].docx))


@pytest.fixture(params=FORMS)
def spec(request):
    return FORMS[request.param]


@pytest.fixture
def template(spec):
    return opened(spec.id)


def runs_of(document):
    yield from document.element.body.iter(qn("w:r"))
    yield from document.sections[0].footer._element.iter(qn("w:r"))


def test_every_run_names_its_chinese_font_and_language(template):
    """Without eastAsia and w:lang, WPS and LibreOffice mix in foreign glyphs."""
    for run in runs_of(template):
        properties = run.find(qn("w:rPr"))
        assert properties.find(qn("w:rFonts")).get(qn("w:eastAsia")) in OFFICIAL
        assert properties.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


def test_a_template_brings_no_second_styles_and_no_strange_picture(spec):
    """What contradicts the styles, and another document's preview, stand in none."""
    with zipfile.ZipFile(spec.docx) as package:
        names = package.namelist()
        told = package.read("[Content_Types].xml") + package.read("_rels/.rels")
    unwanted = ("stylesWithEffects", "thumbnail")
    assert [name for name in names if any(word in name for word in unwanted)] == []
    assert not any(word.encode() in told for word in unwanted)


def test_no_row_is_torn_over_two_pages(template):
    """Each row stays whole."""
    for row in template.element.body.iter(qn("w:tr")):
        assert row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None


def test_the_foot_of_every_page_carries_qr_and_code_line(template):
    """Bottom left, with the page number counted by Word; no page has another foot."""
    assert len(template.sections) == 1
    section = template.sections[0]
    text = "".join(paragraph.text for paragraph in section.footer.paragraphs)
    assert "{{ qr }}" in text
    assert "{{ code_line }}" in text
    assert "PAGE" in section.footer._element.xml
    assert not section.different_first_page_header_footer
    assert not template.settings.odd_and_even_pages_header_footer


def test_paper_and_margins_are_those_of_the_layout_class(spec, template):
    """One look over the county; what is filed has room for the holes."""
    papers, margins = LAYOUTS[spec.layout]
    page = template.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) in papers
    found = (page.top_margin, page.right_margin, page.bottom_margin, page.left_margin)
    assert all(round(margin.mm) >= least for margin, least in zip(found, margins, strict=True))


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
