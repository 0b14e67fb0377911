"""Spreadsheets of given rows, some of them hidden."""

import io
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import openpyxl


def as_xlsx(
    sheets: Iterable[tuple[str, Sequence[Sequence[Any]]]],
    hidden: Sequence[Collection[int]] = (),
) -> bytes:
    """A file of these sheets; `hidden` are rows, from 1, that a filter hides in each."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for number, (name, rows) in enumerate(sheets):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([value if value != "" else None for value in row])
        for row in hidden[number] if number < len(hidden) else ():
            sheet.row_dimensions[row].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
