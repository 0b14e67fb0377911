"""THE PATH: a file in the archive becomes findable.

identify → extract → clean → classify → store → (the service commits the index)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from archive_indexer.disk.file_names import as_read, disk_path
from archive_indexer.disk.identify import identify, refuse_changed
from archive_indexer.documents import ArchiveFile, Extraction, Filing, IndexedDocument, Member
from archive_indexer.errors import FileGoneError
from archive_indexer.filing.classify import Known, classify
from archive_indexer.noticing.presence import Presence
from archive_indexer.reading.clean_text import clean_page
from archive_indexer.stores import file_store, filing_store, page_store, renamed_folders


@dataclass(frozen=True, slots=True)
class Workplace:
    """What the path needs from outside."""

    root: Path  #: the archive folder
    presence: Presence
    read: Callable[[Path], Extraction]  #: pages of a file, read in a child process
    known: Known


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: a document for the index, gone, or a reason."""

    path: str
    document: IndexedDocument | None = None
    reason: str = ""
    superseded: tuple[str, ...] = ()  #: traces that need not be found any more
    members: tuple["Outcome", ...] = ()  #: of the files inside a packed one; traces


def index_file(path: str, workplace: Workplace) -> Outcome:
    """Read one file, or take what was read of the same content before.

    Raises:
        FileChangingError, ReadingFailedError, NeedsSlowLaneError, OSError: to be tried again.
        ArchiveFolderError: the share is away, nothing is concluded.
    """
    place = disk_path(workplace.root, path)
    try:
        file = identify(path, place)
    except FileGoneError:
        workplace.presence.confirm_gone(path)
        return leave_trace(path)
    extraction = read_content(file, place, workplace.read)
    members = _index_members(file, extraction.members, workplace)
    outcome = _take_in(file, extraction, workplace)
    return replace(outcome, members=(*outcome.members, *members))


def read_content(file: ArchiveFile, place: Path, read: Callable[[Path], Extraction]) -> Extraction:
    """What a file holds: taken from the store, or read and kept there.

    Raises:
        FileChangingError: the file changed while it was read.
        ReadingFailedError, NeedsSlowLaneError: it could not be read just now.
    """
    extraction = page_store.content_of(file.sha256)
    if extraction is None:
        extraction = _clean(read(place))
        refuse_changed(file, place)
        page_store.keep_content(file.sha256, extraction)
    return extraction


def leave_trace(path: str) -> Outcome:
    """A file that is gone stays findable, unless its content lies elsewhere."""
    members = tuple(leave_trace(member) for member in file_store.members_of(path))
    file_store.mark_gone(path)
    renamed_folders.follow(file_store.content_at(path))
    document = file_store.trace_of(path)
    superseded = file_store.superseded_by(path, document.sha256) if document else ()
    return Outcome(path, document, superseded=tuple(superseded), members=members)


def record_failure(path: str, reason: str, workplace: Workplace) -> Outcome:
    """A file that could not be read after several tries."""
    members = tuple(leave_trace(member) for member in file_store.members_of(path))
    filing = _file_it(path, Extraction("unknown"), workplace)
    filing_store.mark_failed(path, reason, _seen(path, workplace.root), filing)
    return Outcome(path, reason=reason, members=members)


def _index_members(
    packed: ArchiveFile, members: Iterable[Member], workplace: Workplace
) -> tuple[Outcome, ...]:
    """The files inside, each filed and found as one of its own; what is no more is a trace."""
    files = {f"{packed.path}!/{one.name}": one for one in members}
    gone = [path for path in file_store.members_of(packed.path) if path not in files]
    taken = (
        _take_in(
            ArchiveFile(path, one.size, packed.mtime_ns, one.sha256),
            one.extraction,
            workplace,
            packed.path,
        )
        for path, one in files.items()
    )
    return (*taken, *map(leave_trace, gone))


def _take_in(
    file: ArchiveFile, extraction: Extraction, workplace: Workplace, packed_in: str = ""
) -> Outcome:
    filing = _file_it(file.path, extraction, workplace)
    if extraction.reason:
        filing_store.mark_failed(file.path, extraction.reason, file, filing, packed_in)
        return Outcome(file.path, reason=extraction.reason)
    kept = filing_store.keep_filing(file, filing, packed_in)
    renamed_folders.follow(file.sha256)
    document = file_store.as_document(file.path, file.sha256, extraction.pages, kept.filing)
    superseded = file_store.superseded_by(file.path, file.sha256)
    traces = (leave_trace(kept.trace),) if kept.trace else ()
    if kept.trace:
        superseded += file_store.oldest_traces(file.path)
    return Outcome(file.path, document, superseded=tuple(superseded), members=traces)


def _file_it(path: str, extraction: Extraction, workplace: Workplace) -> Filing:
    return classify(as_read(path), extraction.pages, workplace.known)


def _seen(path: str, root: Path) -> ArchiveFile | None:
    """Size and time of a file whose content could not be read."""
    try:
        status = disk_path(root, path).stat()
    except OSError:
        return None
    return ArchiveFile(path, status.st_size, status.st_mtime_ns, "")


def _clean(extraction: Extraction) -> Extraction:
    members = (replace(one, extraction=_clean(one.extraction)) for one in extraction.members)
    pages = tuple(clean_page(page) for page in extraction.pages)
    return replace(extraction, pages=pages, members=tuple(members))
