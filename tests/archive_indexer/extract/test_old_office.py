"""Files of old Office programs."""

from pathlib import Path

import docx

from archive_indexer.extract.extract_pages import extract_pages
from minzheng.external.libreoffice import convert_with_libreoffice
from tests.archive_indexer.extract.made_files import LIMITS


def test_an_old_word_file_is_read_through_libreoffice(tmp_path: Path):
    """A .doc, under whatever name; its remarks, too."""
    document = docx.Document()
    paragraph = document.add_paragraph("旧格式的测试甲低保材料，情况属实。")
    document.add_comment(paragraph.runs, text="批注之字", author="某人")
    document.save(str(tmp_path / "a.docx"))
    (made,) = convert_with_libreoffice([tmp_path / "a.docx"], tmp_path, "doc")
    extraction = extract_pages(made.rename(tmp_path / "a.wps"), LIMITS)
    assert extraction.kind == "doc"
    assert "旧格式的测试甲低保材料" in extraction.pages[0].text
    assert "批注之字" in extraction.pages[0].text
