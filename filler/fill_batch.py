"""★ The path of a batch: a roster becomes documents, each household once.

`take_roster`: file → rows; `check_batch`: rows → read and judged; `issue_batch`: good rows →
documents; `write_batch`: → a Word file each, one print run, PDFs. Pages and command line take
these steps; a bad row never stops the others.
"""

import datetime as dt
import gc
import itertools
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import DataError, IntegrityError

from filler.fill_form import issue
from filler.form.form_data import Answers, Refused
from filler.form.forms import FormSpec
from filler.models import Batch
from filler.print_run.files import BatchFiles, Stage, Written, write_files
from filler.print_run.ledger import (
    BatchLedger,
    IssuedRecord,
    digest_person,
    find_issued_elsewhere,
)
from filler.print_run.preflight import CheckedRecord, PlacedProblem, Preflight, check_roster
from filler.records.case_store import DatabaseCaseStore, Sees
from filler.records.photo_shelf import OpenPhoto, PhotoDesk
from filler.roster.read_roster import read_roster
from filler.roster.roster import CellPlace, Roster
from filler.spec.form_catalogue import Catalogue
from minzheng.county.errors import Problem
from minzheng.county.loaded_later import LoadedLater
from minzheng.external.files.file_properties import FileProperties

if TYPE_CHECKING:
    from filler.print_run import marked_roster
else:  # a service starts without openpyxl
    marked_roster = LoadedLater("filler.print_run.marked_roster")

log = logging.getLogger(__name__)
#: Records kept in one transaction: a commit costs more than a document.
GROUP = 50


def _nobody_is_told(what: str, done: int, of: int) -> None:
    """For who does not wait."""


def _nothing_is_forbidden(answers: Answers) -> Problem | None:
    return None


@dataclass(frozen=True, slots=True)
class Office:
    """Where a batch is made: its forms, its documents, its day, and what it may not issue."""

    catalogue: Catalogue
    issued: Path  #: where Word files are kept
    today: dt.date
    forbid: Callable[[Answers], Problem | None] = _nothing_is_forbidden
    sees: Sees | None = None  #: which documents may be told of; None: all


@dataclass(frozen=True, slots=True)
class GivenRoster:
    """A roster as it was given, its rows, and the form and photos they are for."""

    data: bytes
    name: str
    spec: FormSpec
    roster: Roster
    photos: OpenPhoto | None = None


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


def take_roster(
    data: bytes, name: str, spec: FormSpec, photos: OpenPhoto | None = None
) -> GivenRoster:
    """Read a file as a roster of a form.

    Raises:
        RosterError: it cannot be.
    """
    return GivenRoster(data, name, spec, read_roster(data, name, spec), photos)


def check_batch(
    given: GivenRoster,
    office: Office,
    stage: Stage = _nobody_is_told,
    *,
    batch: Batch | None = None,
) -> Preflight:
    """Read every row as a form and judge it; nothing is issued.

    What `batch` has issued already is done: its rows are not held against their own documents,
    and a row that was changed since is told of its document instead.
    """
    store, of = DatabaseCaseStore(office.issued, office.sees), len(given.roster.records)
    preflight = check_roster(
        given.roster,
        given.spec,
        office.catalogue,
        office.today,
        history=store,
        photos=PhotoDesk(given.photos, store.photos) if given.photos else None,
        forbid=office.forbid,
        told=lambda done: stage("逐行核对", done, of),
    )
    if batch is None:
        return preflight
    known = list(BatchLedger(batch, office.issued, office.sees).issued())
    return _told_of_documents(preflight.settled(one.key for one in known), known)


def marked_copy(given: GivenRoster, preflight: Preflight, told: FileProperties) -> bytes | None:
    """The roster with its mistakes marked, to be mended and given again; None: it has none."""
    if not preflight.has_mistakes:
        return None
    return marked_roster.mark_roster(given.data, given.name, preflight, told)


def find_issued_before(preflight: Preflight, batch: Batch) -> Problem | None:
    """Households another batch issued with the same answers: pointed out, not refused."""
    known = find_issued_elsewhere(batch, [one.key for one in preflight.good])
    if not known:
        return None
    what = f"有 {len(known)} 户以前的批次已出具过，内容完全相同（如 {next(iter(known.values()))}）"
    return Problem("", what, "再出具会另编新号；不需要的从花名册中删去")


def issue_batch(
    preflight: Preflight, batch: Batch, office: Office, stage: Stage = _nobody_is_told
) -> BatchOutcome:
    """Issue every good record that was not issued yet.

    Killed at any point, the next run goes on where this one stopped: a document, its
    number and its record are kept together or not at all.
    """
    ledger = BatchLedger(batch, office.issued, office.sees)
    places = [_Place(one, number) for number, one in enumerate(preflight.checked, start=1)]
    good = [place for place in places if not place.checked.problems]
    known = {record.key: record for record in ledger.issued()}
    changed = {
        place.position: problem
        for place, _, problem in _changed(good, preflight.checked, known.values())
    }
    waiting = [
        place for place in good if place.checked.key not in known and place.position not in changed
    ]
    skipped = sum(place.checked.key in known for place in good)
    problems = list(changed.values())
    issued = 0
    with _memory_at_rest():
        for group in _groups(waiting):
            wrong = _issue_group(group, ledger)
            problems += wrong
            issued += len(group) - len(wrong)
            stage("出具文书", skipped + issued, len(good))
    return BatchOutcome(issued, skipped, tuple(problems))


def write_batch(
    batch: Batch, office: Office, wanted: BatchFiles, stage: Stage = _nobody_is_told
) -> Written:
    """Write what is wanted of everything the batch has issued; files that are there stay."""
    return write_files(BatchLedger(batch, office.issued), wanted, stage)


@contextmanager
def _memory_at_rest() -> Iterator[None]:
    """Nothing that is there already is looked through for what nobody uses any more.

    A checked roster of thousands is held to the end: to go through it once takes as long as
    issuing a hundred documents.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _issue_group(group: Sequence[_Place], ledger: BatchLedger) -> list[PlacedProblem]:
    """What is wrong with records of a group; the others are issued and kept together.

    When the database does not take them, each is kept alone, and only the faulty one is not.
    """
    try:
        with ledger.transaction(_asked_people(group)):
            return [problem for place in group if (problem := _issue(place, ledger))]
    except (DataError, IntegrityError) as error:
        log.exception("a group of %d records was not kept", len(group))
        if len(group) == 1:
            return [_failed(group[0], error)]
    return [problem for place in group for problem in _issue_group([place], ledger)]


def _asked_people(group: Iterable[_Place]) -> Iterator[str]:
    """Of whom the records of a group asked what was issued."""
    for place in group:
        yield from (id_no for _, _, id_no, _, _ in place.checked.read.asked)


def _issue(place: _Place, ledger: BatchLedger) -> PlacedProblem | None:
    one = place.checked
    store = ledger.store_for(one.key, digest_person(one.person), place.position)
    try:
        outcome = issue(one.read, issued_by=ledger.batch.issued_by, store=store)
    except (DataError, IntegrityError):
        raise  # the transaction of the group has ended with it
    except Exception as error:
        log.exception("a record of a batch failed")
        return _failed(place, error)
    return _problem(one, outcome.problems[0]) if isinstance(outcome, Refused) else None


def _failed(place: _Place, error: Exception) -> PlacedProblem:
    reason = str(error).split("\n", 1)[0][:80] or type(error).__name__
    problem = Problem("整行", f"没有出具（{reason}）", "核对这一行；仍不行请联系管理员")
    return _problem(place.checked, problem)


def _told_of_documents(preflight: Preflight, known: Sequence[IssuedRecord]) -> Preflight:
    """Each row that was changed after its document was issued stands for that document."""
    checked = list(preflight.checked)
    places = [_Place(one, at) for at, one in enumerate(checked, start=1)]
    for place, before, problem in _changed(places, preflight.checked, known):
        told = replace(place.checked, key=before.key, problems=(problem,), warnings=())
        checked[place.position - 1] = told
    return replace(preflight, checked=tuple(checked))


def _changed(
    places: Iterable[_Place], checked: Sequence[CheckedRecord], known: Iterable[IssuedRecord]
) -> Iterator[tuple[_Place, IssuedRecord, PlacedProblem]]:
    """Records of people this batch issued before, from a row that has since been changed."""
    keys, documents = {one.key for one in checked}, list(known)
    gone = {one.person: one for one in documents if one.key not in keys and one.person}
    settled = {one.key for one in documents}
    for place in places:
        before = gone.get(digest_person(place.checked.person))
        if before and place.checked.key not in settled:
            what = f"本批次已为此人出具（{before.case_no}），内容有改动，没有重复出具"
            do = "确需更正，从“已出具”中打开那一份重新填写"
            yield place, before, _problem(place.checked, Problem("整行", what, do))


def _problem(one: CheckedRecord, problem: Problem) -> PlacedProblem:
    return PlacedProblem(CellPlace(one.record.sheet, one.record.row), problem)


def _groups(places: Iterable[_Place]) -> Iterator[list[_Place]]:
    rest = iter(places)
    while group := list(itertools.islice(rest, GROUP)):
        yield group
