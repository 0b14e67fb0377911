"""A copy of the roster with its mistakes marked, to be mended and used again."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from filler.print_run.marked_roster import _copy_values, mark_roster
from filler.print_run.preflight import CheckedRecord, PlacedProblem, Preflight, check_roster
from filler.roster.read_roster import read_roster
from filler.roster.read_spreadsheet import Sheet
from filler.roster.roster import CellPlace, Note, Record, Roster, TableLayout
from minzheng.county.errors import Problem
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


def placed(row, column=None, what="不对", sheet="名单"):
    return PlacedProblem(CellPlace(sheet, row, column), Problem("姓名", what, "改正"))


def checked(row, problems=(), warnings=(), sheet="名单"):
    return CheckedRecord(Record(sheet, row, {}), None, "", "", "", tuple(problems), tuple(warnings))


def preflight(*records, notes=(), header=1):
    main = {"名单": TableLayout("名单", header, {"name": 1})}
    blocks = tuple(main.values())
    return Preflight(Roster((), main, {}, tuple(notes), blocks), records)


def roster(*rows):
    """A workbook of one sheet, and its bytes when it is closed."""
    book = openpyxl.Workbook()
    book.active.title = "名单"
    for row in rows:
        book.active.append(row)
    return book


def marked(book, found):
    data = mark_roster(as_bytes(book), "名单.xlsx", found, TOLD)
    return openpyxl.load_workbook(io.BytesIO(data))["名单"]


ROWS = (("姓名", "电话"), ("甲", "1"), ("乙", "2"), ("丙", "3"))
RED = "FFF4C7C3"


def test_what_is_wrong_is_red_and_what_is_to_be_heeded_is_only_told():
    """In the column behind the last; a row without either stays blank."""
    found = preflight(
        checked(2, [placed(2, 2), placed(2, None, "缺行")], [placed(2, 1, "相同")]),
        checked(3, (), [placed(3, 1, "相同")]), checked(4),
    )  # fmt: skip
    sheet = marked(roster(*ROWS), found)
    assert [cell.value for cell in sheet["C"]] == [
        "核对结果", "姓名：不对；姓名：缺行；请留意 姓名：相同", "请留意 姓名：相同", None,
    ]  # fmt: skip
    red = {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == RED}
    assert red == {"A2", "B2", "C1"}
    assert {cell.coordinate for row in sheet for cell in row if cell.comment} == {"A2", "B2"}


@pytest.mark.parametrize(
    ("note", "told"),
    [
        (Note("多出来的", CellPlace("名单", 2), is_problem=True), ["姓名：不对；多出来的", None]),
        (Note("多出来的", CellPlace("名单", 4), is_problem=True), ["姓名：不对", "多出来的"]),
        (Note("多出来的", CellPlace("名单", 4)), ["姓名：不对", None]),
        (Note("多出来的", None, is_problem=True), ["姓名：不对", None]),
        (Note("缺列", CellPlace("名单", 1), is_problem=True), ["姓名：不对", None]),
    ],
)
def test_a_problem_of_the_whole_stands_in_its_row(note, told):
    """Behind those of the record; never over the headings."""
    sheet = marked(roster(*ROWS), preflight(checked(2, [placed(2, 2)]), notes=[note]))
    assert sheet["C1"].value == "核对结果"
    assert [sheet["C2"].value, sheet["C4"].value] == told


def test_the_column_of_an_earlier_copy_is_used_again():
    """What it said before goes, in every row."""
    book = roster(("核对结果", "姓名"), ("旧", "甲"), ("旧", "乙"))
    sheet = marked(book, preflight(checked(3, [placed(3, 2)])))
    assert [cell.value for cell in sheet["A"]] == ["核对结果", None, "姓名：不对"]
    assert sheet.max_column == 2
    clean = marked(book, preflight(checked(2)))
    assert [cell.value for cell in clean["A"]] == ["核对结果", None, None]


def test_the_headings_may_stand_below_a_title():
    """What stands above them is left alone."""
    book = roster(("核对结果",), ("姓名",), ("甲",))
    sheet = marked(book, preflight(checked(3, [placed(3, 1)]), header=2))
    assert [cell.value for cell in sheet[1]] == ["核对结果", None]
    assert [cell.value for cell in sheet[2]] == ["姓名", "核对结果"]
    assert sheet["B3"].value == "姓名：不对"


def test_marks_and_colours_of_other_people_stay():
    """Ours of an earlier copy go; of one cell all problems are told."""
    book = roster(*ROWS)
    sheet = book.active
    for name, author in (("A2", "核对"), ("A3", "张三"), ("B2", "核对"), ("B3", "张三")):
        sheet[name].comment = Comment("从前", author)
    sheet["A2"].fill = PatternFill("solid", fgColor=RED)
    sheet["A3"].fill = PatternFill("solid", fgColor="FF00FF00")
    found = preflight(checked(2, [placed(2, 2), placed(2, 2, "也不对")]),
                      checked(3, [placed(3, 2)]))  # fmt: skip
    made = marked(book, found)
    assert (made["A2"].comment, made["A2"].fill.fgColor.rgb != RED) == (None, True)
    assert (made["A3"].comment.text, made["A3"].fill.fgColor.rgb) == ("从前", "FF00FF00")
    assert made["B2"].comment.text == "不对。改正。\n也不对。改正。"
    assert made["B3"].comment.text == "不对。改正。"


def test_a_cell_inside_a_merged_one_is_told_at_the_end_only():
    """There is no cell to be marked."""
    book = roster(*ROWS)
    book.active.merge_cells("A2:B2")
    sheet = marked(book, preflight(checked(2, [placed(2, 2)])))
    assert sheet["A2"].comment is None
    assert sheet["C2"].value == "姓名：不对"


def test_values_are_copied_with_what_is_merged_and_hidden():
    """Blank cells stay blank, texts that look like formulas stay texts."""
    rows = (("甲", "", "丙"), ("", "=1+1", 3.5))
    sheets = [Sheet("长" * 40, rows, merged=(((0, 0), (1, 0)), ((2, 1), (3, 2)))),
              Sheet("隐", (("丁",),), is_hidden=True)]  # fmt: skip
    first, second = _copy_values(sheets).worksheets
    assert first.title == "长" * 31
    assert {str(one) for one in first.merged_cells.ranges} == {"A1:A2", "B3:C4"}
    assert [first["A1"].value, first["C1"].value, first["C2"].value] == ["甲", "丙", 3.5]
    assert (first["B2"].value, first["B2"].data_type) == ("=1+1", "s")
    assert first["B1"].value is None
    assert (first.sheet_state, second.sheet_state) == ("visible", "hidden")
