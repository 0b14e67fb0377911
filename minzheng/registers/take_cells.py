"""Cells taken from documents: split, placed, worked out; each document is taken from once."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import NamedTuple

from filler.form.county_facts import CountyFacts
from filler.form.forms import FormSpec
from filler.values.formula import is_met
from minzheng.registers.cell_scope import CellScope
from minzheng.registers.cell_texts import BETWEEN
from minzheng.registers.issued_rows import ReadDocument
from minzheng.registers.register import (
    FIXED,
    OWN,
    PLACED,
    STATE,
    TODAY,
    TOWN,
    VILLAGE,
    Register,
    Source,
)
from minzheng.registers.row import Row

Cells = Mapping[str, str]
Documents = Mapping[str, Sequence[ReadDocument]]
RowsByRegister = Mapping[str, Sequence[Row]]
#: In a list of villages: all of the town.
_WHOLE = ("全镇", "全部", "各村")


class Taken(NamedTuple):
    """Cells of a row, the document they stand on, and what tells them from all others."""

    cells: Cells
    document: ReadDocument
    key: tuple[object, ...]  #: number of the source; the document and row in it, or the row


class TakeCells:
    """Takes cells for one register on one day."""

    def __init__(
        self,
        register: Register,
        forms: Mapping[str, FormSpec],
        facts: CountyFacts,
        today: dt.date,
        forbidden: frozenset[str],
    ) -> None:
        self._register, self._forms, self._places = register, forms, facts.places
        self._today, self._forbidden = str(today), forbidden
        self._scope = CellScope(register, facts, today)
        self._taken: dict[tuple[int, object], tuple[Taken, ...]] = {}
        self._documents: Documents = {}
        self._registers: RowsByRegister = {}

    def begin(self, documents: Documents, registers: RowsByRegister) -> None:
        """Take from these from now on, and forget what is no longer there."""
        self._documents, self._registers = documents, registers
        there: set[object] = {one.number for some in documents.values() for one in some}
        there.update(row for rows in registers.values() for row in rows)
        self._taken = {key: taken for key, taken in self._taken.items() if key[1] in there}

    def of(self, number: int, source: Source) -> Iterator[Taken]:
        """The cells that a source takes, `number` being its place in the register."""
        if source.register:
            for row in self._registers.get(source.register, ()):
                if row.document is not None:
                    yield from self._once(number, row, partial(self._of_row, source, row))
            return
        for document in self._documents.get(source.form_id, ()):
            take = partial(self._of_document, source, document)
            yield from self._once(number, document.number, take)

    def _once(
        self, number: int, what: object, take: Callable[[int], Iterator[Taken]]
    ) -> tuple[Taken, ...]:
        known = self._taken.get((number, what))
        if known is None:
            known = self._taken[number, what] = tuple(take(number))
        return known

    def _of_row(self, source: Source, row: Row, number: int) -> Iterator[Taken]:
        """The cells of another register's row; what is lacking there is no row."""
        cells = {TOWN: row.town, VILLAGE: row.village, TODAY: self._today}
        for own, slug in source.columns.items():
            is_fixed = slug.startswith(FIXED)
            cells[own] = slug.removeprefix(FIXED) if is_fixed else row.cells.get(slug, "")
            if slug == OWN + STATE:
                cells[own] = row.state
        if row.document is not None and self._is_taken(source, cells):
            yield Taken(cells, row.document, (number, row))

    def _is_taken(self, source: Source, cells: dict[str, str]) -> bool:
        self._place(cells)
        for column in self._register.early:
            cells[column.slug] = self._scope.over(cells).result(column)
        return self.holds(source.where, cells)

    def holds(self, condition: str, cells: Cells) -> bool:
        """Whether a condition is met; no condition is always."""
        return not condition or is_met(condition, self._scope.over(cells))

    def _of_document(self, source: Source, document: ReadDocument, number: int) -> Iterator[Taken]:
        if document.case_no.partition("-")[0] in self._forbidden:
            return
        spec, part = self._forms[source.form_id], 0
        for row in document.rows[source.rows] if source.rows else ({},):
            for cells in self._split(source, self._cells(source, document, row, spec)):
                if self._is_taken(source, cells):
                    yield Taken(cells, document, (number, document.number, part))
                part += 1

    def _cells(
        self, source: Source, document: ReadDocument, row: Cells, spec: FormSpec
    ) -> dict[str, str]:
        cells = {TOWN: document.town, VILLAGE: document.village, TODAY: self._today}
        for own, slug in source.columns.items():
            if slug.startswith(FIXED):
                cells[own] = slug.removeprefix(FIXED)
            elif slug.startswith(OWN):
                cells[own] = _OWN_FACTS[slug.removeprefix(OWN)](document, spec)
            else:
                cells[own] = row[slug] if slug in row else document.cells.get(slug, "")
        return cells

    def _split(self, source: Source, cells: dict[str, str]) -> Iterator[dict[str, str]]:
        """A row for each of several that stand in one cell; for 全镇 each village of it."""
        if not source.split:
            yield cells
            return
        for some in product(*(self._parts(own, cells) for own in source.split)):
            yield {**cells, **dict(zip(source.split, some, strict=True))}

    def _parts(self, own: str, cells: Cells) -> list[str]:
        text = cells[own]
        if own == VILLAGE and text in _WHOLE:
            found = self._places.villages_of(cells[TOWN])
            return [one.name for one in found if one.kind == "村"]
        return [part.strip() for part in text.replace("，", BETWEEN).split(BETWEEN)]

    def _place(self, cells: dict[str, str]) -> None:
        """The town of a village that stands alone; old names become the present ones."""
        if cells[VILLAGE]:
            found = self._places.village(cells[VILLAGE], cells[TOWN])
            cells[PLACED] = "是" if found else "否"
            if found is not None:
                cells[TOWN], cells[VILLAGE] = found.town, found.name


_OWN_FACTS: Mapping[str, Callable[[ReadDocument, FormSpec], str]] = {
    "case": lambda document, spec: document.case_no,
    "form": lambda document, spec: document.form_id,
    "version": lambda document, spec: document.version,
    "newest_version": lambda document, spec: spec.version,
    "issued": lambda document, spec: document.issued,
    "waits": lambda document, spec: document.waits,
}
