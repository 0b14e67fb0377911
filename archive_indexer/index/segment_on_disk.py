"""A segment of the index read through Whoosh, as arrays."""

import mmap
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns
from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import SegmentReader

from archive_indexer.index.folded_paths import FoldedPaths
from archive_indexer.index.index_segment import ROW, Mask, Numbers
from archive_indexer.index.phrase_places import PhrasePlaces
from archive_indexer.index.posting_codec import PostingsReader


class SegmentOnDisk:
    """One segment; its open files are closed with it."""

    def __init__(self, reader: SegmentReader, folder: Path) -> None:
        self._reader = reader
        self._folder = folder
        weakref.finalize(self, reader.close)
        self._terms: PostingsReader = reader._terms  # our codec made it
        self.count = int(reader.doc_count_all())
        self._places: PhrasePlaces | None = None

    def frequency(self, name: str, term: str) -> int:
        """How many documents have a term."""
        return self._terms.doc_frequency(name, term.encode())

    def postings(self, name: str, term: str) -> Numbers:
        """The numbers of the documents that have a term, rising."""
        return self._terms.numbers(name, term.encode())

    def mask(self, name: str, term: str) -> Mask:
        """The documents that have a term, as a mask over all."""
        return self._terms.mask(name, term.encode())

    def terms(self, name: str, prefix: str) -> Iterator[str]:
        """Every term that starts with a prefix, in order."""
        for term in self._terms.beginning_with(name, prefix.encode()):
            yield term.decode()

    def common_terms(self, name: str, least: int) -> list[str]:
        """Terms that so many documents have, in order."""
        return [term.decode() for term in self._terms.common(name, least)]

    @property
    def places_file(self) -> Path:
        """Where it is written where the common grams stand; taken away with the segment."""
        return self._folder / str(self._reader.segment().make_filename(".plc"))

    def places(self) -> PhrasePlaces | None:
        """Where the common grams stand; None while that is not written, as of a small segment."""
        if self._places is None and self.places_file.exists():
            self._places = PhrasePlaces(self.places_file)
        return self._places

    @property
    def paths_file(self) -> Path:
        """Where the paths are written as they are searched; taken away with the segment."""
        return self._folder / str(self._reader.segment().make_filename(".pth"))

    def folded_paths(self) -> FoldedPaths | None:
        """The paths as they are searched; None while that is not written, as of a small segment."""
        return FoldedPaths.read(self.paths_file) if self.paths_file.exists() else None

    def codes(self, name: str) -> tuple[NDArray[np.uint16], list[str]]:
        """A filter: a code for each document, and the values by code."""
        with self._column(name) as column:
            if not isinstance(column, columns.RefBytesColumn.Reader):
                return np.zeros(self.count, dtype=np.uint16), [""]
            read: Any = column
            size = read._itemsize
            raw = read._dbfile.get(read._basepos, self.count * size)
            codes = np.frombuffer(raw, dtype=f">u{size}").astype(np.uint16)
            return codes, [value.decode() for value in read._uniques]

    def values(self, name: str) -> tuple[Numbers, Numbers]:
        """Numbers the documents name: the document of each, and the number."""
        with self._column(name) as column:
            if not isinstance(column, columns.VarBytesColumn.Reader):
                return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
            read: Any = column
            lengths = np.array(read._lengths, dtype=np.int64)
            raw = read._dbfile.get(read._basepos, int(lengths.sum()))  # they lie in their order
        owners = np.repeat(np.arange(len(lengths)), lengths // 8)
        return owners, np.frombuffer(raw, dtype="<i8")

    def rows(self) -> NDArray[np.void]:
        """The fixed row of each document."""
        with self._column("row") as column:
            if not isinstance(column, columns.FixedBytesColumn.Reader):
                return np.zeros(self.count, dtype=ROW)
            read: Any = column
            raw = read._dbfile.get(read._basepos, read._count * ROW.itemsize)
        rows = np.zeros(self.count, dtype=ROW)  # rows of nothing but zeros are not written
        rows[: len(raw) // ROW.itemsize] = np.frombuffer(raw, dtype=ROW)
        return rows

    def path(self, number: int) -> str:
        """The path of a document."""
        return self._terms.term_at("path", int(self._ranks[number])).decode()

    def path_ranks(self) -> Numbers:
        """The place of each document when sorted by path."""
        return self._ranks

    @cached_property
    def _ranks(self) -> Numbers:
        """The terms of a path lie sorted, and each has one document."""
        ranks = np.zeros(self.count, dtype=np.int64)
        for numbers, places in self._terms.numbers_in_order("path"):
            ranks[numbers] = places
        return ranks

    def texts(self, numbers: Sequence[int]) -> list[bytes]:
        """Folded texts, UTF-8, pages parted by form feeds."""
        text, starts, lengths = self._texts
        return [text[start : start + lengths[one]] for one in numbers for start in (starts[one],)]

    def stored(self, number: int) -> dict[str, Any]:
        """What is kept of a document to show it."""
        return {**self._reader.stored_fields(number)}

    @cached_property
    def _texts(self) -> tuple[mmap.mmap | bytes, Sequence[int], Sequence[int]]:
        with self._column("folded") as column:
            if not isinstance(column, columns.VarBytesColumn.Reader):
                return b"", [0] * self.count, [0] * self.count
            read: Any = column
            starts, lengths = read._offsets, read._lengths
        name = W3Codec.column_filename(self._reader.segment(), "folded")
        with (self._folder / name).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return mapped, starts, lengths

    @contextmanager
    def _column(self, name: str) -> Iterator[Any]:
        """A column; its file is closed after, for there are many columns and segments."""
        yield self._reader.column_reader(name, translate=False)
        per_document: Any = self._reader._perdoc
        file = per_document._colfiles.pop(name, None)
        if file is not None:
            file[0].close()
