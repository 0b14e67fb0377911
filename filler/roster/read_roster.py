"""A spreadsheet becomes records: headers found, every row accounted for, second sheets joined."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from filler.errors import RosterError
from filler.form.forms import Field, FormSpec
from filler.roster.cells import key_text, read_cell
from filler.roster.columns import (
    OWN_SHEETS,
    form_headings,
    is_number_heading,
    person_field,
)
from filler.roster.composed import joined, part_of
from filler.roster.heading_notes import (
    StrangeColumn,
    find_defaulted_columns,
    find_heading_notes,
)
from filler.roster.heading_units import find_other_unit
from filler.roster.layout import FoundTable, is_filled_row, missing_columns
from filler.roster.members import Members, read_members
from filler.roster.not_applicants import find_not_applicants
from filler.roster.read_spreadsheet import CellValue, Sheet, read_spreadsheet
from filler.roster.roster import (
    CellPlace,
    Note,
    Record,
    Roster,
    RowKind,
    SheetAccount,
    TableLayout,
    account_for,
)
from filler.roster.row_kinds import kinds_of_rows, kinds_of_stranger, last_row, notes_of_rows
from filler.roster.row_notes import find_unread_notes
from filler.roster.same_as_above import cells_as_above
from filler.roster.shapes.flat_lists import FlatList, find_flat_lists, read_flat_lists
from filler.roster.shapes.other_shapes import (
    is_list_of_people,
    refuse_cards,
    refuse_lists_beside,
    say_no_header,
)
from filler.roster.shapes.side_by_side import kinds_together, notes_of_parts, take_apart
from filler.roster.sheet_marks import ADVICE
from filler.values.read_value import WrongValueError, unit_of
from minzheng.county.errors import Problem
from minzheng.county.writing.id_card import normalise_id

MOST_RECORDS = 20_000
_YEAR = re.compile(r"(19\d\d|20\d\d)\s*年")


def read_roster(data: bytes, name: str, spec: FormSpec) -> Roster:
    """All records of a form's roster.

    Raises:
        RosterError: it is no spreadsheet, or no header was found in it.
    """
    whole = read_spreadsheet(data, name)
    sheets, tables = take_apart(spec, whole)
    lists = find_flat_lists(name, spec, tables)
    heads = {id(one.rows): one.head for one in lists}
    tables = tuple(one.rows for one in lists) or tables
    looked_at = [_Table.of(one, spec, heads.get(id(one))) for one in tables]
    found = tuple(_without_sums(looked_at, spec))
    mains = [one for one in found if one.is_main and one.records]
    if not any(one.is_main for one in found):
        raise RosterError(say_no_header(name, sheets, spec))
    refuse_lists_beside(name, (one.found for one in found))
    refuse_cards(name, spec, ((one.found, one.records) for one in mains))
    notes = list(dict.fromkeys((*notes_of_parts(sheets), *_notes(found, sheets, spec))))
    members = read_members(
        [(one.found, one.records) for one in found if one.head is None], _read_answers
    )
    records = tuple(_read_lists(mains, spec) if lists else _read_mains(mains, spec, members))
    if len(records) > MOST_RECORDS:
        raise RosterError(
            f"{name} 有 {len(records)} 户，一次最多 {MOST_RECORDS} 户。请分成几个文件。"
        )
    if not records:
        raise RosterError(f"{name} 的表头下面没有内容。")
    notes += members.left_over()
    return Roster(
        records,
        _first_layouts((one.main.sheet.name, one.main.layout) for one in mains),
        _first_layouts(
            (one.found.field.slug, one.found.layout) for one in found if one.found.field is not None
        ),
        tuple(notes),
        tuple(one.found.layout for one in found),
        tuple(_accounts(found, whole, members.rows_left())),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A table and the kind of each of its rows."""

    found: FoundTable
    kinds: Mapping[int, RowKind]
    number_at: int | None  #: the column of running numbers
    head: FoundTable | None = None  #: of a flat list: what says whose its rows are

    @classmethod
    def of(cls, found: FoundTable, spec: FormSpec, head: FoundTable | None = None) -> "_Table":
        """Look at each row of a table."""
        numbered = (at for at, text in enumerate(found.headings) if is_number_heading(text))
        kinds = kinds_of_rows(found, spec)
        records = sorted(row for row, kind in kinds.items() if kind is RowKind.READ)
        tables = (one for one in (found, head) if one is not None)
        parts = [cells_as_above(one, spec, records) for one in tables]
        above = {at: row for part in parts for at, row in part.items()}
        if head is not None:
            head = replace(head, above=above)
        return cls(replace(found, above=above), kinds, next(numbered, None), head)

    @property
    def is_main(self) -> bool:
        """Whether its rows are documents."""
        return self.main.field is None and not self.found.sheet.is_hidden

    @property
    def main(self) -> FoundTable:
        """What holds the answers that are no rows."""
        return self.head or self.found

    @property
    def records(self) -> list[int]:
        """The rows that are read."""
        return sorted(row for row, kind in self.kinds.items() if kind is RowKind.READ)


def _without_sums(found: Sequence[_Table], spec: FormSpec) -> Iterator[_Table]:
    """Tables that name nobody are none of people where another one names them."""
    has_people = any(one.is_main and is_list_of_people(one.found, spec) for one in found)
    for one in found:
        if has_people and one.is_main and not is_list_of_people(one.found, spec):
            left = {
                row: RowKind.LEFT if kind is RowKind.READ else kind
                for row, kind in one.kinds.items()
            }
            yield replace(one, kinds=left)
        else:
            yield one


def _first_layouts(named: Iterable[tuple[str, TableLayout]]) -> dict[str, TableLayout]:
    layouts: dict[str, TableLayout] = {}
    for name, layout in named:
        layouts.setdefault(name, layout)
    return layouts


def _accounts(
    found: Sequence[_Table], sheets: Iterable[Sheet], left: Mapping[str, set[int]]
) -> Iterator[SheetAccount]:
    """Every row of every sheet that a clerk filled: what became of it."""
    for sheet in sheets:
        if sheet.name in OWN_SHEETS or not last_row(sheet):
            continue
        own = [one.kinds for one in found if one.found.sheet.name == sheet.name]
        kinds = {} if sheet.is_hidden else kinds_together(own)
        kinds = kinds or kinds_of_stranger(sheet)
        kinds |= dict.fromkeys(left.get(sheet.name, ()), RowKind.LEFT)
        yield account_for(sheet.name, kinds.values())


def _kinds_of(sheet: Sheet, found: Iterable[_Table]) -> dict[int, RowKind]:
    own = (one.kinds for one in found if one.found.sheet is sheet)
    return {row: kind for kinds in own for row, kind in kinds.items()}


def _notes(found: Sequence[_Table], sheets: Iterable[Sheet], spec: FormSpec) -> Iterator[Note]:
    yield from _format_notes(sheets)
    for table in found:
        yield from _left_notes(table)
        if table.found.sheet.is_hidden or table.records:
            yield from _table_notes(table, spec)
        if not table.found.sheet.is_hidden:
            yield from find_unread_notes(table.found, table.records)
    known = {id(table.found.sheet) for table in found}
    for sheet in sheets:
        if id(sheet) in known and not sheet.is_hidden:
            yield from notes_of_rows(sheet, _kinds_of(sheet, found))
        elif id(sheet) not in known and sheet.name not in OWN_SHEETS and last_row(sheet):
            what = f"工作表“{sheet.name}”没有找到表头，{last_row(sheet)} 行都没有读"
            yield Note(what, CellPlace(sheet.name, 1))


def _format_notes(sheets: Iterable[Sheet]) -> Iterator[Note]:
    """That a file may hide what only another format shows."""
    blind = next((one for one in sheets if not one.shows_marks and last_row(one)), None)
    if blind is not None:
        what = (
            "这种格式看不出隐藏的行列、删除线、批注，凡有内容的都读入；有这些的，另存为 .xlsx 再用"
        )
        yield Note(what, CellPlace(blind.name, 1))


def _left_notes(table: _Table) -> Iterator[Note]:
    """A table of sums, of whose rows none is anybody."""
    rows = [row for row, kind in table.kinds.items() if kind is RowKind.LEFT]
    if rows:
        what = f"没有姓名、身份证号这两列，不是名单，{len(rows)} 行没有读"
        yield Note(what, CellPlace(table.found.sheet.name, table.found.layout.header_row))


def _table_notes(looked_at: _Table, spec: FormSpec) -> Iterator[Note]:
    table, main = looked_at.found, looked_at.main
    if main is not table:
        yield from find_heading_notes(main, spec)
    yield from find_heading_notes(table, spec)
    sheet, first = table.sheet, table.layout.header_row
    if sheet.is_hidden:
        yield Note(f"工作表“{sheet.name}”是隐藏的，没有读", CellPlace(sheet.name, 1))
        return
    hidden = [
        row
        for row in sorted(sheet.marks.hidden_rows)
        if first <= row < min(table.end, len(sheet.rows)) and is_filled_row(sheet, row)
    ]
    if hidden:
        what = f"有 {len(hidden)} 行是隐藏的，也一并读入；不要的请删去"
        yield Note(what, CellPlace(sheet.name, hidden[0] + 1))
    used = table.layout.used | main.layout.used
    columns = [one for one in sorted(used) if one - 1 in sheet.marks.hidden_columns]
    if columns:
        what = f"有 {len(columns)} 列是隐藏的，也一并读入"
        yield Note(what, CellPlace(sheet.name, first, columns[0]))
    if main.field is None:
        for heading in missing_columns(spec, main.layout):
            place = CellPlace(sheet.name, first)
            yield Note(f"没有“{heading}”这一列（必填）", place, is_problem=True)


def _read_mains(mains: Sequence[_Table], spec: FormSpec, members: Members) -> Iterator[Record]:
    """The records of every block; a running number that stands twice joins nobody."""
    counts = Counter(_number(table, row) for table in mains for row in table.records)
    parts = {id(table.found.sheet): table.found.sheet.name for table in mains}
    sheets = Counter(parts.values())  #: lists side by side are parts of one sheet
    years: dict[str, int | None] = {}
    for table in mains:
        sheet = table.found.sheet.name
        years[sheet] = _year_around(table.found) or years.get(sheet)
        records = _read_main(table, spec, members, counts, years[sheet])
        if sheets[sheet] > 1:
            yield from (replace(one, layout=table.found.layout) for one in records)
        else:
            yield from records


def _read_lists(mains: Sequence[_Table], spec: FormSpec) -> Iterator[Record]:
    lists = ((FlatList(one.found, one.main), one.records, _year_around(one.found)) for one in mains)
    return read_flat_lists(lists, spec, _read_answers)


def _read_main(
    table: _Table, spec: FormSpec, members: Members, counts: Mapping[str, int], year: int | None
) -> Iterator[Record]:
    found, person = table.found, person_field(spec)
    fields = {field.slug: field for field in spec.fields}
    strange = find_defaulted_columns(found, spec)
    others = find_not_applicants(found, spec, table.kinds)
    for row in table.records:
        answers, faults = _read_answers(found, fields, row, year)
        if row in others:
            faults = [others[row]]
        else:
            faults += _one_row_each(found, person, row)
            faults += _not_read(found, strange, row, spec)
        number = _number(table, row)
        person_no = normalise_id(str(answers.get(person.slug, ""))) if person else ""
        joined = members.take(number, person_no)
        if number and counts[number] > 1 and members.is_asked_by(number):
            what = f"序号 {number} 出现了不止一次，分不清成员属于哪一户"
            faults.append(Problem("序号", what, "每户用一个序号"))
        yield Record(
            found.sheet.name,
            row + 1,
            {**answers, **joined.answers},
            (*faults, *joined.faults),
            joined.rows,
            is_no_applicant=row in others,
        )


def _one_row_each(table: FoundTable, person: Field | None, row: int) -> Iterator[Problem]:
    """A household whose name is merged over several rows would be issued several times."""
    if not table.sheet.under:
        return
    for slug in _own_columns(table, person):
        top = table.sheet.under.get((row, table.layout.columns[slug] - 1))
        if top is not None and top >= table.layout.header_row:
            heading = table.layout.headings.get(slug, slug).strip()
            what = f"与第 {top + 1} 行合并成了一格，一户只能占一行"
            do = "取消合并，每户一行；家庭成员填在另一张工作表"
            yield Problem(heading, what, do, slug)
            return


def _not_read(
    table: FoundTable, strange: Iterable[StrangeColumn], row: int, spec: FormSpec
) -> Iterator[Problem]:
    """What somebody wrote where the form would print words of its own."""
    for one in strange:
        if key_text(table.sheet.value(row, one.column - 1)):
            name = form_headings(spec).names[one.slug]
            what = f"这一列没有读，照印的会是“{name}”的惯用语"
            do = f"是这一项的，表头改为“{name}”；不是的，删去这一列"
            yield Problem(one.heading, what, do, one.slug)


def _own_columns(table: FoundTable, person: Field | None) -> list[str]:
    """Columns that tell one household from the next."""
    own = (person.slug if person else "", "name")
    return [slug for slug in own if slug in table.layout.columns]


def _number(table: _Table, row: int) -> str:
    column = table.number_at
    return "" if column is None else key_text(table.found.sheet.value(row, column))


def _read_answers(
    table: FoundTable, fields: Mapping[str, Field], row: int, year: int | None, prefix: str = ""
) -> tuple[dict[str, Any], list[Problem]]:
    """The answers of one row; a cell that cannot be read is a fault and no answer."""
    answers: dict[str, Any] = {}
    faults: list[Problem] = []
    for slug in table.layout.columns:
        heading = table.layout.headings.get(slug, slug).strip()
        try:
            text = _read_field(table, fields, slug, row, year)
        except WrongValueError as error:
            faults.append(Problem(heading, error.what, error.do, prefix + slug))
            continue
        if text:
            answers[slug] = text
    return answers, faults


def _read_field(
    table: FoundTable, fields: Mapping[str, Field], slug: str, row: int, year: int | None
) -> str:
    """One answer, wherever it stands: in a column, beside another in one, or in several."""
    column = table.layout.columns[slug]
    unit = find_other_unit(table, fields.get(slug), slug)
    if unit and key_text(table.sheet.value(row, column - 1)):
        own = unit_of(fields[slug]) or "整数"
        do = f"换算成{own}，再去掉表里写的单位"
        raise WrongValueError(f"表里写的单位是{unit}，本表按{own}填", do)
    together, parts = table.layout.together.get(column, ()), table.layout.parts.get(slug, ())
    if not together and not parts:
        return _read_at(
            table.sheet, fields.get(slug), _shown_at(table, slug, row, column - 1), column - 1, year
        )
    said = [
        key_text(_sound_value(table.sheet, _shown_at(table, slug, row, at - 1), at - 1))
        for at in parts or (column,)
    ]
    text = joined(said) if parts else part_of(said[0], slug, together, fields)
    return read_cell(fields[slug], text, year) if text else ""


def _shown_at(table: FoundTable, slug: str, row: int, column: int) -> int:
    """The row whose cell is shown here: the upper one of merged cells, the one 同上 means.

    Raises:
        WrongValueError: 同上 stands where each has its own.
    """
    if (row, column) in table.above:
        above = table.above[row, column]
        if above is None:
            raise WrongValueError("写的是“同上”，这一格要自己填", "照证件、材料写出实际内容")
        return above
    if not table.sheet.under or slug == "name" or table.sheet.value(row, column) != "":
        return row
    top = table.sheet.under.get((row, column))
    return row if top is None or top < table.layout.header_row else top


def _read_at(sheet: Sheet, field: Field | None, row: int, column: int, year: int | None) -> str:
    value = _sound_value(sheet, row, column)
    if field is None:
        return key_text(value)
    return read_cell(field, value, year) if value != "" else ""


def _sound_value(sheet: Sheet, row: int, column: int) -> CellValue:
    """What stands in a cell.

    Raises:
        WrongValueError: a formula that has no result, a text partly struck through.
    """
    fault = sheet.marks.faults.get((row, column))
    if fault:
        raise WrongValueError(fault, ADVICE[fault])
    return sheet.value(row, column)


def _year_around(table: FoundTable) -> int | None:
    """The year a table's title or the sheet's name speaks of."""
    above = (table.sheet.rows[row] for row in table.titles)
    texts = [cell for row in above for cell in row if isinstance(cell, str)]
    match = next(filter(None, map(_YEAR.search, [*texts, table.sheet.name])), None)
    return int(match[1]) if match else None
