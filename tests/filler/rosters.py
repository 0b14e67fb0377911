"""Rosters filled as a clerk would, from the template we hand out."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl import Workbook

from filler.roster.columns import form_headings, row_headings
from filler.roster.write_roster import make_roster
from filler.spec.form_catalogue import Catalogue

#: Right numbers of invented people.
PEOPLE = (
    "610927195304120016", "610927196001010017", "610927197212310022", "610927194502280032",
    "610927198807070042",
)  # fmt: skip


def open_template(catalogue: Catalogue, form_id: str) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(make_roster(catalogue.form(form_id))))


def fill_template(
    catalogue: Catalogue, form_id: str, households: Sequence[dict[str, Any]]
) -> Workbook:
    """The template with a row a household and its tables of rows on their sheets."""
    spec = catalogue.form(form_id)
    book = open_template(catalogue, form_id)
    tables = {field.slug: field for field in spec.fields if field.type == "rows"}
    for number, answers in enumerate(households, start=1):
        single = {slug: value for slug, value in answers.items() if slug not in tables}
        _append(book.worksheets[0], str(number), single, form_headings(spec).names)
        for at, (slug, table) in enumerate(tables.items(), start=1):
            for row in answers.get(slug, ()):
                _append(book.worksheets[at], str(number), row, row_headings(table).names)
    return book


def as_bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column_of(sheet: Any, heading: str) -> int:
    """The column under a heading, from 1."""
    return next(cell.column for cell in sheet[1] if str(cell.value).removesuffix(" *") == heading)


def _append(sheet: Any, key: str, answers: dict[str, Any], names: Any) -> None:
    row = sheet.max_row + 1
    sheet.cell(row, 1, key)
    for slug, value in answers.items():
        text = "、".join(value) if isinstance(value, list) else value
        sheet.cell(row, column_of(sheet, names[slug]), text)
