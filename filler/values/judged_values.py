"""What follows from counts: bands, levels, results of votes, agreement of numbers."""

import re

from filler.form.form_data import Value
from filler.values.language import Column, Rows, Slug, Term, Text, derivation
from filler.values.scope import Scope
from minzheng.county.registry import eligibility
from minzheng.county.registry.terms import KIND, term_on

_BAND = re.compile(r"(\d+)-(\d+)=(.+)")


@derivation
def count_fields(scope: Scope, text: Text, *slugs: Slug) -> Value:
    """How many fields hold a text; none while one of them is blank."""
    texts = [scope.text(slug) for slug in slugs]
    return sum(one == text for one in texts) if all(texts) else None


@derivation
def band(scope: Scope, slug: Slug, *bands: Text) -> Value:
    """The band a number lies in: `band(age, 70-79=70-79周岁, 80-89=80-89周岁)`."""
    number = scope.number(slug)
    for one in bands:
        match = _BAND.fullmatch(one)
        if match and number is not None and int(match[1]) <= number <= int(match[2]):
            return match[3]
    return None


@derivation
def term_of(scope: Scope, term: Term, slug: Slug) -> Value:
    """A term of the registry by kind: months between two reviews of a class."""
    return term_on(f"{term}{KIND}{scope.text(slug)}", scope.day)


@derivation
def band_by_age(scope: Scope, scheme: Text, slug: Slug) -> Value:
    """The band of a scheme that an age lies in, as the registry has it."""
    age = scope.number(slug)
    return eligibility.band_of(scheme, int(age), scope.day) or None if age is not None else None


@derivation
def rows_in_year(
    scope: Scope, rows: Rows, column: Column, date: Slug, key: Column = "", word: Text = ""
) -> Value:
    """How many rows fall in the year of a date, perhaps only those of one kind."""
    day = scope.date(date)
    if day is None:
        return None
    days = [row.date(column) for row in scope.rows(rows) if not key or word in row.text(key)]
    return sum(1 for one in days if one and one.year == day.year)


@derivation
def is_severe(scope: Scope, use: Text, kind: Slug, level: Slug) -> Value:
    """是 when a disability counts as severe for a purpose, else 否."""
    is_so = eligibility.is_severe(use, scope.text(kind), scope.text(level), scope.day)
    return "是" if is_so else "否"
