"""Files of the index as memory, and the parts of them that are asked for before they are read.

What a question reads lies in many small places far from one another. Where they are read one
after the other each takes the disk's time; asked for together, a tenth of it. By itself a
system reads some megabytes around each place that is touched: here it is told not to.
"""

import mmap
import os
import sys
from collections.abc import Callable
from pathlib import Path

_AT_ONCE = 1 << 17  #: bytes; of more that are asked for at once some systems read the first alone

#: A file of the index; an empty one cannot be mapped.
Mapped = bytes | mmap.mmap


def map_file(file: Path) -> Mapped:
    """A file's bytes, of which those are read that are touched."""
    with file.open("rb") as stream:
        if not os.fstat(stream.fileno()).st_size:
            return b""
        raw = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    if sys.platform != "win32":
        raw.madvise(mmap.MADV_RANDOM)
    return raw


def ask_for(raw: Mapped, begin: int = 0, end: int | None = None) -> None:
    """Have a part of a mapped file read, without waiting for it."""
    last = len(raw) if end is None else end
    if sys.platform != "win32" and isinstance(raw, mmap.mmap):
        first = begin - begin % mmap.PAGESIZE
        _in_parts(lambda at, size: raw.madvise(mmap.MADV_WILLNEED, at, size), first, last)


def ask_for_bytes(descriptor: int, begin: int, size: int) -> None:
    """Have a part of an open file read, without waiting for it."""
    if sys.platform == "linux":
        _in_parts(
            lambda at, part: os.posix_fadvise(descriptor, at, part, os.POSIX_FADV_WILLNEED),
            begin,
            begin + size,
        )


def ask_for_file(file: Path) -> None:
    """Have a whole file read, without waiting for it; one that is not there is left alone."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except OSError:
        return
    try:
        ask_for_bytes(descriptor, 0, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)


def _in_parts(ask: Callable[[int, int], object], begin: int, end: int) -> None:
    for at in range(begin, end, _AT_ONCE):
        ask(at, min(_AT_ONCE, end - at))
