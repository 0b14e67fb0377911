"""The steps of a person's case in their order: what is there, since when, what is missing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from minzheng.county.registry.completeness import Scheme, Step
from minzheng.inspection.traces import Trace


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of a case: how many papers prove it, since when; none is a gap."""

    name: str
    papers: int
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of a person, from the application to the end."""

    dossier: str
    case_no: str
    year: str
    steps: tuple[StepDone, ...]
    forbidden: tuple[str, ...] = ()  #: forms that must not be there

    @property
    def gaps(self) -> tuple[str, ...]:
        """Steps that must have a paper and have none."""
        return tuple(step.name for step in self.steps if not step.papers)


def draw_lines(traces: Iterable[Trace], schemes: Mapping[str, Scheme]) -> tuple[CaseLine, ...]:
    """A line for each case; papers that only mention the person open none."""
    by_dossier: dict[str, list[Trace]] = {}
    for trace in traces:
        scheme = schemes.get(trace.about)
        if scheme and trace.kind != "mention" and _belongs(trace, scheme):
            by_dossier.setdefault(trace.about, []).append(trace)
    return tuple(
        _line(schemes[dossier], case_no, papers)
        for dossier, found in by_dossier.items()
        if any(map(_is_surely_the_persons, found))
        for case_no, papers in _cases(found).items()
    )


def _is_surely_the_persons(trace: Trace) -> bool:
    """Who only wrote a list stands on it, too; but not with an ID number."""
    return trace.kind == "own" or not trace.because


def _belongs(trace: Trace, scheme: Scheme) -> bool:
    """Whether a paper proves a step, or must not be there."""
    return scheme.step_named(trace.step) is not None or trace.form_id in scheme.forbidden


def _cases(traces: list[Trace]) -> dict[str, list[Trace]]:
    """Papers by case; one without a number goes to the latest case opened before it."""
    own = [trace for trace in traces if trace.kind == "own" and trace.case_no]
    opened: dict[str, str] = {}
    for trace in own:
        year = trace.year_shown or "9999"
        opened[trace.case_no] = min(year, opened.get(trace.case_no, year))
    cases: dict[str, list[Trace]] = {
        case_no: [] for case_no in sorted(opened, key=opened.__getitem__)
    }
    for trace in traces:
        is_its_own = trace.kind == "own" and bool(trace.case_no)
        case_no = trace.case_no if is_its_own else _case_before(trace.year_shown, opened)
        cases.setdefault(case_no, []).append(trace)
    return cases


def _case_before(year: str, opened: Mapping[str, str]) -> str:
    by_year = sorted(opened, key=lambda case_no: opened[case_no])
    before = [case_no for case_no in by_year if opened[case_no] <= (year or "9999")]
    return (before or by_year[:1] or [""])[-1]


def _line(scheme: Scheme, case_no: str, traces: list[Trace]) -> CaseLine:
    day = min((trace.day for trace in traces if trace.day), default=None)
    years = sorted({trace.year_shown for trace in traces} - {""})
    steps = (_step(step, traces) for step in scheme.steps)
    shown = (
        done
        for step, done in zip(scheme.steps, steps, strict=True)
        if done.papers or step.is_needed_on(day)
    )
    too_many = sorted(scheme.forbidden & {trace.form_id for trace in traces})
    return CaseLine(
        scheme.dossier, case_no, years[0] if years else "", tuple(shown), tuple(too_many)
    )


def _step(step: Step, traces: list[Trace]) -> StepDone:
    papers = [trace for trace in traces if trace.step == step.name]
    days = sorted(trace.day for trace in papers if trace.day)
    return StepDone(step.name, len(papers), days[0] if days else None)
