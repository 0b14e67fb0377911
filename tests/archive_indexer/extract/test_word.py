"""Word documents."""

from pathlib import Path

import docx

from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made_files import LIMITS


def test_word_documents_are_read_in_order_with_tables(tmp_path: Path):
    """Paragraphs, tables, headers and footers are all read, merged cells once."""
    document = docx.Document()
    document.add_paragraph("标题")
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "姓名"
    table.cell(0, 2).text = "测试甲"
    document.sections[0].footer.paragraphs[0].text = "DB-01 v1"
    document.save(str(tmp_path / "a.docx"))
    extraction = extract_pages(tmp_path / "a.docx", LIMITS)
    assert extraction.kind == "docx"
    assert extraction.pages[0].text == "标题\n姓名 测试甲\nDB-01 v1"
