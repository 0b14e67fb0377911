"""Days, months and terms that follow from other dates."""

import datetime as dt

from filler.form.form_data import Value
from filler.values.language import Period, Slug, Text, derivation
from filler.values.scope import Scope
from minzheng.county.publicity import REVIEW
from minzheng.county.registry.terms import KIND
from minzheng.county.writing import chinese_dates


@derivation
def month_after(scope: Scope, slug: Slug) -> Value:
    """The month after a day's."""
    day = scope.date(slug)
    return chinese_dates.month_after(day) if day else None


@derivation
def quarter_text(scope: Scope, slug: Slug) -> Value:
    """The quarter of a day: 2018年第2季度."""
    day = scope.date(slug)
    return f"{day.year}年第{(day.month + 2) // 3}季度" if day else None


@derivation
def month_text(scope: Scope, slug: Slug) -> Value:
    """The month of a day: 2018年5月."""
    day = scope.date(slug)
    return chinese_dates.print_month(day) if day else None


@derivation
def era_word(scope: Scope, slug: Slug = "") -> Value:
    """Whether the county then 审批 or 确认."""
    return scope.county.laws.decision_word((scope.date(slug) if slug else None) or scope.day)


@derivation
def publicity_end(scope: Scope, slug: Slug, kind: Text = REVIEW) -> Value:
    """The last day of a publicity that starts on a day: `publicity_end(d, 村务公开)`."""
    start = scope.date(slug)
    return scope.facts.publicity.last_day(start, kind) if start else None


@derivation
def compact_date(scope: Scope, slug: Slug) -> Value:
    """20180507, as lists of archived papers write it (DA/T 22-2015)."""
    day = scope.date(slug)
    return chinese_dates.archive_date(day) if day else None


@derivation
def due(scope: Scope, slug: Slug, term: Period, kind: Slug = "") -> Value:
    """The day by which something is due: `due(d, 老人探访, risk)`; the term has its unit."""
    day = scope.date(slug)
    name = f"{term}{KIND}{scope.text(kind)}" if kind else term
    found = scope.county.terms.find(name, day) if day else None
    return found.after(day, scope.facts.calendar) if day and found else None


@derivation
def year_of(scope: Scope, slug: Slug) -> Value:
    """The year of a date."""
    day = scope.date(slug)
    return day.year if day else None


@derivation
def month_of(scope: Scope, slug: Slug) -> Value:
    """The month a day lies in."""
    day = scope.date(slug)
    return day.replace(day=1) if day else None


@derivation
def months_between(scope: Scope, first: Slug, last: Slug) -> Value:
    """Months from one month to another; none when the second is not later."""
    start, end = scope.date(first), scope.date(last)
    return max(0, _months(end) - _months(start)) if start and end else None


@derivation
def months_inclusive(scope: Scope, first: Slug, last: Slug) -> Value:
    """Months of a span, both ends counted."""
    start, end = scope.date(first), scope.date(last)
    return _months(end) - _months(start) + 1 if start and end and end >= start else None


@derivation
def full_months(scope: Scope, first: Slug, last: Slug) -> Value:
    """Whole months between two days."""
    start, end = scope.date(first), scope.date(last)
    if not start or not end or end < start:
        return None
    return _months(end) - _months(start) - int(end.day < start.day)


def _months(day: dt.date) -> int:
    return day.year * 12 + day.month
