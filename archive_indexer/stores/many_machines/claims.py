"""What a worker has in hand, and how it is given on: read, failed, or left to somebody else.

All of it is true only of what the worker still has in hand: one that was taken for dead and
comes back changes nothing of what others read meanwhile.
"""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from archive_indexer.documents import Extraction
from archive_indexer.models import ContentInHand, WaitingFile
from archive_indexer.stores import contents, waiting_list
from archive_indexer.stores.waiting_list import BACKOFF_SECONDS, MOST_ATTEMPTS, Lane
from minzheng.database.writing import side_by_side

_COPY_SECONDS = 2.0  #: until a copy of what is being read is looked at again


def hold_content(worker: int, path: str, sha256: str) -> bool:
    """Whether nobody else reads this content just now; then it is this worker's to read."""
    try:
        with side_by_side():
            ContentInHand.objects.create(sha256=sha256, worker_id=worker, path=path)
    except IntegrityError:
        return False
    return True


def begin_reading(worker: int, path: str) -> bool:
    """Say that it is being read from now on; whether it is this worker's to read still."""
    return bool(_mine(worker, path).update(taken_at=Now()))


def keep_reading(worker: int, path: str, sha256: str, extraction: Extraction) -> None:
    """Keep what was read and give the path to the service: both, or neither."""
    with transaction.atomic():
        if contents.content_at(path, sha256) is None:  # whoever was quicker has read the same
            contents.keep_content(sha256, extraction)
        hand_over(worker, path)


def hand_over(worker: int, path: str, trouble: str = "") -> None:
    """The content is known, or was given up: the service files and indexes."""
    with transaction.atomic(savepoint=False):
        waiting_list.let_go(_mine(worker, path), lane=Lane.QUICK, trouble=trouble)
        _drop_content(worker, path)


def give_back(worker: int, path: str, seconds: float = 0.0) -> None:
    """Anybody may take it, after a rest; no try is counted."""
    with transaction.atomic():
        if seconds:
            _mine(worker, path).update(rests_until=_after(seconds))
        _let_go(worker, path)


def wait_for_copy(worker: int, path: str) -> None:
    """The same content is being read from another place: look again when that is done."""
    give_back(worker, path, _COPY_SECONDS)


def note_failure(worker: int, path: str, reason: str) -> None:
    """It could not be read: to be tried again after a rest, or given up with its reason."""
    with transaction.atomic():
        mine = _mine(worker, path)
        tried = mine.values_list("attempts", flat=True).first()
        if tried is None:
            _let_go(worker, path)
        elif tried + 1 >= MOST_ATTEMPTS:
            hand_over(worker, path, reason)
        else:
            mine.update(attempts=F("attempts") + 1)
            give_back(worker, path, BACKOFF_SECONDS[tried])


def leave_to_service(worker: int, path: str) -> None:
    """It is not found from here: only the service concludes that a file is gone."""
    with transaction.atomic():
        mine = _mine(worker, path)
        tried = mine.values_list("attempts", flat=True).first() or 0
        # The last try stays: that a machine does not see a file is no fault of the file.
        mine.update(
            lane=Lane.QUICK,
            attempts=min(tried + 1, MOST_ATTEMPTS - 1),
            rests_until=_after(BACKOFF_SECONDS[min(tried, MOST_ATTEMPTS - 1)]),
        )
        _let_go(worker, path)


def keep_only(worker: int, paths: list[str]) -> None:
    """Give back whatever else it seems to have in hand, since the server was away meanwhile."""
    with transaction.atomic():
        mine = WaitingFile.objects.filter(taken_by=worker).exclude(path__in=paths)
        waiting_list.let_go(mine)
        ContentInHand.objects.filter(worker=worker).exclude(path__in=paths).delete()


def _mine(worker: int, path: str) -> QuerySet[WaitingFile]:
    return WaitingFile.objects.filter(path=path, taken_by=worker)


def _let_go(worker: int, path: str) -> None:
    waiting_list.let_go(_mine(worker, path))
    _drop_content(worker, path)


def _drop_content(worker: int, path: str) -> None:
    ContentInHand.objects.filter(worker=worker, path=path).delete()


def _after(seconds: float) -> object:
    return Now() + dt.timedelta(seconds=seconds)
