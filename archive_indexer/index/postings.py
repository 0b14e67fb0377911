"""Which documents have a term: gathered as arrays, packed, and found again by bisection.

A gram is in many documents or in very few. Few are kept as differences, in as many bytes as
the largest needs; many as a bit for each document of the segment.
"""

import struct
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.index_segment import Numbers
from archive_indexer.index.on_disk.asked_ahead import Mapped, ask_for

_MAGIC = b"MZP1"
_HEAD = struct.Struct("<4sIQI")  #: sign, documents, bytes of all postings, fields
_FIELD = struct.Struct("<16sII")  #: name, terms, bytes of all their names
_ONE = struct.Struct("<BI")
_SINGLE = np.dtype([("kind", "u1"), ("number", "<u4")])  #: the same, read as an array
_BITS = 0
_WIDTHS = (1, 2, 4)
_AT_ONCE = 10_000  #: terms that are packed together
_BYTES_AT_ONCE = 1 << 17  #: of the postings of terms that are unpacked together
_PLACES_AT_ONCE = 1 << 22  #: documents, each a bit before and a byte after

#: A term, and the documents that have it, rising.
Posting = tuple[bytes, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class TermBlock:
    """Some terms in their order, and the documents of each, rising."""

    names: list[bytes]
    bounds: Numbers  #: where the documents of each term begin, and where the last ones end
    numbers: NDArray[np.uint32]

    def postings(self) -> Iterator[Posting]:
        """Each term with its documents."""
        for name, (begin, end) in zip(self.names, pairwise(self.bounds.tolist()), strict=True):
            yield name, self.numbers[begin:end]

    def part(self, begin: int, end: int) -> "TermBlock":
        """The terms from one place to another."""
        bounds = self.bounds[begin : end + 1]
        numbers = self.numbers[bounds[0] : bounds[-1]]
        return TermBlock(self.names[begin:end], bounds - bounds[0], numbers)

    def moved(self, to: Numbers) -> "TermBlock":
        """Under the new numbers of its documents; -1 is a document that is gone."""
        numbers = to[self.numbers]
        held = np.concatenate([[0], np.cumsum(numbers >= 0)])
        return TermBlock(self.names, held[self.bounds], numbers[numbers >= 0].astype(np.uint32))

    @classmethod
    def of(cls, postings: Iterable[Posting]) -> "Iterator[TermBlock]":
        """Terms in their order, some at a time."""
        left = iter(postings)
        while several := list(islice(left, _AT_ONCE)):
            names, numbers = zip(*several, strict=True)
            bounds = np.cumsum([0, *map(len, numbers)])
            yield cls(list(names), bounds, np.concatenate(numbers).astype(np.uint32))


class Blocks(Protocol):
    """Something that gathers the terms of a field by itself."""

    def blocks(self) -> Iterator[TermBlock]:
        """All terms in their order, some at a time."""


class Gathered:
    """Terms with the documents that have them; documents come in their order."""

    def __init__(self) -> None:
        self._by_field: defaultdict[str, defaultdict[str, array[int]]] = defaultdict(_no_terms)
        self._apart: dict[str, Blocks] = {}
        self._taken_over: defaultdict[str, list[Iterator[TermBlock]]] = defaultdict(list)

    def add(self, field: str, terms: Iterable[str], number: int) -> None:
        """A document has these terms, each once."""
        known = self._by_field[field]
        for term in terms:
            known[term].append(number)

    def gather_apart(self, field: str, source: Blocks) -> None:
        """The terms of a field come from somebody else, and none of them by `add`."""
        self._apart[field] = source

    def take_over(self, field: str, terms: Iterator[TermBlock]) -> None:
        """Terms in their order, read when they are written; their documents follow all before."""
        self._taken_over[field].append(terms)

    def fields(self) -> list[str]:
        """All fields."""
        return sorted({*self._by_field, *self._apart, *self._taken_over})

    def blocks(self, field: str) -> Iterator[TermBlock]:
        """The terms of a field in the order of their bytes, and who has each."""
        own = self._apart[field].blocks() if field in self._apart else self._own(field)
        others = self._taken_over.get(field)
        return _merged([own, *others]) if others else own

    def _own(self, field: str) -> Iterator[TermBlock]:
        return TermBlock.of(self._sorted(field))

    def _sorted(self, field: str) -> Iterator[Posting]:
        known: Mapping[str, array[int]] = self._by_field.get(field, {})
        for term in sorted(known):  # as their bytes: so UTF-8 is made
            yield term.encode(), np.frombuffer(known[term], dtype="=u4")


def _merged(sources: Sequence[Iterator[TermBlock]]) -> Iterator[TermBlock]:
    """The terms of several sources; of one term the documents of an earlier source come first.

    Of what lies ready everything is joined that no later block of any source stands before.
    """
    ready: dict[int, TermBlock] = {}
    while True:
        for number, source in enumerate(sources):
            if number not in ready and (block := next(source, None)) is not None:
                ready[number] = block
        if not ready:
            return
        last = min(block.names[-1] for block in ready.values())
        parts = []
        for number, block in sorted(ready.items()):
            end = bisect_right(block.names, last)
            parts.append(block.part(0, end))
            ready[number] = block.part(end, len(block.names))
        ready = {number: block for number, block in ready.items() if block.names}
        if (joined := _joined(parts)).names:
            yield joined


def _joined(blocks: Sequence[TermBlock]) -> TermBlock:
    """The terms of all blocks, without those that have no document any more."""
    names = sorted(set(chain.from_iterable(block.names for block in blocks)))
    rank = {name: at for at, name in enumerate(names)}
    ranks = [rank[name] for block in blocks for name in block.names]
    counts = np.concatenate([np.diff(block.bounds) for block in blocks])
    owners = np.repeat(ranks, counts)
    numbers = np.concatenate([block.numbers for block in blocks])
    many = np.bincount(owners, minlength=len(names))
    if not many.all():
        names = [names[at] for at in np.flatnonzero(many).tolist()]
    bounds = np.concatenate([[0], np.cumsum(many[many > 0])])
    return TermBlock(names, bounds, numbers[np.argsort(owners, kind="stable")])


def _no_terms() -> "defaultdict[str, array[int]]":
    return defaultdict(lambda: array("I"))


def pack(block: TermBlock, count: int) -> tuple[bytes, Numbers]:
    """The documents of each term of a segment of so many documents, and where each term ends."""
    numbers, begins = block.numbers, block.bounds[:-1]
    many = np.diff(block.bounds)
    steps = np.diff(numbers, prepend=numbers[:1])
    steps[begins] = 0
    most = np.maximum.reduceat(steps, begins)
    widths = np.where(most < 1 << 8, 1, np.where(most < 1 << 16, 2, 4))
    as_bits = (many > 1) & (many * widths > count // 8)
    sizes = np.where(as_bits, 1 + (count + 7) // 8, _ONE.size + (many - 1) * widths)
    ends = np.cumsum(sizes)
    places = ends - sizes
    packed = np.zeros(int(ends[-1]), dtype=np.uint8)
    packed[places] = np.where(as_bits, _BITS, widths)
    few = np.flatnonzero(~as_bits)
    _put(packed, places[few] + 1, numbers[begins[few]], 4)
    for width in _WIDTHS:
        terms = np.flatnonzero(~as_bits & (widths == width) & (many > 1))
        more = many[terms] - 1
        ordinal = np.arange(int(more.sum())) - np.repeat(np.cumsum(more) - more, more)
        held = np.repeat(begins[terms] + 1, more) + ordinal
        at = np.repeat(places[terms] + _ONE.size, more) + ordinal * width
        _put(packed, at, steps[held], width)
    for term in np.flatnonzero(as_bits).tolist():
        bits = np.zeros(count, dtype=bool)
        bits[numbers[block.bounds[term] : block.bounds[term + 1]]] = True
        packed[places[term] + 1 : ends[term]] = np.packbits(bits)
    return packed.tobytes(), ends


def _put(packed: NDArray[np.uint8], at: Numbers, numbers: NDArray[np.uint32], width: int) -> None:
    """Numbers of so many bytes each, the lowest byte first."""
    for byte in range(width):
        packed[at + byte] = (numbers >> np.uint32(8 * byte)).astype(np.uint8)


def unpack(packed: bytes, count: int) -> Numbers:
    """The numbers again.

    Raises:
        ValueError: they are no numbers of such a segment.
    """
    kind = packed[0]
    if kind == _BITS:
        bits = np.unpackbits(np.frombuffer(packed, dtype=np.uint8, offset=1), count=count)
        return np.flatnonzero(bits)
    _, first = _ONE.unpack_from(packed)
    numbers = np.empty(1 + (len(packed) - _ONE.size) // kind, dtype=np.int64)
    numbers[0] = first
    numbers[1:] = np.frombuffer(packed, dtype=f"<u{kind}", offset=_ONE.size)
    np.cumsum(numbers, out=numbers)
    if numbers[-1] >= count:
        raise ValueError("a posting of no document")
    return numbers


def _unpacked(packed: NDArray[np.uint8], ends: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """The numbers of terms that lie one behind the other, and where those of each term begin.

    Raises:
        ValueError: they are no numbers of such a segment.
    """
    begins = np.concatenate([[0], ends[:-1]])
    kinds, sizes = packed[begins], ends - begins
    if not np.isin(kinds, (_BITS, *_WIDTHS)).all():
        raise ValueError("postings of no kind")
    told = list(_held_in_bits(packed, np.flatnonzero(kinds == _BITS), begins, count))
    told += [
        _held_in_steps(packed, np.flatnonzero(kinds == width), begins, sizes, width)
        for width in _WIDTHS
    ]
    owners = np.concatenate([one for one, _ in told])
    numbers = np.concatenate([one for _, one in told])
    if len(numbers) and numbers.max() >= count:
        raise ValueError("a posting of no document")
    bounds = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=len(ends)))])
    return numbers[np.argsort(owners, kind="stable")], bounds


def _held_in_bits(
    packed: NDArray[np.uint8], terms: Numbers, begins: Numbers, count: int
) -> Iterator[tuple[Numbers, Numbers]]:
    """Term and document of each bit of these terms."""
    places = np.arange(1, 1 + (count + 7) // 8)
    rows = max(1, _PLACES_AT_ONCE // max(1, count))
    for at in range(0, len(terms), rows):
        several = terms[at : at + rows]
        bits = np.unpackbits(packed[begins[several, None] + places], axis=1, count=count)
        owners, numbers = np.nonzero(bits)
        yield several[owners], numbers


def _held_in_steps(
    packed: NDArray[np.uint8], terms: Numbers, begins: Numbers, sizes: Numbers, width: int
) -> tuple[Numbers, Numbers]:
    """Term and document of each number of these terms, told as steps of so many bytes."""
    many = 1 + (sizes[terms] - _ONE.size) // width
    starts = np.cumsum(many) - many
    ordinal = np.arange(int(many.sum())) - np.repeat(starts, many)
    firsts = _got(packed, begins[terms] + 1, 4)
    numbers = np.zeros(len(ordinal), dtype=np.int64)
    numbers[starts] = firsts
    further = np.flatnonzero(ordinal)
    at = np.repeat(begins[terms] + _ONE.size, many)[further] + (ordinal[further] - 1) * width
    numbers[further] = _got(packed, at, width)
    sums = np.cumsum(numbers)
    return np.repeat(terms, many), sums - np.repeat(sums[starts] - firsts, many)


def _got(packed: NDArray[np.uint8], at: Numbers, width: int) -> Numbers:
    """Numbers of so many bytes each, the lowest byte first."""
    numbers = np.zeros(len(at), dtype=np.int64)
    for byte in range(width):
        numbers |= packed[at + byte].astype(np.int64) << (8 * byte)
    return numbers


def as_mask(packed: bytes, count: int) -> NDArray[np.bool_]:
    """The numbers as a mask over all documents; of many, it is how they lie.

    Raises:
        ValueError: they are no numbers of such a segment.
    """
    if packed[0] == _BITS:
        bits = np.frombuffer(packed, dtype=np.uint8, offset=1)
        return np.unpackbits(bits, count=count).view(np.bool_)
    mask = np.zeros(count, dtype=np.bool_)
    mask[unpack(packed, count)] = True
    return mask


def how_many(packed: bytes, count: int) -> int:
    """How many numbers there are, told without making them."""
    if packed[0] == _BITS:
        bits = np.frombuffer(packed, dtype=np.uint8, offset=1)
        return int(np.bitwise_count(bits).sum(dtype=np.int64))
    return 1 + (len(packed) - _ONE.size) // packed[0]


def write_postings(gathered: Gathered, count: int, terms: Any, postings: Any) -> None:
    """Write what was gathered of a segment into two files: the terms, and who has them."""
    fields, total = [], 0
    for field in gathered.fields():
        names: list[bytes] = []
        places = [np.array([total])]
        for block in gathered.blocks(field):
            packed, ends = pack(block, count)
            postings.write(packed)
            names += block.names
            places.append(ends + total)
            total += len(packed)
        lengths = np.fromiter(map(len, names), dtype=np.int64, count=len(names))
        fields.append((field, b"".join(names), lengths, np.concatenate(places)))
    terms.write(_HEAD.pack(_MAGIC, count, total, len(fields)))
    for field, whole, lengths, ends in fields:
        terms.write(_FIELD.pack(field.encode(), len(lengths), len(whole)))
        terms.write(ends.astype("<u8").tobytes())
        terms.write(np.concatenate([[0], np.cumsum(lengths)]).astype("<u4").tobytes())
        terms.write(whole)


@dataclass(frozen=True, slots=True)
class FieldTerms(Sequence[bytes]):
    """The terms of a field in their order, as they lie in the mapped files."""

    names: Mapped
    begin: int  #: where the names of the field begin
    ends: NDArray[np.uint32]
    places: NDArray[np.uint64]
    postings: Mapped

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, at: Any) -> Any:
        return self.names[self.begin + int(self.ends[at]) : self.begin + int(self.ends[at + 1])]

    def find(self, term: bytes) -> int | None:
        """The place of a term."""
        at = bisect_left(self, term)
        return at if at < len(self) and self[at] == term else None

    def packed(self, at: int) -> bytes:
        """Who has the term at a place."""
        return self.postings[int(self.places[at]) : int(self.places[at + 1])]

    def size(self, at: int) -> int:
        """How many bytes are written of who has the term at a place."""
        return int(self.places[at + 1]) - int(self.places[at])

    def ask_for(self, begin: int, end: int) -> None:
        """Have read who has some terms that follow one another, without waiting for it."""
        ask_for(self.postings, int(self.places[begin]), int(self.places[end]))

    def blocks(self, count: int) -> Iterator[TermBlock]:
        """All terms of a segment of so many documents with who has them, some at a time.

        Raises:
            ValueError: they are no postings of such a segment.
        """
        self.ask_for(0, len(self))
        begin = 0
        while begin < len(self):
            most = int(self.places[begin]) + _BYTES_AT_ONCE
            far = int(np.searchsorted(self.places, np.uint64(most), side="right")) - 1
            end = min(max(begin + 1, far), begin + _AT_ONCE, len(self))
            yield self._block(begin, end, count)
            begin = end

    def _block(self, begin: int, end: int, count: int) -> TermBlock:
        places = self.places[begin : end + 1].astype(np.int64)
        size = int(places[-1] - places[0])
        packed = np.frombuffer(self.postings, np.uint8, count=size, offset=int(places[0]))
        numbers, bounds = _unpacked(packed, places[1:] - places[0], count)
        cuts = self.ends[begin : end + 1].astype(np.int64)
        whole = self.names[self.begin + int(cuts[0]) : self.begin + int(cuts[-1])]
        names = [whole[left:right] for left, right in pairwise((cuts - cuts[0]).tolist())]
        return TermBlock(names, bounds, numbers.astype(np.uint32))

    def single_numbers(self) -> Numbers | None:
        """The document of each term, if none has more than one: as they lie, without unpacking."""
        begin, end = int(self.places[0]), int(self.places[-1])
        if end - begin != len(self) * _ONE.size:
            return None
        found = np.frombuffer(self.postings, dtype=_SINGLE, count=len(self), offset=begin)
        if (found["kind"] != 1).any() or (np.diff(self.places) != _ONE.size).any():
            return None
        return found["number"].astype(np.int64)

    def beginning_with(self, prefix: bytes) -> Iterator[bytes]:
        """Every term from a prefix on that begins so."""
        for at in range(bisect_left(self, prefix), len(self)):
            term = self[at]
            if not term.startswith(prefix):
                return
            yield term


def read_terms(terms: Mapped, postings: Mapped) -> tuple[int, dict[str, FieldTerms]]:
    """How many documents a segment has, and the terms of each field.

    Raises:
        ValueError: they are no such files, or cut off.
    """
    if len(terms) < _HEAD.size:
        raise ValueError("no head of terms")
    sign, count, total, fields = _HEAD.unpack_from(terms)
    if sign != _MAGIC or total != len(postings):
        raise ValueError("no postings of ours")
    found, at = {}, _HEAD.size
    for _ in range(fields):
        field, number, size = _FIELD.unpack_from(terms, at)
        at += _FIELD.size
        places = np.frombuffer(terms, dtype="<u8", count=number + 1, offset=at)
        at += places.nbytes
        ends = np.frombuffer(terms, dtype="<u4", count=number + 1, offset=at)
        at += ends.nbytes
        name = field.rstrip(b"\0").decode()
        found[name] = FieldTerms(terms, at, ends, places, postings)
        at += size
    if at != len(terms):
        raise ValueError("the terms are cut off")
    return count, found
