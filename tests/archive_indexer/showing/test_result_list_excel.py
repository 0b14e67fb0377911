"""The list of results as a workbook."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from archive_indexer.showing.result_list import COLUMNS, ResultList
from archive_indexer.showing.result_list_excel import _lines, write_excel
from tests.archive_indexer.showing.listed import SHA, make_list


@pytest.fixture
def listed() -> ResultList:
    return make_list()


def test_the_workbook_holds_text_and_whole_hashes(listed):
    """What looks like a formula is none; the heading row is repeated when printed."""
    sheet = load_workbook(io.BytesIO(write_excel(listed))).active
    assert sheet.oddHeader.center.text.endswith(listed.mark)
    assert sheet.page_setup.orientation == "landscape"
    table = list(sheet.iter_rows(values_only=True))
    head = next(at for at, row in enumerate(table) if row[0] == "序号")
    assert sheet.print_title_rows == f"${head + 1}:${head + 1}"
    first, second = table[head + 1 : head + 3]
    assert (first[0], first[-1], first[-2]) == (1, SHA, "旧城村/第3盒/0012_申请/1.jpg")
    cell = sheet.cell(head + 3, 2)
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1) ")
    assert second[-3] == "曾存在 2026-03-05"


def test_the_sheet_is_laid_out_for_its_columns(listed):
    """Two millimetres a sign; the heads stay in sight, the filter covers the rows."""
    book = load_workbook(io.BytesIO(write_excel(listed)))
    sheet = book.active
    columns = (*COLUMNS[:-1], ("路径", 66), ("SHA-256", 66))
    widths = [
        sheet.column_dimensions[get_column_letter(number)].width
        for number in range(1, len(columns) + 1)
    ]
    assert widths == [width / 2 for _, width in columns]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "序号")
    assert head == len(listed.heading) + 4
    assert sheet.freeze_panes == f"C{head + 1}"
    last = get_column_letter(len(columns))
    assert sheet.auto_filter.ref == f"A{head}:{last}{head + len(listed.rows)}"
    assert sheet.cell(head - 1, 1).value is None


def test_a_row_is_as_high_as_its_longest_text(listed):
    """Thirteen points and a half a line, and two."""
    path = replace(listed.rows[0], title="甲", place="", path="a" * 61)
    made = replace(listed, rows=(replace(path, path="a"), path))
    sheet = load_workbook(io.BytesIO(write_excel(made))).active
    head = len(listed.heading) + 4
    lines = [_lines(SHA, 66), max(_lines(SHA, 66), _lines("a" * 61, 66))]
    heights = [sheet.row_dimensions[head + number].height for number in (1, 2)]
    assert heights == [13.5 * count + 2 for count in lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1), ("a" * 9, 1), ("a" * 10, 2), ("a" * 18, 2), ("a" * 19, 3), ("甲" * 4, 1),
        ("甲" * 5, 2), ("\u2e7f" * 9, 1), ("\u2e80" * 4, 1), ("\u2e80" * 5, 2), ("甲" * 4 + "a", 1),
    ],
)  # fmt: skip
def test_chinese_signs_are_two_wide(text, lines):
    """A column of twenty millimetres holds ten signs, one tenth of it is left free."""
    assert _lines(text, 20) == lines


def test_an_ampersand_is_no_code(listed):
    """It would begin one in headers."""
    made = write_excel(replace(listed, asked_by="甲&乙"))
    sheet = load_workbook(io.BytesIO(made)).active
    assert "甲&&乙" in sheet.oddHeader.center.text
