"""A table of the county as a workbook, changed as people do, and back."""

import datetime as dt
import io

import openpyxl
import pytest

from filler.errors import RosterError
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.shown.registry_cells import apply, grids_of, is_editable
from minzheng.county.registry.shown.registry_guide import BY_NAME, FILES
from minzheng.external.files.file_properties import FileProperties
from minzheng.web.office.registry_workbook import read_workbook, write_workbook

NAME = "standards.toml"
ONE = BY_NAME[NAME]
TOLD = FileProperties("镇坪县民政局", "保障标准", dt.date(2026, 7, 1))
TEXT = (REGISTRY_FOLDER / NAME).read_text(encoding="utf-8")


@pytest.fixture
def changed():
    """Lets somebody change the workbook of the standards; gives changes and mistakes."""

    def run(change):
        book = openpyxl.load_workbook(io.BytesIO(write_workbook(ONE, grids_of(NAME, TEXT), TOLD)))
        change(book["标准"])
        stream = io.BytesIO()
        book.save(stream)
        return read_workbook(stream.getvalue(), "标准.xlsx", ONE, grids_of(NAME, TEXT))

    return run


def put(*cells):
    """Puts values at places like D4."""

    def change(sheet):
        for place, value in cells:
            sheet[place] = value

    return change


@pytest.mark.parametrize("name", [one.name for one in FILES if is_editable(one.name)])
def test_nothing_changed_changes_nothing(name):
    """Of every table: as a spreadsheet program reads it, it is what it was."""
    text = (REGISTRY_FOLDER / name).read_text(encoding="utf-8")
    grids = grids_of(name, text)
    data = write_workbook(BY_NAME[name], grids, TOLD)
    assert read_workbook(data, "a.xlsx", BY_NAME[name], grids) == ([], [])


def test_values_are_values_and_texts_are_no_formulas():
    """Money as numbers, days as days; the sheet says how it is used."""
    text = TEXT.replace('source = "县里填写文号"', 'source = "=1+1"', 1)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(ONE, grids_of(NAME, text), TOLD)))
    sheet = book["标准"]
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[2], strict=True))
    assert row["元/月"].value == 295
    assert row["自"].value == dt.datetime(2018, 1, 1)
    assert (row["来源"].value, row["来源"].data_type) == ("=1+1", "s")
    assert "行号" in " ".join(str(row[0].value) for row in book["怎么改"].rows)


def test_amounts_days_and_new_rows_are_taken_as_typed(changed):
    """A number, a text with its unit, a day with dots; a row put in between."""

    def change(sheet):
        sheet["D2"], sheet["D3"], sheet["E4"] = 300, "340元", "2021.8.1"
        sheet.insert_rows(3)
        for column, value in zip("BCDE", ("低保", "新类", "1", "2027-1-1"), strict=True):
            sheet[f"{column}3"] = value

    changes, problems = changed(change)
    text, more = apply(NAME, TEXT, changes)
    assert problems == more == []
    rows = grids_of(NAME, text)[0].rows
    assert [rows[0]["month_amount"], rows[2]["month_amount"]] == ["300.00", "340.00"]
    assert (rows[1]["hukou_type"], rows[1]["from"]) == ("新类", "2027-01-01")
    assert rows[3]["from"] == "2021-08-01"
    assert len(rows) == len(grids_of(NAME, TEXT)[0].rows) + 1


def test_a_row_that_is_gone_is_taken_out(changed):
    """Also when rows were sorted: the number tells which is which."""
    changes, problems = changed(lambda sheet: sheet.delete_rows(3))
    assert (problems, [(one.number, one.cells) for one in changes]) == ([], [(1, None)])


def test_mistakes_stand_with_their_row_and_column(changed):
    """All at once, when they are laid over the file."""
    changes, _ = changed(put(("D2", "三百"), ("E3", "去年")))
    _, problems = apply(NAME, TEXT, changes)
    assert [one.where for one in problems] == [
        "标准 Excel 第 2 行“元/月”", "标准 Excel 第 3 行“自”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (put(("D2", "=1+1")), "标准 D2：公式还没有算出结果"),
        (lambda sheet: sheet.merge_cells("B2:B3"), "标准 B2：是合并的单元格"),
        (put(("A3", 1)), "行号 1 与第 2 行重复"),
        (put(("A3", 99)), "行号“99”不是原来的行号"),
        (put(("A3", "甲")), "行号“甲”不是原来的行号"),
        (put(("D1", "每月")), "标准 D1：不认得表头“每月”"),
        (put(("D1", "自")), "有两列“自”"),
        (put(("A1", "序号")), "没有找到写着“行号”的表头"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(changed, change, said):
    """Nothing is guessed."""
    _, problems = changed(change)
    assert any(said in str(one) for one in problems), problems


def test_a_title_above_the_heading_and_a_column_left_out_are_taken(changed):
    """A column that is not there is not changed."""

    def change(sheet):
        sheet.delete_cols(8)
        sheet.insert_rows(1)
        sheet["A1"] = "2026 年标准"

    assert changed(change) == ([], [])


def test_another_workbook_is_refused():
    """By the name of its sheet."""
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    with pytest.raises(RosterError, match="里面没有工作表“标准”"):
        read_workbook(stream.getvalue(), "a.xlsx", ONE, grids_of(NAME, TEXT))
