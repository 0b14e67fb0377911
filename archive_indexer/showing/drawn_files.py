"""Files drawn as PDFs, kept on the machine only, up to a bound; who may see is asked before.

Kept by content and outside of every backup. What is withheld is dropped by whoever withholds it.
"""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from archive_indexer.showing.office_pages import NotDrawnError
from minzheng.external.files.whole_file import write_whole

_MOST_BYTES = 256 << 20  #: some 2,000 papers
_REMEMBERED_SECONDS = 600.0  #: why a file could not be drawn
_MOST_REMEMBERED = 500
_PATIENCE_SECONDS = 60.0


class DrawnLaterError(NotDrawnError):
    """正在画别的文件，请稍等再看。"""


class DrawnFiles:
    """A folder of PDFs by the hash of what they were drawn from."""

    def __init__(
        self,
        folder: Path,
        most_bytes: int = _MOST_BYTES,
        patience_seconds: float = _PATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder, self._most_bytes, self._clock = folder, most_bytes, clock
        self._patience_seconds = patience_seconds
        #: Each start of LibreOffice takes a processor and 300 MB.
        self._one_at_a_time = threading.Lock()
        self._refused: OrderedDict[str, tuple[float, str]] = OrderedDict()

    def find(self, sha256: str) -> tuple[str, Path] | None:
        """The kind of a file and its PDF, if it was drawn."""
        found = next(self._folder.glob(f"{sha256}.*.pdf"), None)
        if found is None:
            return None
        try:
            # when it was looked at last; what was drawn of the PDF is known by when it was made
            os.utime(found, ns=(time.time_ns(), found.stat().st_mtime_ns))
        except OSError:
            return None
        return found.suffixes[0].removeprefix("."), found

    def get(
        self, sha256: str, draw: Callable[[], tuple[str, bytes]], *, waits: bool
    ) -> tuple[str, Path]:
        """The same, drawn now if need be.

        Raises:
            DrawnLaterError: another file is being drawn, for longer than one waits.
            NotDrawnError: it cannot be drawn; the message says why.
        """
        known = self.find(sha256)
        if known:
            return known
        self._refuse_known(sha256)
        patience = self._patience_seconds if waits else 0.0
        if not self._one_at_a_time.acquire(timeout=patience):
            raise DrawnLaterError
        try:
            return self.find(sha256) or self._make(sha256, draw)
        finally:
            self._one_at_a_time.release()

    def drop(self, sha256: str) -> None:
        """Take away what was drawn of a content."""
        for one in self._folder.glob(f"{sha256}.*.pdf"):
            one.unlink(missing_ok=True)

    def _refuse_known(self, sha256: str) -> None:
        said = self._refused.get(sha256)
        if said and said[0] > self._clock() - _REMEMBERED_SECONDS:
            raise NotDrawnError(said[1])

    def _make(self, sha256: str, draw: Callable[[], tuple[str, bytes]]) -> tuple[str, Path]:
        self._refuse_known(sha256)
        try:
            kind, pdf = draw()
        except NotDrawnError as error:
            self._refused[sha256] = (self._clock(), str(error))
            while len(self._refused) > _MOST_REMEMBERED:
                self._refused.popitem(last=False)
            raise
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = self._folder / f"{sha256}.{kind}.pdf"
        write_whole(place, pdf, is_private=True)
        self._keep_within_bound(place)
        return kind, place

    def _keep_within_bound(self, newest: Path) -> None:
        """Take away those that nobody looked at for longest."""
        kept = [(one.stat(), one) for one in self._folder.glob("*.pdf")]
        size = sum(looks.st_size for looks, _ in kept)
        for looks, one in sorted(kept, key=lambda pair: pair[0].st_atime_ns):
            if size <= self._most_bytes or one == newest:
                return
            one.unlink(missing_ok=True)
            size -= looks.st_size
