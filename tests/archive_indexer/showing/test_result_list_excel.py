"""The list of results as a workbook."""

import io

import pytest
from openpyxl import load_workbook

from archive_indexer.showing.result_list import ResultList
from archive_indexer.showing.result_list_excel import write_excel
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
