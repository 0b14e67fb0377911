"""A value in an attribute or between runs is not on the paper."""

import pytest

from filler.errors import TemplateError
from filler.word.compiled_template import CompiledTemplate
from tests.filler.word_files import add_xml, new_document, saved


@pytest.mark.parametrize(
    "xml",
    [
        "<w:r><w:instrText>{{ x }}</w:instrText></w:r>",
        '<w:bookmarkStart w:id="1" w:name="{{ x }}"/>',
    ],
)
def test_a_tag_out_of_sight_is_refused(xml):
    """A field code, a bookmark's name."""
    document = new_document()
    add_xml(document.add_paragraph("{{ y }}"), xml)
    with pytest.raises(TemplateError, match="标签 x 写在看不见的地方"):
        CompiledTemplate(saved(document), "x")


def test_a_condition_over_two_formats_is_no_fault():
    """Half of the words are bold: the branch is not balanced, but all is seen."""
    document = new_document()
    paragraph = document.add_paragraph("{% if x %}甲{{ x }}")
    paragraph.add_run("乙{% endif %}").bold = True
    template = CompiledTemplate(saved(document), "x")
    assert template.render({"x": "1"}) != template.render({"x": ""})
