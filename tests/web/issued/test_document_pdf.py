"""The PDF of an issued document."""

import pytest

from archive_indexer.showing.drawn_pages import DrawnPages
from minzheng.external.libreoffice import convert_to_pdf
from minzheng.web.forms.issued_documents import case_store
from minzheng.web.issued import document_pdf
from minzheng.web.issued.document_pdf import PdfBusyError, page_count, page_picture_of, pdf_of
from tests.archival_reader import faults_of_pdf


def test_a_document_becomes_a_pdf_once(applied, monkeypatch):
    """It is PDF/A, pages are drawn of the same; a document whose file is gone has none."""
    _, issued = applied
    made = []

    def convert(files, folder):
        made.append(files)
        return convert_to_pdf(files, folder)

    monkeypatch.setattr(document_pdf, "convert_to_pdf", convert)
    monkeypatch.setattr(document_pdf, "_kept", DrawnPages())
    pdf = pdf_of(issued)
    assert faults_of_pdf(pdf) == []
    assert page_picture_of(issued, page_count(pdf), 300).startswith(b"\xff\xd8")
    assert pdf_of(issued) == pdf
    assert len(made) == 1
    file = case_store().path_of(issued.sha256)
    aside = file.rename(file.with_suffix(".aside"))
    with pytest.raises(FileNotFoundError):
        pdf_of(issued)
    aside.rename(file)


def test_who_waits_too_long_is_told(applied, monkeypatch):
    """And nothing is left locked."""
    _, issued = applied
    monkeypatch.setattr(document_pdf, "_PATIENCE_SECONDS", 0.01)
    with document_pdf._one_at_a_time, pytest.raises(PdfBusyError):
        document_pdf._convert(case_store().path_of(issued.sha256))
    assert not document_pdf._one_at_a_time.locked()
