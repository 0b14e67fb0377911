"""What two papers of one case both tell: derived from registry/copies.toml and the forms."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from filler.carry_over.case_agreement import compared_names
from filler.spec.form_catalogue import Catalogue
from filler.spec.taken_from import Gather, Listed, Take, fixed_text

_OR = re.compile("[|/]")
Stands = Mapping[str, Mapping[str, Any]]  #: what stands on the forms of a case


class Spot(NamedTuple):
    """A field of a form, or a column of one of its tables."""

    form_id: str
    slug: str
    table: str = ""

    def __str__(self) -> str:
        return ".".join(filter(None, (self.form_id, self.table, self.slug)))


Pair = frozenset[Spot]


def pairs_of(catalogue: Catalogue, stands: Stands, in_case: Stands) -> set[Pair]:
    """All pairs among the papers of a case and the lists that name it, where both are filled."""
    found = [*_same(catalogue, in_case), *_named(catalogue, stands)]
    return {
        frozenset((one, other))
        for one, other in found
        if one.form_id != other.form_id
        and _stands(one, stands, catalogue)
        and _stands(other, stands, catalogue)
    }


def _stands(spot: Spot, stands: Stands, catalogue: Catalogue) -> bool:
    """Whether something stands there; what is derived stands wherever its form does."""
    answers = stands.get(spot.form_id)
    held = answers and spot.table and answers.get(spot.table)
    if answers is None or (spot.table and not held):
        return False
    typed = {
        one.slug
        for field in catalogue.form(spot.form_id).fields
        for one in (field, *field.columns)
        if one.is_typed
    }
    return spot.slug not in typed or bool((held[0] if held else answers).get(spot.slug))


def named_pairs(catalogue: Catalogue) -> set[Pair]:
    """All pairs that the table names by form and field, whatever the case."""
    return {frozenset(pair) for pair in _named(catalogue, None)}


def _same(catalogue: Catalogue, stands: Stands) -> Iterator[tuple[Spot, Spot]]:
    """Fields of one name, whatever the forms; what is each paper's own is none."""
    named: dict[str, list[Spot]] = {}
    for form_id in stands:
        names = compared_names(catalogue.form(form_id), catalogue.taking_over.same)
        for slug, name in names.items():
            named.setdefault(name, []).append(Spot(form_id, slug))
    for spots in named.values():
        yield from ((one, other) for one in spots for other in spots)


def _named(catalogue: Catalogue, stands: Stands | None) -> Iterator[tuple[Spot, Spot]]:
    rules = catalogue.taking_over
    for take in rules.takes:
        if _gives(take, stands):
            yield from _fields(take.to, {**take.fields, **take.told}, take.source)
    for one in rules.listed:
        if _holds(one.when, one.to, stands):
            yield from _listed(one, stands)
    for gather in (*rules.gathers, *(one.gather for one in catalogue.offers.lists)):
        if _holds(gather.when, gather.to, stands):
            yield from _gathered(gather, stands)


def _gives(take: Take, stands: Stands | None) -> bool:
    source = (stands or {}).get(take.source, {})
    says_so = all(str(source.get(slug)) in texts for slug, texts in take.of.items())
    return stands is None or (says_so and stands.keys().isdisjoint(take.unless))


def _listed(one: Listed, stands: Stands | None) -> Iterator[tuple[Spot, Spot]]:
    for whole, slugs in one.whole.items():
        for slug in _told_first(slugs, one.source, stands):
            yield Spot(one.to, whole), Spot(one.source, slug)
    own = {who: who for who in one.who} | dict(one.columns) | dict(one.monthly) | dict(one.summed)
    for column, slugs in own.items():
        for slug in () if fixed_text(slugs) else _told_first(slugs, one.source, stands):
            yield Spot(one.to, column, one.rows), Spot(one.source, slug)


def _gathered(gather: Gather, stands: Stands | None) -> Iterator[tuple[Spot, Spot]]:
    for column, cell in gather.columns.items():
        source = cell.form_id or gather.source
        for slug in _told_first(cell.slug, source, stands) if cell.slug else ():
            yield Spot(gather.to, column, gather.rows), Spot(source, slug)


def _fields(to: str, fields: Mapping[str, str], source: str) -> Iterator[tuple[Spot, Spot]]:
    for own, slug in fields.items():
        yield Spot(to, own), Spot(source, slug)


def _holds(when: Mapping[str, str], form_id: str, stands: Stands | None) -> bool:
    answers = (stands or {}).get(form_id, {})
    return stands is None or all(str(answers.get(slug, "")) == text for slug, text in when.items())


def _told_first(slugs: str, source: str, stands: Stands | None) -> tuple[str, ...]:
    """Of `a|b` the one that is filled; of `a/b` each."""
    if stands is None:
        return tuple(_OR.split(slugs))
    answers = stands.get(source, {})
    return tuple(
        next((slug for slug in one.split("|") if answers.get(slug)), one.split("|")[0])
        for one in slugs.split("/")
    )
