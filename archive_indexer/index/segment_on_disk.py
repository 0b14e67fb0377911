"""A segment of the index read through Whoosh, as arrays."""

import pickle
import weakref
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import SegmentReader

from archive_indexer.index.folded_paths import FoldedPaths
from archive_indexer.index.index_segment import FILTERS, Mask, Numbers
from archive_indexer.index.on_disk.asked_ahead import ask_for_file
from archive_indexer.index.on_disk.columns import Entries, read_codes, read_rows
from archive_indexer.index.phrase_places import PhrasePlaces
from archive_indexer.index.posting_codec import PostingsReader

_ASKED_FOR = 100  #: so few texts are asked for before the first of them is read


class SegmentOnDisk:
    """One segment; its open files are closed with it."""

    def __init__(self, reader: SegmentReader, folder: Path) -> None:
        self._reader = reader
        self._folder = folder
        weakref.finalize(self, reader.close)
        self._terms: PostingsReader = reader._terms  # our codec made it
        self.count = int(reader.doc_count_all())
        self._places: PhrasePlaces | None = None

    def ask_for_tables(self) -> None:
        """Have read what nearly every question needs, all of it before any is waited for."""
        for name in ("row", *FILTERS):
            ask_for_file(self._column_file(name))
        self._texts.ask_for_lengths()
        self._stored.ask_for_lengths()
        self._terms.ask_for_all("path")
        self.places()

    def ask_for_terms(self, name: str, terms: Iterable[str]) -> None:
        """Have read who has some terms."""
        self._terms.ask_for(name, [term.encode() for term in terms])

    def ask_for_hit(self, number: int) -> None:
        """Have read what a document is shown by."""
        self._texts.ask_for([number])
        self._stored.ask_for([number])

    def weight(self, name: str, term: str) -> int:
        """Bytes written of who has a term: about the more, the more have it; 0 for none."""
        return self._terms.weight(name, term.encode())

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
        return read_codes(self._column_file(name), self.count)

    def values(self, name: str) -> tuple[Numbers, Numbers]:
        """Numbers the documents name: the document of each, and the number."""
        entries = Entries(self._column_file(name), self.count)
        owners = np.repeat(np.arange(self.count), entries.lengths // 8)
        return owners, np.frombuffer(b"".join(entries.read(range(self.count))), dtype="<i8")

    def rows(self) -> NDArray[np.void]:
        """The fixed row of each document."""
        return read_rows(self._column_file("row"), self.count)

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
        if 1 < len(numbers) <= _ASKED_FOR:
            self._texts.ask_for(numbers)
        return self._texts.read(numbers)

    def stored(self, number: int) -> dict[str, Any]:
        """What is kept of a document to show it."""
        (packed,) = self._stored.read([number])
        kept: dict[str, Any] = pickle.loads(zlib.decompress(packed))
        return kept

    @cached_property
    def _texts(self) -> Entries:
        return Entries(self._column_file("folded"), self.count)

    @cached_property
    def _stored(self) -> Entries:
        """As Whoosh's codec writes stored fields; each of its reads takes six times as long."""
        return Entries(self._column_file("_stored"), self.count)

    def _column_file(self, name: str) -> Path:
        return self._folder / str(W3Codec.column_filename(self._reader.segment(), name))
