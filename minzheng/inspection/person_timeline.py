"""Every trace of a person: issued documents and scans together, people of one name apart.

Who is meant is told by the ID number beside the name, else by the case the paper belongs
to; a paper with neither goes to the only person of that name in its village, else it stays
apart.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from minzheng.county.county import County
from minzheng.county.registry.required_papers import Scheme, Step
from minzheng.inspection.traces import (
    Kind,
    Trace,
    dossier_spoken_of,
    id_beside,
    is_list,
    latest_day,
    step_of,
)

BY_CASE, BY_VILLAGE = "按案件编号", "按同村同名"


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


@dataclass(frozen=True, slots=True)
class Bundle:
    """Papers that are one in the timeline: pages of a form photographed one by one."""

    first: Trace
    others: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class PersonTraces:
    """One person, the cases, and the traces, oldest first."""

    name: str
    id_no: str
    places: tuple[str, ...]
    traces: tuple[Trace, ...]
    cases: tuple[CaseLine, ...]

    @property
    def by_year(self) -> tuple[tuple[str, tuple[Bundle, ...]], ...]:
        """The traces under their years; undated ones last."""
        years = dict.fromkeys(trace.year_shown for trace in self.traces)
        return tuple(
            (year or "年份不明", _bundles(one for one in self.traces if one.year_shown == year))
            for year in years
        )


def follow_person(name: str, traces: Iterable[Trace], county: County) -> tuple[PersonTraces, ...]:
    """All people of a name, those with most traces first."""
    schemes = county.required.schemes
    completed = _with_kinds(name, [_complete(name, one, county) for one in traces], schemes)
    of_case = _ids_of_cases(completed)
    groups: dict[str, list[Trace]] = {}
    unknown = []
    for trace in completed:
        id_no = trace.id_no or of_case.get(trace.case_no, "")
        if id_no:
            because = "" if trace.id_no else BY_CASE
            groups.setdefault(id_no, []).append(replace(trace, id_no=id_no, because=because))
        else:
            unknown.append(trace)
    for trace in unknown:
        key = _only_one_there(trace, groups) or f"{trace.town}{trace.village}"
        groups.setdefault(key, []).append(replace(trace, because=BY_VILLAGE))
    people = [_person(name, group, schemes) for group in groups.values()]
    return tuple(sorted(people, key=lambda one: (-len(one.traces), one.id_no)))


def cases_of(name: str, traces: Iterable[Trace], county: County) -> set[str]:
    """Numbers of the cases that are this person's own, to look for their other papers."""
    given = [_complete(name, one, county) for one in traces]
    completed = _with_kinds(name, given, county.required.schemes)
    return {
        one.case_no for one in completed if one.case_no and one.person == name and one.kind == "own"
    }


def _complete(name: str, trace: Trace, county: County) -> Trace:
    about = dossier_spoken_of(trace, county.dossiers)
    is_anothers = trace.person not in ("", name)
    return replace(
        trace,
        id_no=(trace.id_no or id_beside(name, trace.text, is_anothers=is_anothers)).upper(),
        day=trace.day or latest_day(trace.text, trace.year),
        about=about,
        step=step_of(trace, county.required.schemes.get(about), county.required),
    )


def _with_kinds(name: str, traces: list[Trace], schemes: Mapping[str, Scheme]) -> list[Trace]:
    """Whether each is the person's own, a list, or somebody else's paper."""
    holders: dict[str, set[str]] = defaultdict(set)
    for trace in traces:
        if trace.case_no and trace.person and not is_list(trace, schemes):
            holders[trace.case_no].add(trace.person)
    done = []
    for trace in traces:
        others = holders.get(trace.case_no) or {trace.person} - {""}
        is_own = not others or name in others
        kind: Kind = "list" if is_list(trace, schemes) else "own" if is_own else "mention"
        done.append(replace(trace, kind=kind))
    return done


def _ids_of_cases(traces: Iterable[Trace]) -> dict[str, str]:
    """The ID number of each case whose own papers name just one."""
    found: dict[str, set[str]] = defaultdict(set)
    for trace in traces:
        if trace.kind == "own" and trace.case_no and trace.id_no:
            found[trace.case_no].add(trace.id_no)
    return {case_no: next(iter(ids)) for case_no, ids in found.items() if len(ids) == 1}


def _only_one_there(trace: Trace, groups: Mapping[str, list[Trace]]) -> str:
    there = [
        key
        for key, group in groups.items()
        if any((one.town, one.village) == (trace.town, trace.village) for one in group)
    ]
    return there[0] if len(there) == 1 else ""


def _person(name: str, traces: list[Trace], schemes: Mapping[str, Scheme]) -> PersonTraces:
    ordered = tuple(sorted(_without_copies(traces), key=lambda one: _when(one, schemes)))
    places = dict.fromkeys(f"{one.town}{one.village}" for one in ordered if one.village)
    known = next((one.id_no for one in ordered if one.id_no), "")
    return PersonTraces(name, known, tuple(places), ordered, _draw_lines(ordered, schemes))


def _without_copies(traces: Iterable[Trace]) -> list[Trace]:
    """The same content lying twice is one trace; the one that is still there counts."""
    kept: dict[str, Trace] = {}
    for trace in sorted(traces, key=lambda one: not one.present):
        key = trace.sha256 or f"{trace.source} {trace.number}"
        before = kept.get(key)
        kept[key] = replace(before, copies=before.copies + 1) if before else trace
    return list(kept.values())


def _when(trace: Trace, schemes: Mapping[str, Scheme]) -> tuple[str, dt.date, int]:
    scheme = schemes.get(trace.about)
    names = [step.name for step in scheme.steps] if scheme else []
    place = names.index(trace.step) if trace.step in names else len(names)
    return trace.year_shown or "9999", trace.day or dt.date.max, place


def _bundles(traces: Iterable[Trace]) -> tuple[Bundle, ...]:
    groups: dict[object, list[Trace]] = {}
    for trace in traces:
        is_part = trace.form_id and trace.case_no and trace.source == "扫描件"
        same = (trace.form_id, trace.case_no, trace.step)
        groups.setdefault(same if is_part else trace, []).append(trace)
    return tuple(Bundle(first, tuple(others)) for first, *others in groups.values())


def _draw_lines(traces: Iterable[Trace], schemes: Mapping[str, Scheme]) -> tuple[CaseLine, ...]:
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
