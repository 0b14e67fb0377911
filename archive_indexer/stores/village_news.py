"""What a desk shows of the archive: what came last, what failed, when it was walked."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from archive_indexer.disk.file_names import as_shown
from archive_indexer.models import ArchivedFile, Walk
from archive_indexer.stores.coverage import Failure


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came into the index."""

    number: int
    path: str
    at: dt.datetime


def latest_arrivals(within: Q, most: int) -> list[Arrival]:
    """The files taken in last, newest first."""
    rows = ArchivedFile.objects.filter(within, present=True, state="indexed")
    found = rows.order_by("-content_since", "-pk").values_list("pk", "path", "content_since")
    return [Arrival(number, as_shown(path), at) for number, path, at in found[:most]]


def latest_failures(within: Q, most: int) -> list[Failure]:
    """The files that could not be read, newest first."""
    rows = ArchivedFile.objects.filter(within, present=True, state="failed")
    found = rows.order_by("-last_seen", "-pk").values_list("pk", "path", "reason", "last_seen")
    return [
        Failure(number, as_shown(path), reason, failed_at=at)
        for number, path, reason, at in found[:most]
    ]


def count_by_town(within: Q) -> dict[str, int]:
    """Files that can be found, town by town; what belongs to none is left out."""
    rows = ArchivedFile.objects.filter(within, present=True, state="indexed").exclude(town="")
    return dict(rows.order_by().values_list("town").annotate(files=Count("pk")))


def last_walk() -> Walk | None:
    """The last walk over the whole archive that came to its end."""
    return Walk.objects.filter(ended__isnull=False).order_by("-pk").first()
