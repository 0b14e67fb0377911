"""Readers that fail as hostile files make them fail."""

import errno
import os
import time
from pathlib import Path

from archive_indexer.documents import ExtractedPage, Extraction


def read_by_name(file: Path) -> Extraction:
    """Crash, hang, eat memory, hold 150 MiB for a second or read, as the file is called."""
    _raise_by_name(file.name)
    if file.name == "crash":
        os._exit(139)
    if file.name == "hang":
        time.sleep(60)
    if file.name == "eat":
        held = []
        while True:
            held.append(b"x" * (20 << 20))
            time.sleep(0.02)
    if file.name.startswith("large"):
        held = [b"x" * (150 << 20)]
        time.sleep(1.0)
    text = str(os.getpid()) if file.name == "who" else file.name
    return Extraction("txt", (ExtractedPage(1, text),))


def _raise_by_name(name: str) -> None:
    if name == "refuse":
        raise OSError(errno.EIO, "Input/output error")
    if name == "lack memory":
        raise MemoryError
    if name == "fail":
        raise ZeroDivisionError
