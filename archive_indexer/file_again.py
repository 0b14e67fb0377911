"""File again what was read before: by new rules, or because a keeper corrected it.

No page is read again. Keepers work in another process: they mark a file's row, and the
service, the only writer of the index, looks for marks at every turn.
"""

from collections.abc import Collection

from archive_indexer.documents import ArchiveFile, Extraction
from archive_indexer.filing.classify import Known
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.stores import archived_files, contents, filings
from archive_indexer.stores.outcomes import outcome_now, told_and_filed

_AT_ONCE = 40


class FilingAgain:
    """What is to be filed again, and what is to be told to the index."""

    def __init__(self, known: Known, writer: IndexWriter) -> None:
        self._known = known
        self._writer = writer
        self._old = filings.guessed_by_old_rules()

    def __len__(self) -> int:
        return len(self._old) + filings.count_news()

    def go_on(self, busy: Collection[str]) -> None:
        """One turn's share; files that are just being read are left for a later turn."""
        todo, self._old = self._old[:_AT_ONCE], self._old[_AT_ONCE:]
        for path in todo:
            if path not in busy:  # what is being read is filed by the new rules anyway
                self._guess_again(path)
        for path in filings.take_news(busy, _AT_ONCE):
            if filings.is_filed_by_no_rules(path):
                self._guess_again(path)
            outcome = outcome_now(path)
            if outcome is not None:
                self._writer.take([outcome])

    def _guess_again(self, path: str) -> None:
        sha256 = archived_files.content_at(path)
        read = contents.content_of(sha256, by_old_rules=True) or Extraction("", ())
        file = ArchiveFile(path, 0, 0, sha256)
        filings.keep_guess(path, told_and_filed(file, read, self._known)[1])
