"""Spreadsheets."""

from pathlib import Path

import openpyxl
import pytest

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.spreadsheet import print_cell
from tests.archive_indexer.extract.made_files import LIMITS


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
