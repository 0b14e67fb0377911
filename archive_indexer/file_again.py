"""File again what was read before: by new rules, or because a keeper corrected it.

No page is read again. Keepers work in another process: they mark a file's row, and the
service, the only writer of the index, looks for marks at every turn.
"""

from collections.abc import Collection

from archive_indexer.disk.file_names import as_read
from archive_indexer.filing.classify import Known, classify
from archive_indexer.index_file import Outcome
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import file_store, filing_store, page_store

_AT_ONCE = 40


class Refiling:
    """What is to be filed again, and what is to be told to the index."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._old = filing_store.guessed_by_old_rules()

    def __len__(self) -> int:
        return len(self._old) + ArchivedFile.objects.filter(has_news=True).count()

    def go_on(self, busy: Collection[str]) -> list[Outcome]:
        """One turn's share; files that are just being read are left for a later turn."""
        todo, self._old = self._old[:_AT_ONCE], self._old[_AT_ONCE:]
        for path in todo:
            if path not in busy:  # what is being read is filed by the new rules anyway
                self._guess_again(path)
        told = map(_tell, filing_store.take_news(busy, _AT_ONCE))
        return [outcome for outcome in told if outcome is not None]

    def _guess_again(self, path: str) -> None:
        row = ArchivedFile.objects.filter(path=path).first()
        if row is None:
            return
        extraction = page_store.content_of(row.sha256, by_old_rules=True)
        pages = extraction.pages if extraction else ()
        filing_store.keep_guess(path, classify(as_read(path), pages, self._known))


def _tell(path: str) -> Outcome | None:
    """What the index is to hold now; nothing new where a file has yet to be read."""
    if file_store.file_of(path) is None:
        return Outcome(path, file_store.trace_of(path))
    document = file_store.document_of(path)
    return Outcome(path, document) if document else None
