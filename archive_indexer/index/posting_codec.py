"""Whoosh's postings as ours: a codec, and the writer that gathers what it writes.

Whoosh sorts each single posting through files and keeps weights and places nobody asks for.
Here a document's terms go into arrays by term, and two segments are merged term by term.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.writing import SegmentWriter

from archive_indexer.index.gram_runs import GramRuns
from archive_indexer.index.index_segment import Numbers
from archive_indexer.index.on_disk.asked_ahead import ask_for, map_file
from archive_indexer.index.postings import (
    FieldTerms,
    Gathered,
    TermBlock,
    as_mask,
    how_many,
    read_terms,
    unpack,
    write_postings,
)

_MOST_KNOWN = 1000  #: places of terms that are kept, in each of some thirty segments


class PostingCodec(W3Codec):
    """Columns and stored fields are Whoosh's, terms and postings ours."""

    length_stats = False  #: nothing is scored by the length of a field

    def field_writer(self, storage: Any, segment: Any) -> "PostingsWriter":
        """Where the gathered terms of a segment go."""
        return PostingsWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> "PostingsReader":
        """The terms of a segment."""
        return PostingsReader(storage, segment)


class PostingsWriter(base.FieldWriter):
    """Writes all terms of a segment at once."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._segment = segment
        self._terms = segment.create_file(storage, PostingCodec.TERMS_EXT)
        self._postings = segment.create_file(storage, PostingCodec.POSTS_EXT)
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: "_Pool") -> None:
        """What a writer has gathered."""
        write_postings(items.gathered, items.count, self._terms, self._postings)
        items.cleanup()  # lets go of the mapped files of what was merged

    def close(self) -> None:
        """The files are whole."""
        self._terms.close()
        self._postings.close()
        self.is_closed = True


class PostingsReader(base.TermsReader):
    """The terms of a segment, mapped from its files."""

    def __init__(self, storage: Any, segment: Any) -> None:
        folder = Path(storage.folder)
        terms, postings = (
            map_file(folder / segment.make_filename(ending))
            for ending in (PostingCodec.TERMS_EXT, PostingCodec.POSTS_EXT)
        )
        ask_for(terms)
        self.count, self._fields = read_terms(terms, postings)
        self._known: dict[tuple[str, bytes], int | None] = {}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._packed(*term) is not None

    def numbers(self, field: str, term: bytes) -> Numbers:
        """The documents that have a term, rising; none when it is unknown."""
        packed = self._packed(field, term)
        return np.empty(0, dtype=np.int64) if packed is None else unpack(packed, self.count)

    def mask(self, field: str, term: bytes) -> NDArray[np.bool_]:
        """The documents that have a term, as a mask over all."""
        packed = self._packed(field, term)
        return np.zeros(self.count, dtype=bool) if packed is None else as_mask(packed, self.count)

    def weight(self, field: str, term: bytes) -> int:
        """How many bytes are written of who has a term."""
        terms, at = self._found(field, term)
        return 0 if terms is None or at is None else terms.size(at)

    def ask_for(self, field: str, terms: Iterable[bytes]) -> None:
        """Have read who has some terms, without waiting for it."""
        for term in terms:
            known, at = self._found(field, term)
            if known is not None and at is not None:
                known.ask_for(at, at + 1)

    def ask_for_all(self, field: str) -> None:
        """Have read who has the terms of a field."""
        if terms := self._fields.get(field):
            terms.ask_for(0, len(terms))

    def blocks(self, field: str) -> Iterator[TermBlock]:
        """Every term of a field with its documents, some at a time."""
        return self._fields[field].blocks(self.count)

    def term_at(self, field: str, at: int) -> bytes:
        """The term at a place in the order of a field."""
        term: bytes = self._fields[field][at]
        return term

    def numbers_in_order(self, field: str) -> Iterator[tuple[Numbers, Numbers | int]]:
        """The documents of the terms of a field in their order, with the place of each term."""
        terms = self._fields.get(field)
        if terms is None:
            return
        single = terms.single_numbers()
        if single is not None:
            yield single, np.arange(len(single))
            return
        for at in range(len(terms)):
            yield unpack(terms.packed(at), self.count), at

    def common(self, field: str, least: int) -> Iterator[bytes]:
        """The terms of a field that so many documents have, in order."""
        terms = self._fields.get(field)
        if terms is None:
            return
        # no way of packing takes less than a bit for each document that has the term
        for at in np.flatnonzero(np.diff(terms.places) > min(least, self.count // 8)).tolist():
            if how_many(terms.packed(at), self.count) >= least:
                yield terms[at]

    def beginning_with(self, field: str, prefix: bytes) -> Iterator[bytes]:
        """Every term of a field that begins so, in order."""
        terms = self._fields.get(field)
        return iter(()) if terms is None else terms.beginning_with(prefix)

    def indexed_field_names(self) -> Iterable[str]:
        """Fields that have terms."""
        return self._fields.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every field and term."""
        return ((field, term) for field in sorted(self._fields) for term in self._fields[field])

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Every field and term not before one."""
        return (one for one in self.terms() if one >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term with how often it is."""
        return ((one, self.term_info(*one)) for one in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The same, not before one."""
        return ((one, self.term_info(*one)) for one in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        """How often a term is.

        Raises:
            TermNotFound: it is unknown.
        """
        if (fieldname, tbytes) not in self:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}")
        frequency = self.doc_frequency(fieldname, tbytes)
        return TermInfo(weight=frequency, df=frequency)

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """Whoosh's weight of a term: each document counts once."""
        return float(self.doc_frequency(fieldname, tbytes))

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """How many documents have a term."""
        packed = self._packed(fieldname, tbytes)
        return 0 if packed is None else how_many(packed, self.count)

    def matcher(self, fieldname: str, tbytes: bytes, format_: Any, scorer: Any = None) -> Any:
        """The documents of a term as Whoosh goes through them."""
        numbers = self.numbers(fieldname, tbytes).tolist()
        weights = [1.0] * len(numbers)
        return ListMatcher(numbers, weights, None, format_, scorer=scorer)

    def close(self) -> None:
        """The mapped files are let go when nobody reads an array of them any more."""
        self._fields = {}

    def _packed(self, field: str, term: bytes) -> bytes | None:
        terms, at = self._found(field, term)
        return None if terms is None or at is None else terms.packed(at)

    def _found(self, field: str, term: bytes) -> tuple[FieldTerms | None, int | None]:
        """The terms of a field, and the place of one, which is kept: it is asked for again."""
        terms = self._fields.get(field)
        if terms is None:
            return None, None
        key = (field, term)
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known = {}
            self._known[key] = terms.find(term)
        return terms, self._known[key]


class PostingsGatherer(SegmentWriter):
    """A writer of Whoosh's whose postings are gathered as arrays."""

    def __init__(self, index: Any, codec: PostingCodec) -> None:
        super().__init__(index, codec=codec, compound=False)
        self.pool = _Pool(self)

    def add_with_terms(
        self, pages: Sequence[str], terms: dict[str, Iterable[str]], fields: dict[str, Any]
    ) -> None:
        """Add a document: its folded pages, its terms by field, and what is kept of it."""
        self.pool.grams.add(self.docnum, pages)
        for field, found in terms.items():
            self.pool.gathered.add(field, found, self.docnum)
        self.add_document(**fields)

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: Any) -> None:
        """Take over the terms of a segment under the new numbers of its documents."""
        terms = self.codec.terms_reader(self.storage, reader.segment())
        moved = np.arange(startdoc, startdoc + terms.count, dtype=np.int64)
        if docmap is not None:
            moved[:] = -1
            moved[list(docmap)] = list(docmap.values())
        for field in terms.indexed_field_names():
            blocks = terms.blocks(field)
            self.pool.gathered.take_over(field, (one.moved(moved) for one in blocks))


class _Pool:
    """What Whoosh's writer asks of its pool of postings."""

    def __init__(self, writer: PostingsGatherer) -> None:
        self._writer = writer
        self._begin()

    def _begin(self) -> None:
        self.gathered, self.grams = Gathered(), GramRuns()
        self.gathered.gather_apart("grams", self.grams)

    @property
    def count(self) -> int:
        """How many documents the segment has by now."""
        return int(self._writer.docnum)

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """One posting of a field that Whoosh itself cut into terms."""
        field, term, number, *_ = item
        self.gathered.add(field, (term.decode(),), number)

    def iter_postings(self) -> "_Pool":
        """All at once: the codec writes them so."""
        return self

    def cleanup(self) -> None:
        """Nothing lies on the disk."""
        self._begin()
