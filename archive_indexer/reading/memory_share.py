"""What all readers together may hold in memory, so that no mix of files exceeds it."""

import threading
from dataclasses import dataclass, field

TOTAL_MIB = 1500  #: the service itself takes up to 390, with ten million characters in hand
QUICK_MIB = 300  #: a reader without models takes 160; what needs more goes to the scans
LARGEST_MIB = 850  #: a page of the largest size that is read takes up to 740
_USUAL_MIB = 400  #: a reader with its models, between two pages; 180 between two files


@dataclass
class MemoryShare:
    """The memory of all readers as it was last seen; safe for many threads."""

    total_mib: int = TOTAL_MIB
    _held: dict[int, int] = field(default_factory=dict)  #: process id → MiB
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def must_stop(self, process_id: int, mib: int) -> bool:
        """Note what a busy reader holds; whether it is the one that has to make room."""
        with self._lock:
            self._held[process_id] = mib
            return sum(self._held.values()) > self.total_mib and mib == max(self._held.values())

    def forget(self, process_id: int) -> None:
        """A reader has ended."""
        with self._lock:
            self._held.pop(process_id, None)


def readers_that_fit(wanted: int) -> int:
    """How many readers of scans have room for their usual work."""
    return max(1, min(wanted, (TOTAL_MIB - QUICK_MIB) // _USUAL_MIB))


def scan_limit_mib(readers: int) -> int:
    """What one of so many readers may hold; more than its part only while others hold less."""
    return max(LARGEST_MIB, (TOTAL_MIB - QUICK_MIB) // readers)


def idle_limit_mib(readers: int) -> int:
    """What one of so many readers may keep between two files."""
    return (TOTAL_MIB - QUICK_MIB) // readers
