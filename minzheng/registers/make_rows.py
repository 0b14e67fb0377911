"""★ The rows of a register: taken, joined, the newest kept, proved, what is lacking added."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from archive_indexer.stores.coded_papers import CodedPaper, Looks
from filler.form.county_facts import CountyFacts
from filler.form.forms import FormSpec
from filler.values.formula import is_met
from minzheng.registers.cell_scope import CellScope
from minzheng.registers.cell_texts import BETWEEN, week_of
from minzheng.registers.issued_rows import ReadDocument
from minzheng.registers.register import (
    FIXED,
    OWN,
    SCANS,
    SEAL,
    SEALED,
    TODAY,
    TOWN,
    VILLAGE,
    Join,
    Register,
    Source,
)

Cells = dict[str, str]
Documents = Mapping[str, Sequence[ReadDocument]]
#: Said of a seal of which no word could be read: it is counted, and told.
UNREAD_SEAL = "有章，字没有读出"
#: In a list of villages: all of the town.
_WHOLE = ("全镇", "全部", "各村")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, its state, the document it stands on, the papers that prove it."""

    cells: Mapping[str, str]
    state: str
    document: ReadDocument | None = None
    papers: tuple[CodedPaper, ...] = ()

    @property
    def town(self) -> str:
        """The town it is of."""
        return self.cells.get(TOWN, "")

    @property
    def village(self) -> str:
        """The village it is of."""
        return self.cells.get(VILLAGE, "")


@dataclass(frozen=True, slots=True)
class Archive:
    """What the archive holds by number, and what is seen on it."""

    papers: tuple[CodedPaper, ...] = ()
    looks: Mapping[str, Looks] = field(default_factory=dict)


class _Taken(NamedTuple):
    cells: Cells
    document: ReadDocument


class MakeRows:
    """Makes the rows of one register of what was read."""

    def __init__(
        self,
        register: Register,
        forms: Mapping[str, FormSpec],
        facts: CountyFacts,
        today: dt.date,
        forbidden: frozenset[str] = frozenset(),
    ) -> None:
        self.register, self.forms, self.places = register.without(forbidden), forms, facts.places
        self.today, self.forbidden = today, forbidden
        self.scope = CellScope(register, facts, today)

    def rows(self, documents: Documents, archive: Archive) -> tuple[Row, ...]:
        """Every row, those that are lacking last."""
        taken = self._newest(
            [one for source in self.register.sources for one in self._take(source, documents)]
        )
        for join in self.register.joins:
            self._join(join, taken, documents)
        by_number = _by_number(self.register, archive)
        taken = [one for one in taken if self._holds(self.register.where, one.cells)]
        rows = [self._finished(one, by_number, archive) for one in taken]
        return (*rows, *self._lacking(rows))

    def _take(self, source: Source, documents: Documents) -> Iterator[_Taken]:
        spec = self.forms[source.form_id]
        for document in documents.get(source.form_id, ()):
            if document.case_no.partition("-")[0] in self.forbidden:
                continue
            for row in document.rows[source.rows] if source.rows else ({},):
                cells = _cells(source, document, row, spec)
                cells[TODAY] = str(self.today)
                for one in self._split(source, cells):
                    self._place(one)
                    for column in self.register.early:
                        one[column.slug] = self.scope.over(one).result(column)
                    if self._holds(source.where, one):
                        yield _Taken(one, document)

    def _split(self, source: Source, cells: Cells) -> Iterator[Cells]:
        """A row for each of several that stand in one cell; for 全镇 each village of it."""
        parts = [self._parts(own, cells) for own in source.split]
        for some in product(*parts):
            yield {**cells, **dict(zip(source.split, some, strict=True))}

    def _parts(self, own: str, cells: Cells) -> list[str]:
        text = cells[own]
        if own == VILLAGE and text in _WHOLE:
            found = self.places.villages_of(cells.get(TOWN, ""))
            return [one.name for one in found if one.kind == "村"]
        return [part.strip() for part in text.replace("，", BETWEEN).split(BETWEEN)]

    def _place(self, cells: Cells) -> None:
        """The town of a village that stands alone; old names become the present ones."""
        if cells[VILLAGE]:
            found = self.places.village(cells[VILLAGE], cells[TOWN])
            if found is not None:
                cells[TOWN], cells[VILLAGE] = found.town, found.name

    def _newest(self, taken: list[_Taken]) -> list[_Taken]:
        """Of rows with the same key the newest; a row without one stands for itself."""
        register, kept = self.register, dict[tuple[str, ...], _Taken]()
        if not register.key:
            return taken
        for number, one in enumerate(taken):
            key = tuple(one.cells.get(slug, "") for slug in register.key)
            key = key if all(key) else (*key, str(number))
            other = kept.get(key)
            if other is None or _age(register.newest, other) <= _age(register.newest, one):
                kept[key] = one
        return list(kept.values())

    def _join(self, join: Join, taken: Iterable[_Taken], documents: Documents) -> None:
        """Lay the cells of other rows beside those with which they have `on` in common."""
        found: dict[tuple[str, ...], list[_Taken]] = defaultdict(list)
        for source in join.sources:
            for other in self._take(source, documents):
                key = tuple(other.cells.get(slug, "") for slug in join.on)
                if all(key):
                    found[key].append(other)
        for one in taken:
            key = tuple(one.cells.get(slug, "") for slug in join.on)
            others = [other for other in found.get(key, ()) if _is_there(one.cells, other.cells)]
            if join.count:
                one.cells[join.count] = str(len(others))
            if others:
                best = max(others, key=lambda other: _age(join.newest, other))
                given = {k: v for k, v in best.cells.items() if k not in (TOWN, VILLAGE)}
                one.cells.update({k: v for k, v in given.items() if v and not one.cells.get(k)})

    def _finished(
        self, one: _Taken, by_number: Mapping[str, tuple[CodedPaper, ...]], archive: Archive
    ) -> Row:
        """A row with its proof, its worked out cells and its state."""
        proof = self.register.proof
        papers = by_number.get(one.cells.get(proof.code, ""), ()) if proof else ()
        cells = one.cells
        cells[SCANS] = str(len(papers))
        if proof:
            cells[SEAL], cells[SEALED] = _seal(proof.seal, papers, archive.looks)
        for column in self.register.columns:
            if column.week_of:
                cells[column.slug] = week_of(cells.get(column.week_of, ""))
            elif column.value:
                cells[column.slug] = self.scope.over(cells).result(column)
        return Row(cells, self._state(cells), one.document, papers)

    def _state(self, cells: Cells) -> str:
        scope = self.scope.over(cells)
        return next(
            state.name
            for state in self.register.states
            if not state.when or is_met(state.when, scope)
        )

    def _holds(self, condition: str, cells: Cells) -> bool:
        """Whether a condition is met; no condition is always."""
        return not condition or is_met(condition, self.scope.over(cells))

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
                    yield Row({**cells, **({register.each: value} if value else {})},
                              register.lacking)  # fmt: skip


def _cells(source: Source, document: ReadDocument, row: Mapping[str, str], spec: FormSpec) -> Cells:
    cells = {TOWN: document.town, VILLAGE: document.village}
    for own, slug in source.columns.items():
        if slug.startswith(FIXED):
            cells[own] = slug.removeprefix(FIXED)
        elif slug.startswith(OWN):
            cells[own] = _OWN_FACTS[slug.removeprefix(OWN)](document, spec)
        else:
            cells[own] = row[slug] if slug in row else document.cells.get(slug, "")
    return cells


_OWN_FACTS: Mapping[str, Callable[[ReadDocument, FormSpec], str]] = {
    "case": lambda document, spec: document.case_no,
    "form": lambda document, spec: document.form_id,
    "version": lambda document, spec: document.version,
    "newest_version": lambda document, spec: spec.version,
    "issued": lambda document, spec: document.issued,
    "waits": lambda document, spec: document.waits,
}


def _age(newest: str, taken: _Taken) -> tuple[str, int]:
    return taken.cells.get(newest, ""), taken.document.number


def _is_there(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether another row may speak of a row's place: one of no place speaks of all."""
    return all(other.get(slug, "") in ("", one.get(slug, "")) for slug in (TOWN, VILLAGE))


def _by_number(register: Register, archive: Archive) -> dict[str, tuple[CodedPaper, ...]]:
    """The scans that may prove a row, by the number they bear."""
    found: dict[str, tuple[CodedPaper, ...]] = {}
    forms = register.proof.forms if register.proof else frozenset[str]()
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
    right = next((one for one in words if wanted in one and one), "")
    if right:
        return right, "是"
    if "" in words:
        return UNREAD_SEAL, "是"
    return BETWEEN.join(dict.fromkeys(words)), "否"
