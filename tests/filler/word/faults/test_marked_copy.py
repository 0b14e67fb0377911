"""A copy of a template with a comment at each fault."""

import io

import docx
from docx.oxml.ns import qn

from filler.word.faults.check_template import check_template
from tests.filler.word_files import saved, with_lines


def test_faults_are_marked_by_comments_where_they_stand():
    """A copy to open in Word; what cannot hold a comment is told at the first line."""
    document = with_lines("甲", "{ name }")
    document.sections[0].header.paragraphs[0].text = "{ phone }"
    marked = docx.Document(io.BytesIO(check_template(saved(document), "x.docx").marked))
    texts = [comment.text for comment in marked.comments]
    assert texts[0].startswith("“{ name }”只有一层括号")
    assert texts[1].startswith("页眉：“{ phone }”只有一层括号")
    assert marked.paragraphs[1]._p.find(qn("w:commentRangeStart")) is not None
