"""Word documents."""

import zipfile
from pathlib import Path

import docx
import pytest

from archive_indexer.extract import markup, word
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.word import read_word
from minzheng.county.form_code import FormCode
from minzheng.external.qr_codes import draw_qr
from tests.archive_indexer.extract.made.made_files import LIMITS


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


def saved(tmp_path: Path, fill) -> Path:
    document = docx.Document()
    fill(document)
    document.save(str(tmp_path / "a.docx"))
    return tmp_path / "a.docx"


def test_headers_are_told_once_and_blank_lines_not_at_all(tmp_path: Path):
    """Two sections with the same header and another footer."""

    def fill(document):
        document.add_paragraph("甲")
        document.add_paragraph("  ")
        document.add_paragraph(" 乙 ")
        document.add_section()
        for section, text in zip(document.sections, "一二", strict=True):
            section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
            section.header.paragraphs[0].text = "页眉"
            section.footer.paragraphs[0].text = text

    (page,) = read_word(saved(tmp_path, fill), LIMITS).pages
    assert [line for line in page.text.split("\n") if line] == ["甲", "乙", "页眉", "一", "二"]
    assert page.codes == ()


def test_a_long_document_has_pages_and_its_codes_stand_on_the_first(tmp_path: Path):
    """Small pictures only: a photo is not searched for codes."""
    picture = tmp_path / "code.png"
    picture.write_bytes(draw_qr(FormCode("DB-02", "1").qr_text()))

    def fill(document):
        for _ in range(5):
            document.add_paragraph("字" * 1500)
        document.add_picture(str(picture))
        document.add_picture(str(picture), width=docx.shared.Mm(20))

    file = saved(tmp_path, fill)
    pages = read_word(file, LIMITS).pages
    assert [page.number for page in pages] == [1, 2, 3]
    assert [len(page.codes) for page in pages] == [1, 0, 0]


@pytest.mark.parametrize(("size", "is_read"), [(0, True), (1, False)])
def test_a_picture_at_the_limit_is_no_code(tmp_path: Path, monkeypatch, size, is_read):
    """It must be smaller."""
    picture = tmp_path / "code.png"
    picture.write_bytes(draw_qr(FormCode("DB-02", "1").qr_text()))
    file = saved(tmp_path, lambda document: document.add_picture(str(picture)))
    monkeypatch.setattr(word, "_LARGEST_CODE", picture.stat().st_size + 1 - size)
    assert bool(read_word(file, LIMITS).pages[0].codes) == is_read


def test_a_document_may_be_as_long_and_as_large_as_the_limits(tmp_path: Path, monkeypatch):
    """Then it is only registered."""
    file = saved(tmp_path, lambda document: document.add_paragraph("字" * 10))
    length = len(read_word(file, LIMITS).pages[0].text)
    assert read_word(file, Limits(max_characters=length)).pages
    with pytest.raises(UnreadableError, match="文字过多"):
        read_word(file, Limits(max_characters=length - 1))
    with zipfile.ZipFile(file) as package:
        main = package.getinfo("word/document.xml").file_size
        largest = max(entry.file_size for entry in package.infolist())
    monkeypatch.setattr(markup, "_LARGEST_PART", largest)
    assert read_word(file, LIMITS).pages
    monkeypatch.setattr(markup, "_LARGEST_PART", main - 1)
    with pytest.raises(UnreadableError, match="过大"):
        read_word(file, LIMITS)


def test_cells_are_parted_and_blank_ones_leave_no_gap(tmp_path: Path):
    """Paragraphs of a cell, too; a picture that is none is passed over."""

    def fill(document):
        table = document.add_table(1, 3)
        table.cell(0, 0).text = "甲"
        table.cell(0, 0).add_paragraph("乙")
        table.cell(0, 2).text = " 丙 "

    file = saved(tmp_path, fill)
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("word/media/image1.png", b"no picture")
    assert read_word(file, LIMITS).pages[0].text == "甲 乙 丙"


def test_the_numbers_of_lists_and_notes_are_read(tmp_path: Path):
    """Lists by their style; a header is counted apart from the text."""

    def fill(document):
        for words in ("甲", "乙"):
            document.add_paragraph(words, style="List Number")
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.sections[0].header.paragraphs[0].style = "List Number"

    text = read_word(saved(tmp_path, fill), LIMITS).pages[0].text
    assert text.splitlines() == ["1. 甲", "2. 乙", "1. 页眉"]
