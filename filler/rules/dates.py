"""Rules over dates, one by one and in their order."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from filler.form.form_data import Value
from filler.rules.wording import Fault, cell_problem, column_label, label_of, quoted_label
from filler.values.language import Column, Number, Rows, Slug, field_rule, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.writing import chinese_dates
from minzheng.county.writing.chinese_dates import print_date, print_month

#: Who gives an opinion after whom: village, town, federation, department, county.
_OPINIONS = ("v_date", "t_date", "f_date", "b_date", "e_date", "c_date")


@field_rule()
def not_future(scope: Scope, value: Value) -> Fault | None:
    """The day has come (VR-DATE)."""
    if not isinstance(value, dt.date) or value <= scope.today:
        return None
    return f"{print_date(value)}晚于今天（{print_date(scope.today)}）", "填写已经发生的日期"


@field_rule()
def planned(scope: Scope, value: Value) -> Fault | None:
    """Marks a date that may lie ahead."""
    return None


@field_rule()
def not_before(scope: Scope, value: Value, slug: Slug) -> Fault | None:
    """At or after another date (VR-ORDER)."""
    other = scope.date(slug)
    if other is None or not isinstance(value, dt.date) or value >= other:
        return None
    return f"早于{quoted_label(scope, slug)}({_day(scope, slug, other)})", "核对两个日期的先后"


@field_rule()
def after(scope: Scope, value: Value, slug: Slug) -> Fault | None:
    """Later than another date (VR-ORDER)."""
    other = scope.date(slug)
    if other is None or not isinstance(value, dt.date) or value > other:
        return None
    return f"应晚于{quoted_label(scope, slug)}({_day(scope, slug, other)})", "核对两个日期的先后"


@field_rule()
def not_after(scope: Scope, value: Value, slug: Slug) -> Fault | None:
    """At or before another date (VR-ORDER)."""
    other = scope.date(slug)
    if other is None or not isinstance(value, dt.date) or value <= other:
        return None
    return f"晚于{quoted_label(scope, slug)}({_day(scope, slug, other)})", "核对两个日期的先后"


@field_rule(warning=True)
def within_working_days(scope: Scope, value: Value, slug: Slug, days: Number) -> Fault | None:
    """So many working days after another date at the latest."""
    start, count = scope.date(slug), scope.number(days)
    if start is None or count is None or not isinstance(value, dt.date):
        return None
    due = scope.facts.calendar.add_working_days(start, int(count))
    if value <= due:
        return None
    return (
        f"超过{quoted_label(scope, slug)}后 {count} 个工作日（{print_date(due)}）",
        "在表中说明原因",
    )


@field_rule(warning=True)
def on_time(scope: Scope, value: Value, slug: Slug) -> Fault | None:
    """A late step is still done: the paper must say why."""
    fault = not_after(scope, value, slug)
    return (fault[0], "可以办理，在表中说明超期原因") if fault else None


@field_rule()
def within_months(scope: Scope, value: Value, slug: Slug, months: Number) -> Fault | None:
    """A term of so many months at most: an agreement of a year."""
    start, count = scope.date(slug), scope.number(months)
    if start is None or count is None or not isinstance(value, dt.date):
        return None
    last = chinese_dates.term_end(start, int(count))
    if value <= last:
        return None
    return f"超过 {count} 个月（最晚 {print_date(last)}）", "缩短期限，到期再续"


@field_rule(warning=True)
def review_in_time(scope: Scope, value: Value, slug: Slug, months: Slug) -> Fault | None:
    """The next review is due within the interval of the household's class."""
    count, last = scope.number(months), scope.date(slug)
    if count is None or last is None or not isinstance(value, dt.date):
        return None
    due = chinese_dates.term_end(last, int(count)) + dt.timedelta(days=1)
    if value <= due:
        return None
    return (
        f"距上次核查超过 {count} 个月（应在{print_date(due)}前）",
        "照实填写，并在变化情况中说明原因",
    )


@field_rule()
def month_after_at_latest(scope: Scope, value: Value, slug: Slug) -> Fault | None:
    """Pay stops in the month after a death at the latest."""
    day = scope.date(slug)
    if day is None or not isinstance(value, dt.date):
        return None
    latest = chinese_dates.month_after(day)
    if value <= latest:
        return None
    what = f"晚于{quoted_label(scope, slug)}的次月（{print_month(latest)}）"
    return what, "改为次月；已多发的按追缴办理"


def _day(scope: Scope, slug: str, day: dt.date) -> str:
    return print_month(day) if scope.fields[slug].type == "month" else print_date(day)


@form_check()
def rows_in_order(scope: Scope, rows: Rows, *columns: Column) -> Iterator[Problem]:
    """Dates of each row that follow one another; blank ones are passed over."""
    for index, row in enumerate(scope.rows(rows)):
        known = [(column, day) for column in columns if (day := row.date(column)) is not None]
        for (first, before), (second, later) in pairwise(known):
            if later < before:
                earlier = f"“{column_label(scope, rows, first)}”（{print_date(before)}）"
                what = f"{print_date(later)}早于{earlier}"
                yield cell_problem(scope, (rows, index, second), what, "核对两个日期的先后")


@form_check()
def in_order(scope: Scope, *slugs: Slug) -> Iterator[Problem]:
    """VR-ORDER: dates that follow one another; blank ones are passed over."""
    known = [(slug, day) for slug in slugs if (day := scope.date(slug)) is not None]
    for (first, before), (second, later) in pairwise(known):
        if later < before:
            what = f"{print_date(later)}早于“{label_of(scope, first)}”（{print_date(before)}）"
            yield Problem(label_of(scope, second), what, "核对两个日期的先后", second)


def opinions_in_order(scope: Scope) -> Iterator[Problem]:
    """VR-ORDER of every form with opinions: village, town, county, after the form's day."""
    first = scope.spec.reference_date
    begins = first if first in ("apply_date", "accept_date", "fill_date") else ""
    slugs = [slug for slug in (begins, *_OPINIONS) if slug in scope.fields]
    yield from in_order(scope, *slugs)
