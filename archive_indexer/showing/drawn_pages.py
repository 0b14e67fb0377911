"""Pages drawn a moment ago: readers turn back and zoom, and no browser may keep a picture.

Kept in memory only, for some minutes, up to a bound; who may see a page is asked before.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path

_MOST_BYTES = 32 << 20  #: some 250 pages as they are read, or 2,000 small ones
_MOST_SECONDS = 600.0


class DrawnPages:
    """The pictures drawn last, by the file as it lies there and by all that is drawn of it."""

    def __init__(
        self,
        most_bytes: int = _MOST_BYTES,
        most_seconds: float = _MOST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most_bytes, self._most_seconds, self._clock = most_bytes, most_seconds, clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[float, bytes]] = OrderedDict()  #: oldest first
        self._bytes = 0

    def get(self, file: Path, what: Hashable, draw: Callable[[], bytes]) -> bytes:
        """The picture of a file that was drawn, or that `draw` makes now.

        Raises:
            FileNotFoundError: the file is gone, whatever was drawn of it.
        """
        looks = file.stat()
        key = (str(file), looks.st_ino, looks.st_size, looks.st_mtime_ns, what)
        with self._lock:
            self._forget()
            known = self._kept.get(key)
        if known is not None:
            return known[1]
        picture = draw()
        with self._lock:
            self._keep(key, picture)
        return picture

    def _keep(self, key: Hashable, picture: bytes) -> None:
        if key not in self._kept:
            self._kept[key] = (self._clock(), picture)
            self._bytes += len(picture)
        self._forget()

    def _forget(self) -> None:
        """Drop what is too old or too much, the oldest first."""
        since = self._clock() - self._most_seconds
        while self._kept:
            key, (drawn, picture) = next(iter(self._kept.items()))
            if drawn >= since and self._bytes <= self._most_bytes:
                return
            del self._kept[key]
            self._bytes -= len(picture)
