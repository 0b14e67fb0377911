"""★ Registers as they are now: what was read is remembered, and read anew when it changed.

Each look at a register asks the database what its documents and papers look like from outside;
only when that, the day or the dossiers that may be seen differ, its rows are made again.
"""

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, NamedTuple

from archive_indexer.stores.coded_papers import SeenPages, coded_papers
from filler.form.county_facts import CountyFacts
from filler.form.forms import FormSpec
from minzheng.accounts.areas import Area
from minzheng.registers.issued_rows import IssuedRows
from minzheng.registers.make_rows import Archive, MakeRows
from minzheng.registers.register import Register, Registers
from minzheng.registers.row import Row

#: Registers that are remembered: one for each day and set of dossiers that are asked for.
_MOST_KEPT = 48
_NOTHING = frozenset[str]()


class _Made(NamedTuple):
    """Rows, what they were made of, and by whom they are made again."""

    make: MakeRows
    state: tuple[Any, ...]
    rows: tuple[Row, ...]


class ReadRegisters:
    """All registers of a county over its documents and papers."""

    def __init__(
        self, registers: Registers, forms: Mapping[str, FormSpec], facts: CountyFacts
    ) -> None:
        self.registers = registers
        self._forms, self._facts = forms, facts
        self._issued, self._seen = IssuedRows(forms, registers, facts.county.scope), SeenPages()
        self._made: OrderedDict[tuple[str, dt.date, frozenset[str]], _Made] = OrderedDict()
        self._lock = threading.RLock()  # a register may rest on another

    def rows(
        self, register: Register, today: dt.date, forbidden: frozenset[str] = _NOTHING
    ) -> tuple[Row, ...]:
        """Every row of the county, without what is of forbidden dossiers."""
        with self._lock:
            key = (register.id, today, forbidden)
            state = (
                self._issued.documents({one.form_id for one in register.all_sources}),
                self._archive(register),
                self._others(register, today, forbidden),
            )
            made = self._made.get(key)
            if made is None:
                make = MakeRows(register, self._forms, self._facts, today, forbidden)
                made = _Made(make, (), ())
            if made.state != state:
                made = _Made(made.make, state, made.make.rows(*state))
            self._remember(key, made)
            return made.rows

    def _others(
        self, register: Register, today: dt.date, forbidden: frozenset[str]
    ) -> dict[str, tuple[Row, ...]]:
        """The rows of the registers it rests on."""
        names = {one.register for one in register.all_sources} - {""}
        others = (one for one in self.registers.all if one.id in names)
        return {one.id: self.rows(one, today, forbidden) for one in others}

    def _archive(self, register: Register) -> Archive:
        """The papers that may prove a row."""
        if register.proof is None:
            return Archive()
        papers = tuple(coded_papers(register.proof.forms, town=self._facts.county.scope))
        return Archive(papers, self._seen.looks_of({one.sha256 for one in papers}))

    def _remember(self, key: tuple[str, dt.date, frozenset[str]], made: _Made) -> None:
        self._made[key] = made
        self._made.move_to_end(key)
        while len(self._made) > _MOST_KEPT:
            self._made.popitem(last=False)


def may_see_row(row: Row, place: Area) -> bool:
    """Whether a row is of somebody's area; what is made of forbidden dossiers is no row at all."""
    return place.covers(row.town, row.village)


def may_open(row: Row, place: Area, username: str) -> bool:
    """Whether somebody may open the document of a row: a list of a town is not a village's."""
    document = row.document
    if document is None:
        return False
    return document.by == username or place.covers(document.town, document.village)
