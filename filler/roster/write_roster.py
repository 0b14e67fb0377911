"""The roster template of a form: an .xlsx a village fills, one row a document."""

import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from filler.form.forms import Field, FormSpec
from filler.roster.columns import BELONGS_TO, GUIDE, LISTS, NUMBER, form_headings, row_headings
from filler.roster.read_roster import MOST_RECORDS
from filler.values.read_value import unit_of
from minzheng.external.files.file_properties import PRODUCT, FileProperties, retold

_NOT_IN_SHEET_NAMES = str.maketrans({character: "" for character in "[]:*?/\\'"})
_MOST_NAME = 31
_FORMATS = {"date": "yyyy-mm-dd", "money": "0.00", "int": "0"}
_WIDTHS = {"idcard": 22, "bank": 24, "phone": 15, "date": 14, "longtext": 40, "int": 10}
_WRITE = {
    "idcard": "18 位，文本格式",
    "bank": "12–19 位，文本格式",
    "phone": "11 位手机号，或 0915-1234567",
    "date": "如 2018-05-07，也可写 2018年5月7日",
    "month": "如 2018-05",
    "money": "最多两位小数",
    "int": "整数",
    "multi": "可选几项，用顿号“、”隔开",
    "choice": "从下拉中选",
    "photo": "照片的文件名，如 李大山.jpg；网页上传时把照片压缩成一个 ZIP",
    "annex": "附件的文件名，如 李大山.docx；网页上传时和照片压缩成一个 ZIP",
}
_FONT = "微软雅黑"
_REQUIRED = PatternFill("solid", fgColor="1F5C57")
_OPTIONAL = PatternFill("solid", fgColor="E6EFEC")
_SIDE = Side(style="thin", color="C6CDC9")
_GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


def make_roster(spec: FormSpec, bureau: str = PRODUCT) -> bytes:
    """The template as a file."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    names = form_headings(spec).names
    fields = [field for field in spec.fields if field.is_typed and field.type != "rows"]
    sheet.title = sheet_name(spec.short_title)
    _lay_sheet(sheet, lists, NUMBER, [(field, names[field.slug]) for field in fields])
    for table in _tables(spec):
        columns = [column for column in table.columns if column.is_typed]
        names = row_headings(table).names
        second = book.create_sheet(sheet_name(table.label), len(book.sheetnames) - 1)
        _lay_sheet(second, lists, BELONGS_TO, [(one, names[one.slug]) for one in columns])
    _lay_guide(book.create_sheet(GUIDE, len(book.sheetnames) - 1), spec)
    stream = io.BytesIO()
    book.save(stream)
    return retold(stream.getvalue(), FileProperties(bureau, f"{spec.short_title}花名册"))


def sheet_name(title: str) -> str:
    """A title as a sheet may be called."""
    return title.translate(_NOT_IN_SHEET_NAMES)[:_MOST_NAME]


def _tables(spec: FormSpec) -> list[Field]:
    return [field for field in spec.fields if field.type == "rows"]


def _lay_sheet(
    sheet: Worksheet, lists: Worksheet, key: str, columns: Sequence[tuple[Field, str]]
) -> None:
    _lay_heading(sheet, 1, key, is_required=key == BELONGS_TO, width=10)
    sheet.column_dimensions["A"].number_format = "@"
    sheet["A1"].comment = _comment(_KEY_NOTES[key])
    for number, (field, heading) in enumerate(columns, start=2):
        width = _WIDTHS.get(field.type, max(12, min(30, 2.2 * len(heading) + 3)))
        cell = _lay_heading(sheet, number, heading, is_required=field.required, width=width)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].number_format = _FORMATS.get(field.type, "@")
        sheet[cell].comment = _comment("\n".join(_explain(field)))
        if field.type == "choice" and field.choices:
            sheet.add_data_validation(_drop_down(lists, field, letter))
    sheet.row_dimensions[1].height = 34
    sheet.freeze_panes = "B2"
    sheet.sheet_view.zoomScale = 110
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:1"


def _lay_heading(
    sheet: Worksheet, column: int, heading: str, *, is_required: bool, width: float
) -> str:
    cell = sheet.cell(1, column, f"{heading} *" if is_required else heading)
    cell.font = Font(_FONT, 11, bold=True, color="FFFFFF" if is_required else "1D2B33")
    cell.fill = _REQUIRED if is_required else _OPTIONAL
    cell.alignment = Alignment("center", "center", wrap_text=True)
    cell.border = _GRID
    sheet.column_dimensions[get_column_letter(column)].width = width
    return f"{get_column_letter(column)}1"


def _drop_down(lists: Worksheet, field: Field, letter: str) -> DataValidation:
    """A list from the hidden sheet: a list inside the rule may hold 255 characters at most."""
    column = lists.max_column + (lists.cell(1, 1).value is not None)
    for row, choice in enumerate(field.choices, start=1):
        lists.cell(row, column, choice)
    at = get_column_letter(column)
    source = f"{quote_sheetname(LISTS)}!${at}$1:${at}${len(field.choices)}"
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = field.label, "请从下拉列表中选一项。"
    rule.add(f"{letter}2:{letter}{MOST_RECORDS + 1}")
    return rule


def _comment(text: str) -> Comment:
    lines = text.count("\n") + 1 + len(text) // 18
    return Comment(text, PRODUCT, height=24 + 20 * lines, width=260)


def _explain(field: Field) -> Iterator[str]:
    """What a clerk should know of one column."""
    if field.required:
        yield f"必填，不填则为“{field.default}”" if _has_default(field) else "必填"
    elif field.required_if is not None:
        yield "有的情况必填，预检时会提示"
    elif _has_default(field):
        yield f"不填则为“{field.default}”"
    else:
        yield "选填"
    unit = unit_of(field)
    if field.type in _WRITE:
        yield f"单位{unit}，{_WRITE[field.type]}" if unit else _WRITE[field.type]
    if field.type == "multi" and field.choices:
        yield f"可选：{'、'.join(field.choices)}"
    if field.help:
        yield field.help
    if field.sensitive:
        yield "涉及隐私，请妥善保管本文件"


def _has_default(field: Field) -> bool:
    return bool(field.default) and "{" not in field.default


def _lay_guide(sheet: Worksheet, spec: FormSpec) -> None:
    tables = _tables(spec)
    rows: list[tuple[str, ...]] = [(f"《{spec.short_title}》（{spec.id}）花名册填写说明",), ()]
    rows += [(text,) for text in _general(tables)]
    rows += [(), ("工作表", "项目", "怎么填")]
    heading_row = len(rows)
    names = form_headings(spec).names
    for field in spec.fields:
        if field.is_typed and field.type != "rows":
            what = "；".join(_explain(field))
            rows.append((sheet_name(spec.short_title), names[field.slug], what))
    for table in tables:
        for column in (one for one in table.columns if one.is_typed):
            what = "；".join(_explain(column))
            rows.append((sheet_name(table.label), row_headings(table).names[column.slug], what))
    for row in rows:
        sheet.append(row)
    _style_guide(sheet, heading_row)


def _style_guide(sheet: Worksheet, heading_row: int) -> None:
    sheet["A1"].font = Font(_FONT, 15, bold=True, color="17453F")
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            is_heading = cell.row == heading_row
            cell.font = Font(_FONT, 11, bold=is_heading)
            cell.alignment = Alignment(vertical="top", wrap_text=(cell.row or 0) >= heading_row)
            if (cell.row or 0) >= heading_row:
                cell.border = _GRID
            if is_heading:
                cell.fill = _OPTIONAL
    for letter, width in (("A", 26), ("B", 26), ("C", 70)):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


def _general(tables: Sequence[Field]) -> Iterator[str]:
    yield "1. 一户（一份文书）一行，从表头下一行开始填，中间不要空行、不要合计行。"
    yield "2. 深色表头带 * 的必填；鼠标停在表头上可看说明。列可以调换先后，不需要的选填列可以删去。"
    yield "3. 性别、年龄、合计、大写等由系统算出，表中没有，也不用填。"
    yield "4. 身份证号、账号所在的列已设为文本；从别处粘贴时请“只粘贴文本”，否则末几位会变成 0。"
    if tables:
        named = "、".join(f"“{sheet_name(table.label)}”" for table in tables)
        yield f"5. {named}各有一张工作表：每行一项，“{BELONGS_TO}”填主表中这一户的“{NUMBER}”。"


_KEY_NOTES = {
    NUMBER: "每户一个序号，不要重复。\n其他工作表用它找到这一户。",
    BELONGS_TO: "必填。填主表中这一户的“序号”，\n也可把本列改名为“户主身份证号”并填身份证号。",
}
