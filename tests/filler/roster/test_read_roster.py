"""A roster's rows become answers."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from filler.errors import RosterError
from filler.roster.read_roster import read_roster
from filler.roster.roster import RowKind
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
