"""Who reads next: files that are ready wait for a free reader, but never behind a long scan.

What is ready while others read is begun the moment one of them is done. Whoever waited in vain
gives its file back, so that another machine may read it meanwhile.
"""

import threading


class FreeReader:
    """As many readers as there are; safe for many threads."""

    def __init__(self, count: int) -> None:
        self._free = count
        self._is_closed = False
        self._changed = threading.Condition()
        self.is_slow = False  #: somebody waited in vain, and no reader was done since

    def wait(self, seconds: float) -> bool:
        """Wait for a free one; whether it is one's own now, to be given back by `leave`."""
        with self._changed:
            came = self._changed.wait_for(lambda: self._free or self._is_closed, seconds)
            if self._free and not self._is_closed:
                self._free -= 1
                return True
            self.is_slow = self.is_slow or not came
            return False

    def leave(self) -> None:
        """One is done."""
        with self._changed:
            self._free += 1
            self.is_slow = False
            self._changed.notify()

    def close(self) -> None:
        """Nothing more is begun; whoever waits is told so at once."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
