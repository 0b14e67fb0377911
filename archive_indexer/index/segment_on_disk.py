"""A segment of the index read through Whoosh, as arrays."""

import mmap
import os
import pickle
import threading
import weakref
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

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
        entries = _Entries(self._column_file(name), self.count)
        owners = np.repeat(np.arange(self.count), entries.lengths // 8)
        return owners, np.frombuffer(b"".join(entries.read(range(self.count))), dtype="<i8")

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
        return self._texts.read(numbers)

    def stored(self, number: int) -> dict[str, Any]:
        """What is kept of a document to show it."""
        (packed,) = self._stored.read([number])
        kept: dict[str, Any] = pickle.loads(zlib.decompress(packed))
        return kept

    @cached_property
    def _texts(self) -> "_Entries":
        return _Entries(self._column_file("folded"), self.count)

    @cached_property
    def _stored(self) -> "_Entries":
        """As Whoosh's codec writes stored fields; each of its reads takes six times as long."""
        return _Entries(self._column_file("_stored"), self.count)

    def _column_file(self, name: str) -> Path:
        return self._folder / str(W3Codec.column_filename(self._reader.segment(), name))

    @contextmanager
    def _column(self, name: str) -> Iterator[Any]:
        """A column; its file is closed after, for there are many columns and segments."""
        yield self._reader.column_reader(name, translate=False)
        per_document: Any = self._reader._perdoc
        file = per_document._colfiles.pop(name, None)
        if file is not None:
            file[0].close()


class _Entries:
    """The entries of a column of bytes of any length, without a look at each as Whoosh takes."""

    def __init__(self, file: Path, count: int) -> None:
        self.lengths = np.zeros(count, dtype=np.int64)
        self._stream = None
        if file.exists():
            self._stream = file.open("rb")
            weakref.finalize(self, self._stream.close)
            with mmap.mmap(self._stream.fileno(), 0, access=mmap.ACCESS_READ) as raw:
                self.lengths = _lengths_in(raw, count)
        self._starts = (np.cumsum(self.lengths) - self.lengths).data
        self._sizes = self.lengths.data

    def read(self, numbers: Sequence[int]) -> list[bytes]:
        """Some entries; those that lie in a row are read at once.

        They are not mapped: each page of memory that is touched for the first time costs as much
        as two reads.
        """
        starts, sizes, stream = self._starts, self._sizes, self._stream
        if not numbers or stream is None:
            return [b""] * len(numbers)
        if numbers[-1] - numbers[0] == len(numbers) - 1 > 0:
            begin = starts[numbers[0]]
            row = _read(stream, begin, starts[numbers[-1]] + sizes[numbers[-1]] - begin)
            return [row[starts[one] - begin : starts[one] - begin + sizes[one]] for one in numbers]
        return [_read(stream, starts[one], sizes[one]) for one in numbers]


def _lengths_in(raw: mmap.mmap, count: int) -> Numbers:
    """How long each entry is: told behind all entries, the highest byte first.

    Whoosh ends a column with the type of the lengths; where it wrote the places of the entries,
    too, with the type of these and an X.
    """
    end, code = len(raw) - 1, chr(raw[-1])
    if code == "X":
        places = np.dtype(f">{chr(raw[end - 1])}")
        code, end = chr(raw[end - 2]), end - 2 - count * places.itemsize
    kind = np.dtype(f">{code}")
    return np.frombuffer(raw[end - count * kind.itemsize : end], kind, count).astype(np.int64)


def _read_at(stream: BinaryIO, begin: int, size: int) -> bytes:
    return os.pread(stream.fileno(), size, begin)


def _seek_and_read(stream: BinaryIO, begin: int, size: int) -> bytes:
    with _SEEKING:
        stream.seek(begin)
        return stream.read(size)


_SEEKING = threading.Lock()
_read = _read_at if hasattr(os, "pread") else _seek_and_read  # Windows has no pread
