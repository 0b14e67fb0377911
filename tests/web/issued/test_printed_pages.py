"""An issued document looked at and printed from the page."""

import io

import pytest
from PIL import Image
from pypdf import PdfWriter

from archive_indexer.showing.drawn_pages import DrawnPages
from minzheng.accounts.models import AuditEntry, Role
from minzheng.external.libreoffice import LibreOfficeMissingError
from minzheng.web.issued import document_pdf


@pytest.fixture(autouse=True)
def _nothing_made_before(monkeypatch) -> None:
    for name in ("_kept",):
        monkeypatch.setattr(document_pdf, name, DrawnPages())


@pytest.fixture
def two_pages(monkeypatch) -> None:
    """LibreOffice makes two empty pages of everything."""

    def convert(files, folder):
        writer = PdfWriter()
        writer.add_blank_page(595, 842)
        writer.add_blank_page(595, 842)
        writer.write(folder / "made.pdf")
        return [folder / "made.pdf"]

    monkeypatch.setattr(document_pdf, "convert_to_pdf", convert)


@pytest.mark.usefixtures("two_pages")
def test_a_document_is_seen_and_printed(applied):
    """Every page as a picture; the PDF shown to be printed, or kept under the document's name."""
    browser, issued = applied
    page = browser.get(f"/documents/{issued.pk}/pages").content.decode()
    assert f"/documents/{issued.pk}/pages/2.jpg" in page
    assert AuditEntry.objects.latest("pk").what.startswith("预览 DB-01")
    picture = browser.get(f"/documents/{issued.pk}/pages/2.jpg?width=300").content
    assert Image.open(io.BytesIO(picture)).width == 300
    assert browser.get(f"/documents/{issued.pk}/pages/3.jpg").status_code == 404
    kept = browser.get(f"/documents/{issued.pk}/pdf")
    assert kept.content.startswith(b"%PDF")
    assert kept["Content-Disposition"].startswith("attachment")
    shown = browser.get(f"/documents/{issued.pk}/pdf?print")
    assert shown["Content-Disposition"].startswith("inline")


@pytest.mark.usefixtures("two_pages")
def test_a_neighbour_sees_no_page_of_it(applied, sign_in):
    """Neither pages nor PDF."""
    _, issued = applied
    stranger = sign_in(Role.TOWN_CLERK, "城关镇")
    for what in ("pages", "pages/1.jpg", "pdf"):
        assert stranger.get(f"/documents/{issued.pk}/{what}").status_code == 404


def test_without_libreoffice_it_says_what_to_do(applied, monkeypatch):
    """The Word file is still there."""
    browser, issued = applied

    def convert(files, folder):
        raise LibreOfficeMissingError

    monkeypatch.setattr(document_pdf, "convert_to_pdf", convert)
    for what in ("pages", "pages/1.jpg", "pdf"):
        answer = browser.get(f"/documents/{issued.pk}/{what}")
        assert answer.status_code == 503
        assert "LibreOffice" in answer.content.decode()
    assert browser.get(f"/documents/{issued.pk}/word").status_code == 200
