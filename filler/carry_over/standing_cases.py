"""A case as it stands on a day: its approval, and what changed or ended it since."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.spec.taken_from import ColumnSource
from minzheng.county.registry.case_changes import CaseChange


@dataclass(slots=True)
class StandingCase:
    """A case as it stands on the day: its approval, and what changed it since."""

    approval: EarlierForm
    approved: dt.date
    instead: dict[str, tuple[EarlierForm, str]] = field(default_factory=dict)  #: by slug: where
    since: dict[str, list[tuple[dt.date, str]]] = field(default_factory=dict)  #: from which month
    others: dict[str, EarlierForm] = field(default_factory=dict)
    ended: EarlierForm | None = None  #: the paper that ended it

    @property
    def is_running(self) -> bool:
        """Whether nothing ended it."""
        return self.ended is None

    def text(self, cell: ColumnSource) -> str:
        """What stands in a cell of its row."""
        if cell.fixed:
            return cell.fixed
        if cell.form_id:
            other = self.others.get(cell.form_id)
            return other.scope.text(cell.slug) if other else ""
        told = (self.told(one) for one in cell.slugs)
        return next((text for paper, slug in told if (text := paper.scope.text(slug))), "")

    def told(self, slug: str) -> tuple[EarlierForm, str]:
        """Where it stands now what the approval answered: the paper and its own slug."""
        return self.instead.get(slug, (self.approval, slug))


def approved_cases(
    source: str, approved: str, where: Mapping[str, str], day: dt.date, earlier: Earlier
) -> dict[str, StandingCase]:
    """Cases approved until the day, each by its latest approval, by number.

    `approved` names the day of approval, `a|b` the first of several that is filled; without one
    the paper counts as it is.
    """
    cases: dict[str, StandingCase] = {}
    for past in earlier.history.issued_for(source, where=where):
        read = earlier.read(past)
        on = first_date(read, approved) if approved else dt.date.min
        if on is None or on > day or (approved and past.waits_for):
            continue
        known = cases.get(past.case_no)
        if known is None or known.approved <= on:
            cases[past.case_no] = StandingCase(read, on)
    return cases


def cases_open_on(
    source: str, approved: str, where: Mapping[str, str], day: dt.date, earlier: Earlier
) -> dict[str, StandingCase]:
    """Cases begun until the day and decided on it or later, if at all, by number."""
    cases: dict[str, StandingCase] = {}
    for past in earlier.history.issued_for(source, where=where):
        read = earlier.read(past)
        decided = (None if past.waits_for else first_date(read, approved)) or dt.date.max
        if read.scope.day <= day <= decided:
            cases[past.case_no] = StandingCase(read, decided)
        else:
            cases.pop(past.case_no, None)
    return cases


def first_date(read: EarlierForm, slugs: str) -> dt.date | None:
    """The first of some dates that is filled: `c_date|t_date`."""
    dates = (read.scope.date(slug) for slug in slugs.split("|"))
    return next(filter(None, dates), None)


def apply_change(
    change: CaseChange,
    cases: Mapping[str, StandingCase],
    found: Iterable[EarlierForm],
    day: dt.date,
) -> None:
    """What reviews, letters or ends made of the cases."""
    dated = [(since, read) for read in found if (since := read.scope.date(change.since))]
    for since, read in sorted(dated, key=lambda one: (one[0], one[1].source.number)):
        case = cases.get(read.scope.case_no)
        # What took effect before a case was approved, again perhaps, does not touch it.
        if case is None or not _first_of_month(case.approved) <= since <= day:
            continue
        if change.ends(read.scope.text):
            case.ended = read
            continue
        for slug, new in change.becomes.items():
            text = read.scope.text(new)
            if text:
                case.instead[slug] = (read, new)
                case.since.setdefault(slug, []).append((since, text))


def apply_changes(
    cases: Mapping[str, StandingCase], where: Mapping[str, str], day: dt.date, earlier: Earlier
) -> None:
    """Whatever changed the cases of a place until a day."""
    for change in earlier.taking_over.changes if cases else ():
        found = earlier.history.issued_for(change.form_id, where=where)
        decided = (earlier.read(past) for past in found if not past.waits_for)
        apply_change(change, cases, decided, day)


def standing_case(source: str, case_no: str, earlier: Earlier) -> StandingCase | None:
    """One case as it stands after all that was issued for it."""
    approval = earlier.newest(source, case_no)
    if approval is None:
        return None
    case = StandingCase(approval, dt.date.min)
    for change in earlier.taking_over.changes:
        found = earlier.of_case(change.form_id, case_no)
        decided = (earlier.read(past) for past in found if not past.waits_for)
        apply_change(change, {case_no: case}, decided, dt.date.max)
    return case


def _first_of_month(day: dt.date) -> dt.date:
    return day.replace(day=1)
