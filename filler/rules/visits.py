"""Rules over visits: nobody waits too long."""

from collections.abc import Iterator
from itertools import pairwise

from filler.rules.wording import column_label, label_of
from filler.values.language import Column, Rows, Slug, Term, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.terms import KIND, term_on


@form_check(warning=True)
def visits_in_time(
    scope: Scope, rows: Rows, person: Column, day: Column, risk: Column, term: Term
) -> Iterator[Problem]:
    """Nobody waits longer than the risk allows: `…(rows, elder, d, risk, 老人探访)`."""
    table = [(index, row) for index, row in enumerate(scope.rows(rows)) if row.date(day)]
    table.sort(key=lambda one: (one[1].text(person), one[1].date(day)))
    for (_, before), (index, row) in pairwise(table):
        allowed = term_on(f"{term}{KIND}{before.text(risk)}", scope.day) or 0
        first, second = before.date(day), row.date(day)
        if row.text(person) != before.text(person) or not allowed or not first or not second:
            continue
        if (second - first).days > allowed:
            where = f"{label_of(scope, rows)}第 {index + 1} 行{column_label(scope, rows, day)}"
            what = f"{row.text(person)}距上次 {(second - first).days} 天，应在 {allowed} 天内"
            yield Problem(where, what, "按风险等级安排探访", f"{rows}[{index}].{day}")


@form_check(warning=True)
def a_row_each_month(scope: Scope, rows: Rows, column: Column, until: Slug) -> Iterator[Problem]:
    """A visit in every month so far of the record's year."""
    last = scope.date(until)
    if last is None:
        return
    days = [row.date(column) for row in scope.rows(rows)]
    seen = {day.month for day in days if day and day.year == last.year}
    first = min(seen, default=1)
    missing = [str(month) for month in range(first, last.month + 1) if month not in seen]
    if missing:
        what = f"{'、'.join(missing)} 月没有记录"
        yield Problem(label_of(scope, rows), what, "每月至少一次，漏记的补记并说明", rows)
