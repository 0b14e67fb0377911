"""Every kind of number and name a Word file can bear, printed in loops and put together."""

import io
import random

import pytest

from filler.print_run.merge_documents import merge_documents
from filler.word.compiled_template import CompiledTemplate
from tests.filler.ids.every_id import PIECES, lost_references, twins
from tests.filler.print_run.records import record

SEEDS = range(12)
SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/></w:sectPr>'
HEADER = "<w:hdr {spaces}>%s</w:hdr>"


def pieces(source, digit):
    """One paragraph that holds every piece once, in any order."""
    names = list(PIECES)
    source.shuffle(names)
    inner = "".join(PIECES[name].replace("{n}", str(digit)) for name in names)
    return f'<w:p w14:paraId="0000A00{digit}" w14:textId="77777777">{inner}</w:p>'


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(body, header=""):
    return record("测试甲", f"{body}{SECTION}", header=HEADER % (header or "<w:p/>"))


def put_together(*documents):
    stream = io.BytesIO()
    merge_documents(documents, stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", PIECES)
def test_the_search_finds_what_is_wrong(name):
    """Each piece that stands twice; once, it is right."""
    piece = PIECES[name].replace("{n}", "1")
    assert twins(document(f"<w:p>{piece}</w:p>")) == []
    assert twins(document(f"<w:p>{piece * 2}</w:p>"))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_bears_what_another_bears_in_a_print_run(seed):
    """Nor does anything speak of what is not there, in the body or on its pages."""
    source = random.Random(seed)
    one = document(pieces(source, 1) + pieces(source, 2), pieces(source, 3))
    assert (twins(one), lost_references(one)) == ([], [])
    run = put_together(*[one] * 5)
    assert (twins(run), lost_references(run)) == ([], [])


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_bears_what_another_bears_in_a_loop(seed):
    """In a row that is repeated, beside others that are not; put together afterwards, too."""
    source = random.Random(seed)
    looped = pieces(source, 2) + paragraph("{{ m.x }}")
    cells = (paragraph("{%tr for m in ms %}"), looped, paragraph("{%tr endfor %}"))
    rows = "".join(f"<w:tr><w:tc>{cell}</w:tc></w:tr>" for cell in cells)
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl>"
    template = CompiledTemplate(document(pieces(source, 1) + table, pieces(source, 3)), "x")
    for count in (0, 1, 3):
        made = template.render({"ms": [{"x": "甲"}] * count})
        assert (count, twins(made), lost_references(made)) == (count, [], [])
    run = put_together(made, made)
    assert (twins(run), lost_references(run)) == ([], [])
