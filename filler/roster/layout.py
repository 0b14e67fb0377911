"""Where the tables of a roster stand: header rows found, columns known by their headings.

A sheet may hold several: a header printed again on every page, another block below.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from itertools import pairwise

from filler.form.forms import Field, FormSpec
from filler.roster.cells import clean_text
from filler.roster.columns import (
    OWN_SHEETS,
    Headings,
    fold_heading,
    form_headings,
    is_own_heading,
    is_person_heading,
    person_field,
    relation_headings,
    row_headings,
)
from filler.roster.composed import choices_apart, day_apart, have_numbers
from filler.roster.header_row import HeaderRow, match_header
from filler.roster.read_spreadsheet import CellValue, Sheet
from filler.roster.roster import TableLayout

_HEADER_WITHIN = 30  #: rows in which a sheet's first header is looked for
_CERTAIN = 4  #: headings that make a header of a row further down
_LEAST = 2  #: headings that must be known; one alone is chance
_LOOKED_AT = 20  #: rows by which it is judged what a column holds
_RECORD = 3  #: filled cells of a row that is a record for certain
_LONG_NUMBER = re.compile(r"\d{6}")
Row = tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of rows: a field of the form, or the form itself, and where it stands."""

    field: Field | None
    sheet: Sheet
    layout: TableLayout
    headings: tuple[str, ...]  #: of every column as written
    header: HeaderRow
    end: int = 0  #: the first row, from 0, that belongs to it no more
    titles: tuple[int, ...] = ()  #: rows above the header that speak of it
    repeated: frozenset[int] = frozenset()  #: rows of the same header again
    #: cells in which 同上 stands, with the row whose cell is meant; None: none can be
    above: Mapping[tuple[int, int], int | None] = attribute(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Header:
    """A row that may be a header of one of the form's tables."""

    row: int
    target: Field | None
    texts: tuple[str, ...]
    match: HeaderRow
    score: float


def find_tables(spec: FormSpec, sheets: Sequence[Sheet]) -> tuple[FoundTable, ...]:
    """The tables of every sheet from top to bottom; sheets without any are left out."""
    tables = tuple(
        table
        for sheet in sheets
        if sheet.name not in OWN_SHEETS
        for table in _find_blocks(spec, sheet)
    )
    if any(one.field is None and not one.sheet.is_hidden for one in tables):
        return tables
    return tuple(_as_main(spec, one) for one in tables)


def _as_main(spec: FormSpec, table: FoundTable) -> FoundTable:
    """A list with few columns looks like a table of members, but alone it is the list itself."""
    made = taken_for(spec, table, None, table.headings)
    if len(made.layout.columns) < _LEAST or _says_whose(spec, table):
        return table
    return made


def taken_for(
    spec: FormSpec, table: FoundTable, target: Field | None, headings: tuple[str, ...]
) -> FoundTable:
    """The same place as another table of the form, of which it has these headings."""
    sheet, row = table.sheet, table.layout.header_row - 1
    above = _texts(sheet, row - 1) if row else ()
    known, hidden = headings_of(spec, target), sheet.marks.hidden_columns
    header = _Header(row, target, headings, match_header(headings, above, known, hidden=hidden), 0)
    made = _table(spec, sheet, header, table.titles[0] if table.titles else row, table.end)
    return replace(made, repeated=table.repeated | made.repeated)


def _says_whose(spec: FormSpec, table: FoundTable) -> bool:
    """Whether a table is one of members for certain, by its sheet or by a column."""
    is_named = table.field and fold_heading(table.sheet.name) == fold_heading(table.field.label)
    relations, heads = relation_headings(spec), set(map(fold_heading, spec.heading_words.heads))
    for at, heading in enumerate(table.headings):
        rows = range(table.layout.header_row, min(table.end, len(table.sheet.rows)))
        said = {fold_heading(str(table.sheet.value(row, at))) for row in rows}
        if fold_heading(heading) in relations and not said & heads:
            return True
    return bool(is_named) or any(map(is_person_heading, table.headings))


def _find_blocks(spec: FormSpec, sheet: Sheet) -> Iterator[FoundTable]:
    """One table for each header; the same header again belongs to the table it repeats."""
    first = _find_first(spec, sheet)
    if first is None:
        return
    above = [one for one in _headers_above(spec, sheet, first.row) if one.row < first.row]
    later = list(_headers_below(spec, sheet, first))
    headers = [*_with_rows_below(sheet, [*above, first]), *later]
    headers = [_with_line_above(spec, sheet, one) for one in headers]
    titles = frozenset(filter(any, sheet.rows[: headers[0].row]))
    starts = [0, *(_title_start(sheet, one.row, titles) for one in headers[1:])]
    ends = [*starts[1:], len(sheet.rows)]
    table: FoundTable | None = None
    for header, start, end in zip(headers, starts, ends, strict=True):
        if table is not None and _is_same(table, header):
            rows = frozenset(range(start, header.row + 1))
            filled = frozenset(row for row in rows if is_filled_row(sheet, row))
            table = replace(table, end=end, repeated=table.repeated | filled)
            continue
        if table is not None:
            yield table
        table = _table(spec, sheet, header, start, end)
    if table is not None:
        yield table


def _table(spec: FormSpec, sheet: Sheet, header: _Header, start: int, end: int) -> FoundTable:
    columns, parts = dict(header.match.columns), dict(header.match.parts)
    together = dict(header.match.together)
    below = _texts(sheet, header.row + 1) if header.row + 1 < len(sheet.rows) else ()
    known = headings_of(spec, header.target)
    days = _days_below(known, columns, below)
    choices = _choices_below(known, header.match, below)
    ticked = {column - 1 for found in choices.values() for column in found}
    if choices and not ticked.issuperset(filled_columns(sheet, header.row + 1)):
        choices = {}  # somebody stands in that row
    parts |= days | choices
    if header.target is None:
        together |= _with_numbers(spec, sheet, header.row, columns)
    columns |= {slug: column for column, slugs in together.items() for slug in slugs}
    headings = {slug: header.texts[column - 1] for slug, column in columns.items()}
    layout = TableLayout(sheet.name, header.row + 1, columns, headings, parts, together)
    apart = days | choices
    of_parts = {column for found in apart.values() for column in found}
    again = {at: slug for at, slug in header.match.again.items() if at not in of_parts}
    match, titles = replace(header.match, again=again), tuple(range(start, header.row))
    repeated = frozenset({header.row + 1}) if apart else frozenset()
    return FoundTable(header.target, sheet, layout, header.texts, match, end, titles, repeated)


def _days_below(
    known: Headings, columns: Mapping[str, int], below: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """Days under whose heading 年, 月 and 日 have columns of their own."""
    dates = {slug for slug, field in known.fields.items() if field.type == "date"}
    return {
        slug: (column, column + 1, column + 2)
        for slug, column in columns.items()
        if slug in dates and day_apart(below, column)
    }


def _choices_below(
    known: Headings, match: HeaderRow, below: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """Choices under whose heading each has a column of its own, to be ticked."""
    found = {}
    for slug, column in match.columns.items():
        columns = (column, *(at for at, one in sorted(match.again.items()) if one == slug))
        field = known.fields.get(slug)
        is_choice = field is not None and field.type in ("choice", "multi")
        if field is not None and is_choice and choices_apart(below, columns, field):
            found[slug] = columns
    return found


def _with_numbers(
    spec: FormSpec, sheet: Sheet, header_row: int, columns: Mapping[str, int]
) -> dict[int, tuple[str, ...]]:
    """The column of names, where no column is for ID numbers and they stand beside the names."""
    person = person_field(spec)
    if person is None or person.slug in columns or "name" not in columns:
        return {}
    at = columns["name"] - 1
    rows = range(header_row + 1, min(header_row + 1 + _LOOKED_AT, len(sheet.rows)))
    if not have_numbers([str(sheet.value(row, at)) for row in rows]):
        return {}
    return {columns["name"]: ("name", person.slug)}


def _is_same(table: FoundTable, header: _Header) -> bool:
    same_place = header.match.columns == table.header.columns
    return table.field is header.target and same_place


def _find_first(spec: FormSpec, sheet: Sheet) -> _Header | None:
    """The row among the first that is a header best; of equals the upper.

    Below a long preface stands only a header that cannot be anything else.
    """
    best: _Header | None = None
    for row in range(min(_HEADER_WITHIN, len(sheet.rows))):
        for one in _headers_at(spec, sheet, row):
            if best is None or one.score > best.score:
                best = one
    return best or _find_deep(spec, sheet)


def _find_deep(spec: FormSpec, sheet: Sheet) -> _Header | None:
    below = (_clear_header(spec, sheet, row) for row in range(_HEADER_WITHIN, len(sheet.rows)))
    return next((one for one in below if one and len(one.match.columns) >= _CERTAIN), None)


def _headers_above(spec: FormSpec, sheet: Sheet, row: int) -> Iterator[_Header]:
    """Headers of other blocks that stand above the best one."""
    for at in range(row):
        found = _clear_header(spec, sheet, at)
        if found:
            yield found


def _headers_below(spec: FormSpec, sheet: Sheet, first: _Header) -> Iterator[_Header]:
    written = sheet.rows[first.row]
    for at in range(first.row + 1, len(sheet.rows)):
        row = sheet.rows[at]
        if row == written:
            yield replace(first, row=at)
        elif not _holds_numbers(row) and (found := _clear_header(spec, sheet, at)):
            yield found


def _with_rows_below(sheet: Sheet, headers: Sequence[_Header]) -> Iterator[_Header]:
    """Without those that are only the upper line of the header below them."""
    for upper, lower in pairwise(headers):
        between = range(upper.row + 1, lower.row)
        enough = min(_RECORD, len(upper.match.columns))
        if any(len(filled_columns(sheet, row)) >= enough for row in between):
            yield upper
    yield headers[-1]


def _with_line_above(spec: FormSpec, sheet: Sheet, header: _Header) -> _Header:
    """The same with headings of the line above where its own cell is empty and nothing merged."""
    row = header.row - 1
    if row < 0 or _holds_numbers(sheet.rows[row]) or _holds_long_number(sheet.rows[row]):
        return header
    known, above = headings_of(spec, header.target), _texts(sheet, row)
    wide = {
        at
        for (top, left), (_, right) in sheet.merged
        if top == row and right > left
        for at in range(left, right + 1)
    }
    texts = tuple(
        text or (over if at not in wide and (known.find(over) or known.find_word(over)) else "")
        for at, (text, over) in enumerate(zip(header.texts, above, strict=False))
    )
    texts += header.texts[len(texts) :]
    if texts == header.texts:
        return header
    is_joined, hidden = header.target is not None, sheet.marks.hidden_columns
    match = match_header(texts, above, known, is_joined=is_joined, hidden=hidden)
    return replace(header, texts=texts, match=match)


def _clear_header(spec: FormSpec, sheet: Sheet, row: int) -> _Header | None:
    """A header that most cells of its row speak for."""
    filled = filled_columns(sheet, row)
    if len(filled) < _LEAST or _holds_numbers(sheet.rows[row]):
        return None
    best = max(_headers_at(spec, sheet, row), key=lambda one: one.score, default=None)
    if best is None:
        return None
    own = sum(is_own_heading(best.texts[column]) for column in filled)
    known = len(set(best.match.columns.values()) & {column + 1 for column in filled})
    return best if 2 * (known + own) > len(filled) else None


def _headers_at(spec: FormSpec, sheet: Sheet, row: int) -> Iterator[_Header]:
    """The row as a header of each table it may belong to."""
    texts = _texts(sheet, row)
    if not any(texts):
        return
    above = _texts(sheet, row - 1) if row else ()
    for target in _targets(spec):
        known = headings_of(spec, target)
        is_joined, hidden = target is not None, sheet.marks.hidden_columns
        match = match_header(texts, above, known, is_joined=is_joined, hidden=hidden)
        if len(match.columns) >= min(_LEAST, len(known.names)):
            bonus = _bonus(target, sheet.name, texts, len(known.names))
            sure = len(match.columns) - len(match.guessed) / 10
            yield _Header(row, target, texts, match, sure + bonus)


def _targets(spec: FormSpec) -> Iterator[Field | None]:
    yield None
    yield from (one for one in spec.fields if one.type == "rows")


def _bonus(target: Field | None, name: str, row: Sequence[str], size: int) -> float:
    """What speaks for a table besides its columns: the sheet's name, a joining column."""
    bonus = 1 / (1 + size)
    if target is not None and fold_heading(name) == fold_heading(target.label):
        bonus += 100
    if target is not None and any(is_person_heading(text) for text in row):
        bonus += 0.6
    return bonus


def _title_start(sheet: Sheet, header_row: int, titles: frozenset[Row]) -> int:
    """The first of the rows right above a header that are no records: titles, groups of columns."""
    row = header_row
    while row and (sheet.rows[row - 1] in titles or _is_title(sheet, row - 1, header_row)):
        row -= 1
    return row


def _is_title(sheet: Sheet, row: int, header_row: int) -> bool:
    texts = list(filter(is_filled, sheet.rows[row]))
    if _holds_numbers(texts) or _holds_long_number(texts):
        return False
    is_joined = any(
        top == row and (right > left or bottom >= header_row)
        for (top, left), (bottom, right) in sheet.merged
    )
    return bool(texts) and (is_joined or len(texts) == 1)


def _holds_numbers(row: Sequence[CellValue]) -> bool:
    """Whether a cell is a number, a date or an amount: a header has none."""
    return any(
        cell.strip().isdigit() if isinstance(cell, str) else not isinstance(cell, bool)
        for cell in row
    )


def _holds_long_number(row: Sequence[CellValue]) -> bool:
    return any(_LONG_NUMBER.search(str(cell)) for cell in row)


def _texts(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The texts of a row, merged cells filled over all they cover."""
    texts = [_text(cell) for cell in sheet.rows[row]]
    for (top, left), (bottom, right) in sheet.merged:
        if top <= row <= bottom and left < len(texts):
            text = _text(sheet.value(top, left))
            texts[left : right + 1] = [text] * len(texts[left : right + 1])
    return tuple(texts)


def _text(cell: CellValue) -> str:
    return cell if isinstance(cell, str) else ""


def filled_columns(sheet: Sheet, row: int) -> list[int]:
    """The columns, from 0, in which something stands that a person sees."""
    return [at for at, cell in enumerate(sheet.rows[row]) if is_filled(cell)]


def is_filled_row(sheet: Sheet, row: int) -> bool:
    """Whether anything stands in a row."""
    return any(map(is_filled, sheet.rows[row]))


def is_filled(cell: CellValue) -> bool:
    """Whether a person sees something in a cell."""
    return not isinstance(cell, str) or bool(clean_text(cell))


def headings_of(spec: FormSpec, target: Field | None) -> Headings:
    """The headings of the form itself, or of one of its tables of rows."""
    return form_headings(spec) if target is None else row_headings(target, spec.heading_words)


def missing_columns(spec: FormSpec, layout: TableLayout) -> Iterator[str]:
    """Headings of required fields a sheet has no column for."""
    names: Mapping[str, str] = form_headings(spec).names
    for one in spec.fields:
        required = one.is_typed and one.required and not one.default and one.type != "rows"
        if required and one.slug not in layout.columns:
            yield names[one.slug]
