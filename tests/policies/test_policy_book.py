"""The book of a day, with contents that name real pages."""

import datetime as dt
import io
from dataclasses import replace

import docx
import pypdf
import pytest

from minzheng.county.registry.dossiers import Dossiers
from minzheng.external.libreoffice import LibreOfficeMissingError
from minzheng.policies import policy_book
from minzheng.policies.chapters import Policies
from minzheng.policies.policy_book import as_pdf, make_book
from tests.archival_reader import faults_of_pdf

DAY = dt.date(2026, 8, 1)


@pytest.fixture(scope="module")
def short(policies):
    """A book of two chapters: one start of LibreOffice takes a second."""
    county = policies.county
    some = Dossiers(county.dossiers.all[:2])
    return Policies(replace(county, dossiers=some), policies.forms)


def test_the_contents_name_the_pages_on_which_chapters_stand(short):
    """Counted on a sketch without drawings, found on the finished book."""
    book = make_book(short, DAY, "测试县", "测试县民政局")
    made = as_pdf(book.word)
    assert faults_of_pdf(made) == []  # PDF/A-2b, with its contents and pictures
    reader = pypdf.PdfReader(io.BytesIO(made))
    texts = [page.extract_text().replace(" ", "") for page in reader.pages]
    first = next(at for at, text in enumerate(texts) if "第一章　低保\n" in text and "专档" in text)
    assert book.pages["chapter1"] == 1
    for mark, head in (("chapter2", "第二章　特困供养"), ("chapter2part7", "七、标准和期限")):
        assert head in texts[first + book.pages[mark] - 1], mark
    listed = next(
        text for text in texts if "目" in text and "PAGEREF" not in text and "一、政策文件" in text
    )
    assert str(book.pages["chapter2part7"]) in listed


def test_without_libreoffice_word_is_asked_to_count(short, monkeypatch):
    """When it opens the file; the chapters are named all the same."""

    def missing(word):
        raise LibreOfficeMissingError

    monkeypatch.setattr(policy_book, "as_pdf", missing)
    book = make_book(short, DAY, "测试县", "测试县民政局")
    document = docx.Document(io.BytesIO(book.word))
    assert book.pages == {}
    assert "updateFields" in document.settings.element.xml
    assert any("第二章" in one.text for one in document.paragraphs)


def test_each_chapter_stands_under_its_own_head(short, monkeypatch):
    """The cover has none."""
    monkeypatch.setattr(policy_book, "_pages_of", lambda pdf: {})
    monkeypatch.setattr(policy_book, "as_pdf", lambda word: b"")
    book = make_book(short, DAY, "测试县", "测试县民政局")
    sections = docx.Document(io.BytesIO(book.word)).sections
    heads = [one.header.paragraphs[0].text for one in sections]
    assert heads == ["", "", "民政政策汇编", "第一章　低保", "第二章　特困供养", "附录　政策沿革"]
