"""A word in any place that a format knows is found, or the place is named as unread."""

import re
from pathlib import Path

import pytest

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract import ofd, picture
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.office import pictures
from tests.archive_indexer.extract import made_documents
from tests.archive_indexer.extract.made_documents import SEEN
from tests.archive_indexer.extract.made_files import LIMITS, put

PROJECT = Path(__file__).resolve().parents[3]
#: What each document says of itself that it holds and nothing reads.
UNREAD = {
    "word": ("含 1 个嵌入的文件或对象，未识别", "含 1 张 EMF、WMF 图形，未识别。请另存为 PDF"),
    "workbook": ("含 1 个嵌入的文件或对象，未识别",),
    "slides": ("含 1 段声音或视频，未识别", "含 1 个嵌入的文件或对象，未识别"),
    "open_text": (),
    "mail": ("含 1 个没有文字或认不出的文件（.bin 1），未识别",),
    "layout": ("含 1 张图片不在文件里，未识别", "含附件，未识别。请另存附件后放回原处"),
}


@pytest.fixture(autouse=True)
def seen(monkeypatch):
    """Every picture is read as the same words, by no model."""

    def read(image, number, known=()):
        return ExtractedPage(number, SEEN, origin="ocr")

    for module in (pictures, picture, ofd):
        monkeypatch.setattr(module, "read_page_image", read)


def text_of(extraction: Extraction) -> str:
    inside = (text_of(one.extraction) for one in extraction.members)
    return "\n".join((*(page.text for page in extraction.pages), *inside))


@pytest.mark.parametrize("kind", UNREAD)
def test_every_word_is_found_and_nothing_that_was_struck_out(tmp_path: Path, kind: str):
    """Each once, for nothing is written twice by the programs that made it."""
    content, words, struck_out = getattr(made_documents, kind)()
    extraction = extract_pages(put(tmp_path, "a.eml" if kind == "mail" else "a", content), LIMITS)
    text = text_of(extraction)
    assert {word: text.count(word) for word in words if text.count(word) != 1} == {}
    assert [word for word in struck_out if word in text] == []


@pytest.mark.parametrize("kind", UNREAD)
def test_what_is_not_read_is_named(tmp_path: Path, kind: str):
    """On the first page, in words for people."""
    content, _, _ = getattr(made_documents, kind)()
    extraction = extract_pages(put(tmp_path, "a.eml" if kind == "mail" else "a", content), LIMITS)
    assert extraction.reason == ""
    assert tuple(part for page in extraction.pages for part in page.unread) == UNREAD[kind]


def test_what_is_said_to_be_unread_stands_in_the_manual():
    """With n for numbers and … for names."""
    manual = (PROJECT / "docs/reading.md").read_text(encoding="utf-8")
    for said in (part for parts in UNREAD.values() for part in parts):
        assert re.sub(r"\d+", "n", re.sub("（.*）", "（…）", said)) in manual


def test_a_picture_in_a_document_is_a_page_of_its_own(tmp_path: Path):
    """After the pages of the text, with the next number; the same picture is read once."""
    content, _, _ = made_documents.word()
    first, second = extract_pages(put(tmp_path, "a.docx", content), LIMITS).pages
    assert (first.number, first.origin) == (1, "text")
    assert (second.number, second.origin, second.text) == (2, "ocr", SEEN)
