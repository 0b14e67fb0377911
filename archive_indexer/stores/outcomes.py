"""What became of a file: kept in the database, to be told to the index."""

from dataclasses import dataclass, replace

from archive_indexer.disk.file_names import as_read
from archive_indexer.documents import ArchiveFile, Extraction, Filing, IndexedDocument
from archive_indexer.filing.classify import Known, classify
from archive_indexer.stores import archived_files, filings
from archive_indexer.stores.correct_file import follow_renamed_folder
from archive_indexer.stores.withheld import for_place, is_withheld, withheld_by_counties


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the index is to hold of a path: a document, or nothing more."""

    path: str
    document: IndexedDocument | None = None
    reason: str = ""  #: why the file could not be read
    superseded: tuple[str, ...] = ()  #: traces that need not be found any more


def keep_read(
    file: ArchiveFile, extraction: Extraction, filing: Filing, packed_in: str = ""
) -> list[Outcome]:
    """Keep a file that was read; what lay there before becomes a trace."""
    if is_withheld(extraction):
        filings.mark_withheld(file.path, file, filing, packed_in)
        return [Outcome(file.path)]
    if extraction.reason:
        return keep_failed(file.path, extraction.reason, file, filing, packed_in)
    kept = filings.keep_filing(file, filing, packed_in)
    follow_renamed_folder(file.sha256)
    document = archived_files.as_document(file.path, file.sha256, extraction.pages, kept.filing)
    superseded = archived_files.superseded_by(file.path, file.sha256)
    if not kept.trace:
        return [Outcome(file.path, document, superseded=tuple(superseded))]
    traces = leave_trace(kept.trace)
    superseded += archived_files.oldest_traces(file.path)
    return [Outcome(file.path, document, superseded=tuple(superseded)), *traces]


def told_and_filed(file: ArchiveFile, read: Extraction, known: Known) -> tuple[Extraction, Filing]:
    """What may be told of a file where it belongs, and its filing: by no more than that."""
    filing = classify(as_read(file.path), read.pages, known)
    if not withheld_by_counties(file.sha256):
        return read, filing
    town = filings.town_of(file.path, file.sha256, filing)
    told = for_place(file.sha256, town, read)
    if told is read:
        return read, filing
    again = classify(as_read(file.path), told.pages, known)
    place = {name: getattr(filing, name) for name in ("town", "village", "dossier", "year")}
    return told, replace(again, **place)


def keep_failed(
    path: str, reason: str, file: ArchiveFile | None, filing: Filing, packed_in: str = ""
) -> list[Outcome]:
    """Keep that a file could not be read, and why."""
    filings.mark_failed(path, reason, file, filing, packed_in)
    return [Outcome(path, reason=reason)]


def leave_trace(path: str, is_findable: bool = True) -> list[Outcome]:
    """A file that is gone stays findable, unless its content lies elsewhere; so what was in it."""
    members = archived_files.members_of(path)
    traces = [one for member in members for one in leave_trace(member, is_findable)]
    archived_files.mark_gone(path)
    if archived_files.forget_withheld(path):
        return [*traces, Outcome(path)]
    follow_renamed_folder(archived_files.content_at(path))
    document = archived_files.trace_of(path) if is_findable else None
    superseded = archived_files.superseded_by(path, document.sha256) if document else ()
    return [*traces, Outcome(path, document, superseded=tuple(superseded))]


def outcome_now(path: str) -> Outcome | None:
    """What the index is to hold as things are; nothing new where a file has yet to be read."""
    if archived_files.file_of(path) is None:
        return Outcome(path, archived_files.trace_of(path))
    if archived_files.is_withheld_at(path):
        return Outcome(path)
    document = archived_files.document_of(path)
    return Outcome(path, document) if document else None
