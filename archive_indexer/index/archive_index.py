"""What every engine of the full-text index can do, whatever it keeps its documents in."""

from collections.abc import Iterable
from typing import Protocol

from archive_indexer.documents import IndexedDocument
from archive_indexer.queries import Query, SearchResult


class ArchiveIndex(Protocol):
    """Find files by any piece of their text; one writer, any number of readers."""

    def update(
        self, add: Iterable[IndexedDocument], remove: Iterable[str] = (), *, purges: bool = False
    ) -> None:
        """Add or replace documents and remove paths, in one commit.

        With `purges` nothing of what was removed stays behind.

        Raises:
            IndexLockedError: another program writes it.
            IndexBrokenError: it must be made again.
        """

    def tidy(self) -> bool:
        """Put a little of what many commits left in order; whether there was anything.

        Raises:
            IndexLockedError: another program writes it.
            IndexBrokenError: it must be made again.
        """

    def search(self, query: Query) -> SearchResult:
        """The files that meet the query and may be seen, best first or as it says.

        The counts of a filter are over all hits that pass the other filters.

        Raises:
            IndexBrokenError: it must be made again.
        """

    def names_like(self, pinyin: str, limit: int) -> tuple[str, ...]:
        """Names of people in the archive whose pinyin or initials these are."""

    def paths(self) -> set[str]:
        """Every path the index holds."""

    def confirm_sound(self) -> None:
        """Look whether it can be read.

        Raises:
            IndexBrokenError: it must be made again.
        """

    def clear(self) -> None:
        """Throw everything away."""

    def drop_older(self) -> None:
        """Delete what an earlier version of the program left here."""

    def was_found_broken(self) -> bool:
        """Whether somebody who searched found it broken since this was asked last."""
