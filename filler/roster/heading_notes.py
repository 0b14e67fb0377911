"""What must be told of a table's headings: strange ones, guessed ones, those that stand twice."""

import difflib
from collections.abc import Iterator
from typing import NamedTuple

from filler.form.forms import FormSpec
from filler.roster.columns import Headings, fold_heading, is_own_heading, is_person_heading
from filler.roster.layout import FoundTable, filled_columns, headings_of
from filler.roster.roster import CellPlace, Note, TableLayout


class StrangeColumn(NamedTuple):
    """A column nobody knows, and the field that it may be."""

    column: int  #: from 1
    heading: str
    slug: str


def find_heading_notes(table: FoundTable, spec: FormSpec) -> Iterator[Note]:
    """Columns that are no field of the form, or only guessed to be one, each named."""
    known, header = headings_of(spec, table.field), table.header
    strange = {one.column: one for one in find_strange_columns(table, spec)}
    for column, written in enumerate(table.headings, start=1):
        heading = "".join(written.splitlines()).strip()
        place = CellPlace(table.sheet.name, table.layout.header_row, column)
        if column in table.layout.together:
            names = "、".join(known.names.get(slug, "") for slug in table.layout.together[column])
            yield Note(f"“{heading}”一列里写了{names}，分开读入", place)
        elif column in header.guessed:
            name = known.names.get(header.guessed[column], "")
            yield Note(f"“{heading}”当作“{name}”读入", place)
        elif column in header.again:
            yield Note(_again(header.again[column], heading, known, table.layout), place)
        elif column in header.unclear:
            name = known.names.get(header.unclear[column], "")
            yield Note(f"“{heading}”和别的列都像“{name}”，分不清，这几列没有用", place)
        elif column in strange:
            like = known.names.get(strange[column].slug, "")
            advice = f"，是否为“{like}”" if like else ""
            yield Note(f"“{heading}”不是本表的项目{advice}，这一列没有用", place)


def find_strange_columns(table: FoundTable, spec: FormSpec) -> Iterator[StrangeColumn]:
    """Columns that no heading of the form is like enough to be read."""
    known, header = headings_of(spec, table.field), table.header
    told = {*table.layout.used, *header.guessed, *header.again, *header.unclear}
    for column, written in enumerate(table.headings, start=1):
        heading = written.strip()
        if column not in told and heading and not _is_kept(table, heading):
            yield StrangeColumn(column, heading, _like(heading, known))


def find_defaulted_columns(table: FoundTable, spec: FormSpec) -> tuple[StrangeColumn, ...]:
    """Strange columns like a field that prints words of its own where nothing was read.

    An opinion that somebody wrote would be taken for consent.
    """
    defaults = {field.slug for field in spec.fields if field.default}
    free = defaults - set(table.layout.columns)
    return tuple(one for one in find_strange_columns(table, spec) if one.slug in free)


def find_table_beside(table: FoundTable) -> tuple[CellPlace, CellPlace] | None:
    """A heading, and where it stands again to the right, when a whole list stands there."""
    again = table.header.again
    if 2 * len(set(again.values())) <= len(table.layout.columns):
        return None
    rows = range(table.layout.header_row, min(table.end, len(table.sheet.rows)))
    filled = {column + 1 for row in rows for column in filled_columns(table.sheet, row)}
    if not filled.intersection(again):
        return None
    column, slug = min(again.items())
    at = table.sheet.name, table.layout.header_row
    return CellPlace(*at, table.layout.columns[slug]), CellPlace(*at, column)


def _is_kept(table: FoundTable, heading: str) -> bool:
    joins = table.field is not None and is_person_heading(heading)
    return joins or is_own_heading(heading)


def _again(slug: str, heading: str, known: Headings, layout: TableLayout) -> str:
    first = CellPlace(layout.sheet, layout.header_row, layout.columns[slug])
    name = known.names.get(slug, heading)
    if fold_heading(heading) == fold_heading(layout.headings.get(slug, "")):
        return f"“{heading}”出现了两次，只读了 {first} 那一列，这一列没有用"
    return f"“{heading}”就是“{name}”，已读 {first} 那一列，这一列没有用"


def _like(heading: str, known: Headings) -> str:
    close = difflib.get_close_matches(fold_heading(heading), known.by_text, 1, 0.7)
    slug = known.by_text[close[0]] if close else ""
    return slug if slug in known.names else ""
