"""The log of the services as people read it, newest first."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_LINES = 300
LEVELS = {"ERROR": "故障", "WARNING": "留意", "INFO": "一般"}
SOURCES = {"web": "网页服务", "service": "看守服务"}
_SEVERE = ("ERROR", "CRITICAL")
#: Loggers of Django whose messages have holes for an address: in words, by the answer given.
_ANSWERED = {"django.request": "", "django.security.csrf": "：不是从本页发来的，没有收"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log."""

    at: str
    source: str
    level: str
    name: str
    text: str
    error: str = ""

    @property
    def level_word(self) -> str:
        """The level in Chinese."""
        return LEVELS["ERROR"] if self.level in _SEVERE else LEVELS.get(self.level, self.level)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: a level, a day, a service; empty: all."""

    level: str = ""
    day: dt.date | None = None
    source: str = ""


def lines_of(folder: Path, asked: Asked, most: int = MOST_LINES) -> list[Line]:
    """The newest lines that fit, of the services' current logs; of a day, of older ones too."""
    found = [
        line
        for file in _files(folder, asked)
        for line in _read(file, file.name.partition(".")[0])
        if _fits(line, asked)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:most]


def days_of(lines: list[Line]) -> list[str]:
    """The days that some lines are of, newest first."""
    return sorted({one.at[:10] for one in lines}, reverse=True)


def _files(folder: Path, asked: Asked) -> Iterator[Path]:
    for file in sorted(folder.glob("*.jsonl*")):
        is_current = file.suffix == ".jsonl"
        if asked.source and file.name.partition(".")[0] != asked.source:
            continue
        if is_current or (asked.day is not None and _last_day(file) >= asked.day):
            yield file


def _last_day(file: Path) -> dt.date:
    return dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone().date()


def _read(file: Path, source: str) -> Iterator[Line]:
    for text in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            told = json.loads(text)
        except ValueError:  # half a line: the service was killed while it wrote
            continue
        if isinstance(told, dict):
            yield _line(told, source)


def _line(told: dict[str, Any], source: str) -> Line:
    name, status = str(told.get("name", "")), told.get("status_code")
    text = str(told.get("message", ""))
    if name in _ANSWERED and status:
        text = f"网页答复 {status}{_ANSWERED[name]}"
    known = ("asctime", "levelname", "name", "message", "exc_info", "status_code")
    more = "，".join(f"{key} {value}" for key, value in told.items() if key not in known)
    return Line(
        at=str(told.get("asctime", ""))[:19],
        source=SOURCES.get(source, source),
        level=str(told.get("levelname", "")),
        name=name,
        text=f"{text}（{more}）" if more else text,
        error=str(told.get("exc_info", "")),
    )


def _fits(line: Line, asked: Asked) -> bool:
    if asked.level and LEVELS.get(asked.level, "") != line.level_word:
        return False
    return asked.day is None or line.at.startswith(asked.day.isoformat())
