"""Wait until a file stops changing before it is read.

Real cases: a copy from a USB stick in progress, a scanner that writes page by page, a
file saved again by Word, a modification time in the future. No thread and no clock of
its own: the caller says what time it is, on a clock that never jumps.
"""

from collections.abc import Callable
from itertools import takewhile

from archive_indexer.disk.identify import Signature

_MOST_AT_ONCE = 2000


class Settling:
    """Files seen lately, and since when each has not changed; oldest first."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._seen: dict[str, tuple[Signature | None, float]] = {}

    def __len__(self) -> int:
        return len(self._seen)

    def see(self, path: str, signature: Signature | None, now: float) -> None:
        """Note how a file looks now; `None` means that it is gone."""
        known = self._seen.get(path)
        if known is None or known[0] != signature:
            self._seen.pop(path, None)  # so that the order stays that of the times
            self._seen[path] = (signature, now)

    def take_settled(
        self, now: float, look: Callable[[str], Signature | None], most: int = _MOST_AT_ONCE
    ) -> list[str]:
        """The files that look as they did when their wait began; they are forgotten here."""
        due = takewhile(lambda entry: now - entry[1][1] >= self._seconds, self._seen.items())
        settled = []
        for path, (signature, _) in list(due)[:most]:
            latest = look(path)
            if latest == signature:
                del self._seen[path]
                settled.append(path)
            else:
                self.see(path, latest, now)
        return settled
