"""What the page of the backups shows: the plan, what happened, what lies there."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from django.utils.timesince import timesince

from archive_indexer.upkeep.backup_manifest import list_snapshots
from archive_indexer.upkeep.backup_news import BackupNews, backup_news
from minzheng.county.settings.all_settings import Config
from minzheng.web.upkeep.backup_plan import Now, last_hour, what_goes_on

_MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Backups:
    """How the backup stands."""

    folder: Path | None
    clock: dt.time | None
    key_file: Path
    has_key: bool
    is_reachable: bool
    now: Now
    made: BackupNews | None
    failed: BackupNews | None  #: only when nothing was made since
    checked: BackupNews | None
    snapshots: tuple[str, ...]  #: newest first
    count: int
    next_at: dt.datetime | None

    @property
    def may_begin(self) -> bool:
        """Whether a backup can be asked for now."""
        return self.folder is not None and self.has_key and self.now == Now.IDLE

    @property
    def age(self) -> str:
        """How long ago the last one was made."""
        if not self.made:
            return ""
        age = timezone.now() - self.made.when
        if age < dt.timedelta(hours=1):
            return "刚刚"
        if age < dt.timedelta(hours=48):
            return f"{age // dt.timedelta(hours=1)} 小时前"
        return f"{timesince(self.made.when)}前"


def backups(config: Config) -> Backups:
    """How it stands now."""
    news = backup_news(config.data_folder)
    made, failed = news.get("made"), news.get("failed")
    folder, clock = config.backup_folder, config.backup_clock
    found = _snapshots(folder)
    return Backups(
        folder=folder,
        clock=clock,
        key_file=config.backup_key_file,
        has_key=config.backup_key_file.is_file(),
        is_reachable=folder is not None and (folder.is_dir() or folder.parent.is_dir()),
        now=what_goes_on(news),
        made=made,
        failed=failed if failed and not (made and made.when > failed.when) else None,
        checked=news.get("checked"),
        snapshots=tuple(reversed(found[-_MOST_SHOWN:])),
        count=len(found),
        next_at=_next(clock),
    )


def _snapshots(folder: Path | None) -> list[str]:
    try:
        return [one.name for one in list_snapshots(folder)] if folder is not None else []
    except OSError:  # a share that is away
        return []


def _next(clock: dt.time | None) -> dt.datetime | None:
    now = timezone.localtime()
    return None if clock is None else last_hour(clock, now) + dt.timedelta(days=1)
