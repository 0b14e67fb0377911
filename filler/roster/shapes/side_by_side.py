"""Lists side by side on one sheet (two people a row): each read as a list of its own."""

from collections.abc import Iterator, Mapping, Sequence

from filler.form.forms import FormSpec
from filler.roster.columns import fold_heading
from filler.roster.heading_notes import find_table_beside
from filler.roster.layout import FoundTable, find_tables
from filler.roster.read_spreadsheet import Sheet
from filler.roster.roster import CellPlace, Note, RowKind

#: What a row is of which the lists say different things.
_FIRST = (
    RowKind.READ, RowKind.HEADER, RowKind.AGAIN, RowKind.TOTAL, RowKind.NOTE, RowKind.TITLE,
    RowKind.LEFT, RowKind.EMPTY,
)  # fmt: skip


def take_apart(
    spec: FormSpec, sheets: Sequence[Sheet]
) -> tuple[tuple[Sheet, ...], tuple[FoundTable, ...]]:
    """Every sheet and all tables.

    A sheet that holds lists side by side is there as many times, each time with one of them.
    """
    tables = find_tables(spec, sheets)
    parts = tuple(part for sheet in sheets for part in _parts_of(sheet, tables))
    return parts, tables if len(parts) == len(sheets) else find_tables(spec, parts)


def _parts_of(sheet: Sheet, tables: Sequence[FoundTable]) -> Iterator[Sheet]:
    own = [one for one in tables if one.sheet is sheet and not sheet.is_hidden]
    beside = [one for one in own if one.field is None and find_table_beside(one)]
    columns = _columns_of(beside[0]) if len(beside) == len(own) == 1 else ()
    if not columns:
        yield sheet
    for part in columns:
        yield sheet.within(part)


def _columns_of(table: FoundTable) -> tuple[range, ...]:
    """The columns, from 0, of each list; none when their headings are not the same."""
    folded = [fold_heading(text) for text in table.headings]
    first = next((at for at, text in enumerate(folded) if text), 0)
    starts = [at for at, text in enumerate(folded) if text == folded[first]]
    ends = [*starts[1:], len(folded)]
    parts = tuple(range(start, end) for start, end in zip(starts, ends, strict=True))
    said = {tuple(text for text in folded[part.start : part.stop] if text) for part in parts}
    return parts if len(said) == 1 < len(parts) else ()


def notes_of_parts(sheets: Sequence[Sheet]) -> Iterator[Note]:
    """That a sheet was read as several lists."""
    names = [one.name for one in sheets]
    for name in dict.fromkeys(one for one in names if names.count(one) > 1):
        what = f"工作表“{name}”左右并排了 {names.count(name)} 份名单，都读入，一行不止一人"
        yield Note(what, CellPlace(name, 1))


def kinds_together(kinds: Sequence[Mapping[int, RowKind]]) -> dict[int, RowKind]:
    """What each row of a sheet is, by all lists on it."""
    rows = sorted({row for one in kinds for row in one})
    return {row: min((one[row] for one in kinds if row in one), key=_FIRST.index) for row in rows}
