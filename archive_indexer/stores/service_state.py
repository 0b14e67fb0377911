"""What the service is doing, for other processes to see; what it must remember itself."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from archive_indexer.models import ServiceState

_SILENT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Seen:
    """The state as another process reads it."""

    is_running: bool
    updated_at: dt.datetime | None
    report: Mapping[str, Any]


def tell(report: Mapping[str, Any]) -> None:
    """Write down what the service is doing."""
    _row()
    ServiceState.objects.filter(pk=1).update(updated_at=timezone.now(), report=dict(report))


def look() -> Seen:
    """What the service said last, and whether that is fresh."""
    row = ServiceState.objects.filter(pk=1).first()
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
