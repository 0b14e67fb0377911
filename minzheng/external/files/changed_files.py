"""Something made of files, made anew by itself when one of them was replaced."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from minzheng.county.errors import MinzhengError

_log = logging.getLogger(__name__)
#: A file that is replaced whole changes its folder, and folders are looked at whenever somebody
#: asks. An editor that writes into a file does not: every file is looked at as often as this.
_LOOK_SECONDS = 5.0

Made = TypeVar("Made")
State = tuple[tuple[str, int, int, int], ...]


class MadeOfFiles(Generic[Made]):
    """What `make` makes of the files below some folders, as they are now."""

    def __init__(
        self,
        make: Callable[[], Made],
        *folders: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folders = folders
        self._make, self._clock = make, clock
        self._lock = threading.Lock()
        self._made: tuple[Made, ...] = ()
        self._below: tuple[str, ...] = ()
        self._times: tuple[int, ...] = ()  #: when the folders changed
        self._state: State = ()  #: of the files in them
        self._next_look = 0.0

    def now(self) -> Made:
        """What was made of the files as they are, while they are wrong of the last right ones.

        Raises:
            MinzhengError: they are wrong, and nothing was made yet.
        """
        if self._may_have_changed():
            with self._lock:
                if self._may_have_changed():
                    self._look()
        return self._made[0]

    def _may_have_changed(self) -> bool:
        return (
            not self._made
            or self._clock() >= self._next_look
            or tuple(map(_time_of, self._below)) != self._times
        )

    def _look(self) -> None:
        # First what they look like, then what they say: a change in between is seen next time.
        below = tuple(_folders_below(self.folders))
        names = tuple(map(str, below))
        times, state = tuple(map(_time_of, names)), state_of(below)
        if not self._made or state != self._state:
            self._make_anew()
        self._below, self._times, self._state = names, times, state
        self._next_look = self._clock() + _LOOK_SECONDS

    def _make_anew(self) -> None:
        try:
            self._made = (self._make(),)
        except (MinzhengError, OSError):
            if not self._made:
                raise
            _log.exception("files were replaced by wrong ones; the last right ones stay in use")


def _time_of(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116  # each page asks a hundred times
    except FileNotFoundError:
        return 0


def state_of(folders: Iterable[Path]) -> State:
    """What the files in folders look like from outside.

    Hidden ones, those still being written and what Word lays beside an open one do not count.
    """
    return tuple(sorted(looks for folder in folders for looks in _looks_in(folder)))


def _looks_in(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~")) or not entry.is_file():
                continue
            looks = entry.stat()
            yield entry.path, looks.st_mtime_ns, looks.st_size, looks.st_ino


def _folders_below(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(Path(below) for below, _, _ in os.walk(folder))
