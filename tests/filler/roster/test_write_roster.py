"""The roster template of a form."""

import io
import zipfile

import openpyxl
import pytest

from filler.roster.write_roster import _comment, make_roster
from tests.filler.rosters import as_bytes, column_of, open_template


def test_every_form_has_a_template(catalogue):
    """No label, list or table of any form is too long or too odd for a spreadsheet."""
    for spec in catalogue.forms:
        book = openpyxl.load_workbook(io.BytesIO(make_roster(spec)))
        assert "填写说明" in book.sheetnames


def test_a_template_says_whose_it_is(catalogue):
    """The bureau and the form; no program that it was not made by."""
    spec = catalogue.form("ZF-01")
    data = make_roster(spec, "试点县民政局")
    told = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert (told.creator, told.title) == ("试点县民政局", "民政大走访入户登记表花名册")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"Microsoft" not in archive.read("docProps/app.xml")


def test_headings_are_labels_and_required_ones_are_marked(catalogue):
    """Names as on the form; derived fields are not asked."""
    headings = [cell.value for cell in open_template(catalogue, "ZF-01").worksheets[0][1]]
    assert headings[0] == "序号"
    assert "身份证号 *" in headings
    assert "困难情况" in headings
    assert not any("人均年收入" in str(heading) for heading in headings)


@pytest.mark.parametrize("heading", ["身份证号", "联系电话", "姓名"])
def test_numbers_are_text(catalogue, heading):
    """A spreadsheet keeps only 15 digits of a number."""
    sheet = open_template(catalogue, "ZF-01").worksheets[0]
    letter = sheet.cell(1, column_of(sheet, heading)).column_letter
    assert sheet.column_dimensions[letter].number_format == "@"


def test_choices_are_drop_downs(catalogue):
    """From the hidden sheet, for all the rows there may be."""
    book = open_template(catalogue, "ZF-01")
    sheet, lists = book.worksheets[0], book["选项"]
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    letter = sheet.cell(1, column_of(sheet, "走访方式")).column_letter
    source = rules[f"{letter}2:{letter}20001"]
    column = source.split("$")[1]
    assert [cell.value for cell in lists[column] if cell.value] == ["入户", "电话"]
    assert lists.sheet_state == "hidden"


def test_a_heading_says_how_to_fill_it(catalogue):
    """Required or not, what stands there when left blank, how it is written."""
    sheet = open_template(catalogue, "ZF-01").worksheets[0]
    note = sheet.cell(1, column_of(sheet, "走访批次")).comment.text
    assert "必填" in note
    assert "民政大走访" in note


def test_a_table_of_rows_has_a_sheet_joined_by_a_number(catalogue):
    """And the guide says so."""
    book = open_template(catalogue, "ZF-01")
    assert [cell.value for cell in book["应享与已享"][1]][:2] == ["所属序号 *", "政策 *"]
    texts = [str(cell.value) for row in book["填写说明"].iter_rows() for cell in row]
    assert any("所属序号" in text for text in texts)


def test_the_same_form_gives_a_readable_file_again(catalogue):
    """A template that was opened and saved is still one."""
    assert openpyxl.load_workbook(io.BytesIO(as_bytes(open_template(catalogue, "DB-01"))))


def test_the_guide_wraps_what_it_explains_and_not_its_rules(catalogue):
    """From the heading on there are lines around the cells; only the heading is bold."""
    rows = list(open_template(catalogue, "ZF-01")["填写说明"].iter_rows(min_row=2))
    heading = next(number for number, row in enumerate(rows) if row[0].value == "工作表")
    for number, row in enumerate(rows):
        assert {bool(cell.alignment.wrap_text) for cell in row} == {number >= heading}
        assert {bool(cell.font.bold) for cell in row} == {number == heading}
        assert {bool(cell.border.left.style) for cell in row} == {number >= heading}


@pytest.mark.parametrize(
    ("text", "height"), [("甲", 44), ("甲\n乙", 64), ("甲" * 17, 44), ("甲" * 18, 64)]
)
def test_a_note_has_room_for_its_lines(text, height):
    """Eighteen characters stand in one."""
    assert _comment(text).height == height
