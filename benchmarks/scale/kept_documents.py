"""Invented documents kept on disk: a million are made once, and are never all in memory."""

import marshal
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from archive_indexer.documents import IndexedDocument
from benchmarks.documents import make_documents

_TOGETHER = 4000  #: documents of a file


class KeptDocuments(Sequence[IndexedDocument]):
    """The first so many of `make_documents`; those of a larger number begin with the same."""

    def __init__(self, folder: Path, count: int) -> None:
        """Make what is not there yet: about half a CPU ms a document."""
        self._folder, self._count = folder, count
        self._read: tuple[int, list[IndexedDocument]] = (-1, [])
        folder.mkdir(parents=True, exist_ok=True)
        if not all(self._file(number).exists() for number in range(self._files)):
            self._make()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        if not 0 <= at < self._count:
            raise IndexError(at)
        return self._of_file(at // _TOGETHER)[at % _TOGETHER]

    def __iter__(self) -> Iterator[IndexedDocument]:
        for number in range(self._files):
            yield from self._of_file(number)[: self._count - number * _TOGETHER]

    @property
    def _files(self) -> int:
        return -(-self._count // _TOGETHER)

    def _file(self, number: int) -> Path:
        return self._folder / f"{number:04d}.bin"

    def _make(self) -> None:
        documents = make_documents(self._files * _TOGETHER)
        for number in range(self._files):
            several = [_as_tuple(one) for one in islice(documents, _TOGETHER)]
            self._file(number).write_bytes(marshal.dumps(several))

    def _of_file(self, number: int) -> list[IndexedDocument]:
        if self._read[0] != number:
            kept = marshal.loads(self._file(number).read_bytes())
            self._read = number, [_from_tuple(*one) for one in kept]
        return self._read[1]


def _as_tuple(one: IndexedDocument) -> tuple[str, ...]:
    (text,) = one.pages
    return one.path, one.sha256, text, one.town, one.village, one.dossier, one.year, one.title


def _from_tuple(path: str, sha256: str, text: str, *filters: str) -> IndexedDocument:
    town, village, dossier, year, title = filters
    return IndexedDocument(
        path, sha256, (text,), town=town, village=village, dossier=dossier, year=year, title=title
    )
