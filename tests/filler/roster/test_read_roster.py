"""A roster's rows become answers."""

import csv
import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from filler.errors import RosterError
from filler.form.forms import Field
from filler.form.heading_words import HeadingWords
from filler.roster import read_roster as module
from filler.roster.read_roster import read_roster
from filler.roster.read_spreadsheet import Sheet
from filler.roster.roster import RowKind
from filler.roster.sheet_marks import SheetMarks
from tests.filler.one_rule import form_of
from tests.filler.rosters import PEOPLE, as_bytes, column_of, fill_template


@pytest.fixture
def spec(catalogue):
    return catalogue.form("ZF-01")


@pytest.fixture
def book(catalogue, visits):
    return fill_template(catalogue, "ZF-01", visits(3))


def read(book, spec):
    return read_roster(as_bytes(book), "名单.xlsx", spec)


def test_the_template_filled_is_read_back(book, spec):
    """Households in their order, each with its own rows."""
    roster = read(book, spec)
    assert [record.answers["id_no"] for record in roster.records] == list(PEOPLE[:3])
    assert [len(record.answers["policies"]) for record in roster.records] == [3, 3, 3]
    assert roster.records[0].answers["policies"][0]["p_name"] == "低保"
    assert not roster.notes


def test_a_household_is_joined_by_its_id_number_too(book, spec):
    """When the second sheet names the head instead of a running number."""
    sheet = book["应享与已享"]
    sheet["A1"] = "户主身份证号"
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1, PEOPLE[int(sheet.cell(row, 1).value) - 1])
    assert [len(record.answers["policies"]) for record in read(book, spec).records] == [3, 3, 3]


def test_a_row_of_nobody_is_named(book, spec):
    """A policy of household 99 is not lost silently."""
    book["应享与已享"].append(["99", "低保", "是", "是"])
    (note,) = read(book, spec).notes
    assert note.is_problem
    assert "“99”在主表中找不到" in note.text


def test_columns_stand_in_any_order_under_titles_and_groups(spec):
    """Header row not the first, merged headings, slugs beside labels, an unknown column."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2018年民政大走访花名册"])
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "户主", None, "phone", "走访日期", "备考"])
    sheet.append([None, "身份证号*", " 姓 名 ", None, None, None])
    sheet.merge_cells("B2:C2")
    for column in "ADEF":
        sheet.merge_cells(f"{column}2:{column}3")
    sheet.append([1, PEOPLE[0], "测试甲", 13991500001, "5月7日", "x"])
    roster = read(book, spec)
    (record,) = roster.records
    assert record.answers == {
        "id_no": PEOPLE[0], "name": "测试甲", "phone": "13991500001", "visit_date": "2018-05-07",
    }  # fmt: skip
    texts = [note.text for note in roster.notes]
    assert any("“备考”不是本表的项目" in text for text in texts)
    assert any("没有“镇”这一列" in text for text in texts)
    assert str(roster.place_of(record, "phone")) == "D4"


@pytest.mark.parametrize("number", [2, 3, 4])
def test_hidden_rows_are_read_and_told(book, spec, number):
    """A filter must not make a household disappear, neither the first nor the last."""
    book.worksheets[0].row_dimensions[number].hidden = True
    roster = read(book, spec)
    assert len(roster.records) == 3
    assert any("1 行是隐藏的" in note.text for note in roster.notes)


def test_a_formula_without_a_result_is_a_fault_at_its_cell(book, spec):
    """A file written by a program and never opened."""
    sheet = book.worksheets[0]
    column = column_of(sheet, "家庭人口")
    sheet.cell(2, column, "=1+2")
    record = read(book, spec).records[0]
    assert [(fault.field, fault.what) for fault in record.faults] == [
        ("hh_size", "公式还没有算出结果")
    ]


def test_empty_rows_and_sums_are_no_households(book, spec):
    """The sum is told."""
    sheet = book.worksheets[0]
    sheet.append([])
    sheet.append(["合计", "3 户"])
    roster = read(book, spec)
    assert len(roster.records) == 3
    assert any("合计" in note.text for note in roster.notes)


def test_a_csv_in_gb18030_is_a_roster(spec):
    """As old systems export."""
    stream = io.StringIO()
    csv.writer(stream).writerows([["姓名", "身份证号"], ["测试㐂", PEOPLE[0] + "\t"]])
    roster = read_roster(stream.getvalue().encode("gb18030"), "a.csv", spec)
    assert roster.records[0].answers == {"name": "测试㐂", "id_no": PEOPLE[0]}


def test_another_forms_roster_is_refused(spec):
    """With the headings that were expected."""
    with pytest.raises(RosterError, match="镇、村"):
        read_roster("甲,乙\n1,2\n".encode(), "a.csv", spec)


def test_two_households_under_one_number_are_told_apart_by_nobody(book, spec):
    """Both are refused: nobody knows whose the members are."""
    book.worksheets[0]["A3"] = "1"
    faults = [record.faults for record in read(book, spec).records]
    assert "不止一次" in faults[0][0].what
    assert "不止一次" in faults[1][0].what
    assert not faults[2]


def test_a_large_roster_is_read(spec):
    """5,000 rows and more."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["姓名", "走访日期"])
    for _ in range(6000):
        sheet.append(["测试甲", dt.date(2018, 5, 7)])
    assert len(read(book, spec).records) == 6000


def test_cells_merged_downwards_count_for_every_row(catalogue, spec, visits):
    """镇 and 村 over all rows, as a spreadsheet shows them; nothing beyond."""
    book = fill_template(catalogue, "ZF-01", visits(3))
    sheet = book.worksheets[0]
    for name, last in (("镇", 4), ("村（社区）", 3)):
        column = column_of(sheet, name)
        for row in range(3, last + 1):
            sheet.cell(row, column).value = None
        sheet.merge_cells(None, 2, column, last, column)
    sheet.cell(4, column_of(sheet, "村（社区）")).value = None
    records = read(book, spec).records
    assert [record.answers.get("town") for record in records] == ["钟宝镇"] * 3
    assert [record.answers.get("village") for record in records] == ["旧城村", "旧城村", None]


def test_a_household_merged_over_rows_is_not_issued_twice(catalogue, spec, visits):
    """Its second row says what to do."""
    book = fill_template(catalogue, "ZF-01", visits(2))
    sheet = book.worksheets[0]
    for name in ("姓名", "身份证号"):
        column = column_of(sheet, name)
        sheet.cell(3, column).value = None
        sheet.merge_cells(None, 2, column, 3, column)
    first, second = read(book, spec).records
    assert not first.faults
    assert [fault.what for fault in second.faults] == ["与第 2 行合并成了一格，一户只能占一行"]


def test_running_numbers_that_begin_anew_join_nobody_elses_rows(catalogue, spec, visits):
    """二组 below 一组, both counted from 1: whose policies they are is not guessed."""
    book = fill_template(catalogue, "ZF-01", visits(2))
    sheet = book.worksheets[0]
    second = [cell.value for cell in sheet[3]]
    sheet.delete_rows(3)
    sheet.append([cell.value for cell in sheet[1]])
    sheet.append(["1", *second[1:]])
    records = read(book, spec).records
    assert len(records) == 2
    assert all("出现了不止一次" in record.faults[0].what for record in records)


def test_a_hidden_second_sheet_is_told(book, spec):
    """Its rows are counted as not used."""
    book["应享与已享"].sheet_state = "hidden"
    roster = read(book, spec)
    assert any("“应享与已享”是隐藏的，没有读" in note.text for note in roster.notes)
    assert roster.accounts[1].counts == {RowKind.LEFT: 10}


def test_a_problem_in_a_second_block_stands_in_its_own_column(spec):
    """The columns of the first say nothing of it."""
    data = "姓名,身份证号\n测试甲,1\n身份证号,姓名,联系电话\n2,测试乙,3\n".encode()
    roster = read_roster(data, "a.csv", spec)
    assert [record.answers["name"] for record in roster.records] == ["测试甲", "测试乙"]
    first, second = (str(roster.place_of(record, "id_no")) for record in roster.records)
    assert (first, second) == ("B2", "A4")


SMALL = form_of(
    Field("name", "姓名", "text"), Field("id_no", "身份证号", "idcard"),
    Field("day", "日期", "date"),
    Field("rows", "各项", "rows", columns=(Field("c", "丙项", "text"), Field("d", "丁项", "text"))),
)  # fmt: skip
SMALL = replace(SMALL, heading_words=HeadingWords(totals=("合计",)))
HEAD = ("序号", "姓名", "日期")


def of_sheets(monkeypatch, *sheets):
    """The roster of some sheets, whatever file they come from."""
    monkeypatch.setattr(module, "read_spreadsheet", lambda data, name: sheets)
    return read_roster(b"", "x.xlsx", SMALL)


def main(*rows, name="名单", head=(HEAD,), **options):
    return Sheet(name, (*head, *rows), **options)


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        ({0}, []), ({1}, [("有 1 行是隐藏的，也一并读入；不要的请删去", "第 2 行")]),
        ({3}, [("有 1 行是隐藏的，也一并读入；不要的请删去", "第 4 行")]), ({2}, []), ({4}, []),
        ({3, 1}, [("有 2 行是隐藏的，也一并读入；不要的请删去", "第 2 行")]),
    ],
)  # fmt: skip
def test_of_hidden_rows_those_that_hold_something_are_told(monkeypatch, hidden, told):
    """Not the headings, not blank ones, none behind the end."""
    rows = (("1", "甲", ""), ("", " ", ""), ("2", "乙", ""))
    marks = SheetMarks(hidden_rows=frozenset(hidden))
    roster = of_sheets(monkeypatch, main(*rows, marks=marks))
    assert [(note.text, str(note.place)) for note in roster.notes] == told
    assert [record.row for record in roster.records] == [2, 4]


@pytest.mark.parametrize(
    ("hidden", "told"),
    [({0}, []), ({1}, ["B1"]), ({2}, ["C1"]), ({1, 2}, ["B1"]), ({3}, [])],
)
def test_of_hidden_columns_those_that_are_read_are_told(monkeypatch, hidden, told):
    """With the first of them."""
    marks = SheetMarks(hidden_columns=frozenset(hidden))
    roster = of_sheets(monkeypatch, main(("1", "甲", ""), marks=marks))
    assert [str(note.place) for note in roster.notes] == told
    assert all(f"有 {len(hidden)} 列是隐藏的" in note.text for note in roster.notes)


def test_a_hidden_sheet_is_told_and_not_read(monkeypatch):
    """Nor is a hidden sheet of rows."""
    second = Sheet("各项", (("所属序号", "丙项", "丁项"), ("1", "x", "y")), is_hidden=True)
    roster = of_sheets(monkeypatch, main(("1", "甲", "")),
                       main(("2", "乙", ""), name="旧", is_hidden=True), second)  # fmt: skip
    assert [note.text for note in roster.notes] == [
        "工作表“旧”是隐藏的，没有读", "工作表“各项”是隐藏的，没有读",
    ]  # fmt: skip
    assert [record.answers["name"] for record in roster.records] == ["甲"]
    assert "rows" not in roster.records[0].answers


@pytest.mark.parametrize(
    ("rows", "read", "told"),
    [
        ([("1", "甲", ""), ("", "", "")], [2], []), ([("1", "", ""), ("2", "乙", "")], [3], []),
        ([("", "甲")], [2], []), ([("1",), ("2", "乙")], [3], []),
        ([("1", "甲", ""), ("合 计", "2", "")], [2], ["第 3 行"]),
        ([("1", "甲", ""), ("", "合计", "")], [2], ["第 3 行"]),
        ([("1", "合计甲", "")], [2], []),
    ],
)  # fmt: skip
def test_a_row_is_a_record_when_one_of_its_fields_is_filled(monkeypatch, rows, read, told):
    """A number alone is none, a sum is told."""
    roster = of_sheets(monkeypatch, main(*rows))
    assert [record.row for record in roster.records] == read
    assert [str(note.place) for note in roster.notes] == told


def test_a_row_with_nothing_but_a_spoilt_cell_is_a_record(monkeypatch):
    """Its fault is told; a spoilt cell beside the columns is nobody's."""
    marks = SheetMarks(faults={(1, 1): "公式出错", (2, 7): "公式出错"})
    rows = (("", "", ""), ("", "", ""), ("3", "丙", ""))
    first, second = of_sheets(monkeypatch, main(*rows, marks=marks)).records
    assert (first.row, [fault.field for fault in first.faults]) == (2, ["name"])
    assert (second.row, second.faults) == (4, ())


@pytest.mark.parametrize(
    ("head", "name", "day"),
    [
        ([("2018年花名册",), HEAD], "名单", "2018-05-07"), ([HEAD], "2019年", "2019-05-07"),
        ([("2018年",), HEAD], "2019年", "2018-05-07"), ([HEAD], "名单", "5月7日"),
        ([("名册", "2017年"), (), HEAD], "名单", "2017-05-07"), ([(2018,), HEAD], "名单", "5月7日"),
    ],
)  # fmt: skip
def test_the_year_of_the_title_completes_a_day(monkeypatch, head, name, day):
    """Or that of the sheet's name; what stands among the records does not."""
    sheet = main(("1", "甲", "5月7日"), ("2", "1999年", ""), name=name, head=head)
    assert of_sheets(monkeypatch, sheet).records[0].answers["day"] == day


@pytest.mark.parametrize(
    ("numbers", "joins", "faults"),
    [(("1", "1"), "1", [1, 1]), (("1", "2"), "1", [0, 0]), (("1", "1"), "2", [0, 0]),
     (("", ""), "1", [0, 0]), (("1", "1", "2"), "2", [0, 0, 0])],
)  # fmt: skip
def test_a_number_given_twice_matters_where_rows_are_joined_by_it(
    monkeypatch, numbers, joins, faults
):
    """Nobody can tell whose they are."""
    second = Sheet("各项", (("所属序号", "丙项", "丁项"), (joins, "x", "y")))
    rows = [(number, f"甲{at}", "") for at, number in enumerate(numbers)]
    roster = of_sheets(monkeypatch, main(*rows), second)
    assert [len(record.faults) for record in roster.records] == faults


@pytest.mark.parametrize(("count", "is_read"), [(3, True), (4, False)])
def test_a_roster_may_have_so_many_households(monkeypatch, count, is_read):
    """And not one more; none at all is no roster."""
    monkeypatch.setattr(module, "MOST_RECORDS", 3)
    sheet = main(*[(str(number), "甲", "") for number in range(count)])
    if is_read:
        assert len(of_sheets(monkeypatch, sheet).records) == 3
    else:
        with pytest.raises(RosterError, match="有 4 户，一次最多 3 户"):
            of_sheets(monkeypatch, sheet)
    with pytest.raises(RosterError, match="下面没有内容"):
        of_sheets(monkeypatch, main())


def test_a_case_number_is_read_as_it_stands(monkeypatch):
    """It is no field; a number Excel keeps as 3.0 is 3."""
    sheet = Sheet("名单", (("姓名", "日期", "案件编号"), ("甲", "", 3.0), ("乙", "", "DB-1")))
    records = of_sheets(monkeypatch, sheet).records
    assert [record.answers["case_no"] for record in records] == ["3", "DB-1"]


GL_HEADS = ("姓名", "身份证号", "本县民政局意见", "备注")


def test_an_opinion_nobody_read_is_not_replaced_by_consent(catalogue):
    """The row is refused with what to do; a row without an opinion is not."""
    book = openpyxl.Workbook()
    for row in (GL_HEADS, ("测试甲", PEOPLE[0], "不同意", "死亡停发"), ("测试乙", PEOPLE[1])):
        book.active.append(row)
    roster = read_roster(as_bytes(book), "名单.xlsx", catalogue.form("GL-01"))
    first, second = roster.records
    assert ["惯用语" in fault.what for fault in first.faults] == [True]
    assert second.faults == ()
    assert any("“备注”一列不读，其中写了：第 2 行“死亡停发”" in one.text for one in roster.notes)


def test_lists_side_by_side_whose_headings_differ_are_refused(spec):
    """The right one would be lost."""
    book = openpyxl.Workbook()
    heads = ["姓名", "身份证号", "联系电话"]
    book.active.append([*heads, "", "姓名", "联系电话", "身份证号"])
    book.active.append(["测试甲", PEOPLE[0], "1", "", "测试乙", "2", PEOPLE[1]])
    with pytest.raises(RosterError, match="左右并排了两份名单（A1 和 E1"):
        read(book, spec)


def test_a_list_that_stands_upright_is_called_that(spec):
    """Its headings stand in a column."""
    book = openpyxl.Workbook()
    for row in (("姓名", "测试甲"), ("身份证号", PEOPLE[0]), ("联系电话", "1"), ("家庭住址", "2")):
        book.active.append(row)
    with pytest.raises(RosterError, match="行列转置"):
        read(book, spec)


def test_what_people_mean_by_colours_strokes_and_comments_is_told(spec):
    """It is not read, and a clerk is told where; most rows in colour mean nothing."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓名", "身份证号", "联系电话"])
    for name, number in zip("甲乙丙丁", PEOPLE, strict=False):
        sheet.append([f"测试{name}", number, "13991500001"])
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    for cell in sheet[5]:
        cell.fill = PatternFill("solid", fgColor="FFFF0000")
    sheet["A2"].comment = Comment("已去世", "测试员")
    sheet["A1"].comment = Comment("照户口本写", "测试员")
    texts = [f"{one.place}{one.text}" for one in read(book, spec).notes if not one.is_problem]
    assert "第 3 行第 3 行画了删除线，也一并读入；不要的请删去" in texts
    assert "第 5 行第 5 行标了颜色，颜色不读；不要的请删去" in texts
    assert "A2批注不读，其中写了“已去世”" in texts
    assert not any("照户口本写" in text for text in texts)


def test_a_format_that_hides_what_it_hides_says_so(spec, catalogue, visits):
    """Of an old .xls only the values are read; an .xlsx shows hidden rows."""
    sheet = Sheet("名单", (("姓名", "身份证号"), ("测试甲", PEOPLE[0])), shows_marks=False)
    (note,) = module._format_notes([sheet])
    assert "另存为 .xlsx" in note.text
    assert not list(module._format_notes([replace(sheet, shows_marks=True)]))
