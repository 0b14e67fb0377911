"""What a fresh page offers from papers issued before, to be confirmed: registry/copies.toml.

Unlike what is taken over (`taken_from.py`) an offer is not locked: what was declared is to be
verified, a list may leave somebody out. `[[offer]]` gives fields and rows of one paper,
`[[offer_rows]]` rows made of the cases of a place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from filler.form.forms import Field, FormSpec
from filler.spec.taken_from import FILE, Gather, find_unknown, fixed_text, read_gather
from filler.values.print_value import placeholders
from minzheng.county.errors import Problem

_SECRET = ("idcard", "bank", "phone")
#: Which paper gives: the newest of the case, of the place, or of the place that names the person.
BY_CASE, BY_PLACE, BY_NAME = "case", "place", "name"
SAME_MONTH, SAME_DAY = "month", "day"


@dataclass(frozen=True, slots=True)
class OfferedTable:
    """A table filled from tables of a paper, or ("") from a paper: own column → column."""

    own: str
    sources: tuple[tuple[str, Mapping[str, str]], ...]
    adults: Mapping[str, str] = field(default_factory=dict)  #: source table → its ID column


@dataclass(frozen=True)
class Offer:
    """Fields of a form that one paper issued before can fill."""

    to: str
    source: str
    by: str = BY_CASE
    named: tuple[str, str] = ("", "")  #: table and column in which the paper names the person
    same: bool = False  #: every field both have by one name
    but: frozenset[str] = frozenset()
    fields: Mapping[str, str] = field(default_factory=dict)  #: own slug → slug, or a text {slug}
    tables: tuple[OfferedTable, ...] = ()
    declared: bool = False  #: what the applicant declared, and is to be verified
    of: Mapping[str, Sequence[str]] = field(default_factory=dict)  #: what the paper must say

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """Of the fields those that are texts with values of the paper in them."""
        return {own: text for own, text in self.fields.items() if placeholders(text)}


@dataclass(frozen=True, slots=True)
class OfferedRows:
    """Rows of a list made of the cases of its place."""

    gather: Gather
    of: Mapping[str, str] = field(default_factory=dict)  #: what the source must say
    unless: tuple[str, ...] = ()  #: forms that a case must not have yet
    within: str = ""  #: approved in the month, or on the day, of the list's own date
    start: str = ""  #: slug of the month the source is paid from: not before it


@dataclass(frozen=True)
class Offers:
    """Everything that fresh pages offer."""

    papers: tuple[Offer, ...] = ()
    lists: tuple[OfferedRows, ...] = ()

    def for_form(self, form_id: str) -> tuple[Offer, ...]:
        """The papers that offer something to a form, in the order of the table."""
        return self._by_form.get(form_id, ())

    @cached_property
    def _by_form(self) -> Mapping[str, tuple[Offer, ...]]:
        forms = dict.fromkeys(one.to for one in self.papers)
        return {to: tuple(one for one in self.papers if one.to == to) for to in forms}

    def rows_for(self, form_id: str, answers: Mapping[str, Any]) -> tuple[OfferedRows, ...]:
        """The rules for a list's rows, as its answers call for them: one a kind of case."""
        return tuple(
            one
            for one in self.lists
            if one.gather.to == form_id
            and all(answers.get(slug) == text for slug, text in one.gather.when.items())
        )

    def offers_rows(self, form_id: str) -> bool:
        """Whether a list's rows are ever offered."""
        return any(one.gather.to == form_id for one in self.lists)

    def day_told_by(self, form_id: str, source: str) -> tuple[str, tuple[str, ...]]:
        """The day of a list that is the day of a decision: own slug, and those of the decision."""
        for one in self.lists:
            gather = one.gather
            if one.within == SAME_DAY and (gather.to, gather.source) == (form_id, source):
                return gather.as_of, tuple(gather.approved.split("|"))
        return "", ()

    def sources_of(self, form_id: str) -> frozenset[str]:
        """The forms of the same case that offer something to this one."""
        return frozenset(one.source for one in self.for_form(form_id) if one.by == BY_CASE)


def read_offers(table: Mapping[str, Any]) -> Offers:
    """The `[[offer]]` and `[[offer_rows]]` entries."""
    return Offers(
        tuple(map(_offer, table.get("offer", ()))),
        tuple(map(_offered_rows, table.get("offer_rows", ()))),
    )


def find_wrong_offers(offers: Offers, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    """Every mistake in what is offered."""
    for offer in offers.papers:
        yield from _paper_problems(offer, forms)
    for rows in offers.lists:
        yield from (*_rows_problems(rows, forms), *_notice_problems(rows.gather, forms))


def _offer(entry: Mapping[str, Any]) -> Offer:
    tables = tuple(_table(own, one) for own, one in entry.get("rows", {}).items())
    named = entry.get("named", {})
    return Offer(
        str(entry.get("to")),
        str(entry.get("from")),
        str(entry.get("by", BY_CASE)),
        (str(named.get("rows", "")), str(named.get("column", ""))),
        bool(entry.get("same")),
        frozenset(entry.get("but", ())),
        {**{slug: slug for slug in entry.get("fields", ())}, **entry.get("renamed", {})},
        tables,
        bool(entry.get("declared")),
        entry.get("of", {}),
    )


def _table(own: str, entry: Mapping[str, Any]) -> OfferedTable:
    sources = tuple((name, columns) for name, columns in entry.items() if name != "adults")
    return OfferedTable(own, sources, entry.get("adults", {}))


def _offered_rows(entry: Mapping[str, Any]) -> OfferedRows:
    gather = read_gather(entry)
    unless, within = tuple(entry.get("unless", ())), entry.get("within", "")
    return OfferedRows(gather, entry.get("of", {}), unless, within, entry.get("start", ""))


def _paper_problems(offer: Offer, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    yield from find_unknown(forms, offer.to, (*offer.fields, *(one.own for one in offer.tables)))
    told = [text for text in offer.fields.values() if not fixed_text(text)]
    asked = [slug for text in told for slug in placeholders(text) or [text]]
    rows = _columns(forms, offer.source, offer.named[0]) if offer.named[0] else {}
    asked += [slug for slug in offer.of if slug not in asked]
    yield from find_unknown(forms, offer.source, (slug for slug in asked if slug not in rows))
    for one in offer.tables:
        own = _columns(forms, offer.to, one.own)
        for name, columns in one.sources:
            theirs = rows_of(forms[offer.source], name) if offer.source in forms else {}
            given = {slug for slug in columns.values() if not fixed_text(slug)}
            wrong = (*(set(columns) - own.keys()), *(given - theirs.keys()))
            for slug in wrong:
                what = f"{offer.to} 从 {offer.source} 取的行没有列“{slug}”"
                yield Problem(FILE, what, "改正列名", slug)


def _rows_problems(rows: OfferedRows, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    gather = rows.gather
    yield from find_unknown(
        forms, gather.to, (gather.rows, *gather.match, *filter(None, [gather.as_of]))
    )
    known = _columns(forms, gather.to, gather.rows)
    for slug in (*gather.key, *gather.columns):
        if slug not in known:
            yield Problem(FILE, f"{gather.to} 的表中没有列“{slug}”", "改正列名", slug)
    dates = [one for one in (*gather.approved.split("|"), rows.start) if one]
    yield from find_unknown(forms, gather.source, (*gather.match, *dates, *rows.of))
    for cell in gather.columns.values():
        yield from find_unknown(forms, cell.form_id or gather.source, cell.slugs)


def _notice_problems(gather: Gather, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    """A notice lists no child, and nothing that everybody must not read."""
    if gather.to not in forms or not forms[gather.to].is_notice:
        return
    if not gather.person:
        what = f"{gather.to} 是公示表，没有写明凭哪个身份证号略去未成年人"
        yield Problem(FILE, what, "加上 person", gather.to)
    for own, cell in gather.columns.items():
        spec = forms.get(cell.form_id or gather.source)
        fields = spec.fields if spec else ()
        told = next((one for one in fields if one.slug in cell.slugs), None)
        if told and (told.sensitive or told.type in _SECRET):
            what = f"{gather.to} 是公示表，不能列出“{told.label}”"
            yield Problem(FILE, what, "公示表不列身份证号、账号、电话、病情，删去这一列", own)


def rows_of(spec: FormSpec, table: str) -> dict[str, Field]:
    """The columns of a table of a form; the fields of the form itself for ""."""
    if not table:
        return {one.slug: one for one in spec.fields}
    columns = next((one.columns for one in spec.fields if one.slug == table), ())
    return {column.slug: column for column in columns}


def _columns(forms: Mapping[str, FormSpec], form_id: str, table: str) -> dict[str, Field]:
    return rows_of(forms[form_id], table) if form_id in forms and table else {}
