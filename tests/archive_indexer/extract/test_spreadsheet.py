"""Spreadsheets."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlwt

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.spreadsheet import print_cell
from tests.archive_indexer.extract.made_files import LIMITS, put, zip_of


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
