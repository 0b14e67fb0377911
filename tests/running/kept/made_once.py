"""What all parts of a run need is made by whoever asks first; the others wait for it.

In a fresh clone several parts begin at once, and each made it: as many times the work, to throw
all but one away.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def made_by_one(file: Path) -> Iterator[None]:
    """Nobody else makes this file meanwhile; who comes in looks whether it is there by now.

    A process that ends lets the next one in. Where files cannot be locked nobody waits.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_name(f"{file.name}.lock").open("w", encoding="utf-8") as lock:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415  # there is none elsewhere

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
