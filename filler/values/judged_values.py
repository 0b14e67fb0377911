"""What follows from counts: bands, levels, results of votes, agreement of numbers."""

import re

from filler.form.form_data import Value
from filler.values.language import Column, Rows, Slug, Term, Text, Word, derivation
from filler.values.scope import Scope
from minzheng.county.registry.eligibility import band_of
from minzheng.county.registry.terms import KIND, term_on

_CARE = {
    "具备生活自理能力": "全自理",
    "部分丧失生活自理能力": "半护理",
    "完全丧失生活自理能力": "全护理",
}
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
def two_thirds(scope: Scope, votes: Slug, present: Slug) -> Value:
    """通过 when at least two thirds of those present agree."""
    yes, all_present = scope.number(votes), scope.number(present)
    return None if yes is None or not all_present else _result(yes * 3 >= all_present * 2)


@derivation
def majority(scope: Scope, votes: Slug, present: Slug) -> Value:
    """通过 when more than half of those present agree (村民委员会组织法 art. 22, 26)."""
    yes, all_present = scope.number(votes), scope.number(present)
    return None if yes is None or not all_present else _result(yes * 2 > all_present)


@derivation
def all_equal(scope: Scope, *slugs: Slug) -> Value:
    """是 when each three numbers in turn are equal: county, town, village."""
    numbers = [scope.number(slug) for slug in slugs]
    if None in numbers:
        return None
    triples = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return "是" if all(a == b == c for a, b, c in triples) else "否"


@derivation
def when(scope: Scope, slug: Slug, word: Text, then: Word, otherwise: Word) -> Value:
    """One text when a field holds a word, else another."""
    if scope.value(slug) is None:
        return None
    return scope.literal_or_text(then if scope.text(slug) == word else otherwise) or None


@derivation
def care_of(scope: Scope, slug: Slug) -> Value:
    """The care band of a level of self-care."""
    return _CARE.get(scope.text(slug))


@derivation
def term_of(scope: Scope, term: Term, slug: Slug) -> Value:
    """A term of the registry by kind: months between two reviews of a class."""
    return term_on(f"{term}{KIND}{scope.text(slug)}", scope.day)


@derivation
def band_by_age(scope: Scope, scheme: Text, slug: Slug) -> Value:
    """The band of a scheme that an age lies in, as the registry has it."""
    age = scope.number(slug)
    return band_of(scheme, int(age), scope.day) or None if age is not None else None


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
def is_text(scope: Scope, slug: Slug, *texts: Text) -> Value:
    """是 when a field holds one of these texts, else 否."""
    return None if not scope.text(slug) else "是" if scope.text(slug) in texts else "否"


def _result(is_passed: bool) -> str:
    return "通过" if is_passed else "未通过"
