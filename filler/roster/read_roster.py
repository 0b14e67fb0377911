"""A spreadsheet becomes records: header found, cells read, second sheets joined."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from filler.errors import RosterError
from filler.form.forms import Field, FormSpec
from filler.roster.cells import clean_text, key_text, read_cell
from filler.roster.columns import form_headings, is_number_heading, person_field
from filler.roster.layout import FoundTable, find_tables, find_unknown_columns, missing_columns
from filler.roster.members import Members, read_members
from filler.roster.read_spreadsheet import CellValue, Sheet, read_spreadsheet
from filler.roster.roster import CellPlace, Note, Record, Roster
from filler.values.read_value import WrongValueError
from minzheng.county.errors import Problem
from minzheng.county.writing.id_card import normalise_id

MOST_RECORDS = 20_000
_YEAR = re.compile(r"(19\d\d|20\d\d)\s*年")
_SUMS = frozenset({"合计", "总计", "小计", "共计"})
_COMPUTE = "用 Excel 或 WPS 打开，等数值出来后保存，再用"


def read_roster(data: bytes, name: str, spec: FormSpec) -> Roster:
    """All records of a form's roster.

    Raises:
        RosterError: it is no spreadsheet, or no header was found in it.
    """
    sheets = read_spreadsheet(data, name)
    found = find_tables(spec, sheets)
    mains = [table for table in found if table.field is None and not table.sheet.is_hidden]
    if not mains:
        wanted = "、".join(list(form_headings(spec).names.values())[:8])
        raise RosterError(
            f"{name} 中没有找到《{spec.short_title}》的表头（如 {wanted}）。"
            f"请用“花名册模板”填写，或核对选的是不是这张表。"
        )
    notes = [note for table in found for note in _notes(table, spec)]
    members = read_members(found, _read_answers)
    records = tuple(record for table in mains for record in _read_main(table, spec, members, notes))
    if len(records) > MOST_RECORDS:
        raise RosterError(
            f"{name} 有 {len(records)} 户，一次最多 {MOST_RECORDS} 户。请分成几个文件。"
        )
    if not records:
        raise RosterError(f"{name} 的表头下面没有内容。")
    notes += members.left_over()
    return Roster(
        records,
        {table.sheet.name: table.layout for table in mains},
        {table.field.slug: table.layout for table in found if table.field is not None},
        tuple(notes),
    )


def _notes(table: FoundTable, spec: FormSpec) -> Iterator[Note]:
    yield from find_unknown_columns(table, spec)
    sheet, first = table.sheet, table.layout.header_row
    if sheet.is_hidden:
        if table.field is None:
            yield Note(f"工作表“{sheet.name}”是隐藏的，没有读", CellPlace(sheet.name, 1))
        return
    hidden = [
        row
        for row in sorted(sheet.marks.hidden_rows)
        if row >= first and row < len(sheet.rows) and any(map(_is_filled, sheet.rows[row]))
    ]
    if hidden:
        what = f"有 {len(hidden)} 行是隐藏的，也一并读入；不要的请删去"
        yield Note(what, CellPlace(sheet.name, hidden[0] + 1))
    columns = [
        one for one in table.layout.columns.values() if one - 1 in sheet.marks.hidden_columns
    ]
    if columns:
        what = f"有 {len(columns)} 列是隐藏的，也一并读入"
        yield Note(what, CellPlace(sheet.name, first, columns[0]))
    if table.field is None:
        for heading in missing_columns(spec, table.layout):
            place = CellPlace(sheet.name, first)
            yield Note(f"没有“{heading}”这一列（必填）", place, is_problem=True)


def _read_main(
    table: FoundTable, spec: FormSpec, members: Members, notes: list[Note]
) -> Iterator[Record]:
    fields = {field.slug: field for field in spec.fields}
    person = person_field(spec)
    number_at = next(
        (at for at, text in enumerate(table.headings) if is_number_heading(text)), None
    )
    year = _year_around(table)
    rows = list(_filled_rows(table, notes))
    counts = Counter(_number(table, row, number_at) for row in rows)
    for row in rows:
        answers, faults = _read_answers(table, fields, row, year)
        number = _number(table, row, number_at)
        person_no = normalise_id(str(answers.get(person.slug, ""))) if person else ""
        joined = members.take(number, person_no)
        if joined.answers and number and counts[number] > 1:
            what = f"序号 {number} 出现了不止一次，分不清成员属于哪一户"
            faults.append(Problem("序号", what, "每户用一个序号"))
        yield Record(
            table.sheet.name,
            row + 1,
            {**answers, **joined.answers},
            (*faults, *joined.faults),
            joined.rows,
        )


def _number(table: FoundTable, row: int, column: int | None) -> str:
    return "" if column is None else key_text(table.sheet.value(row, column))


def _filled_rows(table: FoundTable, notes: list[Note]) -> Iterator[int]:
    """Rows below the header that hold a record."""
    columns = [column - 1 for column in table.layout.columns.values()]
    for row in range(table.layout.header_row, len(table.sheet.rows)):
        cells = table.sheet.rows[row]
        is_filled = any(at < len(cells) and _is_filled(cells[at]) for at in columns)
        if not is_filled and not any((row, at) in table.sheet.marks.faults for at in columns):
            continue
        first = next((str(cell) for cell in cells if _is_filled(cell)), "")
        if "".join(first.split()) in _SUMS:
            notes.append(Note("合计行没有读", CellPlace(table.sheet.name, row + 1)))
            continue
        yield row


def _read_answers(
    table: FoundTable, fields: Mapping[str, Field], row: int, year: int | None, prefix: str = ""
) -> tuple[dict[str, Any], list[Problem]]:
    """The answers of one row; a cell that cannot be read is a fault and no answer."""
    answers: dict[str, Any] = {}
    faults: list[Problem] = []
    for slug, column in table.layout.columns.items():
        heading = table.layout.headings.get(slug, slug).strip()
        try:
            text = _read_at(table.sheet, fields.get(slug), row, column - 1, year)
        except WrongValueError as error:
            faults.append(Problem(heading, error.what, error.do, prefix + slug))
            continue
        if text:
            answers[slug] = text
    return answers, faults


def _read_at(sheet: Sheet, field: Field | None, row: int, column: int, year: int | None) -> str:
    fault = sheet.marks.faults.get((row, column))
    if fault:
        raise WrongValueError(fault, _COMPUTE)
    value = sheet.value(row, column)
    if field is None:
        return key_text(value)
    return read_cell(field, value, year) if value != "" else ""


def _year_around(table: FoundTable) -> int | None:
    """The year the sheet's title or name speaks of."""
    above: Sequence[Sequence[CellValue]] = table.sheet.rows[: table.layout.header_row - 1]
    texts = [cell for row in above for cell in row if isinstance(cell, str)]
    match = next(filter(None, map(_YEAR.search, [*texts, table.sheet.name])), None)
    return int(match[1]) if match else None


def _is_filled(cell: CellValue) -> bool:
    return not isinstance(cell, str) or bool(clean_text(cell))
