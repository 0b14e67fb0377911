"""Hash files again, oldest check first: what changed behind an unchanged name is found.

A disk that rots, or a paper that somebody replaced keeping size and time, changes nothing
a walk could see. Each day a little of the archive is hashed again.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.db.models import F, QuerySet
from django.utils import timezone

from archive_indexer.disk.file_names import as_shown, disk_path
from archive_indexer.disk.identify import identify
from archive_indexer.errors import FileChangingError, FileGoneError
from archive_indexer.models import ArchivedFile, FixityFinding
from archive_indexer.noticing.presence import Presence
from archive_indexer.stores import waiting_list

Kind = Literal["same", "edited", "altered", "missing", "unreadable"]
#: What people must look at, and in which words.
KINDS: dict[str, str] = {
    "altered": "内容变了，大小和时间却没变：可能是磁盘损坏或被人替换，请对照备份",
    "missing": "文件不见了",
    "unreadable": "文件读不出来，可能是磁盘损坏，请从备份恢复",
}
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """One file hashed again."""

    path: str
    kind: Kind
    size: int


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A finding that people have not settled yet, as they read it."""

    number: int
    path: str
    town: str
    village: str
    dossier: str
    text: str
    found_at: dt.datetime


def check_oldest(
    root: Path,
    presence: Presence,
    most_bytes: int,
    goes_on: Callable[[], bool] = lambda: True,
    before: dt.datetime | None = None,
) -> Iterator[Checked]:
    """Hash the files that were not checked since a time (now), oldest check first.

    Raises:
        ArchiveFolderError: the share is away, nothing is concluded.
    """
    presence.confirm_root()
    since, used = before or timezone.now(), 0
    while rows := list(_due(since)[:_BATCH]):
        for row in rows:
            if used >= most_bytes or not goes_on():
                return
            checked = _check(row, root, presence)
            used += max(checked.size, 1)
            yield checked


def count_due(before: dt.datetime) -> int:
    """How many files were not checked since a time."""
    return _due(before).count()


def unsettled_findings(most: int = 200) -> list[Unsettled]:
    """Findings that nobody has settled, newest first."""
    open_ones = FixityFinding.objects.filter(settled_at=None).select_related("file")
    rows = open_ones.order_by("-pk")[:most]
    return [
        Unsettled(
            row.pk, as_shown(row.file.path), row.file.town, row.file.village,
            row.file.dossier, KINDS[row.kind], row.found_at,
        )
        for row in rows
    ]  # fmt: skip


def settle_finding(number: int, by: str, how: str) -> None:
    """Write down what was done about a finding; the same one is told again if it returns."""
    FixityFinding.objects.filter(pk=number, settled_at=None).update(
        settled_at=timezone.now(), settled_by=by, settled_how=how
    )


def _due(before: dt.datetime) -> "QuerySet[ArchivedFile]":
    rows = ArchivedFile.objects.filter(present=True, packed_in="").exclude(sha256="")
    due = rows.filter(checked_at__isnull=True) | rows.filter(checked_at__lt=before)
    return due.order_by(F("checked_at").asc(nulls_first=True), "pk")


def _check(row: ArchivedFile, root: Path, presence: Presence) -> Checked:
    kind, sha256 = _compare(row, root, presence)
    ArchivedFile.objects.filter(pk=row.pk).update(checked_at=timezone.now())
    if kind in KINDS:
        known = row.findings.filter(kind=kind, sha256_after=sha256, settled_at=None)
        if not known.exists():
            row.findings.create(kind=kind, sha256_before=row.sha256, sha256_after=sha256)
    if kind in ("edited", "altered", "missing"):
        waiting_list.add([row.path])
    return Checked(row.path, kind, row.size)


def _compare(row: ArchivedFile, root: Path, presence: Presence) -> tuple[Kind, str]:
    place = disk_path(root, row.path)
    try:
        file = identify(row.path, place)
    except FileGoneError:
        presence.confirm_gone(row.path)
        return "missing", ""
    except FileChangingError:
        return "edited", ""
    except OSError:
        presence.confirm_gone(row.path)
        return "unreadable", ""
    if file.sha256 == row.sha256:
        return "same", ""
    is_seen = (file.size, file.mtime_ns) != (row.size, row.mtime_ns)
    return "edited" if is_seen else "altered", file.sha256
