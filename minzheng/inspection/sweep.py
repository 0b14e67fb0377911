"""The checks kept up to date: what is new is read, and only whom it touches is looked at.

On a new day, or when the rules changed, all is looked at: terms end by themselves. So it is
after a sweep that was stopped.
"""

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from archive_indexer.models import ArchivedFile
from filler.spec.form_catalogue import Catalogue
from minzheng.county.county import County
from minzheng.county.registry.checks import Check
from minzheng.county.town_names import county_of
from minzheng.inspection.checks.all_checks import Checker
from minzheng.inspection.checks.asked import Asked
from minzheng.inspection.checks.one_person import OnePerson
from minzheng.inspection.checks.papers import Mention
from minzheng.inspection.checks.village_papers import VillagePapers
from minzheng.inspection.doubts import WORDING, Doubt, digest_of
from minzheng.inspection.finding_store import keep_found, let_go_others, unit_of
from minzheng.inspection.models import Sweep
from minzheng.inspection.paper_store import (
    Touched,
    count_read,
    find_changes,
    papers_of_forms,
    papers_of_village,
    people_read,
    read_changes,
    rules_of,
    villages_read,
)

_PEOPLE_AT_ONCE = 2000
_MINUTES = "会议"
_NOBODY = Check("", "", "", "", "", "", "")
_SHEETS = ("ZF-03", "LS-05")
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Office:
    """What the checks are made with: the county, its forms, the day, the time."""

    county: County
    forms: Catalogue
    today: dt.date
    now: dt.datetime

    @property
    def checker(self) -> Checker:
        """All checks on this day, over people and papers of whatever place."""
        return self._checker_of(self.county)

    def checker_of(self, county: str) -> Checker:
        """The same over the papers of one county, by its own tables."""
        return self._checker_of(self.county.of(county))

    def _checker_of(self, county: County) -> Checker:
        seals = {
            spec.id: tuple(one.label for one in spec.fields if one.type == "seal")
            for spec in self.forms.forms
        }
        titles = {spec.id: spec.short_title for spec in self.forms.forms}
        publicity = self.forms.facts.publicity
        return Checker(Asked(self.today, county, publicity, _NOBODY, seals, titles))

    @property
    def rules(self) -> str:
        """A digest of the rules by which doubts are found, and of how they are told."""
        return digest_of([repr(self.county.checks), rules_of(self.county), WORDING])[:32]


@dataclass(frozen=True, slots=True)
class Swept:
    """How far the checks are: papers that wait, and whether all was looked at."""

    waiting: int
    is_whole: bool
    at: dt.datetime | None


def bring_up_to_date(office: Office, most: int | None = None) -> Swept:
    """Read what is new and look at whom it touches.

    With `most`, a page that is waited for leaves a larger heap, and a sweep that is under way,
    to whoever has time.
    """
    if not _one_at_a_time.acquire(blocking=most is None):
        return Swept(0, False, _state().at)
    try:
        return _sweep(office, most)
    finally:
        _one_at_a_time.release()


def _sweep(office: Office, most: int | None) -> Swept:
    rules = rules_of(office.county)
    changes, state = find_changes(rules), _state()
    is_due = not _is_of(state, office)
    heap = len(changes) + (state.papers if is_due else 0)
    if most is not None and heap > most:
        return Swept(len(changes), False, state.at)
    if not is_due and not len(changes):
        return Swept(0, True, state.at)
    state.is_whole = False  # stopped from here on, all is looked at
    state.save(update_fields=["is_whole"])
    touched = Touched()
    for one in read_changes(changes, office.county, rules):
        touched = touched.plus(one)
    _look(office, None if is_due else touched)
    return _finish(state, office)


def last_sweep(office: Office) -> Swept:
    """How far the last sweep came; nobody asks what is new."""
    state = _state()
    return Swept(0, _is_of(state, office), state.at)


def how_far(office: Office) -> Swept:
    """How far the checks are, without doing anything."""
    state = _state()
    waiting = len(find_changes(rules_of(office.county)))
    return Swept(waiting, _is_of(state, office), state.at)


def _state() -> Sweep:
    return Sweep.objects.get_or_create(pk=1)[0]


def _is_of(state: Sweep, office: Office) -> bool:
    """Whether all was looked at on this day and by these rules."""
    return state.is_whole and state.day == office.today and state.rules == office.rules


def _finish(state: Sweep, office: Office) -> Swept:
    state.day, state.rules, state.at = office.today, office.rules, office.now
    state.is_whole = True
    state.papers = count_read()
    state.save()
    return Swept(0, True, office.now)


def _look(office: Office, touched: Touched | None) -> None:
    """Look at those whom papers touched, or at everybody."""
    keys = set[str]()
    for found in _all_found(office, touched):
        keep_found(found, office.now)
        keys.update(one.key for doubts in found.values() for one in doubts)
    if touched is None:
        let_go_others(keys, office.now)


def _all_found(office: Office, touched: Touched | None) -> Iterator[Mapping[str, Sequence[Doubt]]]:
    """The doubts of each part of the work, part by part."""
    checker, checker_of = office.checker, cache(office.checker_of)
    for town, village in _villages(touched):
        yield {f"村|{town}|{village}": _of_village(checker_of(county_of(town)), town, village)}
    for town in _towns(touched):
        sheets = papers_of_forms(*_SHEETS, town=town)
        yield {f"镇|{town}": list(checker_of(county_of(town)).of_town(sheets))}
    if touched is None or touched.minutes:
        yield {_MINUTES: list(checker.of_minutes(papers_of_forms("COM-04")))}
    yield from _of_people(checker, None if touched is None else touched.people)


def _villages(touched: Touched | None) -> Iterable[tuple[str, str]]:
    """A paper of a town touches all its villages."""
    known = villages_read()
    if touched is None:
        return known
    towns = {town for town, village in touched.places if not village}
    of_towns = {one for one in known if one[0] in towns}
    return sorted(of_towns | {one for one in touched.places if one[1]})


def _towns(touched: Touched | None) -> Iterable[str]:
    if touched is None:
        return sorted({paper.town for paper in papers_of_forms(*_SHEETS)})
    return sorted({town for town, _ in touched.places})


def _of_village(checker: Checker, town: str, village: str) -> list[Doubt]:
    papers = VillagePapers(town, village, papers_of_village(town, village))
    has_directory = any(True for _ in papers.of("ZH-04"))
    titles = _titles_of(town, village) if has_directory else {}
    return list(checker.of_village(papers, titles))


def _titles_of(town: str, village: str) -> Mapping[tuple[str, str], Sequence[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    rows = ArchivedFile.objects.filter(town=town, village=village, present=True, state="indexed")
    for dossier, year, filing in rows.values_list("dossier", "year", "filing"):
        found[dossier, year].append((filing.get("title") or {}).get("value", ""))
    return found


def _of_people(
    checker: Checker, ids: frozenset[str] | None
) -> Iterator[Mapping[str, Sequence[Doubt]]]:
    """The doubts about people, some people at a time."""
    found: dict[str, Sequence[Doubt]] = {}
    for id_no, mentions in _named(ids):
        person = OnePerson(id_no, mentions)
        found[unit_of(id_no)] = list(checker.of_person(person))
        if len(found) >= _PEOPLE_AT_ONCE:
            yield found
            found = {}
    for id_no in ids or ():  # who is named nowhere any more is in no doubt
        found.setdefault(unit_of(id_no), [])
    yield found


def _named(ids: frozenset[str] | None) -> Iterator[tuple[str, Sequence[Mention]]]:
    if ids is None:
        yield from people_read()
        return
    wanted = sorted(ids)
    for at in range(0, len(wanted), _PEOPLE_AT_ONCE):
        yield from people_read(wanted[at : at + _PEOPLE_AT_ONCE])
