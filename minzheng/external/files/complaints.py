"""What a library written in C says on the error stream while it works; Python hears it nowhere."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

_ERRORS = 2  #: the number of the error stream


@contextmanager
def complaints_heard() -> Iterator[list[str]]:
    """The lines that are said meanwhile stand in the list afterwards, and on no terminal."""
    heard: list[str] = []
    with tempfile.TemporaryFile() as file:
        try:
            kept = os.dup(_ERRORS)
        except OSError:  # a service without any terminal: nothing is said
            yield heard
            return
        os.dup2(file.fileno(), _ERRORS)
        try:
            yield heard
        finally:
            os.dup2(kept, _ERRORS)
            os.close(kept)
            file.seek(0)
            heard += file.read().decode(errors="replace").splitlines()
