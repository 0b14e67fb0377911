"""The full-text index. With `segment_on_disk.py`, `posting_codec.py` the only file of Whoosh.

It holds which grams a file has, not where; candidates are then checked against the
folded text, so that answers are exactly those of a substring search.
"""

import contextlib
import errno
import logging
import pickle
import re
import shutil
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from whoosh import columns, fields, index
from whoosh.index import FileIndex
from whoosh.reading import CorruptIndexError, SegmentReader
from whoosh.writing import IndexingError

from archive_indexer.documents import IndexedDocument
from archive_indexer.errors import IndexBrokenError, IndexLockedError
from archive_indexer.index.document_facts import DocumentFacts, facts_of
from archive_indexer.index.facet_counts import FacetCounter
from archive_indexer.index.folded_paths import FoldedPaths
from archive_indexer.index.index_segment import ABSENT, FILTERS, PAGE_BREAK, ROW, Segment
from archive_indexer.index.kept_pages import pack_pages
from archive_indexer.index.phrase_places import write_places
from archive_indexer.index.posting_codec import PostingCodec, PostingsGatherer
from archive_indexer.index.ranking import answer_query, show_hit
from archive_indexer.index.segment_on_disk import SegmentOnDisk
from archive_indexer.queries import Query, SearchResult
from minzheng.county.writing.chinese_text import fold_for_search

_log = logging.getLogger(__name__)
_NAME = "archive5"  #: changes with the schema and with what is filed: an old index is made anew
_OF_AN_INDEX = re.compile(r"_?archive\d*_")
_NUMBERS = ("amounts", "dates")
_CODEC = PostingCodec()
#: What Whoosh raises on damaged files.
_BROKEN = (
    index.IndexError, FileNotFoundError, pickle.UnpicklingError, ValueError, LookupError,
    EOFError, TypeError, AttributeError, AssertionError, struct.error, zlib.error, IndexingError,
    CorruptIndexError,
)  # fmt: skip
_MERGED_AT_ONCE = 8  #: this many segments of one size become one
_LARGE = 4000  #: documents of a segment that is left alone, or a part of all of them:
_MOST_LARGE = 25
_SMALL_COMMIT = 400  #: documents that may be moved by a commit of one file, for its speed
_MOVED_FOR_ONE_ADDED = 16
_MOST_MOVED = 64_000  #: documents, by any commit
_MOST_TIDIED = 16_000  #: documents that are moved while nothing waits: some seconds
_ONE_BY_ONE = 16  #: a path looked for costs as much as so many read in a row
_TRIES = 5  #: a commit of the service may take away the files being read
_PAUSE_SECONDS = 0.01  #: between two looks at files that a commit is changing

#: Number of the latest commit, and its file's inode and time.
_State = tuple[int, int, int]
_Result = TypeVar("_Result")


@contextlib.contextmanager
def _naming_damage() -> Iterator[None]:
    """What Whoosh makes of a damaged file, said as what it is.

    Raises:
        IndexBrokenError: the index must be made again.
    """
    try:
        yield
    except _BROKEN as error:
        raise IndexBrokenError from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place that a damaged file names lies nowhere
            raise IndexBrokenError from error
        raise


def _schema() -> fields.Schema:
    return fields.Schema(
        path=fields.ID(unique=True, stored=True, sortable=True),
        grams=fields.ID(),
        facts=fields.ID(),
        folded=fields.COLUMN(columns.VarBytesColumn()),
        row=fields.COLUMN(columns.FixedBytesColumn(ROW.itemsize)),
        pages=fields.STORED(),
        details=fields.STORED(),
        **{name: fields.COLUMN(columns.VarBytesColumn()) for name in _NUMBERS},
        **{name: fields.COLUMN(columns.RefBytesColumn()) for name in FILTERS},
    )


class FullTextIndex:
    """Find files by any piece of their text; one writer, any number of readers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._index = self._open()
        self._read: _State | None = None
        self._segments: dict[str, Segment] = {}
        self._facets = FacetCounter(())

    @classmethod
    def empty(cls, folder: Path) -> "FullTextIndex":
        """A new index in place of whatever lies there, broken or not."""
        shutil.rmtree(folder, ignore_errors=True)
        return cls(folder)

    def update(
        self, add: Iterable[IndexedDocument], remove: Iterable[str] = (), *, purges: bool = False
    ) -> None:
        """Add or replace documents and remove paths, in one commit.

        A removed document stays in its segment until that is merged; `purges` merges every
        segment that holds one, so that nothing of it is left on the disk.
        """
        added, removed = list(add), list(remove)
        if not added and not removed:
            return
        merge = _merge_what_lost_any if purges else _merge_like_sized
        try:
            with _naming_damage():
                self._write(added, removed, merge)
        except index.LockError as error:
            raise IndexLockedError from error
        self._write_beside()

    def tidy(self) -> bool:
        """Merge small segments of one size where many are; whether there were.

        Small commits leave small segments, and each takes its time of every question.
        """
        segments = self._index._read_toc().segments
        if not _alike(segments, _MOST_TIDIED):
            return False
        try:
            with _naming_damage():
                self._write([], [], _merge_alike)
        except index.LockError as error:
            raise IndexLockedError from error
        self._write_beside()
        return True

    def _write(self, added: list[IndexedDocument], removed: list[str], merge: Any) -> None:
        writer = PostingsGatherer(self._index, _CODEC)
        try:
            for number in self._numbers_of({*removed, *(document.path for document in added)}):
                writer.delete_document(number)
            for document in added:
                writer.add_with_terms(*_as_fields(document))
            writer.commit(mergetype=merge)
        except BaseException:
            with contextlib.suppress(OSError, *_BROKEN):
                writer.cancel()
            raise

    def _write_beside(self) -> None:
        """What large segments have beside them; without it some questions take longer."""
        with self._lock:
            sources = [one.source for one in self._fresh_segments()]
        for source in sources:
            if not isinstance(source, SegmentOnDisk) or source.count < _LARGE:
                continue
            try:
                if not source.places_file.exists():
                    write_places(source, source.places_file)
                if not source.paths_file.exists():
                    FoldedPaths.of(map(source.path, range(source.count))).write(source.paths_file)
            except OSError:
                _log.warning("what stands beside a segment cannot be written", exc_info=True)
                return

    def paths(self) -> set[str]:
        """Every path the index holds."""
        with self._lock, _naming_damage():
            return {
                segment.source.path(number)
                for segment in self._fresh_segments()
                for number in np.flatnonzero(segment.live).tolist()
            }

    def clear(self) -> None:
        """Throw everything away."""
        with self._lock:
            self._close()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._index = self._open()

    def search(self, query: Query) -> SearchResult:
        """The files that meet the query and may be seen, best first or as it says.

        The counts of a filter are over all hits that pass the other filters. While commits
        follow each other faster than questions are answered, the answer is of the last whole one.
        """
        cause: Exception | None = None
        passed: SearchResult | None = None
        with self._lock:
            for _ in range(_TRIES):
                try:
                    segments = self._fresh_segments()
                    passed = answer_query(segments, query, self._facets)
                    if self._state() == self._read:
                        return passed
                except (*_BROKEN, IndexBrokenError) as error:  # many things of a file that is gone
                    self._read, cause = None, error
        if passed is not None:
            return passed
        self._tell_broken()
        raise IndexBrokenError from cause

    def confirm_sound(self) -> None:
        """Look at the first and the last document of every segment: a cut file shows there.

        Raises:
            IndexBrokenError: something cannot be read.
        """
        with _naming_damage():
            for segment in self._fresh_segments():
                for number in (0, segment.source.count - 1):
                    show_hit(segment, number, ())
                next(iter(segment.source.terms("grams", "")), None)

    def drop_older(self) -> None:
        """Delete what an earlier version of the program left here: its index under its name."""
        for file in self._folder.iterdir():
            if _OF_AN_INDEX.match(file.name) and _NAME not in file.name:
                with contextlib.suppress(OSError):  # Windows, while somebody has it open
                    file.unlink()

    @property
    def broken_mark(self) -> Path:
        """A file whose being there asks the service to make the index again."""
        return self._folder.with_name(f"{self._folder.name}.broken")

    def was_found_broken(self) -> bool:
        """Whether somebody who searched found it broken since this was asked last."""
        is_said = self.broken_mark.exists()
        self.broken_mark.unlink(missing_ok=True)
        return is_said

    def _tell_broken(self) -> None:
        with contextlib.suppress(OSError):
            self.broken_mark.touch()

    def names_like(self, pinyin: str, limit: int) -> tuple[str, ...]:
        """Names of people in the archive whose pinyin or initials these are."""
        with self._lock:
            found = {
                term.rpartition("|")[2]: None
                for prefix in (f"initials:{pinyin}|", f"pinyin:{pinyin}|")
                for segment in self._fresh_segments()
                for term in segment.source.terms("facts", prefix)
            }
        return tuple(sorted(found))[:limit]

    def _open(self) -> FileIndex:
        self._folder.mkdir(parents=True, exist_ok=True)
        with _naming_damage():
            return _trying_again(self._open_once)

    def _open_once(self) -> FileIndex:
        if index.exists_in(str(self._folder), indexname=_NAME):
            return index.open_dir(str(self._folder), indexname=_NAME)
        return index.create_in(str(self._folder), _schema(), indexname=_NAME)

    def _fresh_segments(self) -> list[Segment]:
        """Segments of the latest commit; what was read of a segment is kept."""
        with _naming_damage():
            _trying_again(self._refresh)
        return list(self._segments.values())

    def _refresh(self) -> None:
        state = self._state()
        if state != self._read:
            self._read = None
            self._segments = {one: part for one, part in self._opened()}
            self._facets = FacetCounter(tuple(self._segments.values()), self._facets)
            self._read = state

    def _opened(self) -> Iterator[tuple[str, Segment]]:
        info: Any = self._index._read_toc()  # the only list of segments
        for segment in info.segments:
            if not segment.doc_count_all():
                continue
            key = str(segment.segment_id())
            live = np.ones(segment.doc_count_all(), dtype=bool)
            live[list(segment.deleted_docs())] = False
            known = self._segments.get(key)
            if known is None:
                reader = SegmentReader(self._index.storage, info.schema, segment, codec=_CODEC)
                source = SegmentOnDisk(reader, self._folder)
                if source.count >= _LARGE:
                    source.ask_for_tables()
                known = Segment(source, live)
            known.live = live
            yield key, known

    def _numbers_of(self, paths: set[str]) -> Iterator[int]:
        """The numbers of paths over all segments; the writer's lock is held."""
        with self._lock:
            segments, start = self._fresh_segments(), 0
            for segment in segments:
                for path in _perhaps_in(segment.source, paths):
                    for number in segment.source.postings("path", path).tolist():
                        if segment.live[number]:
                            yield start + number
                start += segment.source.count

    def _state(self) -> _State:
        """Changes with every commit, also when the index was thrown away and made anew."""
        known = self._read
        if known is not None and self._is_latest(known):
            return known
        generation = self._index.latest_generation()
        return self._looks(generation)

    def _is_latest(self, known: _State) -> bool:
        """Whether no commit followed: it writes a file of the next number, then takes this away.

        Two looks, where finding the number out anew is a look at every file of the index.
        """
        try:
            is_same = self._looks(known[0]) == known
        except FileNotFoundError:
            return False
        return is_same and not self._contents_file(known[0] + 1).exists()

    def _looks(self, generation: int) -> _State:
        status = self._contents_file(generation).stat()
        return generation, status.st_ino, status.st_mtime_ns

    def _contents_file(self, generation: int) -> Path:
        return self._folder / f"_{_NAME}_{generation}.toc"

    def _close(self) -> None:
        self._read, self._segments, self._facets = None, {}, FacetCounter(())
        self._index.close()


def _perhaps_in(source: Any, paths: set[str]) -> set[str]:
    """Of many paths those of a segment; few are better looked for one by one."""
    if len(paths) * _ONE_BY_ONE < source.count:
        return paths
    return paths.intersection(source.terms("path", ""))


def _trying_again(look: Callable[[], _Result]) -> _Result:
    """What a look gives that meets no file taken away by a commit between two steps of it."""
    for _ in range(_TRIES - 1):
        try:
            return look()
        except FileNotFoundError:
            time.sleep(_PAUSE_SECONDS)
    return look()


def _as_fields(
    document: IndexedDocument,
) -> tuple[list[str], dict[str, Iterable[str]], dict[str, Any]]:
    """The folded pages of a document, its facts, and what is kept of it."""
    folded = [fold_for_search(page) for page in document.pages]
    text = PAGE_BREAK.join(folded)
    facts = facts_of(document, text)
    seal = {None: "", True: "是", False: "否"}[document.has_seal]
    filters = {name: getattr(document, name) for name in FILTERS} | {"has_seal": seal}
    kept = {
        "path": document.path,
        "folded": text.encode(),
        "row": _row(document, facts),
        "pages": pack_pages(document.pages, folded),
        "details": (document.sha256, document.title),
        **{name: np.array(getattr(facts, name), dtype="<i8").tobytes() for name in _NUMBERS},
        **{name: value.encode() for name, value in filters.items()},
    }
    return folded, {"facts": set(facts.terms)}, kept


def _row(document: IndexedDocument, facts: DocumentFacts) -> bytes:
    flags = 0 if document.present else ABSENT
    pages = min(len(document.pages), 0xFFFF)
    return np.array([(pages, facts.day, facts.signature, flags)], dtype=ROW).tobytes()


def _merge_like_sized(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge many segments of about one size; a small commit moves few documents."""
    budget = min(_MOST_MOVED, max(_SMALL_COMMIT, writer.docnum * _MOVED_FOR_ONE_ADDED))
    return _merge(writer, segments, _alike(segments, budget))


def _merge_alike(writer: Any, segments: list[Any]) -> list[Any]:
    """The same without a commit: what may be moved while nobody waits."""
    return _merge(writer, segments, _alike(segments, _MOST_TIDIED))


def _alike(segments: list[Any], budget: int) -> list[Any]:
    """Segments that are to be merged: many of about one size, and those without documents."""
    large = max(_LARGE, sum(one.doc_count() for one in segments) // _MOST_LARGE)
    by_size: dict[int, list[Any]] = {}
    for segment in segments:
        if 0 < segment.doc_count() < large:
            by_size.setdefault(segment.doc_count().bit_length() // 3, []).append(segment)
    merged = [segment for segment in segments if not segment.doc_count()]
    for alike in by_size.values():
        moved = _within(sorted(alike, key=lambda one: int(one.doc_count())), budget)
        if len(moved) >= _MERGED_AT_ONCE:
            merged += moved
    return merged


def _within(segments: list[Any], budget: int) -> list[Any]:
    """The first segments, as many as have so many documents together."""
    ends = accumulate(one.doc_count() for one in segments)
    return [one for one, end in zip(segments, ends, strict=True) if end <= budget]


def _merge_what_lost_any(writer: Any, segments: list[Any]) -> list[Any]:
    """Write anew what a segment still holds: a deleted document is gone with the old files."""
    return _merge(writer, segments, [one for one in segments if one.has_deletions()])


def _merge(writer: Any, segments: list[Any], merged: list[Any]) -> list[Any]:
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment, codec=_CODEC)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in merged]
