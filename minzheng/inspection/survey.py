"""How complete the archive is: every case and every village's year beside what it must have."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from archive_indexer.stores.paper_counts import PaperGroup
from minzheng.county.registry.required_papers import Scheme, Step, YearlyDuty
from minzheng.county.town_names import lies_in
from minzheng.inspection.case_steps import CaseFacts, CaseStep, Measure, steps_of
from minzheng.inspection.counted_cases import (
    CasePapers,
    Counted,
    Listing,
    Pile,
    Rules,
    gather_cases,
    gather_lists,
)
from minzheng.inspection.standings import Lack, Need, Standing, Subject, compare

CellKey = tuple[str, str, str]  #: town, village, dossier; parts may be empty for sums


@dataclass(frozen=True, slots=True)
class Cell:
    """A village's dossier in a year, or a sum of such."""

    files: int = 0
    needed: int = 0
    lacking: int = 0
    forbidden: int = 0  #: cases with papers that must not be there

    @property
    def level(self) -> str:
        """How complete it is, in five steps and two that say nothing of it."""
        if not self.needed:
            return "unruled" if self.files else "empty"
        if not self.lacking and not self.forbidden:
            return "full"
        part = 1 - self.lacking / self.needed
        return "most" if part >= 0.8 else "half" if part >= 0.5 else "low" if part else "none"

    def plus(self, other: "Cell") -> "Cell":
        """The sum of two cells."""
        return Cell(
            self.files + other.files,
            self.needed + other.needed,
            self.lacking + other.lacking,
            self.forbidden + other.forbidden,
        )


@dataclass(frozen=True)
class Survey:
    """What there is, and how far it is what must be there."""

    files: Counter[tuple[Pile, str]]  #: files by place, dossier and year
    standings: tuple[Standing, ...]

    @classmethod
    def nothing(cls) -> "Survey":
        """What somebody sees who sees nothing."""
        return cls(Counter(), ())

    @property
    def years(self) -> list[str]:
        """The years there is anything of, newest first."""
        return sorted({year for _, year in self.files} - {""}, reverse=True)

    def without(self, hidden: Collection[str]) -> "Survey":
        """The same for whoever does not see some dossiers, nor that there are papers of them."""
        if not hidden:
            return self
        files = {key: count for key, count in self.files.items() if key[0][2] not in hidden}
        years = {(town, village, year) for (town, village, _), year in files}
        standings = (
            one
            for one in self.standings
            if (of := one.subject).dossier not in hidden
            and (of.is_case or (of.town, of.village, of.year) in years)
        )
        return Survey(Counter(files), tuple(standings))

    @cached_property
    def _by_number(self) -> dict[str, Standing]:
        return {one.subject.case_no: one for one in self.standings if one.subject.case_no}

    def case(self, case_no: str) -> Standing | None:
        """How a case stands; None when no paper begins it."""
        return self._by_number.get(case_no)

    def cells(self, year: str = "") -> dict[CellKey, Cell]:
        """Every village's dossier; sums stand under an empty village, town or dossier."""
        cells: dict[CellKey, Cell] = defaultdict(Cell)
        parts: dict[CellKey, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for (pile, file_year), files in self.files.items():
            if year in ("", file_year):
                parts[pile][0] += files
        for standing in self.standings:
            of = standing.subject
            if year in ("", of.year):
                part = parts[of.town, of.village, of.dossier]
                part[1] += standing.needed
                part[2] += standing.lacking
                part[3] += bool(standing.forbidden)
        for (town, village, dossier), numbers in parts.items():
            cell = Cell(*numbers)
            for key in _sums_of(town, village, dossier):
                cells[key] = cells[key].plus(cell)
        return dict(cells)

    def of(self, year: str, town: str = "", village: str = "", dossier: str = "") -> list[Standing]:
        """Whatever lacks something or has too much, of a place, dossier and year."""
        wanted = (("town", town), ("village", village), ("dossier", dossier), ("year", year))
        return [one for one in self._asked_for(wanted) if one.lacks or one.forbidden]

    def not_due(
        self, year: str, town: str = "", village: str = "", dossier: str = ""
    ) -> list[Standing]:
        """Cases that lack nothing yet, of which some step is still to come."""
        wanted = (("town", town), ("village", village), ("dossier", dossier), ("year", year))
        found = self._asked_for(wanted)
        return [one for one in found if one.waiting and not one.lacks and not one.forbidden]

    def _asked_for(self, wanted: Iterable[tuple[str, str]]) -> list[Standing]:
        asked = [(name, value) for name, value in wanted if value]
        return [
            one
            for one in self.standings
            if all(_is_of(one.subject, name, value) for name, value in asked)
        ]


def _is_of(subject: Subject, name: str, value: str) -> bool:
    return lies_in(subject.town, value) if name == "town" else getattr(subject, name) == value


def count_lacks(standings: Iterable[Standing]) -> list[tuple[str, int]]:
    """How many subjects lack each need, the commonest first."""
    return Counter(lack.need.name for one in standings for lack in one.lacks).most_common()


def survey(
    counted: Counted, rules: Rules, duties: Iterable[YearlyDuty], measure: Measure
) -> Survey:
    """Compare what was counted with what must be there."""
    files: Counter[tuple[Pile, str]] = Counter()
    for group in counted.groups:
        pile = (group.town, group.village, group.dossier)
        files[pile, group.year] += len(group.forms)
    cases = list(gather_cases(counted, rules))
    years: dict[tuple[Pile, str], set[str]] = defaultdict(set)
    names: dict[Pile, set[str]] = defaultdict(set)
    for pile, case in cases:
        years[pile, case.person].add(case.year)
        names[pile] |= {case.person, case.case_no, *case.ids}
    lists = gather_lists(counted, rules, names)
    standings = []
    for pile, case in cases:
        scheme = rules.schemes[pile[2]]
        listings = tuple(lists.naming(pile, case, years[pile, case.person]))
        opened = case.opened(counted.first_seen.get((*pile, case.case_no or case.person)))
        listed = (one.proof for one in listings)
        proofs = (*case.proofs, *case.scan_proofs(scheme), *listed)
        facts = CaseFacts(proofs, opened, case.ended, case.waiting, case.owed)
        steps = steps_of(scheme, facts, measure)
        standings.append(_case_standing(pile, case, listings, steps, scheme))
    return Survey(files, (*standings, *_years(counted.groups, tuple(duties))))


def _case_standing(
    pile: Pile,
    case: CasePapers,
    listings: Iterable[Listing],
    steps: tuple[CaseStep, ...],
    scheme: Scheme,
) -> Standing:
    lacks = tuple(
        lack
        for one in steps
        if one.is_lacking and (step := scheme.step_named(one.name))
        for lack in [_lack_of(one, step)]
    )
    found = {form for form in case.forms if case.forms[form]}
    found |= {one.form_id for one in listings if one.is_scan and one.form_id}
    forbidden = tuple(sorted(scheme.forbidden & found))
    scanned = (one for one in steps if one.is_needed and one.state == "已归档")
    needed = sum(1 for _ in scanned) + sum(lack.need.times for lack in lacks)
    subject = Subject(*pile, case.year, case.case_no, case.person)
    return Standing(subject, needed, lacks, tuple(sorted(found)), forbidden, steps)


def _lack_of(one: CaseStep, step: Step) -> Lack:
    """A step without its paper; of one that is to be done again the next paper."""
    there = sum(proof.is_scan for proof in one.proofs)
    return Lack(Need(one.name, step.all_forms, there + 1), there)


def _years(groups: list[PaperGroup], duties: tuple[YearlyDuty, ...]) -> Iterator[Standing]:
    """A village's year counts from its first paper; papers of one number are one paper."""
    wanted = frozenset[str]().union(*(duty.forms for duty in duties))
    there: set[tuple[str, str, str]] = set()
    found: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for group in groups:
        if group.year and group.village:
            key = (group.town, group.village, group.year)
            there.add(key)
            for form_id in wanted.intersection(group.forms):
                found[key][form_id] += 1 if group.case_no else group.forms.count(form_id)
    needs: dict[str, list[Need]] = defaultdict(list)
    for duty in duties:
        needs[duty.dossier].append(Need(duty.name, duty.forms, duty.times))
    for town, village, year in sorted(there):
        for dossier, asked in needs.items():
            subject = Subject(town, village, dossier, year)
            counted = found.get((town, village, year), Counter())
            there_of = {form: count for form, count in counted.items() if _is_asked(form, asked)}
            yield compare(subject, asked, there_of)


def _is_asked(form_id: str, needs: Iterable[Need]) -> bool:
    return any(form_id in need.forms for need in needs)


def _sums_of(town: str, village: str, dossier: str) -> set[CellKey]:
    places = {(town, village), (town, ""), ("", "")}
    return {(*place, code) for place in places for code in (dossier, "")}
