"""A table's grid has as many columns as its rows need, and its width stays."""

import io
import zipfile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from filler.word.compiled_template import CompiledTemplate
from filler.word.proving.fitted_grids import fit_grids, has_cell_tags
from tests.filler.word_files import add_table, new_document, saved

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def table(widths, *rows):
    """A table with a grid and rows of cells that span so many columns."""
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="{}"/></w:tcPr><w:p/></w:tc>'
    lines = "".join("<w:tr>" + "".join(map(cell.format, row)) + "</w:tr>" for row in rows)
    return f'<w:body xmlns:w="{_W}"><w:tbl><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl></w:body>'


@pytest.mark.parametrize(
    ("widths", "rows", "fitted"),
    [
        ([100, 200], [[1, 1]], [100, 200]),
        ([100, 200], [[1, 1, 1]], [66, 133, 100]),
        ([100, 200], [[1, 1], [2, 1, 1]], [50, 100, 75, 75]),
        ([100, 100, 200], [[1, 1], [1]], [200, 200]),
        ([300], [[1], [3]], [100, 100, 100]),
        ([100, 200], [], [100, 200]),
    ],
)
def test_columns_are_added_and_taken_away(widths, rows, fitted):
    """In proportion."""
    root = etree.fromstring(fit_grids(table(widths, *rows).encode()))
    assert [int(one.get(qn("w:w"))) for one in root.iter(qn("w:gridCol"))] == fitted


def test_only_tags_of_cells_ask_for_it():
    """However Word cut them; other templates are not read again."""
    document = new_document()
    document.add_paragraph("{%tr for m in ms %}{% vm %}")
    assert not has_cell_tags(document.element.body)
    paragraph = document.add_paragraph("{%")
    paragraph.add_run("tc for m in ms %}")
    assert has_cell_tags(document.element.body)


def test_what_was_issued_before_comes_out_as_it_did():
    """A re-issue has the bytes of its day: grid, order and braces as they were printed."""
    document = new_document()
    add_table(document, ("{%tc for m in ms %}", "{{ m.n }}", "{%tc endfor %}"))
    document.add_paragraph("{_{ 字 }_}")
    data, context = saved(document), {"ms": [{"n": "甲"}, {"n": "乙"}]}
    texts = []
    for is_fitted in (True, False):
        made = CompiledTemplate(data, "x", is_fitted=is_fitted, is_new=is_fitted).render(context)
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            texts.append(archive.read("word/document.xml").decode())
    assert [text.count("<w:gridCol") for text in texts] == [2, 3]
    assert "{{ 字 }}" in texts[0]
    assert "{_{ 字 }_}" in texts[1]
