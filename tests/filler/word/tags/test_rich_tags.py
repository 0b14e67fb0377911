"""A text with marks of its own becomes runs, as docxtpl makes those of a program."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from docxtpl import DocxTemplate, RichText
from lxml import etree

from filler.word.compiled_template import CompiledTemplate
from filler.word.tags.rich_tags import name_rich_tags
from tests.filler.word_files import new_document, saved, with_lines
from tests.strict_reader import faults_of

BOLD, LINE, STRIKE, RED = (
    {"bold": True},
    {"underline": "single"},
    {"strike": True},
    {"color": "FF0000"},
)
TEXTS = {
    "同意": [("同意", {})],
    "同意**纳入**低保": [("同意", {}), ("纳入", BOLD), ("低保", {})],
    "__甲__~~乙~~==丙==": [("甲", LINE), ("乙", STRIKE), ("丙", RED)],
    "a<b **&c** 'd'": [("a<b ", {}), ("&c", BOLD), (" 'd'", {})],
    "一\n**二\n三**": [("一\n", {}), ("二\n三", BOLD)],
    "2*3 ** 4 == 五 __": [("2*3 ** 4 == 五 __", {})],
    "**": [("**", {})],
}  # fmt: skip


def runs_of(data):
    """Each run with text: its properties and all it prints."""
    (paragraph,) = docx.Document(io.BytesIO(data)).paragraphs
    return [(_look(run._r), _printed(run._r)) for run in paragraph.runs if any(_printed(run._r))]


def _look(run):
    own = run.rPr if run.rPr is not None else ()
    return sorted(etree.tostring(one, method="c14n") for one in own)


def _printed(run):
    """What it prints; nothing where its text is empty."""
    shown = [(one.tag, one.text) for one in run if one.tag != qn("w:rPr")]
    return [one for one in shown if one != (qn("w:t"), None) and one[1] != ""]


@pytest.mark.parametrize("text", TEXTS)
def test_runs_come_out_as_docxtpl_makes_them(text):
    """Of the same pieces with the same formats."""
    data, rich = saved(with_lines("意见：{{r x }}。")), RichText()
    for piece, formats in TEXTS[text]:
        rich.add(piece, **formats)
    ours = CompiledTemplate(data, "x").render({"x": text})
    word, stream = DocxTemplate(io.BytesIO(data)), io.BytesIO()
    word.render({"x": rich}, autoescape=True)
    word.save(stream)
    assert runs_of(ours) == runs_of(stream.getvalue())
    assert faults_of(ours) == faults_of(saved(new_document()))


def test_what_is_not_marked_looks_as_the_tag_does():
    """However Word cut the tag; docxtpl loses the look, and that of what stands behind it."""
    document = new_document()
    paragraph = document.add_paragraph()
    run = paragraph.add_run("前{{r x")
    run.font.size, run.font.name = Pt(16), "仿宋"
    paragraph.add_run(" }}中{{r y }}").bold = True
    paragraph.add_run("后")
    made = CompiledTemplate(saved(document), "x").render({"x": "甲**乙**", "y": "丙"})
    runs = [one for one in docx.Document(io.BytesIO(made)).paragraphs[0].runs if one.text]
    looks = [(one.text, one.font.size, one.bold) for one in runs]
    big = Pt(16)
    assert looks == [
        ("前", big, None), ("甲", big, None), ("乙", big, True),
        ("中", None, True), ("丙", None, True), ("后", None, None),
    ]  # fmt: skip
    assert faults_of(made) == faults_of(saved(new_document()))


def test_rich_tags_in_rows_and_beside_plain_ones():
    """The same field either way: with and without its marks; blank prints nothing."""
    lines = "{% for m in ms %}{{r m.x }}、{% endfor %}{{ y }}{{r y }}"
    data = saved(with_lines(lines))
    made = CompiledTemplate(data, "x").render({"ms": [{"x": "**甲**"}, {"x": ""}], "y": "__乙__"})
    assert docx.Document(io.BytesIO(made)).paragraphs[0].text == "甲、、__乙__乙"


def test_names_whose_values_are_runs_already_are_left_alone():
    """The program made them."""
    document, runs = with_lines("{{r x }}{{r y }}"), []
    name_rich_tags(document.element.body, {"x"}, runs)
    assert len(runs) == 1
    text = "".join(one.text or "" for one in document.element.body.iter(qn("w:t")))
    assert text == "{{r x }}{{r y|_runs0 }}"
