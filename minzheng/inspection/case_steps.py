"""How far a case has come, step by step: the one answer that every page gives.

A step is proved by scans, or only by a document issued here; what nobody has proved is not
due yet until the term of the county is over, and missing from then on.
"""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.required_papers import RequiredPapers, Scheme, Step
from minzheng.county.registry.terms import Terms
from minzheng.county.registry.working_days import Calendar

PUBLICITY = "GS"

#: there: scanned; issued: made here, no scan yet; waiting: not due; missing: due and not there.
State = Literal["there", "issued", "waiting", "missing"]
_SAID: dict[State, str] = {
    "there": "有", "issued": "已出具，没有扫描件", "waiting": "还没到", "missing": "缺"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper that proves a step of a case."""

    step: str
    day: dt.date | None = None
    is_scan: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    """When a case began: between two days, which are one when it is known."""

    first: dt.date | None = None
    last: dt.date | None = None

    @classmethod
    def within(cls, year: str, by: dt.date | None = None) -> "Opened":
        """Some day of a year, and no later than its first paper came."""
        if not (len(year) == 4 and year.isascii() and year.isdecimal()):
            return cls()
        last = dt.date(int(year), 12, 31)
        return cls(dt.date(int(year), 1, 1), min(last, by) if by else last)


@dataclass(frozen=True)
class Measure:
    """By which day and terms it is judged whether a step is due."""

    today: dt.date
    terms: Terms
    calendar: Calendar

    @cached_property
    def due(self) -> Callable[[tuple[str, ...], dt.date | None], dt.date | None]:
        """The end of some terms, one after the other; many cases ask for the same."""
        return functools.cache(self._due)

    def _due(self, within: tuple[str, ...], opened: dt.date | None) -> dt.date | None:
        day = opened
        for name in within:
            term = self.terms.find(name, day) if day else None
            day = term.after(day, self.calendar) if day and term else day
        return day


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of a case: how many papers prove it, since when, and until when there is time."""

    name: str
    papers: int
    day: dt.date | None = None
    state: State = "there"
    due: dt.date | None = None  #: of a step without a scan
    is_overdue: bool = False
    is_needed: bool = True  #: whether its case must have it

    @property
    def said(self) -> str:
        """Its state in words."""
        return _SAID[self.state]

    @property
    def told(self) -> str:
        """The day since when it is there, else its state in words."""
        if self.state == "there" and self.day:
            return f"{self.day.year}-{self.day.month}-{self.day.day}"
        return self.said

    @property
    def is_lacking(self) -> bool:
        """Whether its paper should lie in the archive by now and does not."""
        return self.state == "missing" or (self.state == "issued" and self.is_overdue)


def steps_of(
    scheme: Scheme, proofs: Sequence[Proof], opened: Opened, measure: Measure
) -> tuple[StepDone, ...]:
    """The steps of a case that are proved or needed, in their order."""
    done = (_step(step, proofs, opened, measure) for step in scheme.steps)
    return tuple(one for one in done if one.papers or one.is_needed)


def _step(step: Step, proofs: Iterable[Proof], opened: Opened, measure: Measure) -> StepDone:
    papers = [one for one in proofs if one.step == step.name]
    scans = [one for one in papers if one.is_scan]
    days = sorted(one.day for one in (scans or papers) if one.day)
    day = days[0] if days else None
    is_needed = step.is_needed(opened.first, opened.last)
    if scans:
        return StepDone(step.name, len(scans), day, is_needed=is_needed)
    due = measure.due(step.within, opened.last) if is_needed else None
    is_overdue = is_needed and (due is None or due < measure.today)
    state: State = "issued" if papers else "missing" if is_overdue else "waiting"
    return StepDone(step.name, len(papers), day, state, due, is_overdue, is_needed)


def dossier_spoken_of(dossier: str, title: str, dossiers: Dossiers) -> str:
    """A notice's title names the dossier it speaks of."""
    if dossier != PUBLICITY:
        return dossier
    named = [one.code for one, _ in dossiers.find_in(title)]
    return next((code for code in named if code != PUBLICITY), PUBLICITY)


def step_told(form_id: str, title: str, scheme: Scheme | None, required: RequiredPapers) -> str:
    """The step of the work a paper proves: by its form, else by its title."""
    step = scheme.step_of(form_id) if scheme else None
    if step is not None:
        return step.name
    for name, words in required.title_words:
        is_known = scheme is None or scheme.step_named(name) is not None
        if is_known and any(word in title for word in words):
            return name
    return ""


def is_of_many(form_id: str, step: str, scheme: Scheme | None) -> bool:
    """Whether a paper speaks of many people: by its form, else by its step."""
    if scheme is None or not step:
        return False
    if form_id and scheme.step_of(form_id):
        return form_id in scheme.lists
    found = scheme.step_named(step)
    return found is not None and bool(found.lists)
