"""Papers counted in the archive become cases, lists and the years of a village."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from archive_indexer.stores.paper_counts import Notice, PaperGroup
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.required_papers import Scheme

PUBLICITY = "GS"
_YEAR_IN_CASE = re.compile(r"^[A-Z]{2}-\d{6}-(\d{4})-")

Pile = tuple[str, str, str]  #: town, village, dossier


@dataclass(slots=True)
class CasePapers:
    """The papers of one case while they are gathered."""

    case_no: str
    person: str
    years: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)

    @property
    def year(self) -> str:
        """The year its number names, else that of its oldest paper."""
        match = _YEAR_IN_CASE.match(self.case_no)
        return match[1] if match else min(filter(str.isdecimal, self.years), default="")


class Lists:
    """Papers that speak of many cases: which forms of which years a village has."""

    def __init__(self) -> None:
        self._years: dict[tuple[Pile, str], set[str]] = defaultdict(set)

    def add(self, pile: Pile, form_id: str, year: str) -> None:
        """Note that a village has a list of a form and year."""
        self._years[pile, form_id].add(year)

    def cover(self, pile: Pile, form_id: str, year: str) -> bool:
        """Whether a case of a year can stand on such a list: of its year or the next."""
        years = self._years.get((pile, form_id))
        if not years:
            return False
        return not year or not years.isdisjoint(("", year, str(int(year) + 1)))


def gather_lists(
    groups: Iterable[PaperGroup],
    notices: Iterable[Notice],
    schemes: Mapping[str, Scheme],
    dossiers: Dossiers,
) -> Lists:
    """The lists of the dossiers themselves, and what was made public of them."""
    lists, known = Lists(), {code: scheme.lists for code, scheme in schemes.items()}
    for group in groups:
        for form_id in known.get(group.dossier, frozenset()).intersection(group.forms):
            lists.add((group.town, group.village, group.dossier), form_id, group.year)
    for notice in notices:
        named = {dossier.code for dossier, _ in dossiers.find_in(notice.title)} - {PUBLICITY}
        for code in named or schemes.keys():
            lists.add((notice.town, notice.village, code), notice.form_id, notice.year)
    return lists


def gather_cases(
    groups: Iterable[PaperGroup], schemes: Mapping[str, Scheme]
) -> Iterator[tuple[Pile, CasePapers]]:
    """Every case that has a paper of its own; lists and unknown papers open none."""
    piles: dict[Pile, list[PaperGroup]] = defaultdict(list)
    for group in groups:
        if group.dossier in schemes and (group.case_no or group.person):
            piles[group.town, group.village, group.dossier].append(group)
    for pile, papers in piles.items():
        scheme = schemes[pile[2]]
        own = frozenset[str]().union(*(step.forms for step in scheme.steps))
        for case in _cases_of(papers):
            if not own.isdisjoint(case.forms):
                yield pile, case


def _cases_of(papers: list[PaperGroup]) -> Iterable[CasePapers]:
    """By number; papers without one go to the only case of their person."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for group in papers:
        if group.case_no and group.person:
            numbers[group.person].add(group.case_no)
    cases: dict[str, CasePapers] = {}
    for group in papers:
        known = numbers.get(group.person, set())
        number = group.case_no or (next(iter(known)) if len(known) == 1 else "")
        case = cases.setdefault(number or group.person, CasePapers(number, group.person))
        case.person = case.person or group.person
        case.years.add(group.year)
        case.forms.update(form for form in group.forms if form)
    return cases.values()
