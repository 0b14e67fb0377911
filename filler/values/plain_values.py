"""One small function for each value a form computes; specs call them by name.

A function gets the scope of its form or row and the arguments of the spec. It returns
None while something it needs is missing: the form is still being filled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filler.form.form_data import Value
from filler.values import amount_values as amounts
from filler.values import date_values as dates
from filler.values import judged_values as judged
from filler.values import past_values as past
from filler.values import person_values as persons
from minzheng.county.registry.dossiers import load_dossiers

if TYPE_CHECKING:
    from filler.values.scope import Scope


@dataclass(frozen=True, slots=True)
class Named:
    """A function a spec may call, and the kinds of its arguments.

    Kinds: `slug`, `rows`, `column` (of the rows before it), `number` (a slug or a number),
    `word` (a slug or any text), `text`. `?` marks an optional, `*` a repeated last one.
    """

    function: Callable[..., Value]
    kinds: tuple[str, ...] = ()


def village_code(scope: "Scope") -> Value:
    """The 12-digit code of the form's village."""
    village = scope.facts.places.village(scope.text("village"), scope.text("town"))
    return (village.code or None) if village else None


def town_code(scope: "Scope") -> Value:
    """The 9-digit code of the form's town."""
    town = scope.facts.places.town(scope.text("town"))
    return town.code if town else None


def committee(scope: "Scope") -> Value:
    """The full name of the village's committee, as on its seal."""
    village = scope.facts.places.village(scope.text("village"), scope.text("town"))
    return village.committee if village else None


def department(scope: "Scope", code: str) -> Value:
    """The department that decides and seals for a dossier on the form's day."""
    dossier = load_dossiers().by_code(code)
    return dossier.seal_on(scope.day) if dossier else None


def seq(scope: "Scope") -> Value:
    """The number of the row, from 1."""
    return scope.row_number or None


def case_no(scope: "Scope") -> Value:
    """The case number; none before the form is issued."""
    return scope.case_no or None


def form_title(scope: "Scope") -> Value:
    """The title of the form, filled."""
    return scope.title


def copy(scope: "Scope", slug: str) -> Value:
    """Another field's value."""
    return scope.value(slug)


def first_of(scope: "Scope", *slugs: str) -> Value:
    """The first field that is not blank."""
    values = (scope.value(slug) for slug in slugs)
    return next((value for value in values if value is not None), None)


def fixed(scope: "Scope", text: str) -> Value:
    """A text that never changes."""
    return text


def joined(scope: "Scope", *words: str) -> Value:
    """Texts and fields one after the other; none while a field is blank."""
    texts = [scope.literal_or_text(word) for word in words]
    return "".join(texts) if all(texts) else None


def later(scope: "Scope") -> Value:
    """Left blank: filled in on paper, later."""
    return None


DERIVATIONS: dict[str, Named] = {
    "id_birth_date": Named(persons.id_birth_date, ("slug",)),
    "id_sex": Named(persons.id_sex, ("slug",)),
    "age_on": Named(persons.age_on, ("slug", "slug?")),
    "disability_type": Named(persons.disability_type, ("slug",)),
    "disability_level": Named(persons.disability_level, ("slug",)),
    "amount_words": Named(amounts.amount_words, ("slug",)),
    "row_count": Named(amounts.row_count, ("rows",)),
    "count_where": Named(amounts.count_where, ("rows", "column", "text")),
    "row_sum": Named(amounts.row_sum, ("rows", "column")),
    "sum_of": Named(amounts.sum_of, ("number*",)),
    "subtract": Named(amounts.subtract, ("number", "number*")),
    "times": Named(amounts.times, ("number", "number")),
    "divide": Named(amounts.divide, ("number", "number*")),
    "support_year": Named(amounts.support_year, ("rows", "column")),
    "standard_month": Named(amounts.standard_month, ("word", "word")),
    "standard_note": Named(amounts.standard_note, ("word",)),
    "policy_note": Named(amounts.policy_note, ("word",)),
    "shortfall": Named(amounts.shortfall, ("number", "number", "number")),
    "standard_if": Named(amounts.standard_if, ("slug", "text", "word", "word")),
    "limit": Named(amounts.limit, ("word", "word*")),
    "years_up": Named(amounts.years_up, ("slug", "number")),
    "least_of": Named(amounts.least_of, ("number*",)),
    "row_sum_where": Named(amounts.row_sum_where, ("rows", "column", "column", "text")),
    "month_of": Named(dates.month_of, ("slug",)),
    "department": Named(department, ("text",)),
    "when": Named(judged.when, ("slug", "text", "word", "word")),
    "care_of": Named(judged.care_of, ("slug",)),
    "term_of": Named(judged.term_of, ("term", "slug")),
    "band_by_age": Named(judged.band_by_age, ("text", "slug")),
    "rows_in_year": Named(judged.rows_in_year, ("rows", "column", "slug", "column?", "text?")),
    "month_after": Named(dates.month_after, ("slug",)),
    "quarter_text": Named(dates.quarter_text, ("slug",)),
    "month_text": Named(dates.month_text, ("slug",)),
    "era_word": Named(dates.era_word, ("slug?",)),
    "publicity_end": Named(dates.publicity_end, ("slug",)),
    "compact_date": Named(dates.compact_date, ("slug",)),
    "next_due": Named(dates.next_due, ("slug", "slug", "term")),
    "overdue": Named(dates.overdue, ("slug", "slug", "text*")),
    "is_text": Named(judged.is_text, ("slug", "text*")),
    "year_of": Named(dates.year_of, ("slug",)),
    "days_between": Named(dates.days_between, ("slug", "slug")),
    "days_later": Named(dates.days_later, ("slug", "number")),
    "months_later": Named(dates.months_later, ("slug", "number")),
    "due_after": Named(dates.due_after, ("slug", "number")),
    "months_between": Named(dates.months_between, ("slug", "slug")),
    "months_inclusive": Named(dates.months_inclusive, ("slug", "slug")),
    "full_months": Named(dates.full_months, ("slug", "slug")),
    "count_fields": Named(judged.count_fields, ("text", "slug*")),
    "band": Named(judged.band, ("slug", "text*")),
    "two_thirds": Named(judged.two_thirds, ("slug", "slug")),
    "majority": Named(judged.majority, ("slug", "slug")),
    "all_equal": Named(judged.all_equal, ("slug*",)),
    "percent_of": Named(amounts.percent_of, ("slug", "slug")),
    "share_of": Named(amounts.share_of, ("slug", "slug")),
    "running_balance": Named(amounts.running_balance, ("slug", "rows", "column", "column")),
    "masked_id": Named(persons.masked_id, ("slug",)),
    "joined": Named(joined, ("word*",)),
    "schemes_held": Named(past.schemes_held, ("slug",)),
    "relative_filed": Named(past.relative_filed, ("slug",)),
    "letter_no": Named(past.letter_no, ("text", "slug")),
    "form_version": Named(past.form_version),
    "value_if_above": Named(past.value_if_above, ("slug", "slug")),
    "visits_in": Named(past.visits_in, ("slug",)),
    "answers_in": Named(past.answers_in, ("slug",)),
    "problems_in": Named(past.problems_in, ("slug", "text?")),
    "village_code": Named(village_code),
    "town_code": Named(town_code),
    "committee": Named(committee),
    "seq": Named(seq),
    "case_no": Named(case_no),
    "form_title": Named(form_title),
    "copy": Named(copy, ("slug",)),
    "first_of": Named(first_of, ("slug*",)),
    "fixed": Named(fixed, ("text",)),
    "later": Named(later),
}
