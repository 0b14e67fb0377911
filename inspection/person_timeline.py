"""Every trace of a person: issued documents and scans together, people of one name apart.

Who is meant is told by the ID number beside the name; a paper without one goes to the only
person of that name in its village, else it stays apart.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from county.chinese_dates import parse_date
from county.completeness import Scheme, Step

_ID = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?![0-9A-Za-z])"
)
_DATE = re.compile(r"(?:19|20)\d{2}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?")
_AFTER, _BEFORE = 90, 40  #: characters around a name in which its ID number stands
_EARLIEST = dt.date(1990, 1, 1)

Source = Literal["出具文书", "扫描件"]


@dataclass(frozen=True, slots=True)
class Trace:
    """One paper about a person."""

    source: Source
    number: int  #: of the issued document, or of the file
    title: str
    text: str  #: what stands on it, to find ID and date
    page: int = 1
    form_id: str = ""
    dossier: str = ""
    town: str = ""
    village: str = ""
    year: str = ""
    case_no: str = ""
    id_no: str = ""  #: known for records; found for scans
    day: dt.date | None = None
    step: str = ""
    is_certain: bool = True  #: whether an ID number says whose it is
    present: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """What a dossier's case lacks."""

    dossier: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonTraces:
    """One person and the traces, oldest first."""

    name: str
    id_no: str
    places: tuple[str, ...]
    traces: tuple[Trace, ...]
    gaps: tuple[Gap, ...]

    @property
    def by_year(self) -> tuple[tuple[str, tuple[Trace, ...]], ...]:
        """The traces under their years; undated ones last."""
        years = dict.fromkeys(_year_of(trace) for trace in self.traces)
        return tuple(
            (year or "年份不明", tuple(one for one in self.traces if _year_of(one) == year))
            for year in years
        )


def follow_person(
    name: str, traces: Iterable[Trace], schemes: Mapping[str, Scheme]
) -> tuple[PersonTraces, ...]:
    """All people of a name, those with most traces first."""
    completed = [_complete(name, trace, schemes) for trace in traces]
    groups: dict[str, list[Trace]] = {}
    for trace in completed:
        if trace.id_no:
            groups.setdefault(trace.id_no, []).append(trace)
    for trace in completed:
        if not trace.id_no:
            key = _only_one_there(trace, groups) or f"{trace.town}{trace.village}"
            groups.setdefault(key, []).append(replace(trace, is_certain=False))
    people = [_person(name, key, group, schemes) for key, group in groups.items()]
    return tuple(sorted(people, key=lambda one: (-len(one.traces), one.id_no)))


def id_beside(name: str, text: str) -> str:
    """The ID number that stands nearest to a name; the only one of a text without near ones."""
    found: list[tuple[int, str]] = []
    for at in (match.start() for match in re.finditer(re.escape(name), text)):
        start = max(0, at - _BEFORE)
        for match in _ID.finditer(text[start : at + len(name) + _AFTER]):
            distance = start + match.start() - at
            found.append((distance if distance >= 0 else 3 * -distance, match[0].upper()))
    if found:
        return min(found)[1]
    all_ids = {match[0].upper() for match in _ID.finditer(text)}
    return all_ids.pop() if len(all_ids) == 1 else ""


def latest_day(text: str) -> dt.date | None:
    """The latest date of a paper: births and older papers come before it."""
    days = (parse_date(re.sub(r"\s", "", match[0])) for match in _DATE.finditer(text))
    known = [day for day in days if day and day >= _EARLIEST]
    return max(known) if known else None


def find_gaps(traces: Iterable[Trace], schemes: Mapping[str, Scheme]) -> tuple[Gap, ...]:
    """Steps without a paper, of each dossier in which something was applied for or approved."""
    by_dossier: dict[str, list[Trace]] = {}
    for trace in traces:
        by_dossier.setdefault(trace.dossier, []).append(trace)
    gaps = []
    for dossier, group in by_dossier.items():
        scheme = schemes.get(dossier)
        if scheme is None or not any(scheme.step_of(trace.form_id) for trace in group):
            continue
        first = min((trace.day for trace in group if trace.day), default=None)
        done = {step for trace in group if (step := scheme.step_of(trace.form_id))}
        missing = [step.name for step in scheme.steps if _is_missing(step, done, first)]
        if missing:
            gaps.append(Gap(dossier, tuple(missing)))
    return tuple(gaps)


def _is_missing(step: Step, done: set[Step], day: dt.date | None) -> bool:
    return step not in done and step.is_needed_on(day)


def _complete(name: str, trace: Trace, schemes: Mapping[str, Scheme]) -> Trace:
    scheme = schemes.get(trace.dossier)
    step = scheme.step_of(trace.form_id) if scheme else None
    return replace(
        trace,
        id_no=(trace.id_no or id_beside(name, trace.text)).upper(),
        day=trace.day or latest_day(trace.text),
        step=step.name if step else "",
    )


def _only_one_there(trace: Trace, groups: Mapping[str, list[Trace]]) -> str:
    there = [
        key
        for key, group in groups.items()
        if any((one.town, one.village) == (trace.town, trace.village) for one in group)
    ]
    return there[0] if len(there) == 1 else ""


def _person(
    name: str, key: str, traces: list[Trace], schemes: Mapping[str, Scheme]
) -> PersonTraces:
    ordered = tuple(
        sorted(traces, key=lambda one: (_year_of(one) or "9999", one.day or dt.date.max))
    )
    places = dict.fromkeys(f"{one.town}{one.village}" for one in ordered if one.village)
    known = next((one.id_no for one in ordered if one.id_no), "")
    return PersonTraces(name, known, tuple(places), ordered, find_gaps(ordered, schemes))


def _year_of(trace: Trace) -> str:
    return trace.year or (str(trace.day.year) if trace.day else "")
