"""Make the full-text index again from what was read; no scan is read."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.stores import archived_files

_BATCH = 4000  #: a segment of the index that needs no merging


def rebuild_index(index: FullTextIndex, progress: Callable[[int], None]) -> int:
    """Throw the index away and fill it; gives the number of files."""
    index.clear()
    return fill_index(index, sorted(archived_files.indexed_paths()), progress)


def fill_index(index: FullTextIndex, paths: Sequence[str], progress: Callable[[int], None]) -> int:
    """Put files that were read before into the index."""
    done = 0
    documents = _documents(paths)
    while batch := list(islice(documents, _BATCH)):
        index.update(batch)
        done += len(batch)
        progress(done)
    return done


def _documents(paths: Sequence[str]) -> Iterator[IndexedDocument]:
    for path in paths:
        document = archived_files.document_of(path)
        if document is not None:
            yield document
