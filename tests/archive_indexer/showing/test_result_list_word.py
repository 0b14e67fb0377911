"""The list of results as a Word document."""

import io

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from archive_indexer.showing.result_list import COLUMNS, ResultList
from archive_indexer.showing.result_list_word import write_word
from tests.archive_indexer.showing.listed import SHA, make_list


@pytest.fixture
def listed() -> ResultList:
    return make_list()


def test_the_word_document_is_across_with_the_mark_on_every_page(listed):
    """Heading row repeated, each file with its whole hash."""
    document = docx.Document(io.BytesIO(write_word(listed)))
    (section,) = document.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.header.paragraphs[0].text == listed.mark
    assert listed.mark in section.footer.paragraphs[0].text
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [name for name, _ in COLUMNS]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    told = table.rows[2].cells[-1].text.split("\n")
    assert told == ["旧城村/=1+1 & <旧>.jpg", SHA[:32], SHA[32:]]
    assert "查到 2 件，全部列出" in "\n".join(one.text for one in document.paragraphs)
