"""A file of the program that the county replaces: every version kept, any can be put back.

data/versions/registry/laws.toml/0001.toml   what lay in place first
                                 0001.json   who put it there, when, why
                                 candidate   what was checked and waits to be used
"""

import datetime as dt
import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from minzheng.county.errors import MinzhengError
from minzheng.external.files.whole_file import write_whole

_replacing = threading.Lock()
SHIPPED, BY_HAND = "随程序安装", "在网页之外改动"


class ReplacedMeanwhileError(MinzhengError):
    """这个文件刚被换过，您检查时看到的已不是现用的。请重新上传、检查。"""


class NotWritableError(MinzhengError):
    """没有换上：程序文件夹不许写入。请给运行服务的账号写权限，或在服务器上替换文件。"""


@dataclass(frozen=True, slots=True)
class Version:
    """One version that is or was in place."""

    number: int
    sha256: str
    size: int
    by: str
    at: str  #: ISO time
    why: str = ""
    edition: str = ""  #: what the file itself calls its version

    @property
    def when(self) -> dt.datetime:
        """Since when it was in place."""
        return dt.datetime.fromisoformat(self.at)


class FileVersions:
    """The versions of one file; `edition` is what the one in place calls itself."""

    def __init__(self, folder: Path, place: Path, edition: str = "") -> None:
        self.folder, self.place, self._edition = folder, place, edition

    def current(self) -> bytes:
        """What is in place now."""
        return self.place.read_bytes()

    def history(self) -> list[Version]:
        """All kept versions, newest first."""
        kept = sorted(self.folder.glob("[0-9]*.json"), reverse=True)
        return [Version(**json.loads(file.read_text(encoding="utf-8"))) for file in kept]

    def read(self, number: int) -> bytes | None:
        """The bytes of a kept version; None when there is none."""
        file = self._file(number)
        return file.read_bytes() if file.is_file() else None

    def is_changed_by_hand(self) -> bool:
        """Whether what is in place is not what was put there last."""
        newest = next(iter(self.history()), None)
        return newest is not None and newest.sha256 != digest(self.current())

    def keep_candidate(self, data: bytes) -> str:
        """Keep what was uploaded until somebody decides; gives its hash."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.folder / "candidate", data, is_forced=True)
        return digest(data)

    def candidate(self, sha256: str) -> bytes | None:
        """What was uploaded, if it is still the one that was checked."""
        file = self.folder / "candidate"
        data = file.read_bytes() if file.is_file() else b""
        return data if data and digest(data) == sha256 else None

    def replace(self, data: bytes, seen: str, told: Mapping[str, str], now: dt.datetime) -> Version:
        """Put a version in place of the one whose hash was seen; both are kept.

        Raises:
            ReplacedMeanwhileError: another one lies there by now.
            NotWritableError: the folder of the program does not let itself be written.
        """
        with _replacing:
            old = self.current()
            if digest(old) != seen:
                raise ReplacedMeanwhileError
            self.folder.mkdir(parents=True, exist_ok=True)
            self._keep_old(old, now)
            try:
                write_whole(self.place, data, is_forced=True)
            except OSError as error:
                raise NotWritableError from error
            version = self._keep(data, told, now)
            (self.folder / "candidate").unlink(missing_ok=True)
            return version

    def _keep_old(self, old: bytes, now: dt.datetime) -> None:
        newest = next(iter(self.history()), None)
        if newest is None or newest.sha256 != digest(old):
            since = dt.datetime.fromtimestamp(self.place.stat().st_mtime, now.tzinfo)
            by = SHIPPED if newest is None else BY_HAND
            self._keep(old, {"by": by, "edition": self._edition}, since)

    def _keep(self, data: bytes, told: Mapping[str, str], at: dt.datetime) -> Version:
        number = next((one.number for one in self.history()), 0) + 1
        version = Version(number, digest(data), len(data), at=at.isoformat(), **told)
        write_whole(self._file(number), data, is_forced=True)
        text = json.dumps(asdict(version), ensure_ascii=False)
        write_whole(self.folder / f"{number:04d}.json", text.encode(), is_forced=True)
        return version

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:04d}{self.place.suffix}"


def digest(data: bytes) -> str:
    """The hash by which a version is known."""
    return hashlib.sha256(data).hexdigest()


def version_number(text: str) -> int:
    """The number of a version as it was asked; 0 is none."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0
