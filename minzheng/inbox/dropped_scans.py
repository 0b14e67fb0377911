"""Scans that were dropped: taken in when they come, put away when all is decided."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from archive_indexer.disk.file_names import disk_path
from archive_indexer.disk.identify import Signature
from archive_indexer.documents import ArchiveFile
from minzheng.inbox import inbox_folder
from minzheng.inbox.models import LaidFile, Original, Paper
from minzheng.inbox.suggest import Knowledge, village_of_folder
from minzheng.prepared import Prepared

State = Original.State
_LYING = (State.WAITING, State.SORTED, State.FAILED, State.IGNORED, State.COPY)
_LIVE = (State.WAITING, State.SORTED, State.FAILED)
MOST_ATTEMPTS = 3
#: Every look at a paper of the archive asks; few were scans.
_LAID = Prepared(
    lambda sha256: LaidFile.objects.filter(sha256=sha256, paper__filed_at__isnull=False).order_by(
        "pk"
    )
)


def lying() -> dict[str, Original]:
    """Scans that should lie in the inbox, by path."""
    rows = Original.objects.filter(state__in=_LYING).order_by("pk")
    return {row.path: row for row in rows}


def note_missing(found: Iterable[str], known: dict[str, Original]) -> None:
    """Note which scans are not to be seen; nothing more is concluded."""
    seen = set(found)
    for path, row in known.items():
        if row.is_missing != (path not in seen):
            Original.objects.filter(pk=row.pk).update(is_missing=path not in seen)


def adopt_copies() -> None:
    """A copy takes the place of a scan that people took away."""
    missing = Original.objects.filter(is_missing=True, state__in=_LIVE)
    for row in missing:
        copies = Original.objects.filter(sha256=row.sha256, state=State.COPY, is_missing=False)
        copy = copies.first()
        if copy is not None:
            row.path, row.is_missing = copy.path, False
            row.size, row.mtime_ns = copy.size, copy.mtime_ns
            row.save()
            copy.delete()


def changed(found: dict[str, Signature], known: dict[str, Original]) -> list[str]:
    """Files that are new, or look otherwise than when they were taken in, by name."""
    return [
        path
        for path, looks in sorted(found.items())
        if path not in known or (known[path].size, known[path].mtime_ns) != looks
    ]


@transaction.atomic
def take_in(file: ArchiveFile, inbox: Path, known: Knowledge, refusal: str) -> Original:
    """Note a scan: new, the same as before, moved by people, or a copy of another."""
    before = Original.objects.filter(path=file.path, state__in=_LYING).first()
    if before is not None and before.sha256 == file.sha256:
        return _save_looks(before, file)
    if before is not None:
        _replace(before)
    same = Original.objects.filter(sha256=file.sha256, state__in=_LIVE).first()
    if same is not None and inbox_folder.looks_of(inbox, same.path) is None:
        same.path, same.is_missing = file.path, False
        same.town, same.village = _village_of(file.path, known)
        _sort_anew(same)
        return _save_looks(same, file)
    town, village = _village_of(file.path, known)
    state = State.IGNORED if refusal else State.COPY if same else State.WAITING
    reason = refusal or (f"与“{same.path}”内容相同，只处理一份" if same else "")
    return Original.objects.create(
        path=file.path, sha256=file.sha256, size=file.size, mtime_ns=file.mtime_ns,
        state=state, reason=reason, town=town, village=village,
    )  # fmt: skip


def waiting() -> list[Original]:
    """Scans to be read, those first that have waited longest."""
    rows = Original.objects.filter(state=State.WAITING, is_missing=False)
    return list(rows.order_by("attempts", "pk"))


def note_failure(original: Original, reason: str) -> None:
    """A scan could not be read; after some tries that is told to people."""
    original.attempts += 1
    original.reason = reason
    if original.attempts >= MOST_ATTEMPTS:
        original.state = State.FAILED
    original.save(update_fields=["attempts", "reason", "state"])


def note_unreadable(path: str, looks: Signature, reason: str) -> None:
    """A file may not even be looked into: people are told, and it is not tried for ever."""
    Original.objects.create(
        path=path, size=looks[0], mtime_ns=looks[1], state=State.FAILED, reason=reason
    )


def try_again(original: Original) -> None:
    """Read a failed scan once more; one that was never looked into is taken in anew."""
    if not original.sha256:
        original.delete()
        return
    Original.objects.filter(pk=original.pk, state=State.FAILED).update(
        state=State.WAITING, attempts=0, reason=""
    )


def read_again(original: Original) -> None:
    """Read a scan once more; papers that nobody worked on are made anew of what is read."""
    if not _is_touched(original):
        _forget_untouched(original)
    Original.objects.filter(pk=original.pk).update(state=State.WAITING, attempts=0, reason="")


def set_aside(original: Original) -> None:
    """Have a scan that holds no paper put away, unfiled, by the service."""
    unread = Original.objects.filter(pk=original.pk, state__in=(State.FAILED, State.IGNORED))
    unread.update(state=State.SORTED)


def put_decided_away(inbox: Path, now: dt.datetime) -> int:
    """Move the scans whose papers are all decided; gives how many.

    Raises:
        OSError: the inbox cannot be written; nothing is lost.
    """
    undecided = Paper.objects.filter(state__in=(Paper.State.WAITING, Paper.State.CONFIRMED))
    ready = Original.objects.filter(state=State.SORTED).exclude(pages__paper__in=undecided)
    moved = 0
    for original in ready.distinct():
        is_filed = original.pages.filter(paper__state=Paper.State.FILED).exists()
        copies = Original.objects.filter(sha256=original.sha256, state=State.COPY)
        for one in (original, *copies):
            moved += _put_away(one, inbox, is_filed=is_filed, now=now)
    return moved


def _put_away(original: Original, inbox: Path, *, is_filed: bool, now: dt.datetime) -> bool:
    """The place is written down first: a kill between loses no trace."""
    is_there = inbox_folder.looks_of(inbox, original.path) is not None
    was_moved = bool(original.done_path) and (
        inbox_folder.looks_of(inbox, original.done_path) is not None
    )
    if is_there:
        folder = inbox_folder.FILED if is_filed else inbox_folder.REFUSED
        day = timezone.localtime(now).strftime("%Y-%m-%d")
        original.done_path = inbox_folder.free_place(inbox, folder, day, original.path)
        original.save(update_fields=["done_path"])
        inbox_folder.put_away(inbox, original.path, original.done_path)
    elif not was_moved:
        if not inbox.is_dir():
            return False
        original.done_path = ""  # people took it away themselves
    original.state, original.done_at = State.DONE, now
    original.save()
    return True


def place_on_disk(inbox: Path, original: Original) -> Path:
    """Where a scan lies now."""
    is_done = original.state == State.DONE and original.done_path
    return disk_path(inbox, original.done_path if is_done else original.path)


def scan_of(path: str, sha256: str) -> LaidFile | None:
    """The scan a file of the archive was made of, wherever the file was moved to since."""
    if not sha256:
        return None
    found = _LAID.all(sha256)
    return next((one for one in found if one.path == path), next(iter(found), None))


def _save_looks(original: Original, file: ArchiveFile) -> Original:
    original.size, original.mtime_ns, original.is_missing = file.size, file.mtime_ns, False
    original.save()
    return original


def _replace(before: Original) -> None:
    """Other content lies under a scan's name: papers nobody decided on go with it."""
    _forget_untouched(before)
    Original.objects.filter(pk=before.pk).update(state=State.REPLACED, is_missing=True)


def _sort_anew(original: Original) -> None:
    """A scan moved to a village's folder is sorted again, unless somebody worked on it."""
    if original.state == State.SORTED and not _is_touched(original):
        _forget_untouched(original)
        original.state = State.WAITING


def _papers_of(original: Original) -> list[Paper]:
    return list(Paper.objects.filter(pages__original=original).distinct())


def _is_touched(original: Original) -> bool:
    return any(one.version or one.state != Paper.State.WAITING for one in _papers_of(original))


def _forget_untouched(original: Original) -> None:
    """Take the scan's pages out of papers that nobody has decided on."""
    for paper in _papers_of(original):
        if paper.state == Paper.State.WAITING:
            paper.pages.filter(original=original).delete()
            if not paper.pages.exists():
                paper.delete()


def _village_of(path: str, known: Knowledge) -> tuple[str, str]:
    return village_of_folder(inbox_folder.folder_of(path), known.places)
