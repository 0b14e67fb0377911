"""Where the grams of a segment stand: whether its documents hold a phrase of them.

That a document has all grams of a phrase does not say that it has the phrase, and a text that
lies on the disk costs half a millisecond to look at. So the places of every gram are kept that
more than a few documents have: a phrase is where its grams follow one another.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.grams import places_of_grams
from archive_indexer.index.index_segment import Numbers
from archive_indexer.index.on_disk.asked_ahead import Mapped, ask_for, map_file
from minzheng.external.files.whole_file import whole_file

_MAGIC, _MAGIC_BEFORE = b"MZL2", b"MZL1"
_HEAD = struct.Struct("<4sII")  #: sign, documents, grams of the one table an earlier file has
_TABLE = struct.Struct("<QQ")  #: grams, steps
_FEW = 8  #: a gram that fewer documents have leaves so few texts that they are looked at
_AT_ONCE = 2000  #: documents whose texts are looked through together
_TOGETHER = 1_000_000  #: places that are put in order together
_BETWEEN = "\0"  #: after each document: no phrase goes from one to the next
_HIGH, _QUARTER = np.uint64(32), np.uint64(16)
_NO_LETTER = 0xFFFF
_WORD = 8  #: bytes; a table begins on a whole one, or numpy copies its rows to search them
_FIRST_OF_FOUR = np.uint64(ord("0") << 48)  #: keys of two characters are less
_ROW_BITS = 43  #: of a number with a gram's place below and its row above
_NARROW, _WIDE = np.dtype("<u2"), np.dtype("<u4")

Codes = NDArray[np.uint32]
Keys = NDArray[np.uint64]
Steps = NDArray[Any]  #: narrow or wide
Kind = np.dtype[Any]
Source = tuple[Mapped, int]  #: a file, and where the steps of a table begin in it


class Texts(Protocol):
    """A segment of the index, as far as its texts and grams."""

    @property
    def count(self) -> int:
        """How many documents."""

    def texts(self, numbers: Sequence[int]) -> Sequence[bytes]:
        """Folded texts, UTF-8."""

    def common_terms(self, name: str, least: int) -> Sequence[str]:
        """Terms that so many documents have, in order."""


class _Rows:
    """Places of some grams, each row as the distances from place to place.

    A distance of the largest number is not the whole of its step: the next one belongs to it.
    """

    def __init__(
        self, keys: Keys, bounds: tuple[Numbers, Numbers], steps: Steps, source: Source
    ) -> None:
        self._keys, self._bounds, self._steps, self._source = keys, bounds, steps, source
        self._far = np.iinfo(steps.dtype).max

    def ask_for(self, row: int) -> None:
        """Have read a row, without waiting for it."""
        raw, begin = self._source
        size = self._steps.itemsize
        bounds = (begin + int(one[row]) * size for one in self._bounds)
        ask_for(raw, *bounds)

    def find(self, key: int) -> int | None:
        """The row of a gram."""
        row = int(self._keys.searchsorted(np.uint64(key)))
        return row if row < len(self._keys) and int(self._keys[row]) == key else None

    def size(self, row: int) -> int:
        """How many steps."""
        begin, end = self._bounds
        return int(end[row]) - int(begin[row])

    def places(self, row: int) -> Numbers:
        """Rising, counted in characters from the first of the segment."""
        begin, end = self._bounds
        steps = self._steps[int(begin[row]) : int(end[row])]
        places: Numbers = np.cumsum(steps, dtype=np.int64)[steps != self._far]
        return places


class PhrasePlaces:
    """The places of a segment, mapped from its file."""

    def __init__(self, file: Path) -> None:
        """Map the file.

        Raises:
            ValueError: it is no such file, or cut off.
        """
        raw = map_file(file)
        if len(raw) < _HEAD.size:
            raise ValueError("no head of places")
        sign, count, grams = _HEAD.unpack_from(raw)
        at = _HEAD.size + 4 * count
        ask_for(raw, 0, at)
        if sign == _MAGIC:
            narrow, at = _read_table(raw, at + -at % _WORD, _NARROW)
            wide, at = _read_table(raw, at + -at % _WORD, _WIDE)
            self._tables = [narrow, wide]
        elif sign == _MAGIC_BEFORE:
            before, at = _read_table_before(raw, at, grams)
            self._tables = [before]
        else:
            raise ValueError("no places of ours")
        if at != len(raw):
            raise ValueError("the places are cut off")
        self._lengths = np.frombuffer(raw, "<u4", count, _HEAD.size)

    @cached_property
    def _ends(self) -> Numbers:
        """Where each document ends."""
        return np.cumsum(self._lengths, dtype=np.int64)

    def ask_for(self, phrase: str) -> None:
        """Have read what tells which documents hold a phrase, without waiting for it."""
        for one in self._cover(phrase) or ():
            one.rows.ask_for(one.row)

    def documents_with(self, phrase: str) -> Numbers | None:
        """The numbers of the documents that hold a phrase; None where that is not known."""
        cover = self._cover(phrase)
        if not cover:
            return None
        cover.sort(key=lambda one: one.rows.size(one.row))
        found = cover[0].starts()
        for one in cover[1:]:
            found = _in_both(found, one.starts()) if len(found) else found
        owners = np.searchsorted(self._ends, found, side="right")
        numbers: Numbers = owners[np.diff(owners, prepend=-1) > 0]
        return numbers

    def _cover(self, phrase: str) -> "list[_KnownGram] | None":
        """Few known grams that leave no character of a phrase out."""
        known = [
            _KnownGram(rows, row, offset, offset + len(gram))
            for gram, offset in places_of_grams(phrase)
            for rows in self._tables
            if (row := rows.find(_key_of(gram))) is not None
        ]
        chosen: list[_KnownGram] = []
        covered = 0
        while covered < len(phrase):
            joining = [one for one in known if one.begin <= covered < one.end]
            if not joining:
                return None
            chosen.append(max(joining, key=lambda one: one.end))
            covered = chosen[-1].end
        return chosen


@dataclass(frozen=True, slots=True)
class _KnownGram:
    """A gram of a phrase: its row, and from where to where it stands in the phrase."""

    rows: _Rows
    row: int
    begin: int
    end: int

    def starts(self) -> Numbers:
        """Where the phrase would begin."""
        return self.rows.places(self.row) - self.begin


def _in_both(few: Numbers, many: Numbers) -> Numbers:
    """What of a rising row stands in another."""
    at = np.minimum(np.searchsorted(many, few), len(many) - 1)
    both: Numbers = few[many[at] == few]
    return both


def _read_table(raw: Mapped, at: int, kind: Kind) -> tuple[_Rows, int]:
    """A table, and where it ends."""
    grams, size = _TABLE.unpack_from(raw, at)
    ask_for(raw, at, at + _TABLE.size + 8 * (2 * grams + 1))
    keys = np.frombuffer(raw, "<u8", grams, at + _TABLE.size)
    at += _TABLE.size + keys.nbytes
    bounds = np.frombuffer(raw, "<u8", grams + 1, at)
    at += bounds.nbytes
    steps = np.frombuffer(raw, kind, size, at)
    rows = _Rows(keys, (bounds[:-1], bounds[1:]), steps, (raw, at))
    return rows, at + steps.nbytes


def _read_table_before(raw: Mapped, at: int, grams: int) -> tuple[_Rows, int]:
    """As an earlier version wrote the commonest grams: with their names, all steps narrow."""
    bounds = np.frombuffer(raw, "<u8", grams + 1, at)
    at += bounds.nbytes
    (size,) = struct.unpack_from("<I", raw, at)
    names = raw[at + 4 : at + 4 + size].decode().split(_BETWEEN)
    keys = np.array([_key_of(name) for name in names if name], dtype=np.uint64)
    steps = np.frombuffer(raw, _NARROW, int(bounds[-1]), at + 4 + size)
    order = np.argsort(keys)
    at += 4 + size
    rows = _Rows(keys[order], (bounds[:-1][order], bounds[1:][order]), steps, (raw, at))
    return rows, at + steps.nbytes


def write_places(segment: Texts, file: Path) -> None:
    """Write where the grams of a segment stand; the file is there whole or not at all.

    Raises:
        OSError: it could not be written.
    """
    # phrases seldom have signs in them, and every word stands beside one
    grams = [one for one in segment.common_terms("grams", _FEW) if one.isalnum()]
    keys = np.sort(np.array([_key_of(gram) for gram in grams], dtype=np.uint64))
    lengths, found = _places_in(segment, keys)
    narrow, wide = _Table(_NARROW), _Table(_WIDE)
    for first, last in _together(found, len(keys)):
        distances, counts = _distances(found, first, last)
        is_far = _summed(distances // np.iinfo(_NARROW).max, counts) > counts
        for table, chosen in ((narrow, ~is_far), (wide, is_far)):
            table.add(
                keys[first:last][chosen], distances[np.repeat(chosen, counts)], counts[chosen]
            )
    with whole_file(file, is_forced=True) as stream:
        stream.write(_HEAD.pack(_MAGIC, segment.count, 0))
        stream.write(lengths.tobytes())
        narrow.write(stream)
        wide.write(stream)


class _Table:
    """Rows of one width, gathered to be written."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._keys: list[Keys] = []
        self._sizes: list[Numbers] = [np.zeros(1, dtype=np.int64)]
        self._steps: list[Steps] = []

    def add(self, keys: Keys, distances: Numbers, counts: Numbers) -> None:
        """The rows of some grams; of each so many distances."""
        far, rest = np.divmod(distances, np.iinfo(self._kind).max)
        steps = np.full(int(far.sum()) + len(rest), np.iinfo(self._kind).max, dtype=self._kind)
        steps[np.cumsum(far + 1) - 1] = rest
        self._keys.append(keys)
        self._sizes.append(_summed(far + 1, counts))
        self._steps.append(steps)

    def write(self, stream: IO[bytes]) -> None:
        """As `_read_table` reads it."""
        bounds = np.cumsum(np.concatenate(self._sizes))
        stream.write(bytes(-stream.tell() % _WORD))
        stream.write(_TABLE.pack(len(bounds) - 1, int(bounds[-1])))
        for keys in self._keys:
            stream.write(keys.astype("<u8").tobytes())
        stream.write(bounds.astype("<u8").tobytes())
        for steps in self._steps:
            stream.write(steps.tobytes())


@dataclass(frozen=True, slots=True)
class _Found:
    """The places in some documents that follow one another, gram by gram, each rising."""

    begin: int  #: the first character, counted from the first of the segment
    places: Codes
    bounds: Codes  #: of the places of each gram


def _places_in(segment: Texts, keys: Keys) -> tuple[Codes, list[_Found]]:
    """The characters of each document, what is between counted, and the places of all grams."""
    lengths = np.zeros(segment.count, dtype="<u4")
    found, begin = [], 0
    for first in range(0, segment.count, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, segment.count))
        texts = [raw.decode() + _BETWEEN for raw in segment.texts(numbers)]
        lengths[first : first + len(texts)] = [len(text) for text in texts]
        codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4")
        found.append(_find(keys, codes, begin))
        begin += len(codes)
    return lengths, found


def _find(keys: Keys, codes: Codes, begin: int) -> _Found:
    """Every gram, looked for in a text all at once."""
    fours = int(np.searchsorted(keys, _FIRST_OF_FOUR))
    parts = []
    for length, known, base in ((2, keys[:fours], 0), (4, keys[fours:], fours)):
        end = len(codes) - length + 1
        if end <= 0 or not len(known):
            continue
        every = _as_keys([codes[shift : shift + end] for shift in range(length)])
        at = np.minimum(np.searchsorted(known, every), len(known) - 1)
        places = np.flatnonzero(known[at] == every)
        parts.append(((at[places] + base).astype(np.uint64) << _HIGH) | places.astype(np.uint64))
    both = np.sort(np.concatenate([np.empty(0, dtype=np.uint64), *parts]))
    bounds = np.searchsorted(both, np.arange(len(keys) + 1, dtype=np.uint64) << _HIGH)
    return _Found(begin, both.astype(np.uint32), bounds.astype(np.uint32))


def _together(found: Sequence[_Found], grams: int) -> Iterator[tuple[int, int]]:
    """From which gram to which their places are put in order at once."""
    ends = np.zeros(grams + 1, dtype=np.int64)
    for one in found:
        ends += one.bounds
    first = 0
    while first < grams:
        last = int(np.searchsorted(ends, ends[first] + _TOGETHER, side="right")) - 1
        last = min(max(last, first + 1), grams)
        yield first, last
        first = last


def _distances(found: Sequence[_Found], first: int, last: int) -> tuple[Numbers, Numbers]:
    """From place to place of each gram, from the segment's first character on; how many each."""
    parts, counts = [np.zeros(0, dtype=np.int64)], np.zeros(last - first, dtype=np.int64)
    for one in found:
        bounds = one.bounds[first : last + 1].astype(np.int64)
        each = bounds[1:] - bounds[:-1]
        rows = np.repeat(np.arange(last - first, dtype=np.int64), each) << _ROW_BITS
        places = one.places[int(bounds[0]) : int(bounds[-1])].astype(np.int64) + one.begin
        parts.append(rows + places)
        counts += each
    places = np.sort(np.concatenate(parts)) & ((1 << _ROW_BITS) - 1)
    distances: Numbers = np.diff(places, prepend=0).astype(np.int64)
    begins = (np.cumsum(counts) - counts)[counts > 0]
    distances[begins] = places[begins]
    return distances, counts


def _summed(values: Numbers, counts: Numbers) -> Numbers:
    """The sum of each row, of so many values."""
    sums = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(values)])
    ends = np.cumsum(counts)
    total: Numbers = sums[ends] - sums[ends - counts]
    return total


def _key_of(gram: str) -> int:
    """A gram as one number: two characters, or the four letters and digits of a run."""
    bits = 32 if len(gram) == 2 else 16
    key = 0
    for one in gram:
        key = (key << bits) | ord(one)
    return key


def _as_keys(characters: Sequence[Codes]) -> Keys:
    """The grams that begin at each place of a text, as `_key_of` has them."""
    if len(characters) == 2:
        return (characters[0].astype(np.uint64) << _HIGH) | characters[1]
    keys = np.zeros(len(characters[0]), dtype=np.uint64)
    for one in characters:
        keys = (keys << _QUARTER) | np.minimum(one, _NO_LETTER)
    return keys
