"""The full-text index. The only file that knows Whoosh.

It holds which grams a file has, not where; candidates are then checked against the
folded text, so that answers are exactly those of a substring search.
"""

import shutil
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns, fields, index
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from archive_indexer.documents import Hit, IndexedDocument, Query, SearchResult
from archive_indexer.errors import IndexBrokenError
from archive_indexer.grams import grams_of, is_exact
from archive_indexer.snippets import choose_pages, fold_words, make_snippet
from county.chinese_text import fold_for_search

Numbers = NDArray[np.int64]

FILTERS = ("town", "village", "dossier", "year")
_PAGE_BREAK = "\f"
_NAME = "archive1"  #: changes with the schema, so that an old index is never misread
_MOST_CACHED_GRAMS = 20_000


def _schema() -> fields.Schema:
    return fields.Schema(
        path=fields.ID(unique=True, stored=True, sortable=True),
        grams=fields.ID(),
        folded=fields.COLUMN(columns.VarBytesColumn()),
        pages=fields.STORED(),
        details=fields.STORED(),
        **{name: fields.COLUMN(columns.RefBytesColumn()) for name in FILTERS},
    )


@dataclass
class _Part:
    """A segment of the index with what was read of it so far."""

    reader: IndexReader
    columns: dict[str, tuple[Numbers, list[str]]] = field(default_factory=dict)
    grams: dict[str, Numbers] = field(default_factory=dict)

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which documents are not deleted."""
        count = self.reader.doc_count_all()
        return np.array([not self.reader.is_deleted(number) for number in range(count)], dtype=bool)

    @cached_property
    def texts(self) -> Sequence[bytes]:
        """The column of folded texts."""
        column: Sequence[bytes] = self.reader.column_reader("folded", translate=False)
        return column

    @cached_property
    def paths(self) -> list[str]:
        """The path of each document."""
        return list(self.reader.column_reader("path"))

    def numbers_with(self, gram: str) -> Numbers:
        """Document numbers that have a gram, rising."""
        if gram not in self.grams:
            if len(self.grams) >= _MOST_CACHED_GRAMS:
                self.grams.clear()
            found: Iterable[int] = ()
            if ("grams", gram) in self.reader:
                found = self.reader.postings("grams", gram).all_ids()
            self.grams[gram] = np.fromiter(found, dtype=np.int64)
        return self.grams[gram]

    def candidates(self, words: Sequence[str]) -> Numbers:
        """Documents that have every gram of every word."""
        grams = {gram for word in words for gram in grams_of(word)}
        arrays = sorted((self.numbers_with(gram) for gram in grams), key=len)
        found = arrays[0]
        for array in arrays[1:]:
            if not len(found):
                break
            found = np.intersect1d(found, array, assume_unique=True)
        kept: Numbers = found[self.live[found]] if len(found) else found
        return kept

    def folded(self, number: int) -> str:
        """The folded text of a document, pages apart."""
        return zlib.decompress(self.texts[number]).decode()

    def column(self, name: str) -> tuple[Numbers, list[str]]:
        """A filter's values: a code for each document, and the values by code."""
        if name not in self.columns:
            raw = [bytes(value) for value in self.reader.column_reader(name, translate=False)]
            values, codes = np.unique(np.array(raw, dtype=object), return_inverse=True)
            self.columns[name] = (codes, [value.decode() for value in values])
        return self.columns[name]

    def has_value(self, name: str, wanted: str, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of the documents have this value of a filter."""
        codes, values = self.column(name)
        if wanted not in values:
            return np.zeros(len(numbers), dtype=bool)
        same: NDArray[np.bool_] = codes[numbers] == values.index(wanted)
        return same


class FullTextIndex:
    """Find files by any piece of their text; one writer, any number of readers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = self._open()
        self._reader: IndexReader | None = None
        self._parts: dict[str, _Part] = {}

    @classmethod
    def empty(cls, folder: Path) -> "FullTextIndex":
        """A new index in place of whatever lies there, broken or not."""
        shutil.rmtree(folder, ignore_errors=True)
        return cls(folder)

    def update(self, add: Iterable[IndexedDocument], remove: Iterable[str] = ()) -> None:
        """Add or replace documents and remove paths, in one commit."""
        added, removed = list(add), list(remove)
        if not added and not removed:
            return
        writer = self._index.writer()
        try:
            for path in {*removed, *(document.path for document in added)}:
                writer.delete_by_term("path", path)
            for document in added:
                writer.add_document(**_as_fields(document))
            writer.commit()
        except BaseException:
            writer.cancel()
            raise

    def paths(self) -> set[str]:
        """Every path the index holds."""
        return {
            part.paths[number]
            for part in self._fresh_parts()
            for number in np.flatnonzero(part.live).tolist()
        }

    def clear(self) -> None:
        """Throw everything away."""
        self._close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._index = self._open()

    def search(self, query: Query) -> SearchResult:
        """The files that hold all words and pass the filters, in the order of their paths.

        The counts of a filter are over all hits that pass the other filters.
        """
        words = fold_words(query.words)
        wanted = {name: getattr(query, name) for name in FILTERS if getattr(query, name)}
        facets: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
        found: list[tuple[str, _Part, int]] = []
        for part in self._fresh_parts():
            numbers = _checked(part, words)
            passes = {name: part.has_value(name, wanted[name], numbers) for name in wanted}
            for name in FILTERS:
                others = [mask for other, mask in passes.items() if other != name]
                _count(part, name, numbers[_all_of(others, len(numbers))], facets[name])
            kept = numbers[_all_of(list(passes.values()), len(numbers))]
            found += [(part.paths[number], part, number) for number in kept.tolist()]
        found.sort(key=lambda entry: entry[0])
        shown = found[query.offset : query.offset + query.limit]
        hits = tuple(_as_hit(part, number, words) for _, part, number in shown)
        return SearchResult(len(found), hits, facets)

    def _open(self) -> FileIndex:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            if index.exists_in(str(self._folder), indexname=_NAME):
                return index.open_dir(str(self._folder), indexname=_NAME)
            return index.create_in(str(self._folder), _schema(), indexname=_NAME)
        except (index.IndexError, OSError, ValueError, KeyError, EOFError) as error:
            raise IndexBrokenError from error

    def _fresh_parts(self) -> list[_Part]:
        """Segments of the latest commit; what was read of a segment is kept."""
        try:
            if self._reader is None or self._reader.generation() != self._generation():
                # reuse= would keep a segment as it was before documents were deleted from it
                self._reader = self._index.reader()
        except (index.IndexError, OSError, ValueError, KeyError, EOFError) as error:
            raise IndexBrokenError from error
        parts = {}
        for reader, _ in self._reader.leaf_readers():
            if not reader.doc_count_all():
                continue
            key = f"{reader.segment().segment_id()} {reader.segment().deleted_count()}"
            parts[key] = self._parts.get(key) or _Part(reader)
        self._parts = parts
        return list(parts.values())

    def _generation(self) -> int:
        return int(self._index.latest_generation())

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self._reader, self._parts = None, {}
        self._index.close()


def _as_fields(document: IndexedDocument) -> dict[str, Any]:
    folded = [fold_for_search(page) for page in document.pages]
    grams = set().union(*(grams_of(page) for page in folded))
    return {
        "path": document.path,
        "grams": sorted(grams),
        "folded": zlib.compress(_PAGE_BREAK.join(folded).encode(), 1),
        "pages": zlib.compress(_PAGE_BREAK.join(document.pages).encode()),
        "details": (document.sha256, document.form_id, document.title),
        **{name: getattr(document, name).encode() for name in FILTERS},
    }


def _checked(part: _Part, words: Sequence[str]) -> Numbers:
    """Documents that hold every word for certain."""
    numbers = part.candidates(words)
    unsure = [word for word in words if not is_exact(word)]
    if not unsure:
        return numbers
    kept = (
        number
        for number in numbers.tolist()
        if all(word in text for text in [part.folded(number)] for word in unsure)
    )
    return np.fromiter(kept, dtype=np.int64)


def _as_hit(part: _Part, number: int, words: Sequence[str]) -> Hit:
    stored = part.reader.stored_fields(number)
    pages = zlib.decompress(stored["pages"]).decode().split(_PAGE_BREAK)
    best, holding = choose_pages(part.folded(number).split(_PAGE_BREAK), words)
    snippet, marks = make_snippet(pages[best - 1], words)
    sha256, form_id, title = stored["details"]
    filters = {name: part.column(name)[1][part.column(name)[0][number]] for name in FILTERS}
    return Hit(
        path=stored["path"],
        sha256=sha256,
        page=best,
        pages=holding,
        form_id=form_id,
        title=title,
        snippet=snippet,
        marks=marks,
        **filters,
    )


def _count(part: _Part, name: str, numbers: Numbers, counts: dict[str, int]) -> None:
    codes, values = part.column(name)
    for code, count in enumerate(np.bincount(codes[numbers], minlength=len(values)).tolist()):
        if count and values[code]:
            counts[values[code]] = counts.get(values[code], 0) + count


def _all_of(masks: list[NDArray[np.bool_]], length: int) -> NDArray[np.bool_]:
    passed: NDArray[np.bool_] = np.logical_and.reduce([np.ones(length, dtype=bool), *masks])
    return passed
