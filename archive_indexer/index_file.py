"""THE PATH: a file in the archive becomes findable.

identify → extract → clean → classify → store → (the service commits the index)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from archive_indexer import page_store
from archive_indexer.classify import classify
from archive_indexer.clean_text import clean_page
from archive_indexer.documents import ArchiveFile, Extraction, IndexedDocument
from archive_indexer.errors import FileGoneError
from archive_indexer.identify import identify
from county.dossiers import Dossiers
from county.places import Places


@dataclass(frozen=True, slots=True)
class Workplace:
    """What the path needs from outside."""

    root: Path  #: the archive folder
    read: Callable[[Path], Extraction]  #: pages of a file, read in a child process
    places: Places
    dossiers: Dossiers
    form_titles: dict[str, str]  #: form id → title


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: a document for the index, gone, or a reason."""

    path: str
    document: IndexedDocument | None = None
    reason: str = ""


def index_file(path: str, workplace: Workplace) -> Outcome:
    """Read one file, or take what was read of the same content before.

    Raises:
        FileChangingError, ReadingFailedError, OSError: to be tried again.
    """
    try:
        file = identify(workplace.root, path)
    except FileGoneError:
        page_store.mark_gone(path)
        return Outcome(path)
    extraction = page_store.content_of(file.sha256)
    if extraction is None:
        extraction = _clean(workplace.read(workplace.root / path))
        page_store.keep_content(file.sha256, extraction)
    filing = classify(
        path, extraction.pages, workplace.places, workplace.dossiers, workplace.form_titles
    )
    if extraction.reason:
        page_store.mark_failed(path, extraction.reason, file, filing)
        return Outcome(path, reason=extraction.reason)
    page_store.keep_filing(file, filing)
    document = page_store.as_document(path, file.sha256, extraction.pages, filing)
    return Outcome(path, document)


def record_failure(path: str, reason: str, workplace: Workplace) -> Outcome:
    """A file that could not be read after several tries."""
    filing = classify(path, (), workplace.places, workplace.dossiers, workplace.form_titles)
    page_store.mark_failed(path, reason, _seen(path, workplace.root), filing)
    return Outcome(path, reason=reason)


def _seen(path: str, root: Path) -> ArchiveFile | None:
    """Size and time of a file whose content could not be read."""
    try:
        status = (root / path).stat()
    except OSError:
        return None
    return ArchiveFile(path, status.st_size, status.st_mtime_ns, "")


def _clean(extraction: Extraction) -> Extraction:
    return replace(extraction, pages=tuple(clean_page(page) for page in extraction.pages))
