"""★ The rows of a register: taken, joined, the newest kept, proved, what is lacking added."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import is_

from archive_indexer.stores.coded_papers import CodedPaper, Looks
from filler.form.county_facts import CountyFacts
from filler.form.forms import FormSpec
from filler.values.formula import is_met
from minzheng.registers.cell_scope import CellScope
from minzheng.registers.cell_texts import BETWEEN, week_of
from minzheng.registers.join_rows import Beside, Index, age_of, lay_beside, one_cell
from minzheng.registers.register import (
    SCANS,
    SEAL,
    SEALED,
    TOWN,
    VILLAGE,
    Join,
    Register,
    Source,
)
from minzheng.registers.row import Row
from minzheng.registers.take_cells import (
    Cells,
    Documents,
    RowsByRegister,
    TakeCells,
    Taken,
)

#: Said of a seal of which no word could be read: it is counted, and told.
UNREAD_SEAL = "有章，字没有读出"
_NO_DOSSIER = frozenset[str]()
_NO_REGISTER: RowsByRegister = {}


@dataclass(frozen=True, slots=True)
class Archive:
    """What the archive holds by number, and what is seen on it."""

    papers: tuple[CodedPaper, ...] = ()
    looks: Mapping[str, Looks] = field(default_factory=dict)


class MakeRows:
    """Makes the rows of one register on one day, as often as something changed.

    A row that would be made of the very same things is the one that was made before.
    """

    def __init__(
        self,
        register: Register,
        forms: Mapping[str, FormSpec],
        facts: CountyFacts,
        today: dt.date,
        forbidden: frozenset[str] = _NO_DOSSIER,
    ) -> None:
        self.register, self.places = register.without(forbidden), facts.places
        self._take = TakeCells(self.register, forms, facts, today, forbidden)
        self._scope = CellScope(register, facts, today)
        self._made: dict[tuple[object, ...], Row | None] = {}
        self._indexes: dict[Join, tuple[list[Taken], Index]] = {}

    def rows(
        self, documents: Documents, archive: Archive, registers: RowsByRegister = _NO_REGISTER
    ) -> tuple[Row, ...]:
        """Every row, those that are lacking last."""
        self._take.begin(documents, registers)
        numbers = iter(range(len(self.register.all_sources)))
        taken = self._newest(list(self._of(self.register.sources, numbers)))
        indexes = [(join, self._index(join, numbers)) for join in self.register.joins]
        before, self._made = self._made, {}
        by_number = _by_number(self.register, archive)
        made = [
            self._finished(one, lay_beside(one, indexes), by_number, archive, before)
            for one in taken
        ]
        rows = [row for row in made if row is not None]
        return (*rows, *self._lacking(rows))

    def _of(self, sources: Iterable[Source], numbers: Iterator[int]) -> Iterator[Taken]:
        for source in sources:
            yield from self._take.of(next(numbers), source)

    def _newest(self, taken: list[Taken]) -> list[Taken]:
        """Of rows with the same key the newest; a row without one stands for itself."""
        register, kept = self.register, dict[tuple[object, ...], Taken]()
        if not register.key:
            return taken
        for one in taken:
            key: tuple[object, ...] = tuple(one.cells.get(slug, "") for slug in register.key)
            if not all(key):
                key = one.key
            other = kept.get(key)
            if other is None or age_of(register.newest, other) <= age_of(register.newest, one):
                kept[key] = one
        return list(kept.values())

    def _index(self, join: Join, numbers: Iterator[int]) -> Index:
        """The rows a join may lay beside others, by what they have in common with them."""
        taken = list(self._of(join.sources, numbers))
        known = self._indexes.get(join)
        if known is not None and _are_same(known[0], taken):
            return known[1]
        found: dict[tuple[str, ...], list[Taken]] = defaultdict(list)
        for other in taken:
            key = tuple(other.cells.get(slug, "") for slug in join.on)
            if all(key):
                found[key].append(other)
        self._indexes[join] = taken, found
        return found

    def _finished(
        self,
        one: Taken,
        beside: tuple[Beside, ...],
        by_number: Mapping[str, tuple[CodedPaper, ...]],
        archive: Archive,
        before: Mapping[tuple[object, ...], Row | None],
    ) -> Row | None:
        """A row with its proof, its worked out cells and its state; None when it is none."""
        proof = self.register.proof
        code = one_cell(proof.code, one, beside) if proof else ""
        papers = by_number.get(code, ())
        seal = _seal(proof.seal, papers, archive.looks) if proof else ("", "")
        made_of = (one.key, tuple(other.made_of for other in beside), papers, seal)
        if made_of not in before:
            self._made[made_of] = self._row(one, beside, papers, seal)
        else:
            self._made[made_of] = before[made_of]
        return self._made[made_of]

    def _row(
        self,
        one: Taken,
        beside: tuple[Beside, ...],
        papers: tuple[CodedPaper, ...],
        seal: tuple[str, str],
    ) -> Row | None:
        cells = _laid_together(one, beside)
        if not self._take.holds(self.register.where, cells):
            return None
        cells[SCANS], (cells[SEAL], cells[SEALED]) = str(len(papers)), seal
        self._work_out(cells)
        return Row(cells, self._state(cells), one.document, papers)

    def _work_out(self, cells: dict[str, str]) -> None:
        for column in self.register.columns:
            if column.week_of:
                cells[column.slug] = week_of(cells.get(column.week_of, ""))
            elif column.value:
                cells[column.slug] = self._scope.over(cells).result(column)

    def _state(self, cells: Cells) -> str:
        scope = self._scope.over(cells)
        return next(
            state.name
            for state in self.register.states
            if not state.when or is_met(state.when, scope)
        )

    def _lacking(self, rows: Iterable[Row]) -> Iterator[Row]:
        """What must be there of every village and is not."""
        register = self.register
        if not register.must_villages:
            return
        there = {(row.village, row.cells.get(register.each, "")) for row in rows}
        for village in self.places.villages:
            for value in register.values or ("",):
                if (village.name, value) not in there:
                    cells = {TOWN: village.town, VILLAGE: village.name, SCANS: "0"}
                    more = {register.each: value} if value else {}
                    yield Row({**cells, **more}, register.lacking)


def _are_same(before: list[Taken], taken: list[Taken]) -> bool:
    return len(before) == len(taken) and all(map(is_, before, taken))


def _laid_together(one: Taken, beside: Iterable[Beside]) -> dict[str, str]:
    cells = dict(one.cells)
    for other in beside:
        cells.update(other.worked_out)
        for slug, text in other.best.cells.items() if other.best else ():
            if text and not cells.get(slug) and slug not in (TOWN, VILLAGE):
                cells[slug] = text
    return cells


def _by_number(register: Register, archive: Archive) -> dict[str, tuple[CodedPaper, ...]]:
    """The scans that may prove a row, by the number they bear."""
    found: dict[str, tuple[CodedPaper, ...]] = {}
    forms = register.proof.forms if register.proof else _NO_DOSSIER
    for paper in archive.papers:
        looks = archive.looks.get(paper.sha256)
        if looks and looks.is_scan and (not forms or paper.form_id in forms):
            found[paper.case_no] = (*found.get(paper.case_no, ()), paper)
    return found


def _seal(wanted: str, papers: Iterable[CodedPaper], looks: Mapping[str, Looks]) -> tuple[str, str]:
    """The seal that was read, and whether it is the one asked for.

    A seal whose words nobody can read is taken for it, and said to be unread; one that is
    read as another's is not.
    """
    words = [seal for paper in papers for seal in looks[paper.sha256].seals]
    right = next((one for one in words if one and wanted in one), "")
    if right:
        return right, "是"
    if "" in words:
        return UNREAD_SEAL, "是"
    return BETWEEN.join(dict.fromkeys(words)), "否"
