"""How the cells of a workbook are to be shown."""

import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from archive_indexer.extract.office import cell_looks
from archive_indexer.extract.office.cell_looks import (
    binary_records,
    looks_in_binary_book,
    looks_in_book,
    looks_in_open_sheets,
)
from tests.archive_indexer.extract.made.made_documents import _ODF_SPACES, relations
from tests.archive_indexer.extract.made.made_files import zip_of

_SHEET = "xl/worksheets/sheet1.xml"


def made_book(fill) -> zipfile.ZipFile:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(stream)
    return zipfile.ZipFile(stream)


def filled(book: openpyxl.Workbook) -> None:
    sheet = book.active
    for place, code in (("B2", "0.0%"), ("AA3", "0.00"), ("C2", "General"), ("D2", "@")):
        sheet[place] = 0.125
        sheet[place].number_format = code


def test_formats_are_known_by_the_place_of_a_cell():
    """Those that show a cell as it is are left out."""
    looks = looks_in_book(made_book(filled), {"甲": _SHEET})
    assert looks.formats == {"甲": {(1, 1): "0.0%", (2, 26): "0.00"}}
    assert not looks.since_1904


def test_formats_of_empty_cells_are_left_out():
    """Frames of empty tables have many; a prefix before the names of elements makes no odds."""
    sheet = b'<x:c r="A1" s="1"/><x:c s="1" r="B1"><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c>'
    styles = b'<s><cellXfs><xf/><xf numFmtId="10"/><xf numFmtId="x"/></cellXfs></s>'
    package = zip_of(("xl/styles.xml", styles), ("xl/workbook.xml", b"<w/>"), ("a", sheet))
    looks = looks_in_book(zipfile.ZipFile(io.BytesIO(package)), {"甲": "a"})
    assert looks.formats == {"甲": {(0, 1): "0.00%"}}


def test_a_book_may_count_its_days_from_1904():
    """It says so."""

    def fill(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    assert looks_in_book(made_book(fill), {"甲": _SHEET}).since_1904


def test_a_book_without_styles_or_with_a_sheet_too_large_has_no_formats(monkeypatch):
    """Its values are read all the same."""
    assert not looks_in_book(zipfile.ZipFile(io.BytesIO(zip_of(("a", b"")))), {"甲": "a"}).formats
    book = made_book(filled)
    assert looks_in_book(book, {"甲": "xl/gone.xml"}).formats == {}
    monkeypatch.setattr(cell_looks, "_LARGEST_SHEET", book.getinfo(_SHEET).file_size - 1)
    assert looks_in_book(book, {"甲": _SHEET}).formats == {}


def record(kind: int, body: bytes) -> bytes:
    """One record of [MS-XLSB]: kind and length in seven bits a byte."""
    name = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return name + bytes([len(body)]) + body


def wide(text: str) -> bytes:
    return len(text).to_bytes(4, "little") + text.encode("utf-16-le")


def test_formats_of_a_book_of_records():
    """A style, which is counted among those of cells only, names its format."""
    styles = (
        record(44, b"\xa4\x00" + wide("0.0%")) + record(47, b"\0\0\x02\0" + bytes(12))
        + record(617, b"\2\0\0\0") + record(47, b"\0\0\0\0" + bytes(12))
        + record(47, b"\0\0\xa4\0" + bytes(12)) + record(618, b"")
    )  # fmt: skip
    sheet = (
        record(0, b"\4\0\0\0" + bytes(12)) + record(5, b"\2\0\0\0" + b"\1\0\0\0" + bytes(8))
        + record(5, b"\3\0\0\0" + b"\0\0\0\0" + bytes(8))
    )  # fmt: skip
    package = zip_of(
        ("xl/workbook.bin", record(156, bytes(8) + wide("rId1") + wide("甲"))),
        ("xl/_rels/workbook.bin.rels", relations(("worksheet", "worksheets/sheet1.bin"))),
        ("xl/styles.bin", styles), ("xl/worksheets/sheet1.bin", sheet),
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert looks_in_binary_book(opened).formats == {"甲": {(4, 2): "0.0%"}}


def test_records_that_are_cut_off_end():
    """What is left of the last one is told."""
    assert list(binary_records(record(479, b"abc") + b"\x05\x09xy")) == [(479, b"abc"), (5, b"xy")]
    assert not looks_in_binary_book(zipfile.ZipFile(io.BytesIO(zip_of(("a", b""))))).formats


def cell(kind: str, words: str, more: str = "") -> str:
    return (
        f"<table:table-cell office:value-type='{kind}' {more}><office:annotation>"
        f"<text:p>批</text:p></office:annotation><text:p>{words}</text:p></table:table-cell>"
    )


@pytest.mark.parametrize("most", [2, 1000])
def test_the_words_of_open_sheets_stand_in_them(monkeypatch, most: int):
    """Cells and rows that stand for several are so many, up to a bound."""
    monkeypatch.setattr(cell_looks, "_MOST_REPEATED", most)
    empty = "<table:table-cell table:number-columns-repeated='2'/><table:covered-table-cell/>"
    many = "table:number-columns-repeated='3'"
    content = etree.fromstring(
        f"<office:x {_ODF_SPACES}><table:table table:name='甲'>"
        "<table:table-row table:number-rows-repeated='4'/>"
        f"<table:table-row>{empty}{cell('percentage', '12.5%')}{cell('string', '字')}"
        f"{cell('float', '1.0', many)}</table:table-row></table:table></office:x>"
    )
    words = {(4, 3): "12.5%", (4, 5): "1.0", (4, 6): "1.0", (4, 7): "1.0"}
    assert looks_in_open_sheets(content).words == {
        "甲": {at: said for at, said in words.items() if at[1] < 5 + most}
    }
