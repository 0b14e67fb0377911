"""A batch of the pages as a job: checked, then issued, in a folder of its own; may be run again."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils import timezone

from filler.fill_batch import (
    GivenRoster,
    Office,
    check_batch,
    find_issued_before,
    issue_batch,
    marked_copy,
    take_roster,
    write_batch,
)
from filler.form.forms import FormSpec
from filler.models import Batch
from filler.print_run.files import BatchFiles, Stage
from filler.print_run.preflight import PlacedProblem, Preflight
from filler.records.photo_shelf import photos_of_zip
from filler.word.property_texts import marked_properties, run_properties
from minzheng.county.errors import MinzhengError
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.whole_file import write_whole

_TELL_SECONDS = 0.5
State = Batch.State


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """One line of the table of problems; `kind` is 更正, 留意 or 说明."""

    kind: str
    sheet: str
    cell: str
    name: str
    where: str
    what: str
    do: str
    position: int = 0  #: of its record in the roster; 0: of none


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One record of the roster: where it stands, whom it names, how many things are wrong."""

    position: int  #: from 1
    sheet: str
    row: int
    name: str
    wrong: int
    key: str  #: by which the ledger knows that it was issued


@dataclass(frozen=True, slots=True)
class JobFolder:
    """The files of one job."""

    folder: Path

    @property
    def roster(self) -> Path:
        """The roster as it was given."""
        return self.folder / "roster"

    @property
    def photos(self) -> Path:
        """The photos that the roster names, in a ZIP; there need not be any."""
        return self.folder / "photos.zip"

    @property
    def marked(self) -> Path:
        """The copy with the faulty cells marked."""
        return self.folder / "marked.xlsx"

    @property
    def packed(self) -> Path:
        """All Word files in one ZIP."""
        return self.folder / "documents.zip"

    @property
    def merged(self) -> Path:
        """The print run."""
        return self.folder / "merged.docx"

    @property
    def pdf(self) -> Path:
        """The print run as PDF."""
        return self.folder / "merged.pdf"

    def problems(self) -> list[ShownProblem]:
        """What the last check found."""
        file = self.folder / "problems.json"
        if not file.exists():
            return []
        return [ShownProblem(**one) for one in json.loads(file.read_text(encoding="utf-8"))]

    def write_problems(self, problems: list[ShownProblem]) -> None:
        """Keep what a check found."""
        text = json.dumps([asdict(one) for one in problems], ensure_ascii=False)
        write_whole(self.folder / "problems.json", text.encode())

    def rows(self) -> list[ShownRow]:
        """The records that the last check read."""
        file = self.folder / "rows.json"
        if not file.exists():
            return []
        return [ShownRow(**one) for one in json.loads(file.read_text(encoding="utf-8"))]

    def write_rows(self, preflight: Preflight) -> None:
        """Keep which records there are."""
        rows = [
            asdict(ShownRow(at, one.record.sheet, one.record.row, one.name, wrong, one.key))
            for at, one in enumerate(preflight.checked, start=1)
            for wrong in (len(one.problems),)
        ]
        text = json.dumps(rows, ensure_ascii=False)
        write_whole(self.folder / "rows.json", text.encode())

    def forget_results(self) -> None:
        """A new roster makes new results."""
        for file in (self.marked, self.packed, self.merged, self.pdf):
            file.unlink(missing_ok=True)


class _Teller:
    """Writes how far a job is, not too often."""

    def __init__(self, batch: Batch, now: Callable[[], float] = time.monotonic) -> None:
        self._batch, self._now = batch, now
        self._told, self._stage = float("-inf"), ""

    def tell(self, stage: str, done: int, of: int) -> None:
        """Say how many of how many are done."""
        if stage == self._stage and done < of and self._now() - self._told < _TELL_SECONDS:
            return
        self._told, self._stage = self._now(), stage
        Batch.objects.filter(pk=self._batch.pk).update(stage=stage, done=done, of=of)


def run_job(batch: Batch, files: JobFolder, office: Office) -> None:
    """Do what a batch waits for; a failure becomes its message."""
    try:
        if batch.state == State.CHECKING:
            _check_job(batch, files, office)
        else:
            Batch.objects.filter(pk=batch.pk).update(state=State.RUNNING, message="")
            _issue_job(batch, files, office)
    except MinzhengError as error:
        give_up(batch, str(error))


def give_up(batch: Batch, message: str) -> None:
    """A batch that cannot be done says why."""
    Batch.objects.filter(pk=batch.pk).update(
        state=State.FAILED, message=message, stage="", settled_at=timezone.now()
    )


def _check_job(batch: Batch, files: JobFolder, office: Office) -> None:
    stage = _Teller(batch).tell
    given = _given(batch, files, office, stage)
    preflight = check_batch(given, office, stage, batch=batch)
    files.write_problems([*_issued_before(batch, preflight), *_shown(preflight)])
    files.write_rows(preflight)
    marked = marked_copy(given, preflight, _marked_properties(batch, office))
    if marked:
        write_whole(files.marked, marked)
    _count(batch, len(preflight.checked), len(preflight.refused), state=State.CHECKED)


def _marked_properties(batch: Batch, office: Office) -> FileProperties:
    spec = office.catalogue.form(batch.form_id)
    return marked_properties(spec, office.catalogue.facts.bureau, office.today)


def _issue_job(batch: Batch, files: JobFolder, office: Office) -> None:
    stage = _Teller(batch).tell
    total, refused = _issue_rows(batch, files, office, stage)
    wanted = BatchFiles(
        packed=files.packed,
        merged=files.merged if batch.wants_merge else None,
        merged_pdf=files.pdf if batch.wants_pdf else None,
        told=run_properties(
            office.catalogue.form(batch.form_id), office.catalogue.facts.bureau, office.today
        ),
    )
    written = write_batch(batch, office, wanted, stage)
    names = "、".join(record.file_name for record in written.without_pdf[:5])
    message = f"{len(written.without_pdf)} 份没有转成 PDF：{names}" if names else ""
    _count(batch, total, refused, state=State.DONE, message=message)


def _issue_rows(batch: Batch, files: JobFolder, office: Office, stage: Stage) -> tuple[int, int]:
    """Issue what can be; gives how many rows there are and how many were refused.

    The checked rows are let go of with it: the run is put together from what was issued.
    """
    given = _given(batch, files, office, stage)
    preflight = check_batch(given, office, stage, batch=batch)
    outcome = issue_batch(preflight, batch, office, stage)
    files.write_problems([*_late(preflight, outcome.problems), *_shown(preflight)])
    files.write_rows(preflight)
    return len(preflight.checked), len(preflight.refused) + len(outcome.problems)


def _given(batch: Batch, files: JobFolder, office: Office, stage: Stage) -> GivenRoster:
    stage("读花名册", 0, 0)
    return given_roster(batch, files, office.catalogue.form(batch.form_id))


def given_roster(batch: Batch, files: JobFolder, spec: FormSpec) -> GivenRoster:
    """The roster of a batch, read anew.

    Raises:
        RosterError: it cannot be used.
    """
    photos = photos_of_zip(files.photos) if files.photos.exists() else None
    return take_roster(files.roster.read_bytes(), batch.roster_name, spec, photos)


def _count(batch: Batch, total: int, refused: int, **values: object) -> None:
    Batch.objects.filter(pk=batch.pk).update(
        total=total, refused=refused, stage="", settled_at=timezone.now(), **values
    )


def _shown(preflight: Preflight) -> Iterator[ShownProblem]:
    for line in preflight.account_lines():
        yield ShownProblem("说明", "", "", "", "", line, "")
    for note in preflight.roster.notes:
        place = note.place
        sheet, cell = (place.sheet, str(place)) if place else ("", "")
        kind = "更正" if note.is_problem else "说明"
        yield ShownProblem(kind, sheet, cell, "", "", note.text, "")
    for position, one in enumerate(preflight.checked, start=1):
        for kind, found in (("更正", one.problems), ("留意", one.warnings)):
            for placed in found:
                yield _line(kind, placed, one.name, position)


def _issued_before(batch: Batch, preflight: Preflight) -> Iterator[ShownProblem]:
    found = find_issued_before(preflight, batch)
    if found:
        yield ShownProblem("留意", "", "", "", found.where, found.what, found.do)


def _late(preflight: Preflight, problems: tuple[PlacedProblem, ...]) -> Iterator[ShownProblem]:
    named: dict[tuple[str, int], tuple[str, int]] = {}
    for position, one in enumerate(preflight.checked, start=1):
        at = one.record.sheet, one.record.row
        name, first = named.get(at, ("", position))  # others may stand in the same row
        named[at] = "、".join(filter(None, (name, one.name))), first
    for placed in problems:
        yield _line("更正", placed, *named.get((placed.place.sheet, placed.place.row), ("", 0)))


def _line(kind: str, placed: PlacedProblem, name: str, position: int) -> ShownProblem:
    problem, place = placed.problem, placed.place
    return ShownProblem(
        kind, place.sheet, str(place), name, problem.where, problem.what, problem.do, position
    )
