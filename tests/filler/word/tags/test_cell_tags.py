"""The colour and the width of a cell: as docxtpl makes them, and nothing but these."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree

from filler.errors import RenderError
from filler.word.compiled_template import CompiledTemplate
from filler.word.tags.cell_tags import colour, in_order, span
from tests.filler.word_files import add_table, new_document, saved
from tests.strict_reader import faults_of

ROWS = [{"n": "测试甲", "k": "重", "c": "FF0000"}, {"n": "测试乙", "k": "轻", "c": "8888FF"}]
TEMPLATES = {
    "a colour of each row": [
        ("{%tr for m in ms %}", ""),
        ("{% cellbg m.c %}{{ m.n }}", "二"),
        ("{%tr endfor %}", ""),
    ],
    "a colour by condition": [
        ("{%tr for m in ms %}", ""),
        ("{% cellbg m.k == '重' and 'FFDD00' or 'auto' %}{{ m.n }}{{ m.c }}", "{{ m.k }}"),
        ("{%tr endfor %}", ""),
    ],
    "a number of columns": [("{% colspan 2 %}{{ t }}",), ("一", "二")],
    "as many columns as rows": [("{% colspan ms|count %}{{ t }}",), ("一", "二")],
    "columns of rows": [("头", "{%tc for m in ms %}", "{{ m.n }}", "{%tc endfor %}", "尾")],
    "cells merged sideways": [("{%tc for m in ms %}", "{% hm %}{{ t }}", "{%tc endfor %}", "尾")],
    "cells merged downwards": [
        ("{%tr for m in ms %}", ""),
        ("{% vm %}{{ t }}", "{{ m.n }}"),
        ("{%tr endfor %}", ""),
    ],
}  # fmt: skip


def template(rows):
    document = new_document()
    width = max(map(len, rows))
    add_table(document, *((*row, *[""] * (width - len(row))) for row in rows))
    for row, texts in zip(document.tables[0].rows, rows, strict=True):
        for cell in row._tr.tc_lst[len(texts) :]:
            row._tr.remove(cell)
    return saved(document)


def body_of(data):
    """The body, the properties of cells in one order: docxtpl puts its own first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for properties in root.iter(qn("w:tcPr")):
        properties[:] = sorted(properties, key=lambda one: one.tag)
    for text in root.iter(qn("w:t")):
        text.attrib.clear()
    for run in [one for one in root.iter(qn("w:r")) if not "".join(one.itertext())]:
        run.getparent().remove(run)
    return etree.tostring(root, method="c14n")


def by_docxtpl(data, context):
    word = DocxTemplate(io.BytesIO(data))
    word.render(context, autoescape=True)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", TEMPLATES)
def test_cells_come_out_as_docxtpl_makes_them(name):
    """And in the order that the schema asks for, which docxtpl does not keep."""
    data, context = template(TEMPLATES[name]), {"ms": ROWS, "t": "标题"}
    ours = CompiledTemplate(data, "x").render(context)
    assert body_of(ours) == body_of(by_docxtpl(data, context))
    assert faults_of(ours) == faults_of(saved(new_document()))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("红", "FF0000"), ("", "auto"), (False, "auto"), ("无", "auto"), ("ffdd00", "ffdd00"),
        ("#FFDD00", "FFDD00"), ("\ue000k\ue001", "auto"),
    ],
)  # fmt: skip
def test_a_colour_is_a_word_or_six_digits(value, written):
    """A condition that is untrue colours nothing."""
    assert colour(value) == written


@pytest.mark.parametrize("value", ["重", "FFF", '"/><w:x', "FFDD001"])
def test_what_is_no_colour_is_refused(value):
    """It would stand in the markup."""
    with pytest.raises(RenderError, match="不是颜色"):
        colour(value)
    rows = TEMPLATES["a colour of each row"]
    with pytest.raises(RenderError, match="cellbg"):
        CompiledTemplate(template(rows), "x").render({"ms": [{"n": "甲", "c": value}]})


@pytest.mark.parametrize(("value", "written"), [(0, 1), (1, 1), (63, 63)])
def test_a_cell_spans_one_column_at_least(value, written):
    """A table without rows leaves it as wide as it is."""
    assert span(value) == written


@pytest.mark.parametrize("value", [64, -1, "2", None])
def test_what_is_no_number_of_columns_is_refused(value):
    """Word has 63 at most."""
    with pytest.raises(RenderError, match="colspan"):
        span(value)


def test_a_cell_without_properties_gets_its_colour_too():
    """docxtpl loses it without a word."""
    document = docx.Document(io.BytesIO(template([("{% cellbg '红' %}{{ t }}", "二")])))
    cell = document.tables[0].rows[0]._tr.tc_lst[0]
    cell.remove(cell.find(qn("w:tcPr")))
    made = CompiledTemplate(saved(document), "x").render({"t": "甲"})
    (shade,) = docx.Document(io.BytesIO(made)).element.body.iter(qn("w:shd"))
    assert shade.get(qn("w:fill")) == "FF0000"


@pytest.mark.parametrize(
    ("given", "sorted_"),
    [
        (
            '<w:tcPr><w:shd w:fill="{{ x }}"/><w:tcW w:w="1"/></w:tcPr>',
            '<w:tcPr><w:tcW w:w="1"/><w:shd w:fill="{{ x }}"/></w:tcPr>',
        ),
        ('<w:tcPr><w:vAlign/><w:tcW w:w="1"/></w:tcPr>',) * 2,
        ("<w:tcPr>{% if a %}<w:vAlign/>{% endif %}<w:tcW/></w:tcPr>",) * 2,
    ],
)
def test_only_what_tags_were_put_into_is_put_in_order(given, sorted_):
    """What Word wrote stays as it is."""
    assert in_order(given) == sorted_
