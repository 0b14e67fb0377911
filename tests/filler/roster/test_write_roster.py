"""The roster template of a form."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from filler.form.forms import Call, Condition, Field, FormSpec, Section
from filler.roster.write_roster import _comment, make_roster, sheet_name
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


def made(*fields, title="试表"):
    spec = FormSpec("XX-01", title, "1", "制式", "L-TABLE", "", (Section("", fields),), Path("x"))
    return openpyxl.load_workbook(io.BytesIO(make_roster(spec)))


def notes_of(field):
    return made(field).worksheets[0]["B1"].comment.text.split("\n")


@pytest.mark.parametrize(
    ("change", "notes"),
    [
        ({}, ["选填"]), ({"required": True}, ["必填"]), ({"default": "甲"}, ["不填则为“甲”"]),
        ({"required": True, "default": "甲"}, ["必填，不填则为“甲”"]),
        ({"required": True, "default": "{name}"}, ["必填"]), ({"default": "{name}"}, ["选填"]),
        ({"required_if": Condition("b", ("是",))}, ["有的情况必填，预检时会提示"]),
        ({"required_if": Condition("b", ("是",)), "default": "甲"}, ["有的情况必填，预检时会提示"]),
        ({"type": "int"}, ["选填", "整数"]), ({"help": "照证件"}, ["选填", "照证件"]),
        ({"sensitive": True}, ["选填", "涉及隐私，请妥善保管本文件"]),
        ({"type": "multi", "choices": ("甲", "乙")},
         ["选填", "可选几项，用顿号“、”隔开", "可选：甲、乙"]),
        ({"type": "multi"}, ["选填", "可选几项，用顿号“、”隔开"]),
        ({"type": "choice", "choices": ("甲", "乙")}, ["选填", "从下拉中选"]),
    ],
)  # fmt: skip
def test_a_column_says_what_a_clerk_should_know(change, notes):
    """And no more."""
    assert notes_of(Field(**{"slug": "a", "label": "甲项", "type": "text"} | change)) == notes


@pytest.mark.parametrize(
    ("label", "kind", "width"),
    [
        ("甲", "text", 12), ("甲" * 4, "text", 12), ("甲" * 5, "text", 14),
        ("甲" * 12, "text", 29.4),
        ("甲" * 13, "text", 30), ("甲", "idcard", 22), ("甲", "int", 10),
    ],
)  # fmt: skip
def test_a_column_is_as_wide_as_its_heading(label, kind, width):
    """Or as what it holds."""
    sheet = made(Field("a", label, kind)).worksheets[0]
    assert sheet.column_dimensions["B"].width == pytest.approx(width)


def test_what_is_required_is_dark_and_starred():
    """The number of a household is not, in the main table; where it joins a second one it is."""
    columns = (Field("c", "丙项", "text"), Field("d", "丁项", "text", derived=Call("x")))
    table = Field("r", "各项", "rows", columns=columns)
    book = made(Field("a", "甲项", "text", required=True), Field("b", "乙项", "sign"), table)
    main, second, guide, lists = book.worksheets
    assert [cell.value for cell in main[1]] == ["序号", "甲项 *"]
    assert [cell.fill.fgColor.rgb[2:] for cell in main[1]] == ["E6EFEC", "1F5C57"]
    assert [cell.font.color.rgb[2:] for cell in main[1]] == ["1D2B33", "FFFFFF"]
    assert [cell.value for cell in second[1]] == ["所属序号 *", "丙项"]
    assert (second.title, guide.title, lists.title) == ("各项", "填写说明", "选项")
    told = [[cell.value for cell in row] for row in guide.iter_rows()]
    assert ["试表", "甲项", "必填"] in told and ["各项", "丙项", "选填"] in told
    assert not [row for row in told if row[1] in ("乙项", "丁项", "各项")]
    assert any("“各项”各有一张工作表" in str(row[0]) for row in told)


def test_a_form_without_tables_does_not_speak_of_them():
    """The guide has four rules then."""
    told = [str(row[0].value) for row in made(Field("a", "甲项", "text"))["填写说明"].iter_rows()]
    assert [text[:2] for text in told if text[1:2] == "."] == ["1.", "2.", "3.", "4."]


def test_each_choice_has_a_column_of_the_hidden_sheet():
    """From the first on; what has no choices has none."""
    book = made(Field("a", "甲项", "choice", choices=("一", "二")), Field("b", "乙项", "choice"),
                Field("c", "丙项", "choice", choices=("三",)), Field("d", "丁项", "text",
                                                                 choices=("四",)))  # fmt: skip
    lists = book["选项"]
    assert [[cell.value for cell in column] for column in lists.columns] == [
        ["一", "二"], ["三", None]
    ]  # fmt: skip
    rules = book.worksheets[0].data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [
        ("B2:B20001", "'选项'!$A$1:$A$2"), ("D2:D20001", "'选项'!$B$1:$B$1")
    ]  # fmt: skip


def test_a_long_or_odd_title_may_be_a_sheets_name():
    """Thirty-one signs, without those a spreadsheet keeps for itself."""
    assert sheet_name("a[b]:*?/\\'c") == "abc"
    assert len(sheet_name("甲" * 40)) == 31
