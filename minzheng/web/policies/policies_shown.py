"""What the pages of policies show: the day asked for, chapters, one policy, the words sought."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from archive_indexer.search import parse_words
from filler.form.forms import FormSpec
from minzheng.county.registry.checks import Check
from minzheng.county.registry.laws import Law
from minzheng.county.registry.terms import Term
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.policies.chapters import Chapter
from minzheng.policies.find_policies import FoundPolicy, find_policies
from minzheng.policies.histories import PolicyHistory, history_of, state_on, successors
from minzheng.web.gate.office import area, county, forms, policies

_LONGEST = 60
_FIRST_DAY = dt.date(1990, 1, 1)


class PolicyLine(NamedTuple):
    """A policy in a list, and whether it holds on the day."""

    law: Law
    state: str
    articles: str = ""


class FormLine(NamedTuple):
    """A form, the steps it is for, and whether whoever looks may fill it."""

    spec: FormSpec
    steps: str
    is_open: bool


@dataclass(frozen=True)
class ShownPolicies:
    """The policies of a day."""

    day: dt.date
    forbidden: frozenset[str]
    words: str = ""

    @property
    def address(self) -> str:
        """The day as part of an address; none for today."""
        return "?" + urlencode({"on": str(self.day)}) if self.day != timezone.localdate() else ""

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """All chapters."""
        return policies().chapters(self.day)

    @property
    def found(self) -> list[FoundPolicy]:
        """Policies that the words name, whenever they held."""
        words = parse_words(self.words, county(), with_synonyms=False)
        return find_policies(policies(), words, self.day)

    @property
    def count(self) -> int:
        """How many policies hold."""
        return len({law.id for one in self.chapters for law in one.laws})

    @property
    def marked(self) -> int:
        """How many values, articles and days the county has still to settle."""
        return sum(one.marked for one in self.chapters)

    @property
    def ahead(self) -> list[Law]:
        """Policies that begin after the day, the next first."""
        known = (one for one in county().laws.all if one.start > self.day)
        return sorted(known, key=lambda one: one.start)

    @property
    def over(self) -> list[tuple[Law, tuple[Law, ...]]]:
        """Policies that ended before the day, the last first, each with what replaced it."""
        laws = county().laws.all
        known = sorted((one for one in laws if one.end < self.day), key=lambda one: one.end)
        return [(one, successors(one, laws)) for one in reversed(known)]

    def forms_of(self, chapter: Chapter) -> list[FormLine]:
        """The forms of a chapter, each with its steps."""
        return [
            FormLine(one.spec, "、".join(one.steps), one.spec.dossier not in self.forbidden)
            for one in chapter.forms
        ]

    def lines_of(self, chapter: Chapter) -> list[PolicyLine]:
        """The policies of a chapter with the articles it rests on."""
        return [
            PolicyLine(one, state_on(one, self.day), one.articles.get(chapter.dossier.code, ""))
            for one in chapter.laws
        ]


@dataclass(frozen=True)
class ShownPolicy:
    """One policy with all it touches."""

    history: PolicyHistory
    day: dt.date
    forbidden: frozenset[str]

    @property
    def law(self) -> Law:
        """The policy."""
        return self.history.law

    @property
    def state(self) -> str:
        """Whether it holds on the day."""
        return state_on(self.law, self.day)

    @property
    def versions(self) -> list[PolicyLine]:
        """Its versions with their states."""
        return [PolicyLine(one, state_on(one, self.day)) for one in self.history.versions]

    @property
    def works(self) -> Iterator[tuple[str, str, str]]:
        """The works that rest on it: code, name, articles."""
        for one in county().dossiers.all:
            if one.code in self.law.articles:
                yield one.code, one.short_name, self.law.articles[one.code]

    @property
    def forms(self) -> list[FormLine]:
        """The forms that print it or ask for what it asks for."""
        return [FormLine(one, "", self._is_open(one)) for one in self.history.forms]

    @property
    def checks(self) -> list[tuple[str, Term | None]]:
        """Terms and steps that rest on it, a term with its value on its first day or today."""
        day = min(max(self.day, self.law.start), self.law.end)
        return [
            (_in_words(name), county().terms.find(name, day)) for name in sorted(self.law.checks)
        ]

    @property
    def doubts(self) -> list[Check]:
        """The checks of papers that rest on it."""
        return [one for one in county().checks.all if self.law.id in one.laws]

    @property
    def sought(self) -> str:
        """The words by which its own paper is looked for in the archive."""
        return urlencode({"q": self.law.doc_no or self.law.title})

    def _is_open(self, spec: FormSpec) -> bool:
        return spec.dossier not in self.forbidden


def _in_words(check: str) -> str:
    """A step with the name of its dossier: 低保·评议."""
    code, mark, step = check.partition("·")
    dossier = county().dossiers.by_code(code)
    return f"{dossier.short_name}{mark}{step}" if dossier else check


def shown_policies(request: HttpRequest) -> ShownPolicies:
    """The policies of the day that an address asks for."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]
    return ShownPolicies(asked_day(request), area(request).forbidden, words)


def shown_policy(request: HttpRequest, law_id: str) -> ShownPolicy | None:
    """One policy; None when there is none of this id."""
    law = county().laws.named(law_id)
    if law is None:
        return None
    history = history_of(law, county().laws, forms().by_id)
    return ShownPolicy(history, asked_day(request), area(request).forbidden)


def asked_day(request: HttpRequest) -> dt.date:
    """The day an address asks for, today when it asks for none."""
    day = parse_date(request.GET.get("on", "")[:_LONGEST])
    return day if day is not None and day >= _FIRST_DAY else timezone.localdate()
