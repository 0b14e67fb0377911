"""What the service has done and is doing, told to people; what it must remember itself."""

import dataclasses
import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils import timezone

from archive_indexer.models import ServiceState
from minzheng.prepared import Prepared

Doing = Literal["walking", "reading", "quiet", "away", "stopped"]
_WINDOW_SECONDS = 120.0
_TELL_SECONDS = 1.0
_SILENT_SECONDS = 30


@dataclass(slots=True)
class Report:
    """The figures of a walk or a service."""

    doing: Doing = "walking"
    found: int = 0  #: files in the archive
    changed: int = 0  #: new or changed files
    gone: int = 0
    indexed: int = 0
    failed: int = 0
    indexed_inside: int = 0  #: files in packed files and mails
    failed_inside: int = 0
    altered: int = 0  #: files that were not what they should be when hashed again
    settling: int = 0
    waiting: int = 0
    per_minute: float = 0.0
    seconds_left: float | None = None
    watching: str = ""  #: events, or walks only
    trouble: str = ""
    last_trouble: str = ""

    @property
    def done(self) -> int:
        """Files dealt with."""
        return self.indexed + self.failed

    def as_json(self) -> dict[str, object]:
        """The figures for the database."""
        return dataclasses.asdict(self)


def say_seconds(seconds: float) -> str:
    """A span of time as people say it."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "不到 1 分钟"
    if minutes < 90:
        return f"{minutes} 分钟"
    hours = round(minutes / 60)
    return f"{hours} 小时" if hours < 48 else f"{round(hours / 24)} 天"


@dataclass(slots=True)
class Pace:
    """How fast files are done, over the last two minutes."""

    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    def note(self, report: Report, now: float | None = None) -> None:
        """Work out rate and time left."""
        now = time.monotonic() if now is None else now
        self._marks.append((now, report.done))
        while now - self._marks[0][0] > _WINDOW_SECONDS:
            self._marks.popleft()
        begun, before = self._marks[0]
        seconds, done = now - begun, report.done - before
        report.per_minute = round(done * 60 / seconds, 1) if seconds > 0 else 0.0
        left = report.waiting + report.settling
        report.seconds_left = round(left * seconds / done) if done and left else None


@dataclass(slots=True)
class Telling:
    """Tells the terminal and, through the database, other processes how the service stands."""

    report: Report
    progress: Callable[[Report], None]
    _pace: Pace = field(default_factory=Pace)
    _told_at: float = 0.0

    def is_due(self) -> bool:
        """Whether enough time went by since it was told last."""
        return time.monotonic() >= self._told_at + _TELL_SECONDS

    def tell(self, waiting: int) -> None:
        """Tell the figures, with how many files wait."""
        self._told_at = time.monotonic()
        self.report.waiting = waiting
        self._pace.note(self.report, self._told_at)
        tell(self.report.as_json())
        self.progress(self.report)


@dataclass(frozen=True, slots=True)
class Seen:
    """The state as another process reads it."""

    is_running: bool
    updated_at: dt.datetime | None
    report: Mapping[str, Any]


_STATE = Prepared(lambda number: ServiceState.objects.filter(pk=number))


def tell(report: Mapping[str, Any]) -> None:
    """Write down what the service is doing."""
    _row()
    ServiceState.objects.filter(pk=1).update(updated_at=timezone.now(), report=dict(report))


def look() -> Seen:
    """What the service said last, and whether that is fresh."""
    row = _STATE.first(1)
    if row is None:
        return Seen(False, None, {})
    age = abs((timezone.now() - row.updated_at).total_seconds())
    is_running = age < _SILENT_SECONDS and row.report.get("doing") != "stopped"
    return Seen(is_running, row.updated_at, row.report)


def remembered_mounts() -> list[str]:
    """Folders that are shares of their own."""
    return list(_row().mounts)


def remember_mounts(mounts: Iterable[str]) -> None:
    """Keep which folders are shares of their own."""
    _row()
    ServiceState.objects.filter(pk=1).update(mounts=sorted(mounts))


def checked_bytes(today: dt.date) -> int:
    """How much was hashed again today."""
    row = ServiceState.objects.filter(pk=1, checked_on=today).first()
    return row.checked_bytes if row else 0


def add_checked(today: dt.date, size: int) -> None:
    """Note what was hashed again."""
    _row()
    done = checked_bytes(today) + size
    ServiceState.objects.filter(pk=1).update(checked_on=today, checked_bytes=done)


def _row() -> ServiceState:
    return ServiceState.objects.get_or_create(pk=1)[0]
