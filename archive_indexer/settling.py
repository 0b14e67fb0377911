"""Wait until a file stops changing before it is read.

Real cases: a copy from a USB stick in progress, a scanner that writes page by page, a
file saved again by Word, a modification time in the future. No thread and no clock of
its own: the caller says what time it is.
"""

from archive_indexer.identify import Signature


class Settling:
    """Files seen lately, and since when each has not changed."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._seen: dict[str, tuple[Signature | None, float]] = {}

    def __len__(self) -> int:
        return len(self._seen)

    def paths(self) -> tuple[str, ...]:
        """Files still watched."""
        return tuple(self._seen)

    def see(self, path: str, signature: Signature | None, now: float) -> None:
        """Note how a file looks now; `None` means that it is gone."""
        known = self._seen.get(path)
        if known is None or known[0] != signature:
            self._seen[path] = (signature, now)

    def take_settled(self, now: float) -> list[str]:
        """The files that have not changed for long enough; they are forgotten here."""
        settled = [path for path, (_, since) in self._seen.items() if now - since >= self._seconds]
        for path in settled:
            del self._seen[path]
        return settled
