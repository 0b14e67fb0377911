"""The thread that checks and issues batches beside the pages, one after another.

What it does stands in the database, so a batch goes on after the page was closed and,
when the service was stopped in the middle, after it is started again.
"""

import datetime as dt
import logging
import shutil
import threading
import time

from django.db import close_old_connections, connection
from django.utils import timezone

from filler.batch_job import JobFolder, give_up, run_job
from filler.fill_batch import Office
from filler.form.form_data import Answers
from filler.models import Batch, Draft
from filler.records.put_away import erase_drafts
from minzheng.accounts.areas import Area, area_of
from minzheng.accounts.audit_log import Action, Deed
from minzheng.accounts.models import Person
from minzheng.county.errors import Problem
from minzheng.county.settings.all_settings import Config
from minzheng.inbox.uploads import remove_broken_off, yard_of
from minzheng.web.forms.draft_deeds import leave_rows
from minzheng.web.forms.own_area import outside_area
from minzheng.web.forms.own_hand import strange_hand
from minzheng.web.forms.record_gate import gate_of
from minzheng.web.gate.office import audit_log, county, forms
from minzheng.web.gate.whose_county import looked_at_in

log = logging.getLogger(__name__)
State = Batch.State
_WAITING = (State.CHECKING, State.WAITING, State.RUNNING)
_LOOK_SECONDS = 1.0
_STOP_SECONDS = 15.0
_CLEAN_SECONDS = 3600.0
_FAILED = "系统出现故障，这一批没有做完。已出具的不会重复，请稍后再试，或联系管理员。"


def job_folder(config: Config, batch: Batch) -> JobFolder:
    """Where a batch of the pages keeps its files."""
    return JobFolder(config.data_folder / "batches" / batch.key)


def run_next(config: Config) -> bool:
    """Do the oldest waiting job; whether there was one."""
    waiting = Batch.objects.filter(state__in=_WAITING, roster_name__gt="")
    batch = waiting.order_by("created_at", "pk").first()
    if batch is None:
        return False
    person = Person.objects.filter(username=batch.issued_by, is_active=True).first()
    area = Area(is_nothing=True)
    if person and person.may_fill:
        area = area_of(person, county())
    with looked_at_in(lambda: area.county):
        _run(config, batch, area, person)
    return True


def _run(config: Config, batch: Batch, area: Area, person: Person | None) -> None:
    spec, role = forms().by_id.get(batch.form_id), person.role if person else ""

    def forbid(answers: Answers) -> Problem | None:
        today = dt.date.today()
        strange = strange_hand(spec, answers, role, county(), today) if spec else None
        return outside_area(area, batch.issued_by, answers) or strange

    gate = gate_of(area, batch.issued_by)
    office = Office(forms(), config.issued_folder, dt.date.today(), forbid, gate)
    try:
        run_job(batch, job_folder(config, batch), office)
    except Exception:
        log.exception("a batch failed")
        give_up(batch, _FAILED)


def remove_files(config: Config, batch: Batch) -> None:
    """Delete a batch's roster and results; the issued documents stay."""
    shutil.rmtree(job_folder(config, batch).folder, ignore_errors=True)
    leave_rows(batch.pk)
    batch.roster_name = ""
    batch.save(update_fields=["roster_name"])


def remove_expired(config: Config, now: dt.datetime) -> int:
    """Delete rosters and results kept long enough since they were done; written down each."""
    limit = now - dt.timedelta(days=config.batch_days)
    kept = Batch.objects.filter(roster_name__gt="").exclude(state__in=_WAITING)
    old = kept.filter(settled_at__lt=limit) | kept.filter(settled_at=None, created_at__lt=limit)
    removed = 0
    for batch in old.exclude(key__contains="@"):  # the command line's own lie elsewhere
        what = f"满 {config.batch_days} 天，删去批次 {batch.pk} 的花名册和下载件"
        remove_files(config, batch)
        audit_log().record(Deed("系统", "", "本机", Action.CHANGE, f"{what} {batch.form_id}"))
        removed += 1
    return removed


def remove_unfinished(config: Config, now: dt.datetime) -> int:
    """Delete forms that nobody went on with for so long; written down by their number only."""
    old = Draft.objects.filter(saved_at__lt=now - dt.timedelta(days=config.draft_days))
    removed = erase_drafts(old, config.issued_folder)
    if removed:
        what = f"满 {config.draft_days} 天，删去没填完的表 {removed} 份"
        audit_log().record(Deed("系统", "", "本机", Action.CHANGE, what))
    return removed


class BatchWorker:
    """The thread that does one batch after another until it is stopped."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._ended = threading.Event()
        self._next_cleaning = 0.0
        self._thread = threading.Thread(target=self._work, name="batches", daemon=True)

    def start(self) -> None:
        """Begin; what was interrupted goes on."""
        self._thread.start()

    def stop(self) -> None:
        """End after the group being issued; the rest is done after the next start."""
        self._ended.set()
        self._thread.join(_STOP_SECONDS)

    def _work(self) -> None:
        while not self._ended.is_set():
            close_old_connections()
            try:
                self._clean_if_due(time.monotonic())
                was_busy = run_next(self._config)
            except Exception:
                log.exception("the next batch could not be taken")
                was_busy = False
            if not was_busy:
                self._ended.wait(_LOOK_SECONDS)
        connection.close()

    def _clean_if_due(self, now: float) -> None:
        if now >= self._next_cleaning:
            self._next_cleaning = now + _CLEAN_SECONDS
            remove_expired(self._config, timezone.now())
            remove_unfinished(self._config, timezone.now())
            remove_broken_off(
                yard_of(self._config.data_folder, self._config.inbox_folder, 0), timezone.now()
            )
