"""★ How far a case has come, step by step: the one answer that every page gives.

The steps are those of `registry/completeness.toml`. A step is proved by scans, or only by a
document issued here; what nobody has proved has not come yet until the term of the county is
over, and is missing from then on. The page of the case, 查人, 齐全情况 and the desks show what
is found here and judge nothing themselves.
"""

import datetime as dt
import functools
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from minzheng.county.registry.desks import Desks
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.required_papers import RequiredPapers, Scheme, Step
from minzheng.county.registry.terms import Terms
from minzheng.county.registry.working_days import Calendar
from minzheng.county.writing.chinese_dates import term_end

PUBLICITY = "GS"

#: 已归档: scanned; 已出具: issued here, no scan yet; 没做: to be done now, or since long;
#: 在办: its 送审稿 lies on a desk; 还没到: later in the order and in its term;
#: 按需要: of some cases only; 不需要: of this case not.
State = Literal["已归档", "已出具", "在办", "没做", "还没到", "按需要", "不需要"]
_LETTER_TERM = "书面告知"
_THERE: frozenset[State] = frozenset({"已归档", "已出具"})


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper that proves a step of a case."""

    step: str
    day: dt.date | None = None
    is_scan: bool = True
    form_id: str = ""
    number: int = 0  #: of the issued document; 0 of a scan
    year: str = ""  #: of a scan without a day


@dataclass(frozen=True, slots=True)
class Opened:
    """When a case began: between two days, which are one when it is known."""

    first: dt.date | None = None
    last: dt.date | None = None

    @classmethod
    def within(cls, year: str, by: dt.date | None = None) -> "Opened":
        """Some day of a year, and no later than its first paper came."""
        end = last_of(year)
        if end is None:
            return cls()
        return cls(dt.date(int(year), 1, 1), min(end, by) if by else end)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A 送审稿: of which step, for whose hand it waits, and since when."""

    step: str
    level: str
    since: dt.date
    form_id: str = ""


@dataclass(frozen=True, slots=True)
class OwedLetter:
    """A letter that tells a decision, and the day of the decision it has to tell."""

    form_id: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """All that is known of a case: what proves its steps, when it began, when it ended."""

    proofs: Sequence[Proof]
    opened: Opened
    ended: dt.date | None = None  #: none: it still runs, as far as anybody knows
    waiting: Waiting | None = None  #: its 送审稿 on which somebody has to write still
    owed: OwedLetter | None = None  #: what was decided and not told yet
    applied_by: frozenset[str] = frozenset()  #: forms of its application, as its proofs tell


_NO_DESKS = Desks(())


@dataclass(frozen=True)
class Measure:
    """By which day and terms it is judged whether a step is due, on whose desk it lies."""

    today: dt.date
    terms: Terms
    calendar: Calendar
    desks: Desks = _NO_DESKS

    @cached_property
    def due(self) -> Callable[[tuple[str, ...], dt.date | None], tuple[dt.date | None, bool]]:
        """The end of some terms, one after the other, and whether the county tells all of them.

        Many cases ask for the same.
        """
        return functools.cache(self._due)

    def _due(self, within: tuple[str, ...], opened: dt.date | None) -> tuple[dt.date | None, bool]:
        day, is_known = opened, opened is not None
        for name in within:
            term = self.terms.find(name, day) if day else None
            is_known = is_known and term is not None
            day = term.after(day, self.calendar) if day and term else day
        return day, is_known

    def desk_due(self, waiting: Waiting, dossier: str) -> dt.date | None:
        """The day by which a 送审稿 is to leave its desk; None: no term is set."""
        return self.desks.due(waiting.level, dossier, waiting.since, self.terms, self.calendar)

    @cached_property
    def months(self) -> Callable[[str], int | None]:
        """The months of a term as it is today."""
        return functools.cache(lambda name: self.terms.on(name, self.today))


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step of a case: its state, what proves it, until when there is time."""

    name: str
    state: State
    proofs: tuple[Proof, ...] = ()
    day: dt.date | None = None  #: since when it is there
    due: dt.date | None = None  #: of what is still to come, or to come again
    is_needed: bool = True  #: whether its case must have it
    is_overdue: bool = False
    is_next: bool = False  #: the first that is to be done now
    is_first: bool = False  #: the one that begins the case
    forms: tuple[str, ...] = field(default=(), compare=False)  #: the case's own before lists
    at: str = ""  #: on whose desk its 送审稿 lies
    owed_since: dt.date | None = None  #: the decision that is to be told in writing

    @property
    def papers(self) -> int:
        """How many papers prove it."""
        return len(self.proofs)

    @property
    def is_there(self) -> bool:
        """Whether a paper proves it, and it is not to be done again yet."""
        return self.state in _THERE

    @property
    def is_lacking(self) -> bool:
        """Whether its paper should lie in the archive by now and does not."""
        return self.is_needed and self.is_overdue and self.state in ("没做", "已出具")

    @property
    def is_shown(self) -> bool:
        """Whether it is a step of this very case: proved or needed."""
        return bool(self.proofs) or self.state in ("在办", "没做", "还没到")

    @property
    def look(self) -> str:
        """How a page marks it: there, issued, missing or waiting."""
        if self.is_there:
            return "there" if self.state == "已归档" else "issued"
        return "missing" if self.is_lacking else "waiting"

    @property
    def told(self) -> str:
        """Its state in words; of what is there the day since when."""
        if self.state == "在办" and self.day:
            return f"在办：送审稿在{self.at}，{_print(self.day)} 起"
        if self.owed_since:
            return f"没做：{_print(self.owed_since)} 的决定须书面告知本人"
        if self.state == "没做" and self.day:
            return f"没做，上一次 {_print(self.day)}"
        day = f" {_print(self.day)}" if self.is_there and self.day else ""
        late = "，没有扫描件" if self.state == "已出具" and self.is_overdue else ""
        return f"{self.state}{day}{late}"

    @property
    def told_due(self) -> str:
        """Until when there is time, in words; empty when nobody knows."""
        if self.due is None or self.state == "不需要":
            return ""
        return f"{_print(self.due)} {'已过期' if self.is_overdue else '到期'}"

    @property
    def found(self) -> str:
        """What somebody is told who looks a person up: what was found, and any term."""
        is_unseen = self.state == "没做" and not self.day and not self.owed_since
        told = "没有查到材料" if is_unseen else self.told
        return "，".join(filter(None, (told, self.told_due)))


def _print(day: dt.date) -> str:
    return f"{day.year}-{day.month}-{day.day}"


def steps_of(scheme: Scheme, facts: CaseFacts, measure: Measure) -> tuple[CaseStep, ...]:
    """Every step of a case in order; the first that is to be done now is the next.

    Where a 送审稿 went round though no application is known, the paper is gone on with next; so
    is one of a step that only some cases have: whoever is to be stopped is not reviewed first.
    """
    by_step: dict[str, list[Proof]] = {}
    for proof in facts.proofs:
        by_step.setdefault(proof.step, []).append(proof)
    found: list[CaseStep] = []
    carried: dt.date | None = None  #: when a paper of the case itself last carried it on
    waiting = facts.waiting
    facts = replace(facts, applied_by=_applied_by(scheme, facts))
    is_sent_first = waiting is not None and _goes_first(scheme, waiting, by_step)
    is_open = facts.ended is not None
    for step in scheme.steps:
        proofs = _following(step, by_step)
        seen = _StepInCase(step, proofs, facts, measure, carried)
        one = seen.judged(is_open=is_open or is_sent_first, is_first=step is scheme.steps[0])
        if waiting and seen.is_waiting:
            one = _on_desk(one, waiting, scheme.dossier, measure, is_open=is_open)
        if facts.owed and facts.owed.form_id in step.forms:
            is_next = not any(before.is_next for before in found)
            one = _owed(one, facts.owed, measure, is_next=is_next)
        is_open = is_open or one.is_next
        carried = seen.last if step.forms else carried
        found.append(one)
    return tuple(found)


def _applied_by(scheme: Scheme, facts: CaseFacts) -> frozenset[str]:
    """The forms by which somebody applied, as far as they are known."""
    waiting = {facts.waiting.form_id} if facts.waiting else set[str]()
    return scheme.steps[0].forms & (waiting | {one.form_id for one in facts.proofs})


def _following(step: Step, by_step: Mapping[str, Sequence[Proof]]) -> tuple[Proof, ...]:
    """What proves a step: nothing that is of a day before the step it follows."""
    days = [one.day for one in by_step.get(step.after, ()) if one.day]
    first = min(days, default=dt.date.min)
    return tuple(one for one in by_step.get(step.name, ()) if not one.day or one.day >= first)


def _goes_first(scheme: Scheme, waiting: Waiting, proved: Container[str]) -> bool:
    """Whether a 送审稿 is gone on with before whatever step comes first."""
    step = scheme.step_named(waiting.step)
    is_apart = step is not None and step.only_if_needed
    return is_apart or scheme.steps[0].name not in proved


def _on_desk(
    step: CaseStep, waiting: Waiting, dossier: str, measure: Measure, *, is_open: bool
) -> CaseStep:
    """The step whose 送审稿 lies somewhere, by the term of that desk."""
    due = measure.desk_due(waiting, dossier)
    return replace(
        step,
        state="在办",
        day=waiting.since,
        due=due,
        is_overdue=due is not None and due < measure.today,
        is_next=not is_open,
        at=measure.desks.name_of(waiting.level),
    )


def _owed(step: CaseStep, owed: OwedLetter, measure: Measure, *, is_next: bool) -> CaseStep:
    """The step of a letter that a decision asks for: due, also of a case that ended by it."""
    due, is_known = measure.due((_LETTER_TERM,), owed.since)
    is_overdue = due is not None and is_known and due < measure.today
    return replace(
        step,
        state="没做",
        due=due if is_known else None,
        is_needed=True,
        is_overdue=is_overdue,
        is_next=is_next,
        owed_since=owed.since,
    )


class _StepInCase:
    """One step with all it is judged by; a county has a hundred thousand of them."""

    def __init__(
        self,
        step: Step,
        proofs: tuple[Proof, ...],
        facts: CaseFacts,
        measure: Measure,
        carried: dt.date | None,
    ) -> None:
        self.step, self.proofs = step, proofs
        waiting = facts.waiting
        #: whether its 送审稿 is all there is of it
        self.is_waiting = waiting is not None and waiting.step == step.name and not proofs
        self.ended, self.today = facts.ended, measure.today
        opened = facts.opened
        #: whether a case opened then must have it
        self.is_needed = step.is_needed(opened.first, opened.last, facts.applied_by)
        #: whether cases of such an application have it, as far as that is known
        self.is_known_of = not facts.applied_by or step.concerns(facts.applied_by)
        #: the end of its term, counted from the application, at the latest and at the earliest
        self.term, self.is_known = (
            measure.due(step.within, opened.last) if self.is_needed else (None, False)
        )
        self.earliest = measure.due(step.within, opened.first)[0] if self.is_needed else None
        self.is_scanned = any(one.is_scan for one in proofs)
        #: when the step was last done, else the one before it
        self.last = max((one.day for one in proofs if one.day), default=carried)
        #: when it is due after it was last done, or after the decision
        self.again = self._find_again(measure) if step.again else None
        self.is_to_be_repeated = self.again is not None and self.again <= self.today
        self.is_spared = self._is_spared()
        self.lacks_scan = self._lacks_scan()
        self.is_overdue = self._is_overdue()

    def judged(self, *, is_open: bool, is_first: bool) -> CaseStep:
        """The step; `is_open`: a step before it is to be done first, or none any more."""
        state = self._state()
        is_now = self.again is None or self.is_to_be_repeated
        state = "没做" if state == "还没到" and not is_open and is_now else state
        return CaseStep(
            self.step.name, state, self.proofs, self._day(), self._due(), self.is_needed,
            self.is_overdue, state == "没做" and not is_open, is_first, forms_of(self.step),
        )  # fmt: skip

    def _find_again(self, measure: Measure) -> dt.date | None:
        if self.ended or self.last is None:
            return None
        months = measure.months(self.step.again)
        is_done_since = any(one.year > str(self.last.year) for one in self.proofs)
        return term_end(self.last, months) if months and not is_done_since else None

    def _is_spared(self) -> bool:
        """Whether the case ended before the step was due at the earliest."""
        if self.ended is None or self.proofs:
            return False
        return self.earliest is None or self.earliest > self.ended

    def _lacks_scan(self) -> bool:
        """Whether it was issued so long ago that its signed paper should have come."""
        if not self.proofs or self.is_scanned or not self.is_needed:
            return False
        return self.term is None or self.term < self.today

    def _is_overdue(self) -> bool:
        if not self.is_needed or self.is_spared:
            return False
        if self.lacks_scan:
            return True
        due = self.again if self.again or self.proofs else self.term
        return due < self.today if due else not self.proofs

    def _state(self) -> State:
        if self.proofs and not self.is_to_be_repeated:
            return "已归档" if self.is_scanned else "已出具"
        if self.is_needed and not self.is_spared:
            return "没做" if self.is_overdue else "还没到"
        is_free = self.is_known_of and (self.step.only_if_needed or self.step.needed_from)
        return "按需要" if is_free and self.ended is None else "不需要"

    def _day(self) -> dt.date | None:
        """Since when it is there: by its first scan, else by its first document.

        Of what is to be done again, when it was last done.
        """
        if self.proofs and self.is_to_be_repeated:
            return self.last
        days = [one.day for one in self.proofs if one.day and one.is_scan == self.is_scanned]
        return min(days) if days else None

    def _due(self) -> dt.date | None:
        """The term of what is to come, to come again, or lacks its scan."""
        if not self.is_needed or self.is_spared:
            return None
        if self.again and not (self.lacks_scan and not self.is_to_be_repeated):
            return self.again
        return self.term if self.is_known and not self.is_scanned else None


@functools.cache
def forms_of(step: Step) -> tuple[str, ...]:
    """The forms that can prove a step: as its table has them, else the case's own before lists."""
    return step.order or (*sorted(step.forms), *sorted(step.lists - step.forms))


def last_of(year: str) -> dt.date | None:
    """The last day of a year that is written as such."""
    is_year = len(year) == 4 and year.isascii() and year.isdecimal() and year > "0000"
    return dt.date(int(year), 12, 31) if is_year else None


def dossier_spoken_of(dossier: str, title: str, dossiers: Dossiers) -> str:
    """A notice's title names the dossier it speaks of."""
    if dossier != PUBLICITY:
        return dossier
    matter = dossiers.of_matter_in(title)
    if matter is not None:
        return matter.code
    named = [one.code for one, _ in dossiers.find_in(title)]
    return next((code for code in named if code != PUBLICITY), PUBLICITY)


def step_told(form_id: str, title: str, scheme: Scheme | None, required: RequiredPapers) -> str:
    """The step of the work a paper proves: by its form; of no known form by its title.

    A known form of no step proves none: an objection to a notice is not the notice.
    """
    if scheme is not None and form_id:
        step = scheme.step_of(form_id)
        return step.name if step else ""
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
