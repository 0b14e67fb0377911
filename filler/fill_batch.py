"""A checked roster becomes documents: each record once, and one bad one never stops it."""

import itertools
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from filler.fill_form import issue
from filler.form.form_data import Refused
from filler.print_run.ledger import BatchLedger, IssuedRecord, digest_person
from filler.print_run.preflight import CheckedRecord, PlacedProblem, Told
from filler.roster.roster import CellPlace
from minzheng.county.errors import Problem

log = logging.getLogger(__name__)
#: Records kept in one transaction: a commit costs more than a document.
GROUP = 50


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What a run of a batch did."""

    issued: int
    skipped: int  #: issued by an earlier run
    problems: tuple[PlacedProblem, ...] = ()  #: records refused or failed in this run


@dataclass(frozen=True, slots=True)
class _Place:
    """A record and its number in the roster."""

    checked: CheckedRecord
    position: int


@dataclass(frozen=True, slots=True)
class Issuing:
    """Who issues, and where it is kept."""

    issued_by: str
    ledger: BatchLedger


def fill_batch(
    checked: Sequence[CheckedRecord], how: Issuing, told: Told = lambda done: None
) -> BatchOutcome:
    """Issue every good record that was not issued yet.

    Killed at any point, the next run goes on where this one stopped: a document, its
    number and its record are kept together or not at all.
    """
    places = [_Place(one, number) for number, one in enumerate(checked, start=1)]
    good = [place for place in places if not place.checked.problems]
    known = {record.key: record for record in how.ledger.issued()}
    changed = dict(_changed(good, checked, known.values()))
    waiting = [
        place for place in good if place.checked.key not in known and place.position not in changed
    ]
    skipped = sum(place.checked.key in known for place in good)
    problems = list(changed.values())
    issued = 0
    for group in _groups(waiting):
        with how.ledger.transaction():
            wrong = [problem for place in group if (problem := _issue(place, how))]
        problems += wrong
        issued += len(group) - len(wrong)
        told(skipped + issued)
    return BatchOutcome(issued, skipped, tuple(problems))


def _issue(place: _Place, how: Issuing) -> PlacedProblem | None:
    one = place.checked
    try:
        store = how.ledger.store_for(one.key, digest_person(one.person), place.position)
        outcome = issue(one.read, issued_by=how.issued_by, store=store)
    except Exception as error:
        log.exception("a record of a batch failed")
        reason = str(error).split("\n", 1)[0][:80] or type(error).__name__
        problem = Problem("整行", f"没有出具（{reason}）", "核对这一行；仍不行请联系管理员")
        return _problem(one, problem)
    return _problem(one, outcome.problems[0]) if isinstance(outcome, Refused) else None


def _changed(
    good: Iterable[_Place], checked: Sequence[CheckedRecord], known: Iterable[IssuedRecord]
) -> Iterator[tuple[int, PlacedProblem]]:
    """Records of people this batch issued before, from a row that has since been changed."""
    keys = {one.key for one in checked}
    gone = {record.person: record for record in known if record.key not in keys and record.person}
    for place in good:
        before = gone.get(digest_person(place.checked.person))
        if before and place.checked.person:
            what = f"本批次已为此人出具（{before.case_no}），内容有改动，没有重复出具"
            do = "确需更正，从“已出具”中打开那一份重新填写"
            yield place.position, _problem(place.checked, Problem("整行", what, do))


def _problem(one: CheckedRecord, problem: Problem) -> PlacedProblem:
    return PlacedProblem(CellPlace(one.record.sheet, one.record.row), problem)


def _groups(places: Iterable[_Place]) -> Iterator[list[_Place]]:
    rest = iter(places)
    while group := list(itertools.islice(rest, GROUP)):
        yield group
