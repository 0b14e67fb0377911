"""★ The rows of a register: taken, joined, the newest kept, proved, what is lacking added."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import contains, is_
from typing import NamedTuple

from archive_indexer.stores.coded_papers import CodedPaper, Looks
from filler.form.county_facts import CountyFacts
from filler.form.forms import FormSpec
from filler.values.formula import is_met
from minzheng.registers.cell_scope import CellScope
from minzheng.registers.cell_texts import BETWEEN, week_of
from minzheng.registers.join_rows import Beside, Index, Key, age_of, lay_beside, one_cell
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


#: Scans, and the seal on them with whether it is the one asked for.
_Proof = tuple[tuple[CodedPaper, ...], tuple[str, str]]


class _Proofs:
    """What may prove rows: scans by the number they bear, and their seals."""

    def __init__(self, register: Register, archive: Archive) -> None:
        self._looks, self._found = archive.looks, dict[str, tuple[CodedPaper, ...]]()
        self._wanted = register.proof.seal if register.proof else ""
        self._nothing: _Proof = ((), ("", "否" if register.proof else ""))
        forms = register.proof.forms if register.proof else _NO_DOSSIER
        for paper in archive.papers:
            looks = archive.looks.get(paper.sha256)
            if looks and looks.is_scan and (not forms or paper.form_id in forms):
                self._found[paper.case_no] = (*self._found.get(paper.case_no, ()), paper)

    def of(self, code: str) -> _Proof:
        """The scans of a number; the seal that was read, and whether it is the one asked for."""
        papers = self._found.get(code)
        return (papers, _seal(self._wanted, papers, self._looks)) if papers else self._nothing


class _Finished(NamedTuple):
    """A row as it was made, and all it was made of."""

    one: Taken
    code: str
    keys: tuple[Key, ...]  #: by which each join found what lies beside it
    made_of: tuple[object, ...]
    row: Row | None

    def stands(self, one: Taken, changed: Sequence[Set[Key]], proofs: _Proofs) -> bool:
        """Whether it would be made of the very same things again."""
        if self.one is not one or (self.code and proofs.of(self.code) != self.made_of[1:]):
            return False
        return not any(map(contains, changed, self.keys))


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
        self._made: dict[tuple[object, ...], _Finished] = {}
        self._indexes: dict[Join, tuple[list[Taken], Index]] = {}

    def rows(
        self, documents: Documents, archive: Archive, registers: RowsByRegister = _NO_REGISTER
    ) -> tuple[Row, ...]:
        """Every row, those that are lacking last."""
        self._take.begin(documents, registers)
        numbers = iter(range(len(self.register.all_sources)))
        taken = self._newest(list(self._of(self.register.sources, numbers)))
        indexes, changed = list[tuple[Join, Index]](), list[Set[Key]]()
        for join in self.register.joins:
            index, keys = self._index(join, numbers)
            indexes.append((join, index))
            changed.append(keys)
        before, self._made = self._made, {}
        proofs = _Proofs(self.register, archive)
        for one in taken:
            known = before.get(one.key)
            if known is None or not known.stands(one, changed, proofs):
                known = self._finished(one, lay_beside(one, indexes), proofs, known)
            self._made[one.key] = known
        rows = [one.row for one in self._made.values() if one.row is not None]
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
            key: tuple[object, ...] = tuple([one.cells.get(slug, "") for slug in register.key])
            if "" in key:
                key = one.key
            other = kept.get(key)
            if other is None or age_of(register.newest, other) <= age_of(register.newest, one):
                kept[key] = one
        return list(kept.values())

    def _index(self, join: Join, numbers: Iterator[int]) -> tuple[Index, Set[Key]]:
        """The rows a join may lay beside others, by what they have in common with them.

        And where something else stands there than before.
        """
        taken = list(self._of(join.sources, numbers))
        before, known = self._indexes.get(join, ([], {}))
        if known and _are_same(before, taken):
            return known, frozenset()
        found: dict[Key, list[Taken]] = defaultdict(list)
        for other in taken:
            key = tuple([other.cells.get(slug, "") for slug in join.on])
            if "" not in key:
                found[key].append(other)
        self._indexes[join] = taken, found
        changed = {key for key, some in found.items() if not _are_same(known.get(key, []), some)}
        return found, changed | (known.keys() - found.keys())

    def _finished(
        self,
        one: Taken,
        beside: tuple[Beside, ...],
        proofs: "_Proofs",
        before: "_Finished | None",
    ) -> "_Finished":
        """A row with its proof, its worked out cells and its state; None when it is none."""
        proof = self.register.proof
        code = one_cell(proof.code, one, beside) if proof else ""
        papers, seal = proofs.of(code)
        made_of = (tuple(other.made_of for other in beside), papers, seal)
        if before is not None and before.one is one and before.made_of == made_of:
            row = before.row
        else:
            row = self._row(one, beside, papers, seal)
        return _Finished(one, code, tuple(other.key for other in beside), made_of, row)

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
