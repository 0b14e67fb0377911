"""Workbooks with a reference that leads nowhere."""

import io
from pathlib import Path
from zipfile import ZipFile

import openpyxl

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.office.loose_sheets import loose_sheets
from tests.archive_indexer.extract.made.made_documents import _ODF_SPACES
from tests.archive_indexer.extract.made.made_files import LIMITS, put, zip_of


def book() -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "名单"
    made.active.append(["张三", 5, 0.5])
    made.create_sheet("空表")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    with ZipFile(io.BytesIO(content)) as package:
        return zip_of(*(
            (one, package.read(one).replace(old, new) if one == name else package.read(one))
            for one in package.namelist()
        ))  # fmt: skip


def test_cells_are_read_whatever_refers_to_them(tmp_path: Path):
    """A second sheet that is named and lies nowhere takes nothing from the first."""
    broken = changed(book(), "xl/workbook.xml", b'r:id="rId2"', b'r:id="rId99"')
    extraction = extract_pages(put(tmp_path, "a.xlsx", broken), LIMITS)
    assert [page.text for page in extraction.pages] == ["名单\n张三 5 0.5"]
    assert "可能缺了一部分" in extraction.pages[0].unread[0]


def test_texts_of_each_kind_are_read():
    """Shared, within the cell, and without how a word is said."""
    sheet = (
        "<x xmlns='a'><row><c t='s'><v>0</v></c><c t='s'><v>9</v></c><c><v>7</v></c>"
        "<c t='inlineStr'><is><t>格中</t></is></c></row></x>"
    )
    shared = "<x xmlns='a'><si><r><t>分</t></r><r><t>享</t></r><rPh><t>fen</t></rPh></si></x>"
    package = changed(book(), "xl/worksheets/sheet1.xml", b"", b"")
    with ZipFile(io.BytesIO(package)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    members |= {"xl/worksheets/sheet1.xml": sheet.encode(), "xl/sharedStrings.xml": shared.encode()}
    with ZipFile(io.BytesIO(zip_of(*members.items()))) as opened:
        assert loose_sheets(opened)[0] == ("名单", ["分享 7 格中"])


def test_open_sheets_that_name_their_tags_otherwise_are_read(tmp_path: Path):
    """Any prefix is allowed."""
    content = (
        f"<document-content xmlns='{{}}' {_ODF_SPACES}><body><spreadsheet>"
        "<table:table><table:table-row><table:table-cell office:value-type='string'>"
        "<text:p>格中</text:p></table:table-cell></table:table-row></table:table></spreadsheet></body></document-content>"
    ).format("urn:oasis:names:tc:opendocument:xmlns:office:1.0")
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    file = put(tmp_path, "a.ods", zip_of(("mimetype", mime), ("content.xml", content.encode())))
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("ods", "格中")
