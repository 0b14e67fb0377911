"""What is still to be done, kept in the database so that no kill loses it."""

from collections.abc import Collection, Iterable

from django.db import transaction

from archive_indexer.models import WaitingFile

MOST_ATTEMPTS = 3
_BACKOFF_SECONDS = (5.0, 60.0, 600.0)
_BATCH = 500


def add(paths: Iterable[str]) -> None:
    """Put paths on the list; one that is being done will be done again."""
    entries = [WaitingFile(path=path) for path in dict.fromkeys(paths)]
    for start in range(0, len(entries), _BATCH):
        WaitingFile.objects.bulk_create(
            entries[start : start + _BATCH],
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=["not_before", "claimed"],
        )


def take(count: int, now: float, busy: Collection[str] = ()) -> list[str]:
    """Claim the next paths that are due and not being done, oldest first."""
    with transaction.atomic():
        due = list(
            WaitingFile.objects.filter(claimed=False, not_before__lte=now)
            .exclude(path__in=list(busy))
            .order_by("pk")
            .values_list("path", flat=True)[:count]
        )
        WaitingFile.objects.filter(path__in=due).update(claimed=True)
    return due


def finish(paths: Iterable[str]) -> None:
    """Take finished paths off the list, unless they changed again meanwhile."""
    todo = list(paths)
    for start in range(0, len(todo), _BATCH):
        WaitingFile.objects.filter(claimed=True, path__in=todo[start : start + _BATCH]).delete()


def try_again(path: str, now: float, at_once: bool = False) -> bool:
    """Put a path back for later, or for now; False when it was tried often enough."""
    entry = WaitingFile.objects.filter(path=path).first()
    if entry is None or entry.attempts + 1 >= MOST_ATTEMPTS:
        return False
    entry.not_before = now if at_once else now + _BACKOFF_SECONDS[entry.attempts]
    entry.attempts += 1
    entry.claimed = False
    entry.save()
    return True


def put_back(path: str, not_before: float) -> None:
    """Let a claimed path wait without counting an attempt."""
    WaitingFile.objects.filter(path=path).update(claimed=False, not_before=not_before)


def release_claims() -> None:
    """Give back what a killed service had claimed."""
    WaitingFile.objects.filter(claimed=True).update(claimed=False)


def count() -> int:
    """How many paths wait."""
    return WaitingFile.objects.count()
