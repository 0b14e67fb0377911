"""Papers counted in the archive and issued here become cases, and lists that name people."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from archive_indexer.stores.paper_counts import PaperGroup, ToldPaper
from filler.records.issued_papers import IssuedPaper, ListedPerson
from minzheng.county.registry.case_changes import CaseLaw
from minzheng.county.registry.dossiers import Dossiers
from minzheng.county.registry.paper_words import PaperWords
from minzheng.county.registry.required_papers import RequiredPapers, Scheme, Step
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.inspection.case_steps import (
    PUBLICITY,
    Opened,
    OwedLetter,
    Proof,
    Waiting,
    dossier_spoken_of,
    is_of_many,
    last_of,
    step_told,
)

_CASE = re.compile(r"^([A-Z]{2})-\d{6}-(\d{4})-")
#: What tells two people of one name apart on a public list: 测试甲（乙）.
_SUFFIX = re.compile(r"[（(].*$")

Pile = tuple[str, str, str]  #: town, village, dossier
WordsOf = Callable[[Set[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Counted:
    """All that is known of the papers of some places."""

    groups: list[PaperGroup]
    told: list[ToldPaper] = field(default_factory=list)
    issued: list[IssuedPaper] = field(default_factory=list)
    listed: list[ListedPerson] = field(default_factory=list)
    #: by place, dossier and case or person
    first_seen: Mapping[tuple[str, ...], dt.date] = field(default_factory=dict)
    #: what stands on contents: minutes name people in sentences, where no column tells them
    words_of: WordsOf = field(default=lambda contents: {}, compare=False)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that names a person: which step it proves, of which year, with which numbers."""

    form_id: str
    step: str
    year: str
    ids: frozenset[str]
    day: dt.date | None = None
    is_scan: bool = True
    number: int = 0  #: of the issued document

    @property
    def proof(self) -> Proof:
        """What it proves of a case whose person it names."""
        year = self.year if self.is_scan else ""
        return Proof(self.step, self.day, self.is_scan, self.form_id, self.number, year)


@dataclass(slots=True)
class CasePapers:
    """The papers of one case while they are gathered."""

    case_no: str
    person: str
    years: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    proofs: list[Proof] = field(default_factory=list)  #: beside those of its scans' forms
    began: dt.date | None = None  #: the day of application, when a document issued here tells it
    ended: dt.date | None = None
    year_of: dict[str, str] = field(default_factory=dict)  #: the last year of each scanned form
    ends_not: set[str] = field(default_factory=set)  #: forms that might have ended it and did not
    waiting: Waiting | None = None  #: its newest 送审稿, when nobody decided it yet
    asking: OwedLetter | None = None  #: the letter its newest decision asks for, unless issued
    letters: int = 0  #: how many were issued

    @property
    def year(self) -> str:
        """The year its number names, else that of its oldest paper."""
        match = _CASE.match(self.case_no)
        return match[2] if match else min(filter(str.isdecimal, self.years), default="")

    def opened(self, first_seen: dt.date | None) -> Opened:
        """When it began, as exactly as its papers tell."""
        if self.began is not None:
            return Opened(self.began, self.began)
        return Opened.within(self.year, first_seen)

    def end(self, day: dt.date | None) -> None:
        """It ended on a day, or before."""
        if day is not None:
            self.ended = min(day, self.ended or day)

    @property
    def owed(self) -> OwedLetter | None:
        """The letter that is owed still; a scan more than was issued may be it."""
        if self.asking is None or self.forms[self.asking.form_id] > self.letters:
            return None
        return self.asking

    def note_letter(self, one: IssuedPaper) -> None:
        """What a document asks for, or that it is what was asked for; in the order of issue."""
        if one.letter:
            self.asking = OwedLetter(one.letter, one.day)
        elif self.asking is not None and one.form_id == self.asking.form_id:
            self.asking, self.letters = None, self.letters + 1

    def scan_proofs(self, scheme: Scheme) -> Iterator[Proof]:
        """What the scans of its forms prove; a letter that stopped nothing is no end of it."""
        for step in scheme.steps:
            forms = step.forms - (self.ends_not if step.only_if_needed else frozenset())
            for form_id in forms & self.forms.keys():
                proof = Proof(step.name, form_id=form_id, year=self.year_of.get(form_id, ""))
                yield from (proof for _ in range(self.forms[form_id]))


class Lists:
    """Papers that speak of many cases: whom they name decides whose they are.

    `asked_for` are the names and ID numbers of the cases of each dossier of a village;
    others are not kept.
    """

    def __init__(self, asked_for: Mapping[Pile, Set[str]]) -> None:
        self._asked_for = asked_for
        self._of: dict[tuple[Pile, str], list[Listing]] = defaultdict(list)

    def add(self, pile: Pile, names: Set[str], listing: Listing, words: str = "") -> None:
        """Note a list of a village's dossier and whom it names, perhaps in its sentences."""
        asked_for = self._asked_for.get(pile, frozenset())
        apart = {_SUFFIX.sub("", one) for one in names if "（" in one or "(" in one}
        said = {one for one in asked_for if one and one in words} if words else set()
        for told in (names | apart | listing.ids | said) & asked_for:
            self._of[pile, told].append(listing)

    def naming(self, pile: Pile, case: CasePapers, years: Iterable[str]) -> Iterator[Listing]:
        """Lists on which a case's person stands, from its year until their next case.

        `years` are those of all cases of the person there.
        """
        until = min((year for year in years if case.year and year > case.year), default="9999")
        keys = {case.person, case.case_no, *case.ids} - {""}
        named = {id(one): one for key in keys for one in self._of.get((pile, key), ())}
        for one in named.values():
            is_anothers = bool(one.ids and case.ids) and one.ids.isdisjoint(case.ids)
            if not is_anothers and (not one.year or case.year <= one.year < until):
                yield one


@dataclass(frozen=True, slots=True)
class Rules:
    """What cases must hold, and by which words papers tell their step."""

    schemes: Mapping[str, Scheme]
    required: RequiredPapers
    dossiers: Dossiers
    law: CaseLaw = field(default_factory=CaseLaw)
    paper_words: PaperWords | None = None  #: how minutes tell who met


def gather_lists(counted: Counted, rules: Rules, asked_for: Mapping[Pile, Set[str]]) -> Lists:
    """Every list with whom it names; papers of one number name their people together."""
    lists = Lists(asked_for)
    named = _Named(counted)
    found = [(paper, _steps_of_list(paper, rules)) for paper in counted.told]
    wordy = {paper.sha256 for paper, steps in found if steps and not paper.names} - {""}
    words = _words_on(wordy, counted, rules) if wordy else {}
    for paper, steps in found:
        names = named.on(paper) if steps else frozenset[str]()
        for code, step in steps:
            listing = Listing(paper.form_id, step, paper.year, paper.ids)
            pile = (paper.town, paper.village, code)
            lists.add(pile, names, listing, words.get(paper.sha256, ""))
    for one in counted.listed:
        for code in _schemes_of_issued(one, rules):
            proved = rules.schemes[code].step_of(one.form_id)
            ids = frozenset({one.id_no} - {""})
            year = str(one.day.year)
            if proved is not None:
                listing = Listing(one.form_id, proved.name, year, ids, one.day, False, one.number)
                names = {one.name} if one.name else named.of_number(one.case_no)
                lists.add((one.town, one.village, code), names, listing)
    return lists


def _words_on(contents: Set[str], counted: Counted, rules: Rules) -> Mapping[str, str]:
    """What stands on papers without columns of names, but for who was at a meeting."""
    found = counted.words_of(contents)
    if rules.paper_words is None:
        return found
    return {one: rules.paper_words.without_attendance(text) for one, text in found.items()}


class _Named:
    """Whom the papers of each number name together; one that names nobody speaks of its case."""

    def __init__(self, counted: Counted) -> None:
        self._of: dict[str, set[str]] = defaultdict(set)
        for paper in counted.told:
            if paper.case_no:
                self._of[paper.case_no] |= paper.names
        for one in counted.listed:
            if one.case_no and one.name:
                self._of[one.case_no] |= {one.name, one.id_no} - {""}

    def on(self, paper: ToldPaper) -> Set[str]:
        """Names on a scanned list and on the other papers of its number."""
        return self.of_number(paper.case_no) if paper.case_no else paper.names

    def of_number(self, case_no: str) -> Set[str]:
        """Names on the papers of a number, else the number."""
        return self._of.get(case_no) or {case_no}


def _steps_of_list(paper: ToldPaper, rules: Rules) -> list[tuple[str, str]]:
    """For which dossiers it is a list, and of which step; a notice of none speaks of all."""
    about = dossier_spoken_of(paper.dossier, paper.title, rules.dossiers)
    codes = rules.schemes.keys() if about == PUBLICITY else {about} & rules.schemes.keys()
    found = []
    for code in codes:
        scheme = rules.schemes[code]
        step = step_told(paper.form_id, paper.title, scheme, rules.required)
        if is_of_many(paper.form_id, step, scheme):
            found.append((code, step))
        elif code == about and paper.form_id in scheme.forbidden:
            found.append((code, ""))
    return found


def _schemes_of_issued(one: ListedPerson, rules: Rules) -> Iterable[str]:
    own = one.form_id.partition("-")[0]
    if own in rules.schemes:
        return [own]
    matter = rules.dossiers.of_matter_in(one.scheme)
    if matter is not None:
        return {matter.code} & rules.schemes.keys()
    named = {found.code for found, _ in rules.dossiers.find_in(one.scheme)} - {PUBLICITY}
    return named & rules.schemes.keys()


def gather_cases(counted: Counted, rules: Rules) -> Iterator[tuple[Pile, CasePapers]]:
    """Every case that has a paper of its own; lists and unknown papers open none."""
    piles: dict[Pile, list[PaperGroup]] = defaultdict(list)
    for group in counted.groups:
        if group.dossier in rules.schemes and (group.case_no or group.person):
            piles[group.town, group.village, group.dossier].append(group)
    issued = _issued_by_pile(counted.issued, rules.schemes)
    titled = _titled_by_pile(counted.told, rules)
    for pile in dict.fromkeys((*piles, *issued)):
        scheme = rules.schemes[pile[2]]
        cases = _cases_of(piles.get(pile, []), rules.law)
        _add_issued(cases, issued.get(pile, []), scheme, rules.law)
        for key, step, year in titled.get(pile, ()):
            case = _case_of(key, cases)
            if case is not None:
                case.proofs.append(Proof(step, year=year))
                if _is_end(scheme.step_named(step), rules.law):
                    case.end(last_of(year))
        yield from ((pile, one) for one in cases.values() if _is_case(one, scheme))


def _is_end(step: Step | None, law: CaseLaw) -> bool:
    """Whether a step is the end of a case."""
    return bool(step and step.only_if_needed and step.forms & (law.always_ending | law.may_end))


def _is_case(case: CasePapers, scheme: Scheme) -> bool:
    """Whether a paper of its own begins it, or goes round to be decided."""
    if case.waiting is not None:
        return True
    opening = (step.forms for step in scheme.steps if scheme.opens(step.name))
    own = frozenset[str]().union(*opening)
    return not own.isdisjoint(case.forms) or any(scheme.opens(one.step) for one in case.proofs)


def _cases_of(papers: list[PaperGroup], law: CaseLaw) -> dict[str, CasePapers]:
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
        for form in filter(None, group.forms):
            case.forms[form] += 1
            case.year_of[form] = max(group.year, case.year_of.get(form, ""))
        if not law.always_ending.isdisjoint(group.forms):
            case.end(last_of(group.year))
    return cases


def _issued_by_pile(
    issued: Iterable[IssuedPaper], schemes: Mapping[str, Scheme]
) -> dict[Pile, list[IssuedPaper]]:
    piles: dict[Pile, list[IssuedPaper]] = defaultdict(list)
    for one in issued:
        match = _CASE.match(one.case_no)
        if match and match[1] in schemes:
            piles[one.town, one.village, match[1]].append(one)
    return piles


def _add_issued(
    cases: dict[str, CasePapers], issued: Iterable[IssuedPaper], scheme: Scheme, law: CaseLaw
) -> None:
    """What was issued proves its step too, tells the ID number, the application, the end."""
    for one in issued:
        step = scheme.step_of(one.form_id)
        if step is None or one.form_id in step.lists:
            continue
        case = cases.setdefault(one.case_no, CasePapers(one.case_no, one.person))
        case.person = case.person or one.person
        case.ids |= {one.id_no} - {""}
        case.years.add(str(one.day.year))
        began = parse_date(one.applied) or one.day
        case.began = min(began, case.began or began)
        if one.waits_for:
            case.waiting = Waiting(step.name, one.waits_for, one.day, one.form_id)
            continue
        if one.is_end:
            case.end(one.day)
        case.note_letter(one)
        if step.only_if_needed and one.form_id in law.may_end and not one.is_end:
            case.ends_not.add(one.form_id)
        else:
            case.proofs.append(Proof(step.name, one.day, False, one.form_id, one.number))
    for case in cases.values():
        case.ends_not -= {one.form_id for one in case.proofs}


def _case_of(key: str, cases: Mapping[str, CasePapers]) -> CasePapers | None:
    """The case of a number; of a person the only one there is, else the unnumbered one."""
    same = [case for case in cases.values() if case.person == key and case.case_no]
    return same[0] if key not in cases and len(same) == 1 else cases.get(key)


def _titled_by_pile(
    told: Iterable[ToldPaper], rules: Rules
) -> dict[Pile, list[tuple[str, str, str]]]:
    """The steps that papers of no known form prove by their title: of whom, which, the year."""
    found: dict[Pile, list[tuple[str, str, str]]] = defaultdict(list)
    for paper in told:
        scheme = rules.schemes.get(paper.dossier)
        key = paper.case_no or paper.person
        if paper.form_id or not key or scheme is None:
            continue
        step = step_told("", paper.title, scheme, rules.required)
        if step and not is_of_many("", step, scheme):
            found[paper.town, paper.village, paper.dossier].append((key, step, paper.year))
    return found
