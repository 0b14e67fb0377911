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
from minzheng.county.registry.required_papers import Scheme
from minzheng.county.town_names import place_in_words
from minzheng.inspection.case_lines import CaseLine, draw_lines, told_alike
from minzheng.inspection.case_steps import Measure, dossier_spoken_of, is_of_many, step_told
from minzheng.inspection.standings import Standing
from minzheng.inspection.traces import Kind, Trace, id_beside, latest_day

BY_CASE, BY_VILLAGE = "按案件编号", "按同村同名"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Papers that are one in the timeline.

    Pages of a form photographed one by one; printings of a 送审稿, the last of them first.
    """

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


def follow_person(
    name: str, traces: Iterable[Trace], county: County, today: dt.date
) -> tuple[PersonTraces, ...]:
    """All people of a name, those with most traces first."""
    schemes = county.required.schemes
    measure = Measure(today, county.terms, county.calendar, county.desks)
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
    people = [_person(name, group, schemes, measure) for group in groups.values()]
    return tuple(sorted(people, key=lambda one: (-len(one.traces), one.id_no)))


def cases_of(name: str, traces: Iterable[Trace], county: County) -> set[str]:
    """Numbers of the cases that are this person's own, to look for their other papers."""
    given = [_complete(name, one, county) for one in traces]
    completed = _with_kinds(name, given, county.required.schemes)
    return {
        one.case_no for one in completed if one.case_no and one.person == name and one.kind == "own"
    }


def _complete(name: str, trace: Trace, county: County) -> Trace:
    about = dossier_spoken_of(trace.dossier, trace.title, county.dossiers)
    scheme = county.required.schemes.get(about)
    is_anothers = trace.person not in ("", name)
    return replace(
        trace,
        id_no=(trace.id_no or id_beside(name, trace.text, is_anothers=is_anothers)).upper(),
        day=trace.day or latest_day(trace.text, trace.year),
        about=about,
        step=step_told(trace.form_id, trace.title, scheme, county.required),
    )


def _with_kinds(name: str, traces: list[Trace], schemes: Mapping[str, Scheme]) -> list[Trace]:
    """Whether each is the person's own, a list, or somebody else's paper."""
    holders: dict[str, set[str]] = defaultdict(set)
    for trace in traces:
        if trace.case_no and trace.person and not _is_list(trace, schemes):
            holders[trace.case_no].add(trace.person)
    done = []
    for trace in traces:
        others = holders.get(trace.case_no) or {trace.person} - {""}
        is_own = not others or name in others
        kind: Kind = "list" if _is_list(trace, schemes) else "own" if is_own else "mention"
        done.append(replace(trace, kind=kind))
    return done


def _is_list(trace: Trace, schemes: Mapping[str, Scheme]) -> bool:
    return is_of_many(trace.form_id, trace.step, schemes.get(trace.about))


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


def with_standings(
    people: Iterable[PersonTraces], standings: Iterable[Standing]
) -> tuple[PersonTraces, ...]:
    """The same people, their cases as the survey of their villages tells of them."""
    told, everybody = list(standings), tuple(people)
    numbers = [{line.case_no for line in one.cases} - {""} for one in everybody]
    return tuple(
        replace(one, cases=told_alike(one.cases, [
            standing
            for standing in told
            if _is_of(one, standing, everybody, frozenset().union(*numbers) - numbers[place])
        ]))
        for place, one in enumerate(everybody)
    )  # fmt: skip


def _is_of(
    person: PersonTraces,
    standing: Standing,
    everybody: tuple[PersonTraces, ...],
    others: frozenset[str],
) -> bool:
    """Whether a case is this person's: by its number, else by the only one of that name there."""
    of = standing.subject
    place = place_in_words(of.town, of.village)
    if of.case_no and any(line.case_no == of.case_no for line in person.cases):
        return True
    is_named = of.is_case and of.person == person.name and of.case_no not in others
    alone = sum(place in one.places for one in everybody) == 1
    return is_named and alone and place in person.places


def _person(
    name: str, traces: list[Trace], schemes: Mapping[str, Scheme], measure: Measure
) -> PersonTraces:
    ordered = tuple(sorted(_without_copies(traces), key=lambda one: _when(one, schemes)))
    places = dict.fromkeys(f"{one.town}{one.village}" for one in ordered if one.village)
    known = next((one.id_no for one in ordered if one.id_no), "")
    return PersonTraces(name, known, tuple(places), ordered, draw_lines(ordered, schemes, measure))


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
        if trace.waits_for and trace.paper:  # where the last of its printings stands
            printed = [trace, *groups.pop(trace.paper, ())]
            groups[trace.paper] = sorted(printed, key=lambda one: -one.number)
            continue
        is_part = trace.form_id and trace.case_no and trace.source == "扫描件"
        same = (trace.form_id, trace.case_no, trace.step)
        groups.setdefault(same if is_part else trace, []).append(trace)
    return tuple(Bundle(first, tuple(others)) for first, *others in groups.values())
