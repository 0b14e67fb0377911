"""Where the tables of a roster stand: header rows found, columns known by their headings."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from filler.form.forms import Field, FormSpec
from filler.roster.columns import (
    OWN_SHEETS,
    Headings,
    fold_heading,
    form_headings,
    is_own_heading,
    is_person_heading,
    row_headings,
)
from filler.roster.read_spreadsheet import Sheet
from filler.roster.roster import CellPlace, Note, TableLayout

_HEADER_WITHIN = 30  #: rows in which a header is looked for


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of rows: a field of the form, or the form itself, and where it stands."""

    field: Field | None
    sheet: Sheet
    layout: TableLayout
    headings: tuple[str, ...]  #: of every column as written


def find_tables(spec: FormSpec, sheets: Sequence[Sheet]) -> tuple[FoundTable, ...]:
    """Each sheet as the table it matches best; sheets that match none are left out."""
    found = (_find_table(spec, sheet) for sheet in sheets if sheet.name not in OWN_SHEETS)
    return tuple(table for table in found if table is not None)


def find_unknown_columns(table: FoundTable, spec: FormSpec) -> Iterator[Note]:
    """Columns that are no field of the form, each named."""
    known = _headings_of(spec, table.field)
    used = set(table.layout.columns.values())
    for column, heading in enumerate(table.headings, start=1):
        if column in used or not heading.strip() or is_own_heading(heading):
            continue
        if table.field is not None and is_person_heading(heading):
            continue
        close = difflib.get_close_matches(fold_heading(heading), known.by_text, 1, 0.7)
        advice = f"，是否为“{known.names[known.by_text[close[0]]]}”" if _named(close, known) else ""
        place = CellPlace(table.sheet.name, table.layout.header_row, column)
        yield Note(f"“{heading.strip()}”不是本表的项目{advice}，这一列没有用", place)


def _named(close: Sequence[str], known: Headings) -> bool:
    return bool(close) and known.by_text[close[0]] in known.names


def _find_table(spec: FormSpec, sheet: Sheet) -> FoundTable | None:
    targets: list[Field | None] = [None, *(one for one in spec.fields if one.type == "rows")]
    grid = _header_area(sheet)
    best: tuple[float, FoundTable] | None = None
    for target in targets:
        known = _headings_of(spec, target)
        for number, row in enumerate(grid):
            columns = _match(grid, number, known)
            if not columns:
                continue
            score = len(columns) + _bonus(target, sheet.name, row, len(known.names))
            if best is None or score >= best[0]:
                layout = TableLayout(
                    sheet.name, number + 1, columns,
                    {slug: row[column - 1] for slug, column in columns.items()},
                )  # fmt: skip
                best = score, FoundTable(target, sheet, layout, tuple(row))
    if best is None or not _is_enough(best[1], spec):
        return None
    return best[1]


def _bonus(target: Field | None, name: str, row: Sequence[str], size: int) -> float:
    """What speaks for a table besides its columns: the sheet's name, a joining column."""
    bonus = 1 / (1 + size)
    if target is not None and fold_heading(name) == fold_heading(target.label):
        bonus += 100
    if target is not None and any(is_person_heading(text) for text in row):
        bonus += 0.6
    return bonus


def _is_enough(table: FoundTable, spec: FormSpec) -> bool:
    known = len(_headings_of(spec, table.field).names)
    return len(table.layout.columns) >= min(2, known)


def _match(grid: Sequence[Sequence[str]], number: int, known: Headings) -> dict[str, int]:
    """Slug → column of the headings that stand in a row; above it may stand a group's name."""
    columns: dict[str, int] = {}
    for column, heading in enumerate(grid[number]):
        above = grid[number - 1][column] if number and column < len(grid[number - 1]) else ""
        slug = known.find(f"{above}·{heading}") or known.find(heading)
        if slug:
            columns.setdefault(slug, column + 1)
    return columns


def _header_area(sheet: Sheet) -> list[list[str]]:
    """The texts of the first rows, merged cells filled over all they cover."""
    rows = sheet.rows[:_HEADER_WITHIN]
    grid = [[cell if isinstance(cell, str) else "" for cell in row] for row in rows]
    for (top, left), (bottom, right) in sheet.merged:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        for row in grid[top : bottom + 1]:
            row[left : right + 1] = [grid[top][left]] * len(row[left : right + 1])
    return grid


def _headings_of(spec: FormSpec, target: Field | None) -> Headings:
    return form_headings(spec) if target is None else row_headings(target)


def missing_columns(spec: FormSpec, layout: TableLayout) -> Iterator[str]:
    """Headings of required fields a sheet has no column for."""
    names: Mapping[str, str] = form_headings(spec).names
    for field in spec.fields:
        required = field.is_typed and field.required and not field.default and field.type != "rows"
        if required and field.slug not in layout.columns:
            yield names[field.slug]
