"""`{{p 调查报告 }}` stands alone in a paragraph of the body; check and fill agree on it."""

import io

import docx
import pytest

from filler.errors import TemplateError
from filler.word.annexes.annex_rooms import names_in
from filler.word.bindings import Bindings
from filler.word.compiled_template import CompiledTemplate
from filler.word.faults.check_template import check_template
from tests.filler.word.annexes.form_with_files import form_with_files
from tests.filler.word_files import LOOP_END, LOOP_START, add_table, new_document, saved, with_lines

REPORT = Bindings(annexes={"report": "调查报告"})


def told(document):
    """What compiling says is wrong."""
    try:
        CompiledTemplate(saved(document), "x", bindings=REPORT)
    except TemplateError as error:
        return "；".join(str(one) for one in error.problems)
    return ""


@pytest.mark.parametrize(
    ("line", "what"),
    [("{{p report }}", ""), ("附：{{p report }}", "同段"), ("附：{{ report }}。", "文字中间"),
     ("{{ report }}", "文字中间"), ("{% if report %}{{p report }}{% endif %}", "同段")],
)  # fmt: skip
def test_a_tag_stands_alone(line, what):
    """Other words of its paragraph would be lost."""
    assert (what in told(with_lines(line))) if what else told(with_lines(line)) == ""


def test_a_condition_around_it_has_paragraphs_of_its_own():
    """As around any paragraph."""
    lines = ("{%p if report %}", "附件：", "{{p report }}", "{%p endif %}", "完")
    template = CompiledTemplate(saved(with_lines(*lines)), "x", bindings=REPORT)
    made = docx.Document(io.BytesIO(template.render({"report": ""})))
    assert [one.text for one in made.paragraphs] == ["完"]


def test_a_cell_and_a_row_that_is_repeated_may_hold_it():
    """A header may not."""
    document = new_document()
    add_table(document, (LOOP_START,), ("{{p report }}",), (LOOP_END,))
    assert told(document) == ""
    document = with_lines("甲")
    document.sections[0].footer.paragraphs[0].text = "{{p report }}"
    assert "写在正文之外" in told(document)


def test_check_and_fill_agree(catalogue, tmp_path):
    """With a spec, whose field must be printed, and without one."""
    spec = form_with_files(catalogue, tmp_path)
    data = spec.docx.read_bytes()
    assert [str(one) for one in check_template(data, "x", spec).problems] == []
    assert check_template(saved(with_lines("{{p report }}")), "x").problems == ()
    without = docx.Document(io.BytesIO(data))
    next(one for one in without.paragraphs if "report" in one.text)._p.clear_content()
    problems = check_template(saved(without), "x", spec).problems
    assert ["调查报告" in one.what for one in problems] == [True]


def test_a_template_of_no_form_has_the_annexes_it_names():
    """Each once."""
    document = with_lines("{{p report }}", "{{p report }}", "{{ name }}")
    assert names_in(document.element.body) == {"report": "report"}
