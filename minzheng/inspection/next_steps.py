"""Where a case stands: the steps of its scheme in order, done, next, not needed, not yet.

The steps are those of `registry/completeness.toml`; the papers are those issued in the case
and the lists that name its person.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from minzheng.county.registry.required_papers import Scheme, Step
from minzheng.county.writing.chinese_dates import term_end

State = Literal["已办", "下一步", "还没到", "按需要", "不用办"]
#: Months of a term of the registry on a day.
Months = Callable[[str, dt.date], int | None]


@dataclass(frozen=True, slots=True)
class StepPaper:
    """A paper that proves a step."""

    form_id: str
    number: int
    day: dt.date | None  #: of the decision or deed it tells of


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a case as it stands today."""

    name: str
    state: State
    papers: tuple[StepPaper, ...]
    forms: tuple[str, ...]  #: that can prove it, the case's own before lists
    due: dt.date | None = None  #: when it is to be done again, or for the first time


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a case beside its papers."""

    today: dt.date
    months: Months
    endings: frozenset[str] = frozenset()  #: forms that end a case only when they say so
    is_ended: bool = False


def steps_of(scheme: Scheme, papers: Sequence[StepPaper], known: Known) -> tuple[CaseStep, ...]:
    """The steps of a scheme in order; the first that is needed and not done is the next."""
    begun = min((paper.day for paper in papers if paper.day), default=known.today)
    found: list[CaseStep] = []
    decided: dt.date | None = None  #: when a paper of the case itself last carried it on
    for step in scheme.steps:
        own = tuple(paper for paper in papers if _proves(paper, step, known))
        last = max((paper.day for paper in own if paper.day), default=decided)
        due = _due(step, last, known)
        is_open = any(one.state == "下一步" for one in found)
        state = _state(step, own, begun, due, known)
        if state == "下一步" and is_open:
            state = "还没到"
        found.append(CaseStep(step.name, state, own, _forms(step), None if is_open else due))
        decided = last if step.forms else decided
    return tuple(found)


def _proves(paper: StepPaper, step: Step, known: Known) -> bool:
    """Whether a paper is one of a step: a letter that stops nothing is none of its end."""
    says_otherwise = paper.form_id in known.endings and not known.is_ended
    return paper.form_id in step.all_forms and not (step.only_if_needed and says_otherwise)


def _due(step: Step, last: dt.date | None, known: Known) -> dt.date | None:
    """When a step that comes again is due."""
    if not step.again or not last or known.is_ended:
        return None
    months = known.months(step.again, known.today)
    return term_end(last, months) if months else None


def _state(
    step: Step,
    own: Sequence[StepPaper],
    begun: dt.date,
    due: dt.date | None,
    known: Known,
) -> State:
    if due and due <= known.today:
        return "下一步"
    if own:
        return "已办"
    if due:
        return "还没到"
    if known.is_ended:
        return "不用办"
    if step.is_needed(begun, begun):
        return "下一步"
    return "按需要" if step.only_if_needed or step.needed_from else "不用办"


def _forms(step: Step) -> tuple[str, ...]:
    return (*sorted(step.forms), *sorted(step.lists - step.forms))
