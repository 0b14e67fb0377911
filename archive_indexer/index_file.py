"""THE PATH: a file in the archive becomes findable.

identify → read → file → keep → index
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from archive_indexer.disk.file_names import as_read, disk_path
from archive_indexer.disk.identify import identify, refuse_changed
from archive_indexer.documents import ArchiveFile, Extraction
from archive_indexer.errors import FileGoneError
from archive_indexer.extract.effort import Among, AsSent, ReadScan, among
from archive_indexer.filing.classify import Known, classify
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.noticing.folder_walk import is_ignored
from archive_indexer.noticing.presence import Presence
from archive_indexer.stores import archived_files, contents, outcomes
from archive_indexer.stores.outcomes import Outcome
from archive_indexer.stores.withheld import is_withheld

#: A file, what was read of it, and the packed file it lies in.
Read = tuple[ArchiveFile, Extraction, str]


@dataclass(frozen=True, slots=True)
class Workplace:
    """What the path needs from outside."""

    root: Path  #: the archive folder
    presence: Presence
    read: ReadScan  #: pages of a file, read in a child process
    known: Known
    writer: IndexWriter
    read_carefully: ReadScan | None = None  #: by the larger model alone
    is_told_people: bool = False  #: its readers take a file `Among` the people of its village


def index_file(path: str, workplace: Workplace) -> None:
    """Read one file, or take what was read of the same content before; file, keep, index it.

    Raises:
        FileChangingError, ReadingFailedError, NeedsSlowLaneError, OSError: to be tried again.
        ArchiveFolderError: the share is away, nothing is concluded.
    """
    place = disk_path(workplace.root, path)
    if is_ignored(path):  # it was taken for a paper by the rules of before
        workplace.writer.take(outcomes.leave_trace(path, is_findable=False))
        return
    try:
        file = identify(path, place)
    except FileGoneError:
        workplace.presence.confirm_gone(path)
        workplace.writer.take(outcomes.leave_trace(path))
        return
    extraction = read_content(file, place, partial(_read_as_wanted, file, workplace))
    if extraction.members:  # of a packed file that is withheld nothing inside is known
        told, _ = outcomes.told_and_filed(file, extraction, workplace.known)
        extraction = told if is_withheld(told) else extraction
    kept = _leave_traces_inside(file, extraction)
    for one, read, packed_in in _with_members(file, extraction):
        told, filing = outcomes.told_and_filed(one, read, workplace.known)
        kept += outcomes.keep_read(one, told, filing, packed_in)
        if told is not read:
            contents.leave_out_withheld(one.sha256)
    workplace.writer.take(kept)


def read_content(file: ArchiveFile, place: Path, read: Callable[[Path], Extraction]) -> Extraction:
    """What a file holds: taken from the store, or read and kept there.

    Raises:
        FileChangingError: the file changed while it was read.
        ReadingFailedError, NeedsSlowLaneError: it could not be read just now.
    """
    extraction = contents.content_at(file.path, file.sha256)
    if extraction is None:
        extraction = read(place)
        refuse_changed(file, place)
        extraction = contents.keep_content(file.sha256, extraction)
    return extraction


def give_up(path: str, reason: str, workplace: Workplace) -> None:
    """Keep and tell of a file that it could not be read after several tries, and why."""
    inside = archived_files.members_of(path)
    kept = [one for member in inside for one in outcomes.leave_trace(member)]
    filing = classify(as_read(path), (), workplace.known)
    kept += outcomes.keep_failed(path, reason, _seen(path, workplace.root), filing)
    workplace.writer.take(kept)


def _read_as_wanted(file: ArchiveFile, workplace: Workplace, place: Path) -> Extraction:
    """Read as usual, or as a person wants this content read: carefully, a photo as it was sent."""
    careful = workplace.read_carefully
    read = careful if careful and contents.is_wanted_carefully(file.sha256) else workplace.read
    return read(as_wanted(file, place, workplace.known if workplace.is_told_people else None))


def as_wanted(file: ArchiveFile, place: Path, known: Known | None) -> Path | AsSent | Among:
    """A file as it is to be read: as it was sent, and among the people who are known near it."""
    asked: Path | AsSent = place
    if contents.is_wanted_as_sent(file.sha256):
        asked = AsSent(place)
    elif inside := contents.wanted_as_sent_inside(file.sha256):
        asked = AsSent(place, inside)
    return asked if known is None else among(known.people_near(file.path), asked)


def _with_members(file: ArchiveFile, extraction: Extraction) -> Iterator[Read]:
    """The files inside a packed one, each as one of its own, and then the file itself."""
    for one in extraction.members:
        path = f"{file.path}!/{one.name}"
        member = ArchiveFile(path, one.size, file.mtime_ns, one.sha256)
        yield member, one.extraction, file.path
    yield file, extraction, ""


def _leave_traces_inside(file: ArchiveFile, extraction: Extraction) -> list[Outcome]:
    """What lay inside a packed file and is no more in it."""
    now = {f"{file.path}!/{one.name}" for one in extraction.members}
    gone = [path for path in archived_files.members_of(file.path) if path not in now]
    return [one for path in gone for one in outcomes.leave_trace(path)]


def _seen(path: str, root: Path) -> ArchiveFile | None:
    """Size and time of a file whose content could not be read."""
    try:
        status = disk_path(root, path).stat()
    except OSError:
        return None
    return ArchiveFile(path, status.st_size, status.st_mtime_ns, "")
