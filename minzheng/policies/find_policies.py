"""Policies that a question names: every word stands in the title, number or work."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minzheng.county.registry.dossiers import Dossier
from minzheng.county.registry.laws import Law
from minzheng.county.writing.chinese_text import fold_for_search
from minzheng.policies.chapters import Policies, names_of
from minzheng.policies.histories import IN_FORCE, state_on

_ENOUGH = 2  #: signs of a word: one alone stands in half of all titles


@dataclass(frozen=True, slots=True)
class FoundPolicy:
    """A policy a question names, and whether it holds."""

    law: Law
    state: str


def find_policies(policies: Policies, words: Iterable[str], day: dt.date) -> list[FoundPolicy]:
    """Policies that every word names, those in force first."""
    asked = [fold_for_search(one) for one in words if one.strip()]
    if not asked or any(len(one) < _ENOUGH for one in asked):
        return []
    found = [
        FoundPolicy(law, state_on(law, day))
        for law in policies.county.laws.all
        if all(one in policies.folded[law.id] for one in asked)
    ]
    return sorted(found, key=lambda one: (one.state != IN_FORCE, -one.law.start.toordinal()))


def find_chapters(policies: Policies, words: Iterable[str]) -> Iterator[Dossier]:
    """Dossiers of which a word is a name: 低保, 五保."""
    asked = {fold_for_search(one) for one in words}
    for dossier in policies.county.dossiers.all:
        if asked & {fold_for_search(one) for one in names_of(dossier)}:
            yield dossier
