"""What a register is: where its rows come from, what must be there, what state each is in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from filler.form.forms import Field, FieldType, FormSpec, Section
from minzheng.county.errors import Problem
from minzheng.registers.give import Give

ColumnType = Literal["text", "name", "idcard", "date", "month", "money", "int"]
Level = Literal["full", "most", "half", "low", "none", ""]
#: Before what is the same in every row, and before what a document itself tells.
FIXED, OWN = "=", "@"
#: What a document tells beside its answers.
OWN_FACTS = frozenset({"case", "form", "version", "newest_version", "issued", "waits"})
STATE = "state"  #: what the row of another register tells beside its cells
TOWN, VILLAGE = "town", "village"
#: Cells of every row that the archive tells: how many papers bear its code, and their seal.
SCANS, SEALED, SEAL = "scans", "sealed", "seal"
TODAY, PLACED = "today", "placed"
#: What a row has without being asked for, and how it is read.
GIVEN: Mapping[str, ColumnType] = {
    TOWN: "text", VILLAGE: "text", SCANS: "int", SEALED: "text", SEAL: "text", TODAY: "date",
    PLACED: "text",
}  # fmt: skip
_KINDS: Mapping[ColumnType, FieldType] = {
    "text": "text", "name": "text", "idcard": "idcard", "date": "date", "month": "month",
    "money": "money", "int": "int",
}  # fmt: skip
_LABELS = {
    TOWN: "镇", VILLAGE: "村", SCANS: "扫描件", SEALED: "盖章", SEAL: "印章", TODAY: "今天",
    PLACED: "认出村",
}  # fmt: skip


# Sources and joins are told apart by identity: they are keys of what is remembered.
@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Rows of the newest editions of one form, its documents themselves, or another register."""

    form_id: str  #: empty when it is a register
    rows: str = ""  #: slug of a table; empty: each document is a row
    columns: Mapping[str, str] = field(default_factory=dict)  #: own → slug, `=fixed`, `@fact`
    where: str = ""  #: a condition over its cells
    split: tuple[str, ...] = ()  #: own columns in which several stand: 旧城村、红星村
    register: str = ""  #: whose rows are taken, as they are

    @property
    def dossier(self) -> str:
        """The dossier its form belongs to."""
        return self.form_id.partition("-")[0]

    @property
    def slugs(self) -> frozenset[str]:
        """What it asks of a document."""
        return frozenset(one for one in self.columns.values() if one[:1] not in (FIXED, OWN))


@dataclass(frozen=True, slots=True, eq=False)
class Join:
    """Cells that other rows give to a row with which they have something in common."""

    on: tuple[str, ...]
    sources: tuple[Source, ...]
    newest: str = ""  #: the row with the greatest of these gives
    count: str = ""  #: own column: how many there are
    sums: Mapping[str, str] = field(default_factory=dict)  #: own column → column summed up
    lists: Mapping[str, str] = field(default_factory=dict)  #: own column → names put in order

    @property
    def worked_out(self) -> tuple[str, ...]:
        """The columns it gives that no single row has."""
        return (*filter(None, [self.count]), *self.sums, *self.lists)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, how it is read, how it is worked out."""

    slug: str
    label: str
    type: ColumnType = "text"
    value: str = ""  #: a formula over the other cells
    week_of: str = ""  #: the column with the date of which it is the week
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves a row: papers in the archive that bear its code."""

    code: str  #: column with the number
    forms: frozenset[str] = frozenset()  #: papers of these forms only; none: of any
    seal: str = ""  #: words of the seal they must bear


@dataclass(frozen=True, slots=True)
class State:
    """A state a row may be in, and when; of several the first that holds."""

    name: str
    when: str = ""
    level: Level = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Then:
    """The form that goes on with a row, as long as it lacks a cell."""

    form_id: str
    lacks: str


@dataclass(frozen=True)
class Register:
    """One view over records that exist."""

    id: str
    group: str
    title: str
    about: str
    sources: tuple[Source, ...]
    columns: tuple[Column, ...]
    states: tuple[State, ...]
    unit: str = "件"
    where: str = ""  #: what its rows are, once joined
    key: tuple[str, ...] = ()
    newest: str = ""
    joins: tuple[Join, ...] = ()
    proof: Proof | None = None
    must_villages: bool = False  #: every village must have a row
    each: str = ""  #: and that for every value of this column
    values: tuple[str, ...] = ()
    lacking: str = "没有"
    by: tuple[str, ...] = ()  #: columns by whose values it is counted, too
    people: str = ""  #: column that tells persons: 人 apart from 人次
    sums: tuple[str, ...] = ()
    fill: str = ""  #: the form in which what is lacking is written
    then: Then | None = None
    prints: bool = False  #: its documents are printed in one run

    @cached_property
    def spec(self) -> FormSpec:
        """Its columns as the fields of a form, so that formulas can speak of them."""
        fields = [Field(slug, _LABELS[slug], _KINDS[kind]) for slug, kind in GIVEN.items()] + [
            Field(one.slug, one.label, _KINDS[one.type]) for one in self.columns
        ]
        section = Section(self.title, tuple(fields))
        return FormSpec(self.id, self.title, "", "制式", "L-LIST", "", (section,), Path())

    @cached_property
    def types(self) -> Mapping[str, ColumnType]:
        """How each cell is read."""
        return {**GIVEN, **{one.slug: one.type for one in self.columns}}

    @cached_property
    def all_sources(self) -> tuple[Source, ...]:
        """Its own and those of its joins."""
        return (*self.sources, *(source for join in self.joins for source in join.sources))

    @cached_property
    def all_states(self) -> tuple[State, ...]:
        """Every state a row may be in, what is lacking first."""
        lacking = (State(self.lacking, level="none"),) if self.must_villages else ()
        return (*lacking, *self.states)

    @cached_property
    def early(self) -> tuple[Column, ...]:
        """Columns worked out before rows are compared: they tell rows apart."""
        asked = {*self.key, *(slug for join in self.joins for slug in join.on)}
        return tuple(one for one in self.columns if one.value and one.slug in asked)

    @cached_property
    def shown(self) -> tuple[Column, ...]:
        """The columns that people see."""
        return tuple(one for one in self.columns if not one.is_hidden)

    def label_of(self, slug: str) -> str:
        """What a column is called."""
        return next(
            (one.label for one in self.columns if one.slug == slug), _LABELS.get(slug, slug)
        )

    def without(self, forbidden: frozenset[str]) -> "Register":
        """What is left of it for somebody who does not see some dossiers."""
        if not any(one.dossier in forbidden for one in self.all_sources):
            return self
        joins = (replace(one, sources=_allowed(one.sources, forbidden)) for one in self.joins)
        return replace(self, sources=_allowed(self.sources, forbidden), joins=tuple(joins))


@dataclass(frozen=True)
class Registers:
    """All registers, in the order of the table."""

    all: tuple[Register, ...] = ()
    gives: tuple[Give, ...] = ()
    left_out: frozenset[str] = frozenset()  #: ids that the county does not want
    brought: tuple[str, ...] = ()  #: titles that came with the program, not from the table
    unfit: tuple[Problem, ...] = ()  #: why others of the program were not taken

    def gives_of(self, register: str) -> tuple[Give, ...]:
        """What a register gives to forms."""
        return tuple(one for one in self.gives if one.register == register)

    def gives_to(self, form_id: str, rows: str) -> tuple[Give, ...]:
        """What fills one table of a form."""
        return tuple(one for one in self.gives if (one.form_id, one.rows) == (form_id, rows))

    def named(self, name: str) -> Register | None:
        """The register of this id."""
        return next((one for one in self.all if one.id == name), None)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """What they belong to, in order: 走访, 专栏."""
        return tuple(dict.fromkeys(one.group for one in self.all))

    @cached_property
    def sources(self) -> Mapping[str, tuple[Source, ...]]:
        """Everything that is asked of each form."""
        asked: dict[str, tuple[Source, ...]] = {}
        for register in self.all:
            for source in (one for one in register.all_sources if one.form_id):
                asked[source.form_id] = (*asked.get(source.form_id, ()), source)
        return asked


def _allowed(sources: tuple[Source, ...], forbidden: frozenset[str]) -> tuple[Source, ...]:
    return tuple(one for one in sources if one.dossier not in forbidden)
