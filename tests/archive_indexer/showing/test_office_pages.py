"""Office files drawn as PDFs."""

import openpyxl
import pypdfium2
import pytest

from archive_indexer.showing import office_pages
from archive_indexer.showing.office_pages import NotDrawnError, draw_as_pdf, is_sheet
from minzheng.external.libreoffice import LibreOfficeMissingError
from minzheng.external.run_program import ProgramFailedError


@pytest.fixture
def note(tmp_path):
    """A text as offices save it: GB18030."""
    file = tmp_path / "说明.txt"
    file.write_bytes("低保说明　测试甲".encode("gb18030"))
    return file


def test_a_sheet_is_one_page_however_wide(tmp_path):
    """LibreOffice itself: no column stands on another page."""
    book = openpyxl.Workbook()
    book.active.append([f"栏{number}" for number in range(40)])
    book.create_sheet("次").append(["测试甲"])
    book.save(tmp_path / "花名册.xlsx")
    kind, pdf = draw_as_pdf(tmp_path / "花名册.xlsx")
    assert kind == "xlsx"
    with pypdfium2.PdfDocument(pdf) as drawn:
        texts = [page.get_textpage().get_text_bounded() for page in drawn]
    assert ["栏39" in texts[0], texts[1].strip()] == [True, "测试甲"]
    assert len(texts) == 2


@pytest.fixture
def converted(monkeypatch):
    """What LibreOffice is asked, in place of it."""
    asked = []

    def convert(files, folder, ending, seconds, how, *, opens_as=""):
        asked.append((files[0].name, files[0].read_bytes(), how, opens_as))
        made = folder / "paper.pdf"
        made.write_bytes(b"%PDF-")
        return [made]

    monkeypatch.setattr(office_pages, "convert_with_libreoffice", convert)
    return asked


def test_a_text_of_any_code_is_handed_over_in_one(note, converted):
    """Decoded as the reader does, and LibreOffice is told how."""
    assert draw_as_pdf(note) == ("txt", b"%PDF-")
    ((name, content, how, opens_as),) = converted
    assert (name, content.decode()) == ("paper.txt", "低保说明　测试甲")
    assert how == ':writer_pdf_Export:{"PageRange":{"type":"string","value":"1-60"}}'
    assert opens_as == "Text (encoded):UTF8,LF,,,"


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "空文件"), (b"PK\x03\x04xx", "压缩结构已损坏"), (b"\xff\xd8\xff\xe0", "画不成页面")],
)
def test_what_is_no_office_file_says_so(tmp_path, converted, content, why):
    """Whatever its name says: nothing is handed to LibreOffice."""
    file = tmp_path / "表.docx"
    file.write_bytes(content)
    with pytest.raises(NotDrawnError, match=why):
        draw_as_pdf(file)
    assert converted == []


@pytest.mark.parametrize(("size", "is_drawn"), [(14, True), (15, False)])
def test_a_very_large_file_is_not_drawn(tmp_path, converted, monkeypatch, size, is_drawn):
    """Its text and its original remain."""
    monkeypatch.setattr(office_pages, "_MOST_BYTES", 14)
    file = tmp_path / "a.txt"
    file.write_bytes(b"x" * size)
    if is_drawn:
        assert draw_as_pdf(file)
    else:
        with pytest.raises(NotDrawnError, match="不画成页面"):
            draw_as_pdf(file)


@pytest.mark.parametrize(
    ("error", "lacks", "why"),
    [
        (LibreOfficeMissingError(), False, "没有安装 LibreOffice"),
        (ProgramFailedError(), True, "少装了一部分（libreoffice-writer-nogui）"),
        (ProgramFailedError(), False, "画不出这个文件的页面"),
    ],
)
def test_what_cannot_be_drawn_says_why(note, monkeypatch, error, lacks, why):
    """A sound file is not called broken where a part of LibreOffice is missing."""

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(office_pages, "convert_with_libreoffice", fail)
    monkeypatch.setattr(office_pages, "lacks_part_for", lambda _: lacks)
    with pytest.raises(NotDrawnError, match=why):
        draw_as_pdf(note)


@pytest.mark.parametrize(
    ("kind", "told"), [("xlsx", True), ("csv", True), ("docx", False), ("jpg", False)]
)
def test_tables_are_told_from_texts(kind, told):
    """They are shown in pieces."""
    assert is_sheet(kind) is told
