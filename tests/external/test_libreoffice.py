"""Word files become PDFs."""

import docx
import pypdf
import pytest

from minzheng.external import libreoffice
from minzheng.external.libreoffice import LibreOfficeMissingError, convert_to_pdf


def test_several_word_files_become_pdfs_in_one_call(tmp_path):
    """Each PDF holds its document's text."""
    files = []
    for name in ("甲", "乙"):
        document = docx.Document()
        document.add_paragraph(f"测试{name}")
        files.append(tmp_path / f"{name}.docx")
        document.save(str(files[-1]))
    made = convert_to_pdf(files, tmp_path)
    texts = [pypdf.PdfReader(file).pages[0].extract_text() for file in made]
    assert texts == ["测试甲", "测试乙"]


def test_a_missing_libreoffice_says_what_to_install(tmp_path, monkeypatch):
    """No stack trace, but the package's name."""
    monkeypatch.setattr(libreoffice, "find_program", lambda *_: None)
    with pytest.raises(LibreOfficeMissingError, match="libreoffice-writer"):
        convert_to_pdf([tmp_path / "x.docx"], tmp_path)
