"""What is still to be done, kept in the database so that no kill loses it.

Two lanes: files that are read in an instant never stand behind scans.
"""

from collections.abc import Collection, Iterable
from enum import IntEnum
from functools import lru_cache

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from archive_indexer.disk.file_names import MOST_PATH_BYTES, is_longer
from archive_indexer.models import ArchivedFile, Content, WaitingFile
from archive_indexer.stores.contents import want_as_sent, want_carefully
from minzheng.database.server import is_on_server
from minzheng.database.writing import side_by_side
from minzheng.prepared import Prepared

MOST_ATTEMPTS = 3
BACKOFF_SECONDS = (5.0, 60.0, 600.0)
_BATCH = 500


class Lane(IntEnum):
    """How dear a file is."""

    QUICK = 0  #: not looked at yet, or read in an instant
    SCAN = 1  #: pages to be read from pictures


#: Start pages and the coverage page tell how many wait.
_ALL = Prepared(lambda: WaitingFile.objects.values_list("pk"))
_IN_LANE = Prepared(lambda lane: WaitingFile.objects.filter(lane=lane).values_list("pk"))

#: What is asked at every turn, or of every file.
_NEWEST = Prepared(lambda lane: _due(lane).order_by("-pk").values_list("pk")[:1])
_TROUBLE = Prepared(lambda path: WaitingFile.objects.filter(path=path).values_list("trouble"))


@lru_cache
def _first(count: int) -> Prepared[tuple[int]]:
    return Prepared(lambda lane: _due(lane).order_by("pk").values_list("pk")[:count])


def add(paths: Iterable[str], lane: Lane = Lane.QUICK) -> None:
    """Put paths on the list; one that is being done will be done again."""
    wanted = dict.fromkeys(paths)
    for path in too_long(wanted):
        del wanted[path]
    entries = [WaitingFile(path=path, lane=lane) for path in wanted]
    for start in range(0, len(entries), _BATCH):
        WaitingFile.objects.bulk_create(
            entries[start : start + _BATCH],
            update_conflicts=True,
            unique_fields=["path"],
            update_fields=[
                "lane", "claimed", "attempts", "taken_by", "taken_at", "rests_until", "trouble",
            ],
        )  # fmt: skip


def too_long(paths: Iterable[str]) -> list[str]:
    """Those that a server cannot keep, which a walk tells; the embedded database keeps any."""
    if not is_on_server():
        return []
    return [path for path in paths if is_longer(path, MOST_PATH_BYTES)]


def take(
    lane: Lane,
    count: int,
    busy: Collection[str] = (),
    newest: bool = False,
    worker: int | None = None,
) -> list[str]:
    """Claim the next paths of a lane that are not being done, oldest or newest first.

    Two who take at once are given different ones: each passes over what the other holds.
    Without the number of a worker they are the service's own. When a worker begins to read,
    it says so itself (`claims.begin_reading`).
    """
    with side_by_side():
        due = list(
            _due(lane)
            .select_for_update(skip_locked=True)
            .exclude(path__in=list(busy))
            .order_by("-pk" if newest else "pk")
            .values_list("path", flat=True)[:count]
        )
        if due:
            WaitingFile.objects.filter(path__in=due).update(
                claimed=True, taken_by=worker, taken_at=None
            )
    return due


def holds_more_than(lane: Lane, count: int) -> bool:
    """Whether more paths than these wait for somebody who takes them."""
    return len(_first(count + 1).all(int(lane))) > count


def newest_number(lane: Lane) -> int:
    """The number of the path that came last of those that wait in a lane; 0 when none waits."""
    row = _NEWEST.first(int(lane))
    return row[0] if row else 0


def _due(lane: int) -> QuerySet[WaitingFile]:
    rested = Q(rests_until=None) | Q(rests_until__lte=Now())
    return WaitingFile.objects.filter(rested, claimed=False, lane=lane)


def trouble_of(path: str) -> str:
    """Why workers gave a path up; empty when they did not."""
    row = _TROUBLE.first(path)
    return row[0] if row else ""


def finish(paths: Iterable[str]) -> None:
    """Take finished paths off the list, unless they changed again meanwhile."""
    todo = list(paths)
    for start in range(0, len(todo), _BATCH):
        done = WaitingFile.objects.filter(path__in=todo[start : start + _BATCH])
        done.filter(claimed=True, taken_by=None).delete()


def count_attempt(path: str) -> float | None:
    """How long a path that failed should rest, or None when it was tried often enough."""
    entry = WaitingFile.objects.filter(path=path).first()
    if entry is None or entry.attempts + 1 >= MOST_ATTEMPTS:
        return None
    WaitingFile.objects.filter(path=path).update(attempts=F("attempts") + 1)
    return BACKOFF_SECONDS[entry.attempts]


def put_back(paths: Iterable[str], lane: Lane | None = None) -> None:
    """Give claimed paths back, perhaps to another lane, without counting an attempt."""
    changes = {"claimed": False} if lane is None else {"claimed": False, "lane": lane}
    WaitingFile.objects.filter(path__in=list(paths)).update(**changes)


def release_claims() -> None:
    """Give back what a killed service had claimed; what workers have in hand stays theirs."""
    let_go(WaitingFile.objects.filter(claimed=True, taken_by=None))


def let_go(claimed: QuerySet[WaitingFile], **changes: object) -> None:
    """Give back what was claimed, perhaps changed."""
    claimed.update(claimed=False, taken_by=None, taken_at=None, **changes)


def count(lane: Lane | None = None) -> int:
    """How many paths wait, in a lane or in all."""
    return _ALL.count() if lane is None else _IN_LANE.count(int(lane))


def count_in(named: Iterable[str], at_top: Iterable[str] = (), lane: Lane | None = None) -> int:
    """How many wait in folders so named, wherever they lie, or in those at the archive's top."""
    lying = Q(pk__lt=0)
    for name in named:
        lying |= Q(path__startswith=f"{name}/") | Q(path__contains=f"/{name}/")
    for name in at_top:
        lying |= Q(path__startswith=f"{name}/")
    waiting = WaitingFile.objects.filter(lying)
    return waiting.count() if lane is None else waiting.filter(lane=lane).count()


def read_carefully(files: Collection[ArchivedFile]) -> int:
    """Let the service read these files again by the larger model; gives their number."""
    indexed = [file for file in files if file.present and file.state == "indexed"]
    want_carefully(file.sha256 for file in indexed)
    add(dict.fromkeys(file.packed_in or file.path for file in indexed), Lane.SCAN)
    return len(indexed)


def read_as_sent(sha256: str) -> bool:
    """Let a photo that was read straight be read again as it is; whether there is such a one."""
    if not want_as_sent(sha256):
        return False
    lying = ArchivedFile.objects.filter(sha256=sha256, present=True).order_by("path")
    add(dict.fromkeys(file.packed_in or file.path for file in lying), Lane.SCAN)
    return True


def try_again(files: list[ArchivedFile]) -> int:
    """Forget why these files failed and let the service read them; gives their number."""
    failed = [file for file in files if file.present and file.state == "failed"]
    Content.objects.filter(pk__in=[file.sha256 for file in failed]).exclude(reason="").delete()
    numbers = [file.pk for file in failed]
    ArchivedFile.objects.filter(pk__in=numbers).update(state="waiting", reason="")
    add(dict.fromkeys(file.packed_in or file.path for file in failed))
    return len(failed)
