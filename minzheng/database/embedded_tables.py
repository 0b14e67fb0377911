"""The tables as a file of the data folder: copied, checked, laid back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

from minzheng.external.files.sqlite_file import copy_database, find_damage

KIND = "sqlite"
FILE = "minzheng.sqlite3"


class EmbeddedTables:
    """A SQLite file."""

    kind, file_name = KIND, FILE

    def __init__(self, data: Path) -> None:
        self._data = data

    def exist(self) -> bool:
        """Whether there are any."""
        return (self._data / FILE).exists()

    def bytes(self) -> int:
        """How much they take on the disk."""
        return (self._data / FILE).stat().st_size

    def find_damage(self) -> str:
        """What is wrong with them; empty when they are sound."""
        return find_damage(self._data / FILE)

    @contextmanager
    def copied(self, copy: Path) -> Iterator[str]:
        """A copy as of one moment, as long as it is needed; gives what is wrong with it."""
        try:
            copy_database(self._data / FILE, copy)
            yield find_damage(copy)
        finally:
            copy.unlink(missing_ok=True)
            copy.with_name(f"{copy.name}-journal").unlink(missing_ok=True)

    def stage(self, copy: Path) -> None:
        """A file needs no preparation: it is moved with all others."""

    def drop_staged(self) -> None:
        """Nothing was prepared."""

    def set_aside(self, stamp: str) -> str:
        """The file goes with the data folder; its connections end here."""
        connections.close_all()
        return ""

    def put_in_place(self, aside: str = "") -> None:
        """The file came with the data folder."""
