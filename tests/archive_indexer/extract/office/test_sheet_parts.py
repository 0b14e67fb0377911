"""What stands beside the cells of a workbook."""

import io
import struct
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment

from archive_indexer.extract.office.parts import say_broken
from archive_indexer.extract.office.sheet_parts import (
    beside_sheets,
    lines_in_binary_book,
    unread_in_binary_book,
    unread_in_book,
)
from tests.archive_indexer.extract.made.made_documents import A, relations
from tests.archive_indexer.extract.made.made_files import zip_of


def test_each_sheet_has_what_is_its_own():
    """A remark with its cell, a head without its codes, what is hidden with its number."""
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("乙")
    first.title = "甲"
    first["B2"].comment = Comment("已 核实", "x")
    first.column_dimensions["C"].hidden = True
    second.oddFooter.center.text = "第&P页 & 完"
    second.oddFooter.center.size = 9
    second.sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    with ZipFile(stream) as package:
        beside = beside_sheets(package)
        assert unread_in_book(package) == ()
    assert beside["甲"].lines == (
        "批注 B2：已 核实", "（含隐藏的行 0 行、隐藏的列 1 处，已一并识别）"
    )  # fmt: skip
    assert (beside["甲"].is_hidden, beside["乙"].is_hidden) == (False, True)
    assert beside["乙"].lines[0].startswith("第 页")


@pytest.mark.parametrize(
    ("members", "unread"),
    [
        ({"xl/workbook.xml": b"<x/>", "xl/comments1.xml": b"<x/>"}, ()),
        ({"xl/workbook.bin": b"", "xl/comments1.bin": b""}, ("含批注，未识别。请另存为 xlsx",)),
        ({"xl/workbook.xml": b"<x/>", "xl/embeddings/o.bin": b""},
         ("含 1 个嵌入的文件或对象，未识别",)),
    ],
)  # fmt: skip
def test_what_nothing_reads_is_said(members: dict[str, bytes], unread: tuple[str, ...]):
    """A binary book keeps its remarks in no XML."""
    with ZipFile(io.BytesIO(zip_of(*members.items()))) as package:
        assert unread_in_book(package) == unread


HEAD = struct.pack("<H", 0) + struct.pack("<I", 2) + "页眉".encode("utf-16-le") + b"\xff" * 20
NO_HEAD = struct.pack("<H", 0) + b"\xff" * 24


@pytest.mark.parametrize(
    ("body", "told"),
    [(HEAD, ("含页眉页脚，未识别。请另存为 xlsx",)), (NO_HEAD, ())],
)
def test_a_head_of_a_binary_book_is_told(body, told):
    """Found by its record, whatever stands before it."""
    sheet = b"\x81\x01\x00" + b"\x05\x82\x01" + bytes(130) + b"\xdf\x03" + bytes([len(body)]) + body
    members = (("xl/workbook.bin", b""), ("xl/worksheets/sheet1.bin", sheet))
    with ZipFile(io.BytesIO(zip_of(*members))) as package:
        assert unread_in_binary_book(package) == told


def test_boxes_and_charts_of_a_binary_book_are_read():
    """They are XML there, too."""
    drawn = f'<x xmlns:a="{A}"><a:p><a:r><a:t>框内之字</a:t></a:r></a:p></x>'.encode()
    members = (("xl/workbook.bin", b""), ("xl/drawings/drawing1.xml", drawn))
    with ZipFile(io.BytesIO(zip_of(*members))) as package:
        assert lines_in_binary_book(package) == ["框内之字"]


def test_settings_of_a_printer_are_nothing_broken():
    """They are no XML, and no words of anybody."""
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    with ZipFile(stream, "a") as package:
        package.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            relations(("printerSettings", "../printerSettings/p1.bin")),
        )
        package.writestr("xl/printerSettings/p1.bin", b"\0\1")
    with ZipFile(stream) as package:
        beside_sheets(package)
        assert say_broken(package) == ()
