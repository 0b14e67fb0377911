"""Rules over one date."""

import datetime as dt

from county.chinese_dates import print_date, print_month
from filler.derive import Scope
from filler.form_data import Value
from filler.rule_kinds import Fault, quoted_label


def not_future(scope: Scope, value: Value) -> Fault | None:
    """VR-DATE."""
    if not isinstance(value, dt.date) or value <= scope.today:
        return None
    return f"{print_date(value)}晚于今天（{print_date(scope.today)}）", "填写已经发生的日期"


def planned(scope: Scope, value: Value) -> Fault | None:
    """Marks a date that may lie ahead."""
    return None


def not_before(scope: Scope, value: Value, slug: str) -> Fault | None:
    """VR-ORDER, at or after another date."""
    other = scope.date(slug)
    if other is None or not isinstance(value, dt.date) or value >= other:
        return None
    return f"早于{quoted_label(scope, slug)}({_day(scope, slug, other)})", "核对两个日期的先后"


def after(scope: Scope, value: Value, slug: str) -> Fault | None:
    """VR-ORDER, later than another date."""
    other = scope.date(slug)
    if other is None or not isinstance(value, dt.date) or value > other:
        return None
    return f"应晚于{quoted_label(scope, slug)}({_day(scope, slug, other)})", "核对两个日期的先后"


def not_after(scope: Scope, value: Value, slug: str) -> Fault | None:
    """VR-ORDER, at or before another date."""
    other = scope.date(slug)
    if other is None or not isinstance(value, dt.date) or value <= other:
        return None
    return f"晚于{quoted_label(scope, slug)}({_day(scope, slug, other)})", "核对两个日期的先后"


def within_working_days(scope: Scope, value: Value, slug: str, days: str) -> Fault | None:
    """So many working days after another date at the latest."""
    start = scope.date(slug)
    if start is None or not isinstance(value, dt.date):
        return None
    due = scope.facts.calendar.add_working_days(start, int(days))
    if value <= due:
        return None
    return (
        f"超过{quoted_label(scope, slug)}后 {days} 个工作日（{print_date(due)}）",
        "在表中说明原因",
    )


def _day(scope: Scope, slug: str, day: dt.date) -> str:
    return print_month(day) if scope.fields[slug].type == "month" else print_date(day)
