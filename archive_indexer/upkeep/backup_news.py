"""What happened last with the backup: kept in the data folder, told on the pages."""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from django.utils import timezone

from minzheng.external.files.whole_file import write_whole

NEWS_FILE = "backup_state.json"

PLAIN = "没有加密"  #: stands in the news of a plain backup

What = Literal["asked", "begun", "made", "checked", "failed"]


@dataclass(frozen=True, slots=True)
class BackupNews:
    """One thing that happened with the backup."""

    at: str  #: ISO time
    text: str

    @property
    def when(self) -> dt.datetime:
        """The moment it happened."""
        return dt.datetime.fromisoformat(self.at)


def note_backup(data: Path, what: What, text: str) -> None:
    """Keep what happened last, of each kind."""
    known = {key: asdict(news) for key, news in backup_news(data).items()}
    known[what] = asdict(BackupNews(timezone.localtime().isoformat(), text))
    data.mkdir(parents=True, exist_ok=True)
    write_whole(data / NEWS_FILE, json.dumps(known, ensure_ascii=False).encode())


def backup_news(data: Path) -> dict[str, BackupNews]:
    """What happened last, of each kind that happened."""
    try:
        known = json.loads((data / NEWS_FILE).read_text(encoding="utf-8"))
        return {key: BackupNews(**news) for key, news in known.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}
