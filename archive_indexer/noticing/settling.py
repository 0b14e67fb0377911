"""Wait until a file stops changing before it is read.

Real cases: a copy from a USB stick in progress, a scanner that writes page by page, a
file saved again by Word, a modification time in the future. No thread and no clock of
its own: the caller says what time it is, on a clock that never jumps.

A file whose writer closed it, or that was renamed into place, is whole, and waits only as
long as it takes to see that nobody opens it again. One that is closed again soon after is
being written bit by bit, and waits like any other.
"""

from collections.abc import Callable
from itertools import islice, takewhile

from archive_indexer.disk.identify import Signature

_MOST_AT_ONCE = 2000
_CLOSED_SECONDS = 0.15


class Settling:
    """Files seen lately, and since when each has not changed; oldest first."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._seen: dict[str, tuple[Signature | None, float]] = {}
        self._closed: dict[str, tuple[Signature | None, float]] = {}
        self._taken_closed: dict[str, float] = {}  #: path → when it was taken so, or closed again

    def __len__(self) -> int:
        return len(self._seen) + len(self._closed)

    def see_closed(self, path: str, signature: Signature | None, now: float) -> None:
        """Note a file that its writer has closed, or that was renamed into place."""
        is_growing = path in self._closed or path in self._taken_closed
        if is_growing:
            self._taken_closed.pop(path, None)
            self._taken_closed[path] = now
        if signature is None or is_growing or self._seconds <= _CLOSED_SECONDS:
            self.see(path, signature, now)
        else:
            self._seen.pop(path, None)
            self._closed[path] = (signature, now)

    def see(self, path: str, signature: Signature | None, now: float) -> None:
        """Note how a file looks now; `None` means that it is gone."""
        closed = self._closed.get(path)
        if closed is not None and closed[0] == signature:
            return  # it was only looked at, or its name was touched
        self._closed.pop(path, None)
        known = self._seen.get(path)
        if known is None or known[0] != signature:
            self._seen.pop(path, None)  # so that the order stays that of the times
            self._seen[path] = (signature, now)

    def take_settled(
        self, now: float, look: Callable[[str], Signature | None], most: int = _MOST_AT_ONCE
    ) -> list[str]:
        """The files that look as they did when their wait began; they are forgotten here."""
        self._forget_taken(now)
        settled = []
        for path, (signature, _) in self._due(now)[:most]:
            latest = look(path)
            if latest == signature:
                if self._closed.pop(path, None) is not None:
                    self._taken_closed[path] = now
                self._seen.pop(path, None)
                settled.append(path)
            else:
                self.see(path, latest, now)
        return settled

    def next_due(self, now: float) -> float | None:
        """In how many seconds the next file may have settled; None when none waits."""
        waits = [
            begun + wait - now
            for seen, wait in ((self._closed, _CLOSED_SECONDS), (self._seen, self._seconds))
            for _, begun in islice(seen.values(), 1)
        ]
        return max(0.0, min(waits)) if waits else None

    def _due(self, now: float) -> list[tuple[str, tuple[Signature | None, float]]]:
        closed = takewhile(lambda one: now - one[1][1] >= _CLOSED_SECONDS, self._closed.items())
        quiet = takewhile(lambda one: now - one[1][1] >= self._seconds, self._seen.items())
        return [*closed, *quiet]

    def _forget_taken(self, now: float) -> None:
        """After the usual wait a file that is closed again was written anew, not on."""
        old = takewhile(lambda one: now - one[1] >= self._seconds, self._taken_closed.items())
        for path, _ in list(old):
            del self._taken_closed[path]
