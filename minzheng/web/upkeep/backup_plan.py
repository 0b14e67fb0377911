"""When a backup is to be made: asked for on the page, or by the plan; told by what happened."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from archive_indexer.upkeep.backup_news import BackupNews

#: After a failure, a share that was away may be back.
RETRY = dt.timedelta(hours=1)
CHECK_EVERY = dt.timedelta(days=7)

News = Mapping[str, BackupNews]


class Now(StrEnum):
    """What is going on with the backup."""

    IDLE = "没有在备份"
    ASKED = "马上开始"
    RUNNING = "正在备份"


def what_goes_on(news: News) -> Now:
    """Asked and not begun, begun and not ended, or neither."""
    ended = _latest(news, "made", "failed")
    if _is_later(_latest(news, "begun"), ended):
        return Now.RUNNING
    if _is_later(_latest(news, "asked"), _latest(news, "begun")):
        return Now.ASKED
    return Now.IDLE


def is_due(news: News, clock: dt.time | None, now: dt.datetime) -> bool:
    """Whether the plan's hour has passed since the last attempt, or a failure an hour ago."""
    if clock is None:
        return False
    begun = _latest(news, "begun", "made", "failed")
    if begun is None:
        return True
    failed = _latest(news, "failed")
    if failed is not None and not _is_later(_latest(news, "made"), failed):
        return now - begun >= RETRY
    return begun < last_hour(clock, now)


def last_hour(clock: dt.time, now: dt.datetime) -> dt.datetime:
    """When the plan's hour was last."""
    today = now.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return today if today <= now else today - dt.timedelta(days=1)


def is_check_due(news: News, now: dt.datetime) -> bool:
    """Whether the newest backup should be read again."""
    checked = _latest(news, "checked")
    return checked is None or now - checked >= CHECK_EVERY


def _latest(news: News, *kinds: str) -> dt.datetime | None:
    times = [news[one].when for one in kinds if one in news]
    return max(times, default=None)


def _is_later(one: dt.datetime | None, other: dt.datetime | None) -> bool:
    return one is not None and (other is None or one > other)
