"""The cases of a person as lines of steps, from the application to the end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from minzheng.county.registry.required_papers import Scheme
from minzheng.inspection.case_steps import (
    CaseFacts,
    CaseStep,
    Measure,
    Opened,
    Proof,
    Waiting,
    steps_of,
)
from minzheng.inspection.standings import Standing
from minzheng.inspection.traces import Trace


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of a person, from the application to the end."""

    dossier: str
    case_no: str
    year: str
    steps: tuple[CaseStep, ...]
    forbidden: tuple[str, ...] = ()  #: forms that must not be there

    @property
    def shown(self) -> tuple[CaseStep, ...]:
        """The steps that are proved or needed."""
        return tuple(step for step in self.steps if step.is_shown)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Steps that must have a paper by now and have none."""
        lacking = (step for step in self.steps if step.is_lacking)
        return tuple(step.name for step in lacking if step.state == "没做")

    @property
    def unscanned(self) -> tuple[str, ...]:
        """Steps whose issued document should have come back as a scan by now."""
        return tuple(step.name for step in self.steps if step.state == "已出具" and step.is_lacking)


def draw_lines(
    traces: Iterable[Trace], schemes: Mapping[str, Scheme], measure: Measure
) -> tuple[CaseLine, ...]:
    """A line for each case; papers that only mention the person open none."""
    by_dossier: dict[str, list[Trace]] = {}
    for trace in traces:
        scheme = schemes.get(trace.about)
        if scheme and trace.kind != "mention" and _belongs(trace, scheme):
            by_dossier.setdefault(trace.about, []).append(trace)
    return tuple(
        _line(schemes[dossier], case_no, papers, measure)
        for dossier, found in by_dossier.items()
        if any(map(_is_surely_the_persons, found)) and _opens(schemes[dossier], found)
        for case_no, papers in _cases(found).items()
    )


def _opens(scheme: Scheme, traces: Iterable[Trace]) -> bool:
    """Visits of a household are no case of it."""
    return any(scheme.opens(one.step) or one.form_id in scheme.forbidden for one in traces)


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


def _line(scheme: Scheme, case_no: str, traces: list[Trace], measure: Measure) -> CaseLine:
    there = [trace for trace in traces if trace.present]
    day = min((trace.day for trace in traces if trace.day), default=None)
    years = sorted({trace.year_shown for trace in traces} - {""})
    proofs = [_proof(one) for one in there if not one.waits_for]
    sent = [
        Waiting(one.step, one.waits_for, one.day, one.form_id)
        for one in there
        if one.waits_for and one.day
    ]
    too_many = sorted(scheme.forbidden & {trace.form_id for trace in there})
    steps = steps_of(
        scheme, CaseFacts(proofs, Opened(day, day), waiting=sent[-1] if sent else None), measure
    )
    return CaseLine(scheme.dossier, case_no, years[0] if years else "", steps, tuple(too_many))


def _proof(trace: Trace) -> Proof:
    is_scan = trace.source == "扫描件"
    return Proof(trace.step, trace.day, is_scan, trace.form_id, 0 if is_scan else trace.number)


def told_alike(lines: Iterable[CaseLine], standings: Iterable[Standing]) -> tuple[CaseLine, ...]:
    """The lines, those the survey knows as it tells of them, and what only it knows."""
    told = {(one.subject.dossier, one.subject.case_no): one for one in standings}
    kept = {(line.dossier, line.case_no): line for line in lines}
    for key, one in told.items():
        steps = _dated(one.steps, kept[key].steps if key in kept else ())
        kept[key] = CaseLine(*key, one.subject.year, steps, one.forbidden)
    return tuple(kept.values())


def _dated(steps: Iterable[CaseStep], own: Iterable[CaseStep]) -> tuple[CaseStep, ...]:
    """The survey counts papers; since when a step is there, the person's own tell."""
    days = {one.name: one.day for one in own}
    return tuple(replace(one, day=one.day or days.get(one.name)) for one in steps)
