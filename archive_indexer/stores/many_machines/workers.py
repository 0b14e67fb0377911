"""Who reads: signs in, tells by a heartbeat that it lives, signs off; or falls silent.

Times are the database's: clocks of machines differ. Whether somebody is silent is not told by
clocks at all: a heartbeat that stays the same for a while, seen by one who looks, is none.
"""

import datetime as dt
import os
import socket
import time
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import F, Min
from django.db.models.functions import Now

from archive_indexer.models import ReadingWorker, WaitingFile
from archive_indexer.stores import waiting_list
from archive_indexer.stores.waiting_list import MOST_ATTEMPTS, Lane

BEAT_SECONDS = 5.0
SILENT_SECONDS = 30.0
_STOPPED = (
    "识别它的机器几次都中断了（断电、内存不足或被强行结束）。请单独检查这个文件，再点“重试”。"
)


@dataclass(frozen=True, slots=True)
class SeenWorker:
    """A worker as pages tell of it."""

    name: str
    machine: str
    process: int
    started_at: dt.datetime
    heartbeat_at: dt.datetime
    is_silent: bool
    done: int
    trouble: str
    reading: tuple[str, ...]  #: paths
    reading_since: dt.datetime | None  #: the oldest of them


def sign_in(name: str) -> int:
    """Begin to be known; gives the number under which."""
    row = ReadingWorker.objects.create(
        name=name, machine=socket.gethostname(), process=os.getpid(),
        started_at=Now(), heartbeat_at=Now(),
    )  # fmt: skip
    return row.pk


def beat(worker: int, done: int, trouble: str) -> bool:
    """Tell that it lives; whether it is still known."""
    mine = ReadingWorker.objects.filter(pk=worker)
    return bool(mine.update(heartbeat_at=Now(), done=done, trouble=trouble))


def sign_off(worker: int) -> None:
    """It ends in order: what it had in hand is anybody's, and counts no try."""
    with transaction.atomic():
        waiting_list.let_go(WaitingFile.objects.filter(taken_by=worker))
        ReadingWorker.objects.filter(pk=worker).delete()


def sign_off_all() -> None:
    """The service reads alone from now on: what was out is its own again."""
    with transaction.atomic():
        waiting_list.let_go(WaitingFile.objects.exclude(taken_by=None))
        ReadingWorker.objects.all().delete()


def knows_workers() -> bool:
    """Whether the tables are new enough to know of workers at all."""
    return ReadingWorker._meta.db_table in connection.introspection.table_names()


def any_known() -> bool:
    """Whether anybody is signed in."""
    return ReadingWorker.objects.exists()


def count_known() -> int:
    """How many are signed in."""
    return ReadingWorker.objects.count()


def seen_workers() -> list[SeenWorker]:
    """All that are signed in, by name, with what they read."""
    rows = ReadingWorker.objects.annotate(
        since=Min("taken__taken_at"), age=Now() - F("heartbeat_at")
    ).order_by("name", "pk")
    taken: dict[int, list[str]] = {}
    claims = WaitingFile.objects.exclude(taken_by=None).exclude(taken_at=None).order_by("taken_at")
    for worker, path in claims.values_list("taken_by", "path"):
        taken.setdefault(worker, []).append(path)
    return [
        SeenWorker(
            row.name, row.machine, row.process, row.started_at, row.heartbeat_at,
            row.age.total_seconds() > SILENT_SECONDS, row.done, row.trouble,
            tuple(taken.get(row.pk, ())), row.since,
        )
        for row in rows
    ]  # fmt: skip


@dataclass
class SilenceWatch:
    """Looks now and then for workers that fell silent, and gives back what they had in hand."""

    silent_seconds: float = SILENT_SECONDS
    _beats: dict[int, tuple[dt.datetime, float]] = field(default_factory=dict)
    _next_look: float = 0.0

    def look_if_due(self) -> list[str]:
        """Sign off whoever is silent; gives their names."""
        now = time.monotonic()
        if now < self._next_look:
            return []
        self._next_look = now + min(BEAT_SECONDS, self.silent_seconds)
        return self.look(now)

    def look(self, now: float) -> list[str]:
        """The same, at a moment of a clock that never jumps."""
        rows = ReadingWorker.objects.values_list("pk", "heartbeat_at", "name")
        before, self._beats, names = self._beats, {}, []
        for worker, heartbeat, name in rows:
            known = before.get(worker)
            since = known[1] if known and known[0] == heartbeat else now
            if now - since < self.silent_seconds:
                self._beats[worker] = (heartbeat, since)
            elif _sign_off_silent(worker, heartbeat):
                names.append(name)
        return names

    def forget(self) -> None:
        """The server was away: nobody could tell that it lives, and is not silent for that."""
        self._beats = {}


def _sign_off_silent(worker: int, heartbeat: dt.datetime) -> bool:
    """Unless it gave a sign meanwhile; each file it was reading has had a try."""
    with transaction.atomic():
        row = ReadingWorker.objects.select_for_update().filter(pk=worker).first()
        if row is None or row.heartbeat_at != heartbeat:
            return False
        taken = WaitingFile.objects.filter(taken_by=worker)
        begun = taken.exclude(taken_at=None)
        begun.update(attempts=F("attempts") + 1)
        begun.filter(attempts__gte=MOST_ATTEMPTS).update(trouble=_STOPPED, lane=Lane.QUICK)
        waiting_list.let_go(taken)
        row.delete()
    return True
