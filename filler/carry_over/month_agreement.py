"""Rows of a month's summary and what the month brought for their cases: `[[month_rows]]`.

A summary is made of decisions; what it says of somebody must be what the case's papers say.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from filler.carry_over.earlier import Earlier
from filler.carry_over.month import MonthChange, MonthOfCases
from filler.carry_over.standing_cases import StandingCase
from filler.carry_over.two_places import Disagreements, named, place
from filler.form.case_history import same_number
from filler.spec.monthly import Monthly, MonthRows, Months
from filler.values.scope import RowScope, Scope
from minzheng.county.errors import Problem

#: What a summary may say in its own words, and what is only to be looked at.
_OWN_WORDS, _MARKED = frozenset({"why"}), frozenset({"decided"})
_MOST_NAMED = 5
_PLACE = ("town", "village")


def find_disagreeing_months(scope: Scope, months: Months, earlier: Earlier) -> Disagreements:
    """Rows that say otherwise than their cases, that no case stands behind, that are left out."""
    rule = months.summary_for(scope.spec.id)
    followed = months.approval(rule.source) if rule else None
    month = scope.date(rule.month) if rule else None
    if rule is None or followed is None or month is None or not scope.text(_PLACE[0]):
        return Disagreements()
    return _Summary(scope, rule, followed, month, earlier).found()


class _Summary:
    """The rows of a summary beside the months of their place."""

    def __init__(
        self, scope: Scope, rule: MonthRows, followed: Monthly, month: dt.date, earlier: Earlier
    ) -> None:
        self.scope, self.rule, self.followed = scope, rule, followed
        self.month, self.earlier = month.replace(day=1), earlier
        slugs = {one.slug for one in scope.spec.fields}
        self.where = {one: scope.text(one) for one in _PLACE if one in slugs and scope.text(one)}
        self._months: dict[dt.date, _Month] = {}

    def found(self) -> Disagreements:
        """All rows, and who is not among them."""
        rows = self.scope.rows(self.rule.rows)
        judged = [self._judge(row) for row in rows]
        return Disagreements((), tuple(self._left_out(rows))).plus(judged)

    def _of(self, month: dt.date) -> "_Month":
        known = self._months.get(month)
        if known is None:
            cases = MonthOfCases(self.followed, self.where, month, self.earlier)
            known = self._months[month] = _Month(cases, self.rule)
        return known

    def _column(self, name: str) -> str:
        return next(own for own, told in self.rule.columns.items() if told == name)

    def _number(self, row: RowScope) -> str:
        return same_number(row.text(self._column("id_no")))

    def _judge(self, row: RowScope) -> Disagreements:
        number = self._number(row)
        since = row.date(self._column("since")) or self.month
        month = self._of(since.replace(day=1))
        change = month.changes.get(number)
        if not number:
            return Disagreements()
        if change is not None:
            return self._beside(row, change)
        case = month.standing.get(number)
        if case is None:
            return Disagreements((), (self._unknown(row),))
        return Disagreements((self._unchanged(row, case),))

    def _beside(self, row: RowScope, change: MonthChange) -> Disagreements:
        compared = [
            (name, self._differs(row, own, name, change))
            for own, name in self.rule.columns.items()
            if name not in _OWN_WORDS and name != "id_no"
        ]
        return Disagreements(
            tuple(one for name, one in compared if one and name not in _MARKED),
            tuple(one for name, one in compared if one and name in _MARKED),
        )

    def _differs(self, row: RowScope, own: str, name: str, change: MonthChange) -> Problem | None:
        here, there = place(row, own), change.text(name)
        if not here.text or not there or here.text == there:
            return None
        what = (
            f"填的是“{here.shown}”，照案件 {change.case_no} 的 {named(change.paper)}应是“{there}”"
        )
        return Problem(here.label, what, "改成一致；那一份有错的，先更正那一份", here.address)

    def _unchanged(self, row: RowScope, case: StandingCase) -> Problem:
        """The case is known, and this month brought nothing for it."""
        here = place(row, self._column("kind"))
        paper, slug = case.told(self.followed.amount)
        amount = place(paper.scope, slug, paper.source)
        what = (
            f"填的是“{here.shown}”，案件 {case.approval.scope.case_no} 这一月没有增减："
            f"{named(paper.source)}“{amount.label}”是“{amount.shown}”"
        )
        return Problem(here.label, what, "删去这一行，或先出具决定增减、停发的那一份", here.address)

    def _unknown(self, row: RowScope) -> Problem:
        here = place(row, self._column("name"))
        what = f"系统中没有“{here.shown}”到这一月已审批的 {self.rule.source}"
        return Problem(here.label, what, "核对姓名、身份证号；以前的老户核对原件", here.address)

    def _left_out(self, rows: tuple[RowScope, ...]) -> Iterator[Problem]:
        listed = {self._number(row) for row in rows}
        changes = self._of(self.month).changes
        missing = [one for number, one in changes.items() if number not in listed]
        if missing and rows:
            told = "、".join(
                f"{one.name}（{one.kind}，{one.case_no}）" for one in missing[:_MOST_NAMED]
            )
            more = f"等 {len(missing)} 户" if len(missing) > _MOST_NAMED else ""
            label = self.scope.fields[self.rule.rows].label
            what = f"这一月还有没列入的：{told}{more}"
            yield Problem(label, what, "应列入的加上一行", self.rule.rows)


class _Month:
    """One month: what it brought, and the cases that stood in it, by the person's number."""

    def __init__(self, cases: MonthOfCases, rule: MonthRows) -> None:
        self._cases, self._rule = cases, rule

    @cached_property
    def changes(self) -> dict[str, MonthChange]:
        """Those that stand on a summary."""
        found = (one for one in self._cases.changes() if one.kind in self._rule.kinds)
        return {same_number(one.id_no): one for one in found}

    @cached_property
    def standing(self) -> dict[str, StandingCase]:
        """Cases approved until the end of the month."""
        cases = self._cases.now.values()
        return {same_number(one.approval.scope.text("id_no")): one for one in cases}
