"""A list each row of which says on whose paper it stands: 镇, 村 and the day in every row.

So people keep the list of a form that is one: each place and day becomes a document.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from filler.errors import RosterError
from filler.form.forms import Field, FormSpec
from filler.roster.columns import Headings, form_headings, person_field
from filler.roster.layout import FoundTable, headings_of, missing_columns, taken_for
from filler.roster.members import ReadRow
from filler.roster.roster import CellPlace, Record
from minzheng.county.errors import Problem

_LEAST = 2  #: columns of a list; one alone is chance


@dataclass(frozen=True, slots=True)
class FlatList:
    """The rows of a list, and the columns that say whose they are."""

    rows: FoundTable
    head: FoundTable


@dataclass(slots=True)
class _Paper:
    """A document as it grows, row by row."""

    said: Mapping[str, Any]
    faults: list[Problem]
    head: FoundTable
    rows: list[Mapping[str, Any]] = field(default_factory=list)
    places: list[CellPlace] = field(default_factory=list)


def find_flat_lists(
    name: str, spec: FormSpec, tables: Sequence[FoundTable]
) -> tuple[FlatList, ...]:
    """The lists of a workbook that has no sheet of its own for what stands above them.

    Raises:
        RosterError: nothing says whose the rows are.
    """
    table, seen = _list_of(spec), [one for one in tables if not one.sheet.is_hidden]
    if table is None:
        return ()
    found = [_flat(spec, table, one) for one in seen]
    lists = tuple(one for one in found if one is not None)
    kinds = {one.field is None for one in seen if not _has_sums_only(one, spec)}
    are_two = len(kinds) > 1  # ours: one for the papers themselves
    if are_two and not any(_says_all(one, spec) for one in lists):
        return ()
    sheets = {id(one.rows.sheet) for one in lists}
    if any(id(one.sheet) in sheets for one, flat in zip(seen, found, strict=True) if not flat):
        return ()
    if lists and not any(one.head.layout.columns for one in lists):
        raise RosterError(_say_whose(name, spec, table, lists[0]))
    return lists


def read_flat_lists(
    lists: Iterable[tuple[FlatList, Sequence[int], int | None]], spec: FormSpec, read_row: ReadRow
) -> Iterator[Record]:
    """A record for all rows that say the same above them, in the order of the first."""
    fields = {one.slug: one for one in spec.fields}
    papers: dict[tuple[object, ...], _Paper] = {}
    for one, records, year in lists:
        table = _table_of(one)
        columns = {column.slug: column for column in table.columns}
        for row in records:
            said, wrong = read_row(one.head, fields, row, year, "")
            key = (*sorted(said.items()), *wrong)
            paper = papers.setdefault(key, _Paper(said, wrong, one.head))
            made, faults = read_row(
                one.rows, columns, row, year, f"{table.slug}[{len(paper.rows)}]."
            )
            paper.rows.append(made)
            paper.faults.extend(faults)
            paper.places.append(CellPlace(one.rows.sheet.name, row + 1))
    slug = "" if not papers else _slug_of(spec)
    yield from (_record(paper, slug) for paper in papers.values())


def _record(paper: _Paper, slug: str) -> Record:
    first = paper.places[0]
    return Record(
        first.sheet,
        first.row,
        {**paper.said, slug: paper.rows},
        tuple(paper.faults),
        {slug: tuple(paper.places)},
        paper.head.layout,
    )


def _list_of(spec: FormSpec) -> Field | None:
    """The one table of a form that is about nobody by itself."""
    tables = [one for one in spec.fields if one.type == "rows" and one.is_typed]
    is_list = len(tables) == 1 and tables[0].required and person_field(spec) is None
    return tables[0] if is_list else None


def _slug_of(spec: FormSpec) -> str:
    table = _list_of(spec)
    return table.slug if table else ""


def _table_of(one: FlatList) -> Field:
    if one.rows.field is None:
        raise ValueError("a flat list is of a table")
    return one.rows.field


def _flat(spec: FormSpec, table: Field, found: FoundTable) -> FlatList | None:
    """A table with columns of the list, those of the form itself apart."""
    own, main, texts = headings_of(spec, table), headings_of(spec, None), found.headings
    of_form = {at for at, text in enumerate(texts) if _is_known(main, text, own)}
    rows = taken_for(spec, found, table, _without(texts, of_form))
    if len(rows.layout.columns) < _LEAST:
        return None
    taken = _columns_of(rows)
    head = taken_for(spec, found, None, _without(texts, taken))
    of_head = _columns_of(head)
    others = set(range(len(texts))) - of_head
    return FlatList(
        replace(rows, headings=_without(texts, of_head)),
        replace(head, headings=_without(texts, others)),
    )


def _has_sums_only(one: FoundTable, spec: FormSpec) -> bool:
    """Whether nothing but what we work out was taken for papers themselves: 人数, 金额."""
    typed = {field.slug for field in spec.fields if field.is_typed}
    return one.field is None and not typed & one.layout.columns.keys()


def _says_all(one: FlatList, spec: FormSpec) -> bool:
    return next(missing_columns(spec, one.head.layout), None) is None


def _is_known(main: Headings, text: str, own: Headings) -> bool:
    """Whether a heading is one of the form and none of the list."""
    if not text or own.find(text) or own.find_word(text):
        return False
    return bool(main.find(text) or main.find_word(text))


def _columns_of(table: FoundTable) -> set[int]:
    """The columns, from 0, of which a table has something to tell."""
    header = table.header
    told = {*table.layout.used, *header.guessed, *header.again, *header.unclear}
    return {column - 1 for column in told}


def _without(texts: Sequence[str], columns: Collection[int]) -> tuple[str, ...]:
    return tuple("" if at in columns else text for at, text in enumerate(texts))


def _say_whose(name: str, spec: FormSpec, table: Field, one: FlatList) -> str:
    lacking = "”“".join(missing_columns(spec, one.head.layout))
    known = form_headings(spec).names
    columns = f"“{lacking}”" if lacking else f"“{next(iter(known.values()), '')}”"
    return (
        f"{name} 的“{one.rows.sheet.name}”里是“{table.label}”的各行，"
        f"没有写明各行出在哪一份《{spec.short_title}》里。"
        f"加上{columns}这几列，每行写明，再用；这几列写得相同的各行出在一份里。"
    )
