"""★ The papers of the archive and those issued here, surveyed: what every page asks.

What was surveyed is kept as long as the papers counted are the same ones.
"""

import datetime as dt
import functools
import operator
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from archive_indexer.stores.paper_counts import PaperTeller, count_papers, first_seen_in
from archive_indexer.stores.paper_texts import words_of
from filler.models import Issued
from filler.records.issued_papers import (
    IssuedPaper,
    ListedPerson,
    PaperReader,
    issued_papers,
    listed_people,
    papers_of,
)
from filler.records.papers_about import Whom, lists_naming, papers_about, people_of
from minzheng.county.county import County
from minzheng.county.registry.case_changes import CaseLaw
from minzheng.county.registry.required_papers import Scheme, YearlyDuty
from minzheng.county.town_names import EVERY_COUNTY
from minzheng.database.place_rows import of_place
from minzheng.inspection.case_steps import PUBLICITY, CaseFacts, CaseStep, Measure, Opened, steps_of
from minzheng.inspection.counted_cases import Counted, Pile, Rules, WordsOf
from minzheng.inspection.survey import Survey, survey


@dataclass(frozen=True, slots=True)
class Scope:
    """What is surveyed: a place, perhaps of one dossier alone, as an account may see it."""

    town: str = ""
    village: str = ""
    dossier: str = ""
    forbidden: frozenset[str] = frozenset()

    def has(self, dossier: str) -> bool:
        """Whether a dossier belongs to it."""
        return dossier not in self.forbidden and self.dossier in ("", dossier)

    @property
    def as_filter(self) -> Q:
        """The same for the table of files; notices speak of every dossier."""
        within = of_place(self.town, self.village)
        if self.dossier:
            within &= Q(dossier__in=(self.dossier, PUBLICITY))
        return within & ~Q(dossier__in=self.forbidden) if self.forbidden else within


@dataclass(frozen=True, slots=True)
class _Kept:
    """The survey of the whole county, and all it was made of."""

    today: dt.date
    counted: Counted
    words: Mapping[str, str]
    survey: Survey


class CountySurvey:
    """Surveys places of a county; what papers tell and the last whole survey are remembered."""

    def __init__(
        self,
        county: County,
        law: CaseLaw,
        days: Mapping[str, str],
        tables: Mapping[str, Collection[str]],
    ) -> None:
        """`days` names by form the slug of the day that it tells of, `tables` those of people."""
        self.county, self.law = county, law
        self._reader, self._teller = PaperReader(law, days, tables), PaperTeller()
        self._kept: _Kept | None = None

    def of(self, scope: Scope, today: dt.date) -> Survey:
        """A place beside what must be there."""
        if self._is_whole(scope) and PUBLICITY not in scope.forbidden:
            return self._whole(today).without(scope.forbidden)
        return self._take(self._count(scope, today), scope, today, words_of)

    def _is_whole(self, scope: Scope) -> bool:
        """Whether it is all places and dossiers of the county, but for those that are hidden."""
        whole = ("", EVERY_COUNTY, self.county.scope)
        return scope.town in whole and not (scope.village or scope.dossier)

    def cases(
        self, asked: Mapping[str, tuple[str, str]], today: dt.date
    ) -> dict[str, tuple[CaseStep, ...]]:
        """The steps of some cases, by number, each of a town and village: as `of` tells them.

        Only their own papers, those of their people and the lists that name them are read.
        """
        schemes = self.county.required.schemes
        piles = {
            number: (*where, code)
            for number, where in asked.items()
            if (code := number.partition("-")[0]) in schemes
        }
        if not piles:
            return {}
        found = self._survey(
            self._count_cases(piles, today), self._schemes(Scope()), (), today, words_of
        )
        return {
            of.case_no: one.steps
            for one in found.standings
            if piles.get((of := one.subject).case_no) == (of.town, of.village, of.dossier)
        }

    def _count_cases(self, piles: Mapping[str, Pile], today: dt.date) -> Counted:
        """All that is known of some cases: what else lies there is left out."""
        places = sorted(set(piles.values()))
        own = _any_of(Q(town=town, village=at, dossier=code) for town, at, code in places)
        about = _any_of(
            Q(town=town, village=at, dossier__in=(code, PUBLICITY)) for town, at, code in places
        )
        lists = self._lists(self._schemes(Scope()).values())
        groups, told = count_papers(own), self._teller.tell(lists, PUBLICITY, about)
        whom = people_of(piles.keys())
        scanned = {one.person for one in groups if one.case_no in piles} - {""}
        whom = replace(whom, names=whom.names | scanned)
        numbers = {one.case_no for one in told if not one.names.isdisjoint(whom.names)}
        naming = replace(whom, numbers=whom.numbers | numbers - {""})
        return Counted(
            groups,
            told,
            papers_about(self._reader, whom),
            lists_naming(self._reader, lists, naming),
            first_seen_in(str(today.year), own),
        )

    def alone(
        self, case_no: str, papers: Sequence[IssuedPaper], today: dt.date
    ) -> tuple[CaseStep, ...]:
        """The steps of a case of which nothing but some documents may be told."""
        scheme = self.county.required.schemes.get(case_no.partition("-")[0])
        if scheme is None:
            return ()
        counted = Counted([], issued=[*papers])
        found = self._take(counted, Scope(), today, words_of).case(case_no)
        if found is not None:
            return found.steps
        day = min((one.day for one in papers), default=today)
        return steps_of(scheme, CaseFacts((), Opened(day, day)), self._measure(today))

    def read(self, documents: QuerySet[Issued]) -> list[IssuedPaper]:
        """Documents as papers of their cases, wherever they are of."""
        return papers_of(self._reader, documents)

    def lists_naming(self, name: str) -> list[ListedPerson]:
        """Lines of issued lists that name somebody, wherever they are of."""
        lists = self._lists(self._schemes(Scope()).values())
        found = lists_naming(self._reader, lists, Whom(frozenset({name})))
        return [one for one in found if one.name == name]

    def _whole(self, today: dt.date) -> Survey:
        """The county; made again only when a paper came, went or changed."""
        scope, kept = Scope(self.county.scope), self._kept
        counted = self._count(scope, today)
        is_same = kept and kept.today == today and kept.counted == counted
        if kept and is_same and words_of(kept.words) == kept.words:
            return kept.survey
        heard = _Heard()
        found = self._take(counted, scope, today, heard)
        self._kept = _Kept(today, counted, heard.words, found)
        return found

    def _take(self, counted: Counted, scope: Scope, today: dt.date, words: WordsOf) -> Survey:
        duties = [one for one in self.county.required.yearly if scope.has(one.dossier)]
        return self._survey(counted, self._schemes(scope), duties, today, words)

    def _survey(
        self,
        counted: Counted,
        schemes: Mapping[str, Scheme],
        duties: Collection[YearlyDuty],
        today: dt.date,
        words: WordsOf,
    ) -> Survey:
        own = self.county
        rules = Rules(schemes, own.required, own.dossiers, self.law, own.paper_words)
        return survey(replace(counted, words_of=words), rules, duties, self._measure(today))

    def _measure(self, today: dt.date) -> Measure:
        return Measure(today, self.county.terms, self.county.calendar, self.county.desks)

    def _count(self, scope: Scope, today: dt.date) -> Counted:
        """The papers of the archive and those issued here, of the place and no other."""
        within, at = scope.as_filter, (scope.town, scope.village)
        lists = self._lists(self._schemes(scope).values())
        return Counted(
            count_papers(within),
            self._teller.tell(lists, PUBLICITY, within),
            issued_papers(self._reader, *at),
            listed_people(self._reader, lists, *at),
            first_seen_in(str(today.year), within),
        )

    @staticmethod
    def _lists(schemes: Iterable[Scheme]) -> frozenset[str]:
        """Forms that speak of many cases, and those that must not be there."""
        return frozenset[str]().union(*(one.lists | one.forbidden for one in schemes))

    def _schemes(self, scope: Scope) -> dict[str, Scheme]:
        schemes = self.county.required.schemes.items()
        return {code: scheme for code, scheme in schemes if scope.has(code)}


def _any_of(parts: Iterable[Q]) -> Q:
    return functools.reduce(operator.or_, parts)


class _Heard:
    """Gives what stands on contents, and keeps what it gave."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def __call__(self, contents: Set[str]) -> Mapping[str, str]:
        self.words = words_of(contents)
        return self.words
