"""Every walk over the whole archive: when, what it saw, what it could not read."""

from collections.abc import Sequence

from django.utils import timezone

from archive_indexer.models import Walk
from minzheng.prepared import Prepared

_MOST_KEPT = 500
_MOST_TOLD = 20
_MOST_PASSED_OVER = 500  #: that are told by their names


_LAST = Prepared(lambda: Walk.objects.filter(ended__isnull=False).order_by("-pk")[:1])
_LATEST = Prepared(lambda: Walk.objects.order_by("-pk")[:_MOST_TOLD])


def begin_walk() -> Walk:
    """A walk that has yet to end; the oldest ones are forgotten."""
    walk = Walk.objects.create(started=timezone.now())
    Walk.objects.filter(pk__lte=walk.pk - _MOST_KEPT).delete()
    return walk


def end_walk(
    walk: Walk,
    files: int,
    unreadable: Sequence[str],
    trouble: str,
    passed_over: Sequence[str] = (),
) -> None:
    """A walk came to its end; some folders may have been out of reach."""
    walk.files, walk.ended = files, timezone.now()
    walk.passed_over = list(passed_over[:_MOST_PASSED_OVER])
    walk.unreadable, walk.trouble = list(unreadable), trouble
    walk.save()


def break_walk(walk: Walk, trouble: str) -> None:
    """A walk could not see the archive."""
    walk.trouble = trouble
    walk.save()


def last_walk() -> Walk | None:
    """The last walk that came to its end."""
    return _LAST.first()


def latest_walks() -> list[Walk]:
    """The latest twenty walks, newest first, also those that could not see the archive."""
    return _LATEST.all()
