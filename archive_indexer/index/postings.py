"""Which documents have a term: gathered as arrays, packed, and found again by bisection.

A gram is in many documents or in very few. Few are kept as differences, in as many bytes as
the largest needs; many as a bit for each document of the segment.
"""

import mmap
import struct
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.index_segment import Numbers

_MAGIC = b"MZP1"
_HEAD = struct.Struct("<4sIQI")  #: sign, documents, bytes of all postings, fields
_FIELD = struct.Struct("<16sII")  #: name, terms, bytes of all their names
_ONE = struct.Struct("<BI")
_SINGLE = np.dtype([("kind", "u1"), ("number", "<u4")])  #: the same, read as an array
_BITS = 0
_WIDTHS = (1, 2, 4)


class Gathered:
    """Terms with the documents that have them; documents come in their order."""

    def __init__(self) -> None:
        self._by_field: defaultdict[str, defaultdict[str, array[int]]] = defaultdict(_no_terms)

    def add(self, field: str, terms: Iterable[str], number: int) -> None:
        """A document has these terms, each once."""
        known = self._by_field[field]
        for term in terms:
            known[term].append(number)

    def extend(self, field: str, term: str, numbers: Numbers) -> None:
        """More documents have a term; their numbers are higher than all before."""
        self._by_field[field][term].frombytes(numbers.astype("=u4").tobytes())

    def fields(self) -> list[str]:
        """All fields."""
        return sorted(self._by_field)

    def sorted_terms(self, field: str) -> Iterator[tuple[bytes, NDArray[np.uint32]]]:
        """Terms in the order of their bytes, and who has each."""
        known = self._by_field[field]
        for term in sorted(known):  # as their bytes: so UTF-8 is made
            yield term.encode(), np.frombuffer(known[term], dtype="=u4")


def _no_terms() -> "defaultdict[str, array[int]]":
    return defaultdict(lambda: array("I"))


def pack(numbers: NDArray[np.uint32], count: int) -> bytes:
    """Rising document numbers of a segment of so many documents."""
    if len(numbers) == 1:
        return _ONE.pack(1, int(numbers[0]))
    steps = np.diff(numbers)
    most = int(steps.max())
    width = next(one for one in _WIDTHS if most < 1 << 8 * one)
    if len(numbers) * width > count // 8:
        bits = np.zeros(count, dtype=bool)
        bits[numbers] = True
        return bytes([_BITS]) + np.packbits(bits).tobytes()
    return _ONE.pack(width, int(numbers[0])) + steps.astype(f"<u{width}").tobytes()


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


def how_many(packed: bytes, count: int) -> int:
    """How many numbers there are, told without making them."""
    if packed[0] == _BITS:
        bits = np.frombuffer(packed, dtype=np.uint8, offset=1)
        return int(np.count_nonzero(np.unpackbits(bits, count=count)))
    return 1 + (len(packed) - _ONE.size) // packed[0]


def write_postings(gathered: Gathered, count: int, terms: Any, postings: Any) -> None:
    """Write what was gathered of a segment into two files: the terms, and who has them."""
    fields, total = [], 0
    for field in gathered.fields():
        names, ends, places = [], [0], [total]
        for name, numbers in gathered.sorted_terms(field):
            packed = pack(numbers, count)
            postings.write(packed)
            total += len(packed)
            names.append(name)
            ends.append(ends[-1] + len(name))
            places.append(total)
        fields.append((field, b"".join(names), ends, places))
    terms.write(_HEAD.pack(_MAGIC, count, total, len(fields)))
    for field, whole, ends, places in fields:
        terms.write(_FIELD.pack(field.encode(), len(ends) - 1, len(whole)))
        terms.write(np.array(places, dtype="<u8").tobytes())
        terms.write(np.array(ends, dtype="<u4").tobytes())
        terms.write(whole)


@dataclass(frozen=True, slots=True)
class FieldTerms(Sequence[bytes]):
    """The terms of a field in their order, as they lie in the mapped files."""

    names: bytes | mmap.mmap
    begin: int  #: where the names of the field begin
    ends: NDArray[np.uint32]
    places: NDArray[np.uint64]
    postings: bytes | mmap.mmap

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


def read_terms(
    terms: bytes | mmap.mmap, postings: bytes | mmap.mmap
) -> tuple[int, dict[str, FieldTerms]]:
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
