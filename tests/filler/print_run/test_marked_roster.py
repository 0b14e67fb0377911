"""A copy of the roster with its mistakes marked, to be mended and used again."""

import io

import openpyxl

from filler.print_run.marked_roster import mark_roster
from filler.print_run.preflight import check_roster
from filler.roster.read_roster import read_roster
from minzheng.external.files.file_properties import FileProperties
from tests.filler.conftest import TODAY
from tests.filler.rosters import PEOPLE, as_bytes, column_of

TOLD = FileProperties("镇坪县民政局", "民政大走访入户登记表花名册核对结果")


def check(data, spec, catalogue, **options):
    return check_roster(read_roster(data, "名单.xlsx", spec), spec, catalogue, TODAY, **options)


def test_the_marked_copy_shows_each_fault_and_forgets_it_when_mended(book, spec, catalogue):
    """Red cells with a comment, a column of texts; used again, it reads as before."""
    data = as_bytes(book)
    marked = mark_roster(data, "名单.xlsx", check(data, spec, catalogue), TOLD)
    copy = openpyxl.load_workbook(io.BytesIO(marked))
    assert (copy.properties.creator, copy.properties.title) == (TOLD.maker, TOLD.title)
    sheet = copy.worksheets[0]
    cell = sheet.cell(3, column_of(sheet, "联系电话"))
    assert "不是电话号码" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFF4C7C3"
    column = column_of(sheet, "核对结果")
    assert "联系电话" in sheet.cell(3, column).value
    assert not sheet.cell(2, column).value
    assert copy["应享与已享"]["B8"].comment
    cell.value = "13991500001"
    sheet.cell(3, column_of(sheet, "走访方式"), "入户")
    mended = as_bytes(copy)
    again = check(mended, spec, catalogue)
    assert [one.record.row for one in again.good] == [2, 3]
    assert not again.roster.notes
    last = openpyxl.load_workbook(io.BytesIO(mark_roster(mended, "名单.xlsx", again, TOLD)))
    mended_cell = last.worksheets[0].cell(3, column_of(sheet, "联系电话"))
    assert mended_cell.comment is None
    assert mended_cell.fill.fgColor.rgb != "FFF4C7C3"
    assert not last.worksheets[0].cell(3, column).value


def test_a_csv_is_marked_as_a_spreadsheet(spec, catalogue):
    """Numbers stay texts, and what looks like a formula stays a text."""
    data = f"姓名,身份证号,受访人\n测试甲,{PEOPLE[0]},=1+1\n".encode("gb18030")
    marked = mark_roster(data, "a.csv", check(data, spec, catalogue), TOLD)
    sheet = openpyxl.load_workbook(io.BytesIO(marked)).worksheets[0]
    assert sheet["B2"].value == PEOPLE[0]
    assert sheet["C2"].data_type == "s"
    assert "镇" in sheet["D2"].value


def test_the_marked_copy_of_a_workbook_keeps_its_looks(book, spec, catalogue):
    """It is the clerk's own file with marks, not another one with the same values."""
    book.worksheets[0].column_dimensions["A"].width = 33
    data = as_bytes(book)
    marked = mark_roster(data, "名单.xlsx", check(data, spec, catalogue), TOLD)
    copy = openpyxl.load_workbook(io.BytesIO(marked))
    assert copy.worksheets[0].column_dimensions["A"].width == 33
