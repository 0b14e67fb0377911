"""What a form takes over from forms issued before: registry/copies.toml."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from filler.form.form_data import Answers
from filler.form.forms import Field, FormSpec
from filler.spec.day_order import DayOrder, read_day_order
from minzheng.county.errors import Problem
from minzheng.county.registry.case_changes import CaseChange, read_case_law
from minzheng.county.toml_files import explain, parse_once

FILE = "copies.toml"
Rule = TypeVar("Rule")
#: Before a column that is the same in every row: `=1`.
_FIXED = "="


@dataclass(frozen=True, slots=True)
class Take:
    """Fields that a form takes over from another one of the same case."""

    to: str
    source: str
    fields: Mapping[str, str]  #: own slug → slug of the source
    is_standing: bool = False  #: as the case stands now: what changed it since is heeded
    of: Mapping[str, Sequence[str]] = field(default_factory=dict)  #: what the source must say
    unless: tuple[str, ...] = ()  #: forms that the case must not have since
    told: Mapping[str, str] = field(default_factory=dict)  #: not locked: a difference is told


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """Where a column of a gathered row comes from."""

    form_id: str = ""  #: another form of the same case
    slug: str = ""  #: `a|b`: the first that is filled
    fixed: str = ""

    @property
    def slugs(self) -> tuple[str, ...]:
        """The fields of which the first that is filled is told."""
        return tuple(filter(None, self.slug.split("|")))


@dataclass(frozen=True, slots=True)
class Gather:
    """Rows that a form makes of every approved document of another one."""

    to: str
    rows: str
    source: str
    when: Mapping[str, str]  #: own answers for which it holds
    match: tuple[str, ...]  #: slugs that must be the same
    key: tuple[str, ...]  #: own columns that tell households apart
    columns: Mapping[str, ColumnSource]
    as_of: str = ""  #: own date up to which cases are counted
    approved: str = ""  #: the source's date of approval
    person: str = ""  #: the source's ID number: children do not stand on notices
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  #: own column → in words


@dataclass(frozen=True, slots=True)
class Listed:
    """Columns of a list's rows that say what a paper of the person's case says."""

    to: str
    rows: str
    source: str
    when: Mapping[str, str]  #: own answers for which it holds
    match: tuple[str, ...]  #: slugs that must be the same
    who: tuple[str, ...]  #: own columns that tell a person, the first of them whoever it may be
    #: own column → slug of the source: `a|b` the first filled, `a/b` any; `=1` always that
    columns: Mapping[str, str]
    marked: frozenset[str] = frozenset()  #: own columns whose difference is only pointed out
    monthly: Mapping[str, str] = field(default_factory=dict)  #: paid for whole months in a row
    start: str = ""  #: the source's first month
    as_of: str = ""  #: own day up to which cases are counted
    approved: str = ""  #: the source's day of approval
    whole: Mapping[str, str] = field(default_factory=dict)  #: slug of the list → of the source
    is_before: bool = False  #: it is made before the source, which then must agree
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  #: own column → in words
    is_known_only: bool = False  #: nothing is told of rows without a case
    missing: int = 0  #: whose case is of so many months before the list is missed on it
    #: own column → the source's number, of which it is the year's sum
    summed: Mapping[str, str] = field(default_factory=dict)
    counted: str = ""  #: own column that tells how many papers make up the sums
    row: Mapping[str, str] = field(default_factory=dict)  #: cells of the rows it speaks of


@dataclass(frozen=True, slots=True)
class Coded:
    """Rows of a list that tell children by codes: of whose papers they are."""

    to: str
    rows: str
    code: str
    sources: tuple[str, ...]
    kind: str = ""  #: own column
    kinds: Mapping[str, str] = field(default_factory=dict)  #: form → what it makes of a child


@dataclass(frozen=True, slots=True)
class SameThings:
    """What papers of one case say of the same thing, and what is each one's own."""

    own: frozenset[str] = frozenset()  #: never compared
    marked: frozenset[str] = frozenset()  #: may have changed: only pointed out
    identity: frozenset[str] = frozenset()  #: the same on two papers of one form, too
    refers: frozenset[str] = frozenset()  #: numbers by which a paper names another one
    tables: Mapping[str, str] = field(default_factory=dict)  #: table → column that tells its rows
    aliases: Mapping[tuple[str, str], str] = field(default_factory=dict)  #: form, slug → name

    def __hash__(self) -> int:
        return hash((self.own, self.marked, self.identity, self.refers))  # sets keep theirs

    def name_of(self, form_id: str, slug: str) -> str:
        """What a field tells of; nothing when it is its paper's own."""
        name = self.aliases.get((form_id, slug), slug)
        return "" if name in self.own else name


@dataclass(frozen=True)
class TakingOver:
    """Everything that forms take over from one another."""

    takes: tuple[Take, ...] = ()
    gathers: tuple[Gather, ...] = ()
    listed: tuple[Listed, ...] = ()
    same: SameThings = field(default_factory=SameThings)
    changes: tuple[CaseChange, ...] = ()
    #: form → its field with the number of the case it joins
    joins: Mapping[str, str] = field(default_factory=dict)
    days: DayOrder = field(default_factory=DayOrder)
    coded: tuple[Coded, ...] = ()

    def takes_of(self, form_id: str) -> Sequence[Take]:
        """What a form takes over."""
        return self._takes_by_form.get(form_id, ())

    def listed_in(self, form_id: str) -> Sequence[Listed]:
        """The rules for the rows of a form."""
        return self._listed_by_form.get(form_id, ())

    def lists_of(self, form_id: str) -> Sequence[Listed]:
        """The rules for rows of other forms that speak of this one."""
        return self._listed_by_source.get(form_id, ())

    @cached_property
    def _takes_by_form(self) -> Mapping[str, list[Take]]:
        return _sorted_by(self.takes, lambda one: one.to)

    @cached_property
    def _listed_by_form(self) -> Mapping[str, list[Listed]]:
        return _sorted_by(self.listed, lambda one: one.to)

    @cached_property
    def _listed_by_source(self) -> Mapping[str, list[Listed]]:
        return _sorted_by(self.listed, lambda one: one.source)

    def gather_for(self, form_id: str, answers: Answers) -> Gather | None:
        """The rule that makes a form's rows, when its answers call for it."""
        own = (one for one in self.gathers if one.to == form_id)
        asked = ((one, one.when.items()) for one in own)
        return next((one for one, when in asked if all(answers.get(k) == v for k, v in when)), None)

    def does_gather(self, form_id: str) -> bool:
        """Whether a form's rows are ever gathered."""
        return any(gather.to == form_id for gather in self.gathers)

    def people_tables(self) -> dict[str, frozenset[str]]:
        """By form, the tables whose rows are of people with cases, where it is said of any.

        Whoever stands in another one (met to judge them, signs for them) is not listed there.
        """
        found: dict[str, set[str]] = {}
        rules: list[Listed | Gather | Coded] = [*self.listed, *self.gathers, *self.coded]
        for one in rules:
            found.setdefault(one.to, set()).add(one.rows)
        return {form_id: frozenset(tables) for form_id, tables in found.items()}

    def takers_of(self, form_id: str) -> frozenset[str]:
        """The forms that take something over from this one."""
        return frozenset(take.to for take in self.takes if take.source == form_id)

    def sources_of(self, form_id: str) -> frozenset[str]:
        """The forms from which this one takes something over."""
        return frozenset(take.source for take in self.takes if take.to == form_id)


def _sorted_by(rules: Iterable[Rule], form_of: Callable[[Rule], str]) -> dict[str, list[Rule]]:
    """Rules by the form that each speaks of, in the order of the table."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(form_of(rule), []).append(rule)
    return found


def read_taking_over(table: Mapping[str, Any]) -> TakingOver:
    """What the table says is taken over."""
    return TakingOver(
        tuple(map(_take, table.get("copy", ()))),
        tuple(map(read_gather, table.get("gather", ()))),
        tuple(map(_listed, table.get("listed", ()))),
        _same(table.get("same", {})),
        read_case_law(table).changes,
        {str(one.get("form")): str(one.get("by")) for one in table.get("join", ())},
        read_day_order(table),
        tuple(map(_coded, table.get("coded", ()))),
    )


def find_wrong_takes(
    taking_over: TakingOver, table: Mapping[str, Any], forms: Mapping[str, FormSpec]
) -> Iterator[Problem]:
    """Every mistake in what is taken over."""
    for take in taking_over.takes:
        yield from _take_problems(forms, take)
    for gather in taking_over.gathers:
        yield from _gather_problems(forms, gather)
    for form_id, slug in taking_over.joins.items():
        yield from find_unknown(forms, form_id, (slug,), is_own=True)
    for listed in taking_over.listed:
        yield from _listed_problems(forms, listed)
    for form_id, slug in taking_over.same.aliases:
        yield from find_unknown(forms, form_id, (slug,))
    for coded in taking_over.coded:
        yield from _coded_problems(forms, coded)
    yield from _day_problems(forms, taking_over.days)
    yield from _law_problems(forms, taking_over, table)


def _law_problems(
    forms: Mapping[str, FormSpec], taking_over: TakingOver, table: Mapping[str, Any]
) -> Iterator[Problem]:
    for benefit in read_case_law(table).benefits:
        yield from find_unknown(forms, benefit.form_id, ())
    for change in taking_over.changes:
        known = (change.since, *change.endings, *change.letter_if, *change.becomes.values())
        yield from find_unknown(forms, change.form_id, known)
        if change.letter:
            yield from find_unknown(forms, change.letter, ())


def _take_problems(forms: Mapping[str, FormSpec], take: Take) -> Iterator[Problem]:
    yield from find_unknown(forms, take.to, (*take.fields, *take.told), is_own=True)
    asked = (*take.fields.values(), *take.of, *take.told.values())
    yield from find_unknown(forms, take.source, asked)
    for form_id in take.unless:
        yield from find_unknown(forms, form_id, ())


def _day_problems(forms: Mapping[str, FormSpec], order: DayOrder) -> Iterator[Problem]:
    for form_id, slugs in {**dict.fromkeys(order.before, ()), **order.alive}.items():
        yield from find_unknown(forms, form_id, slugs)
    for death in order.deaths:
        yield from find_unknown(forms, death.form_id, (death.day, *death.of))
    for rest in order.rests:
        yield from find_unknown(forms, rest.source, rest.since.split("|"))
        fields = forms[rest.to].fields if rest.to in forms else ()
        columns = {f"{one.slug}.{column.slug}" for one in fields for column in one.columns}
        yield from find_unknown(forms, rest.to, [one for one in rest.days if one not in columns])


def _take(entry: Mapping[str, Any]) -> Take:
    fields = {**{slug: slug for slug in entry.get("fields", ())}, **entry.get("renamed", {})}
    is_standing, of = entry.get("standing") is True, entry.get("of", {})
    to, source, unless = str(entry.get("to")), str(entry.get("from")), entry.get("unless", ())
    return Take(to, source, fields, is_standing, of, tuple(unless), entry.get("told", {}))


def read_gather(entry: Mapping[str, Any]) -> Gather:
    """Rows made of the cases of a place, as an entry of the table says."""
    columns = {own: _cell(str(source)) for own, source in entry.get("columns", {}).items()}
    return Gather(
        str(entry.get("to")),
        str(entry.get("rows")),
        str(entry.get("from")),
        entry.get("when", {}),
        tuple(entry.get("match", ())),
        tuple(entry.get("key", ())),
        columns,
        entry.get("as_of", ""),
        entry.get("approved", ""),
        entry.get("person", ""),
        entry.get("words", {}),
    )


def _listed(entry: Mapping[str, Any]) -> Listed:
    marked = entry.get("marked", {})
    return Listed(
        str(entry.get("to")),
        str(entry.get("rows")),
        str(entry.get("from")),
        entry.get("when", {}),
        tuple(entry.get("match", ())),
        tuple(entry.get("who", ())),
        {**entry.get("columns", {}), **marked},
        frozenset(marked),
        entry.get("monthly", {}),
        entry.get("start", ""),
        entry.get("as_of", ""),
        entry.get("approved", ""),
        entry.get("whole", {}),
        entry.get("before") is True,
        entry.get("words", {}),
        entry.get("known_only") is True or bool(entry.get("missing")),
        int(entry.get("missing", 0)),
        entry.get("summed", {}),
        str(entry.get("counted", "")),
        entry.get("row", {}),
    )


def _coded(entry: Mapping[str, Any]) -> Coded:
    to, rows, code, kind = (str(entry.get(key, "")) for key in ("to", "rows", "code", "kind"))
    return Coded(to, rows, code, tuple(entry.get("from", ())), kind, entry.get("kinds", {}))


def _same(entry: Mapping[str, Any]) -> SameThings:
    aliases = {}
    for address, name in entry.get("aliases", {}).items():
        form_id, _, slug = address.partition(".")
        aliases[form_id, slug] = str(name)
    own, marked, identity, refers = (
        frozenset[str](entry.get(key, ())) for key in ("own", "marked", "identity", "refers")
    )
    return SameThings(own, marked, identity, refers, entry.get("tables", {}), aliases)


def fixed_text(source: str) -> str:
    """What stands in a column whatever the source says; nothing when the source tells it."""
    return source.removeprefix(_FIXED) if source.startswith(_FIXED) else ""


def _cell(source: str) -> ColumnSource:
    """`name`, `c_date|t_date`, `DB-01.bank_no` of the same case, or `=1`."""
    if fixed := fixed_text(source):
        return ColumnSource(fixed=fixed)
    form_id, found, slug = source.partition(".")
    return ColumnSource(form_id, slug) if found else ColumnSource("", source)


def read_table(registry: Path, problems: list[Problem]) -> dict[str, Any]:
    """The whole table, read once for all that is made of it."""
    file = registry / FILE
    try:
        return dict(parse_once(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(file.name, explain(error), "改正该行"))
    return {}


def _gather_problems(forms: Mapping[str, FormSpec], gather: Gather) -> Iterator[Problem]:
    is_notice = gather.to in forms and forms[gather.to].is_notice
    own = (gather.rows, *gather.when, *gather.match, *filter(None, [gather.as_of]))
    yield from find_unknown(forms, gather.to, own, is_own=True)
    asked = (*gather.match, *filter(None, [gather.approved, gather.person]))
    yield from find_unknown(forms, gather.source, asked)
    known = {column.slug for column in _columns_of(forms, gather)}
    for slug in (*gather.key, *gather.columns):
        if slug not in known:
            yield Problem(FILE, f"{gather.to} 的表中没有列“{slug}”", "改正列名", slug)
    for own_slug, cell in gather.columns.items():
        form_id = cell.form_id or gather.source
        yield from find_unknown(forms, form_id, cell.slugs)
        if is_notice and any(_is_secret(forms.get(form_id), one) for one in cell.slugs):
            what = f"{gather.to} 是公示表，不能列出 {form_id} 的“{cell.slug}”"
            yield Problem(FILE, what, "公示表不列身份证号、账号、电话、病情，删去这一列", own_slug)
    if is_notice and not gather.person:
        what = f"{gather.to} 是公示表，没有写明凭哪个身份证号略去未成年人"
        yield Problem(FILE, what, "加上 person", gather.to)


def _listed_problems(forms: Mapping[str, FormSpec], listed: Listed) -> Iterator[Problem]:
    own = (listed.rows, *listed.when, *listed.match, *listed.whole, *filter(None, [listed.as_of]))
    yield from find_unknown(forms, listed.to, own)
    sums = (*listed.monthly.values(), *listed.summed.values())
    asked = (*listed.columns.values(), *sums, *listed.whole.values())
    told = (*asked, listed.approved, listed.start)
    slugs = [slug for one in told if not fixed_text(one) for slug in re.split("[|/]", one)]
    yield from find_unknown(forms, listed.source, (*listed.match, *filter(None, slugs)))
    known = {column.slug for column in _columns_of(forms, listed)}
    counted = filter(None, [listed.counted])
    named = (*listed.who, *listed.row, *listed.columns, *listed.monthly, *listed.summed)
    for slug in (*named, *counted):
        if slug not in known:
            yield Problem(FILE, f"{listed.to} 的表中没有列“{slug}”", "改正列名", slug)
    if listed.summed and not (listed.counted and listed.as_of and listed.approved):
        what = f"{listed.to} 的 summed 没有写明份数、截止日和审批日"
        yield Problem(FILE, what, "加上 counted、as_of、approved", listed.to)


def _coded_problems(forms: Mapping[str, FormSpec], coded: Coded) -> Iterator[Problem]:
    yield from find_unknown(forms, coded.to, (coded.rows,))
    for form_id in (*coded.sources, *coded.kinds):
        yield from find_unknown(forms, form_id, ("name",))
    known = {column.slug for column in _columns_of(forms, coded)}
    for slug in filter(None, (coded.code, coded.kind)):
        if slug not in known:
            yield Problem(FILE, f"{coded.to} 的表中没有列“{slug}”", "改正列名", slug)


def _columns_of(forms: Mapping[str, FormSpec], table: Gather | Listed | Coded) -> tuple[Field, ...]:
    spec = forms.get(table.to)
    fields = spec.fields if spec else ()
    return next((field.columns for field in fields if field.slug == table.rows), ())


def _is_secret(spec: FormSpec | None, slug: str) -> bool:
    """Whether a field tells what a notice must not."""
    fields = spec.fields if spec else ()
    return any(
        field.slug == slug and (field.sensitive or field.type in ("idcard", "bank", "phone"))
        for field in fields
    )


def find_unknown(
    forms: Mapping[str, FormSpec], form_id: str, slugs: Any, *, is_own: bool = False
) -> Iterator[Problem]:
    """A form or fields that an entry names and that are not there."""
    spec = forms.get(form_id)
    if spec is None:
        yield Problem(FILE, f"没有“{form_id}”这张表", "改正 to 或 from", form_id)
        return
    known: dict[str, Field] = {field.slug: field for field in spec.fields}
    for slug in slugs:
        if slug not in known or (is_own and not known[slug].is_typed):
            what = f"{form_id} 没有可填的字段“{slug}”" if is_own else f"{form_id} 没有字段“{slug}”"
            yield Problem(FILE, what, "改正字段名", slug)
