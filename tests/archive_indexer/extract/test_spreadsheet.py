"""Spreadsheets."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.spreadsheet import print_cell, print_shown
from tests.archive_indexer.extract.made.made_documents import _ODF_SPACES
from tests.archive_indexer.extract.made.made_files import LIMITS, put, zip_of


def test_a_spreadsheet_under_a_wps_name_is_read(tmp_path: Path):
    """An .et that WPS wrote is a workbook all the same."""
    book = openpyxl.Workbook()
    book.active.append(["测试甲", 568])
    book.save(tmp_path / "a.xlsx")
    file = (tmp_path / "a.xlsx").rename(tmp_path / "a.et")
    assert "测试甲 568" in extract_pages(file, LIMITS).pages[0].text


def test_a_spreadsheet_is_a_page_a_sheet(tmp_path: Path):
    """Numbers are shown as people see them."""
    book = openpyxl.Workbook()
    book.active.title = "名单"
    book.active.append(["测试甲", 568.0, "11010519491231002X"])
    book.save(tmp_path / "a.xlsx")
    page = extract_pages(tmp_path / "a.xlsx", LIMITS).pages[0]
    assert page.text == "名单\n测试甲 568 11010519491231002X"


@pytest.mark.parametrize(
    ("value", "text"), [(True, "是"), (1.5, "1.5"), (6.0, "6"), (None, "None")]
)
def test_cells_are_printed_as_seen(value: object, text: str):
    """Whole numbers have no .0."""
    assert print_cell(value) == text


def test_an_old_workbook_that_holds_a_package_is_an_old_workbook(tmp_path: Path):
    """Excel of 2007 and later lays the colours of its theme into it as a ZIP."""
    book = xlwt.Workbook(encoding="gbk")
    sheet = book.add_sheet("名单")
    sheet.write(0, 0, "测试甲")
    sheet.header_str = b"&CHEADWORD"
    book.save(str(tmp_path / "a.xls"))
    content = (tmp_path / "a.xls").read_bytes() + zip_of(("theme/theme1.xml", b"<a/>"))
    text = extract_pages(put(tmp_path, "b.xls", content), LIMITS).pages[0].text
    assert text.splitlines()[:2] == ["名单", "测试甲"]
    assert "HEADWORD" in text


def test_a_broken_part_of_a_workbook_is_told(tmp_path: Path):
    """Its cells are read, what a remark said is not."""
    book = openpyxl.Workbook()
    book.active["A1"] = "测试甲"
    book.active["A1"].comment = openpyxl.comments.Comment("已核", "甲")
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        members = [
            (
                name,
                b"<broken" if "comment" in name and name.endswith("1.xml") else package.read(name),
            )
            for name in package.namelist()
        ]
    page = extract_pages(put(tmp_path, "b.xlsx", zip_of(*members)), LIMITS).pages[0]
    assert "测试甲" in page.text
    assert page.unread == ("含 1 处内容已损坏（comment1.xml），未识别",)


def formatted(save_as: Path, codes: list[tuple[object, str]]) -> Path:
    """A workbook with a row of values, each in its format, away from the first cell."""
    book = openpyxl.Workbook()
    for column, (value, code) in enumerate(codes, start=3):
        cell = book.active.cell(4, column, value)
        cell.number_format = code
    book.save(save_as)
    return save_as


def test_cells_are_found_as_they_are_shown_and_as_they_are(tmp_path: Path):
    """The value is told where it is no part of what is shown."""
    codes = [
        (0.125, "0.0%"), (1234, "#,##0.00"), (568, "0.00"), (123, "00000"), (7, "General"),
        (123456, '0\\.0,"万元"'), (dt.datetime(2026, 3, 5), 'yyyy"年"m"月"d"日"'),
        (dt.datetime(2026, 3, 6), "yyyy-mm-dd"), (dt.time(9, 30), "h:mm"), ("3", '"第"@"号"'),
        (True, "0.00"), (0.1 + 0.2, "General"),
    ]  # fmt: skip
    page = extract_pages(formatted(tmp_path / "a.xlsx", codes), LIMITS).pages[0]
    assert page.text.splitlines()[1] == (
        "12.5% 0.125 1,234.00 1234 568.00 00123 7 12.3万元 123456 2026年3月5日 2026-03-05 "
        "2026-03-06 9:30 第3号 是 0.3"
    )


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (46086.0, 'yyyy"年"m"月"', "2026年3月 2026-03-05"), (5.0, "0;;", "5"), (5.0, ";;;", "5"),
        (dt.date(2026, 3, 5), "0.00", "2026-03-05"), ("字", "0.00", "字"),
    ],
)  # fmt: skip
def test_a_number_may_be_a_day_and_a_format_may_hide_it(value: object, code: str, text: str):
    """What a format does not show is told as it is."""
    assert print_shown(value, code) == text


def test_formats_of_an_old_workbook(tmp_path: Path):
    """They stand in its records."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    sheet.write(2, 1, 0.125, xlwt.easyxf(num_format_str="0.00%"))
    sheet.write(2, 2, 1234, xlwt.easyxf(num_format_str="#,##0.00"))
    sheet.write(2, 3, dt.date(2026, 3, 5), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
    book.save(str(tmp_path / "a.xls"))
    text = extract_pages(tmp_path / "a.xls", LIMITS).pages[0].text
    assert text.splitlines()[1] == "12.50% 0.125 1,234.00 1234 2026年3月5日 2026-03-05"


def test_the_words_of_an_open_sheet(tmp_path: Path):
    """They stand in it beside the values."""
    rows = (
        "<table:table-row/><table:table-row><table:table-cell/><table:table-cell "
        "office:value-type='percentage' office:value='0.125'><text:p>12.5%</text:p>"
        "</table:table-cell><table:table-cell office:value-type='string'><text:p>字</text:p>"
        "</table:table-cell></table:table-row>"
    )
    content = (
        f"<office:document-content {_ODF_SPACES}><office:body><office:spreadsheet>"
        f"<table:table table:name='甲'>{rows}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    members = ("content.xml", content.encode()), ("META-INF/manifest.xml", b"<manifest/>")
    package = zip_of(("mimetype", kind), *members)
    page = extract_pages(put(tmp_path, "a.ods", package), LIMITS).pages[0]
    assert page.text == "甲\n12.5% 0.125 字"
