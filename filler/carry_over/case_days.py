"""The days of a case's papers follow one another: `[days]`, `[[rest]]` of registry/copies.toml.

No paper is of a day before its case was applied for, none of a day before the paper it rests on:
refused, with both places named. Forms that take a day over check it themselves; a vote, a notice,
a letter know nothing of it. What the law lets come first stands in the table, with its reason.
A correction that comes to lie behind later papers is pointed out: they are to be corrected, too.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from filler.carry_over.earlier import Earlier
from filler.carry_over.two_places import Disagreements, Place, named, place
from filler.form.taken import GivingPaper
from filler.spec.day_order import Death, Rest
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_dates import print_date


class _Day(NamedTuple):
    """A day, and the place that tells it."""

    on: dt.date
    at: Place

    @property
    def told(self) -> str:
        paper = f"{named(self.at.paper)}“" if self.at.paper else "“"
        return f"{paper}{self.at.label}”（{print_date(self.on)}）"


def find_early_days(scope: Scope, earlier: Earlier) -> Disagreements:
    """Where a paper of a case is of a day before its application, or before what it rests on."""
    schemes = earlier.facts.county.required.schemes
    scheme = schemes.get(scope.case_no.partition("-")[0]) if scope.case_no else None
    if scheme is None:
        return Disagreements()
    case, applications = _Case(scope, earlier), scheme.steps[0].forms
    is_application = scope.spec.id in applications
    begun = case.late_application if is_application else case.before_application
    found = [case.after_death(), case.before_death()]
    for rest in earlier.taking_over.days.rests:
        found += [case.too_early(rest)] if rest.to == scope.spec.id else []
        found += [case.too_late(rest)] if rest.source == scope.spec.id else []
    return begun(applications).plus(found)


class _Case:
    """The days of the form at hand beside those of the other papers of its case."""

    def __init__(self, scope: Scope, earlier: Earlier) -> None:
        self.scope, self.earlier, self.order = scope, earlier, earlier.taking_over.days
        found = earlier.history.issued_for("", case_no=scope.case_no)
        self.papers = [past for past in found if past.form_id in earlier.forms]

    def before_application(self, applications: frozenset[str]) -> Disagreements:
        """Own days before the one on which the case was first applied for."""
        told = self._told(applications, self.order.begun)
        if not told or self.scope.spec.id in self.order.before:
            return Disagreements()
        slugs = self.order.days_of(self.scope.spec)
        return Disagreements(tuple(_early(self._own(slugs), _earliest(told))))

    def late_application(self, applications: frozenset[str]) -> Disagreements:
        """An application of a day after papers of its case, when no other one was before them."""
        own, others = self._begun(), self._told(applications, self.order.begun)
        if own is None or any(one.on <= own.on for one in others):
            return Disagreements()
        free = applications | self.order.before.keys()
        later = {past.form_id for past in self.papers} - free
        found = (
            _late(own, day)
            for form_id in sorted(later)
            for slug in (self.earlier.forms[form_id].reference_date,)
            for day in self._told({form_id}, (slug,))
            if day.on < own.on
        )
        return self._told_or_refused(tuple(found))

    def too_early(self, rest: Rest) -> Disagreements:
        """Before the first of the papers it rests on: refused; before the newest: pointed out."""
        grounds = self._told({rest.source}, rest.since.split("|"), is_before=True)
        if not grounds:
            return Disagreements()
        own, first, newest = list(self._own(rest.days)), _earliest(grounds), grounds[-1]
        problems = tuple(_early(own, first))
        warnings = tuple(_early((day for day in own if day.on >= first.on), newest))
        return Disagreements(problems, warnings)

    def too_late(self, rest: Rest) -> Disagreements:
        """The first of what issued papers rest on, of a day after theirs: pointed out."""
        own = _first(self.scope, rest.since.split("|"))
        if own is None or any(past.form_id == rest.source for past in self.papers):
            return Disagreements()
        later = (day for slug in rest.days for day in self._told({rest.to}, (slug,)))
        return Disagreements((), tuple(_late(own, day) for day in later if day.on < own.on))

    def after_death(self) -> Disagreements:
        """Nobody is met, or given something, after the death that another paper tells."""
        deaths = [
            day
            for past in self.papers
            for death in self.order.deaths
            if past.form_id == death.form_id and not past.waits_for
            for day in _died(death, self.earlier.read(past).scope, self.earlier.read(past).source)
        ]
        own = self._own(self.order.alive.get(self.scope.spec.id, ()))
        return self._told_or_refused(
            tuple(_late(day, one) for day in own for one in deaths if day.on > one.on)
        )

    def before_death(self) -> Disagreements:
        """A death of a day before papers that tell of the living: pointed out."""
        deaths = [
            day
            for death in self.order.deaths
            if death.form_id == self.scope.spec.id
            for day in _died(death, self.scope)
        ]
        told = (
            day
            for form_id, slugs in self.order.alive.items()
            for slug in slugs
            for day in self._told({form_id}, (slug,))
        )
        found = (_early([one], day) for day in told for one in deaths) if deaths else ()
        return Disagreements((), tuple(one for each in found for one in each))

    def _begun(self) -> _Day | None:
        """The day from which the application at hand has its case run."""
        return _first(self.scope, self.order.begun)

    def _told_or_refused(self, found: tuple[Problem, ...]) -> Disagreements:
        """A correction is never refused by what came after it."""
        return Disagreements((), found) if self.earlier.before else Disagreements(found)

    def _own(self, addresses: Iterable[str]) -> Iterator[_Day]:
        return (day for address in addresses for day in _days(self.scope, address))

    def _told(
        self, form_ids: Collection[str], slugs: Sequence[str], *, is_before: bool = False
    ) -> list[_Day]:
        """The first day that each paper of some forms tells, in their order."""
        papers = (
            self.earlier.read(past)
            for past in self.papers
            if past.form_id in form_ids and not (is_before and self.earlier.is_later(past.number))
        )
        told = (_first(paper.scope, slugs, paper.source) for paper in papers)
        return [one for one in told if one]


def _died(death: Death, scope: Scope, paper: GivingPaper | None = None) -> Iterator[_Day]:
    """The day of death, when the paper says that somebody died."""
    if all(scope.text(slug) in words for slug, words in death.of.items()):
        yield from _days(scope, death.day, paper)


def _earliest(days: Iterable[_Day]) -> _Day:
    return min(days, key=lambda one: one.on)


def _first(scope: Scope, slugs: Iterable[str], paper: GivingPaper | None = None) -> _Day | None:
    return next((day for slug in slugs for day in _days(scope, slug, paper)), None)


def _days(scope: Scope, address: str, paper: GivingPaper | None = None) -> Iterator[_Day]:
    """The days of a field, or of a column as `rows.visit`."""
    table, _, slug = address.rpartition(".")
    if (table or slug) not in scope.fields:
        return
    for one in scope.rows(table) if table else (scope,):
        on = one.date(slug)
        if on:
            yield _Day(on, place(one, slug, paper))


def _early(own: Iterable[_Day], other: _Day) -> Iterator[Problem]:
    for day in own:
        if day.on < other.on:
            what = f"{print_date(day.on)}早于{other.told}"
            yield Problem(day.at.label, what, "核对两个日期的先后", day.at.address)


def _late(own: _Day, other: _Day) -> Problem:
    what = f"{print_date(own.on)}晚于{other.told}"
    return Problem(own.at.label, what, "核对两个日期的先后；那一份有错的也要更正", own.at.address)
