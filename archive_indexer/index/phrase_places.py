"""Where the commonest grams of a segment stand: whether its documents hold a phrase of them.

That a document has all grams of a phrase does not say that it has the phrase. Of rare grams
few documents are left, and their texts are looked at. Common grams leave most of the archive;
for them every place is kept, and a phrase is where its grams follow one another.
"""

import functools
import mmap
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.grams import places_of_grams
from archive_indexer.index.index_segment import Numbers
from minzheng.external.files.whole_file import whole_file

_MAGIC = b"MZL1"
_HEAD = struct.Struct("<4sII")  #: sign, documents, grams
_RARE = 64  #: a gram that one in so many documents has is common
_AT_ONCE = 2000  #: documents whose texts are looked through together
_FAR = 0xFFFF  #: a step that is not the last of a distance
_BETWEEN = "\0"  #: after each document: no phrase goes from one to the next
_HIGH, _QUARTER = np.uint64(32), np.uint64(16)
_NO_LETTER = 0xFFFF

Codes = NDArray[np.uint32]


class Texts(Protocol):
    """A segment of the index, as far as its texts and grams."""

    @property
    def count(self) -> int:
        """How many documents."""

    def texts(self, numbers: Sequence[int]) -> Sequence[bytes]:
        """Folded texts, UTF-8."""

    def common_terms(self, name: str, least: int) -> Sequence[str]:
        """Terms that so many documents have, in order."""


class PhrasePlaces:
    """The places of a segment, mapped from its file."""

    def __init__(self, file: Path) -> None:
        """Map the file.

        Raises:
            ValueError: it is no such file, or cut off.
        """
        with file.open("rb") as stream:
            self._raw = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        if len(self._raw) < _HEAD.size:
            raise ValueError("no head of places")
        sign, count, grams = _HEAD.unpack_from(self._raw)
        if sign != _MAGIC:
            raise ValueError("no places of ours")
        lengths = np.frombuffer(self._raw, "<u4", count, _HEAD.size)
        self._ends = np.cumsum(lengths, dtype=np.int64)
        at = _HEAD.size + lengths.nbytes
        self._places = np.frombuffer(self._raw, "<u8", grams + 1, at)
        at += self._places.nbytes
        (size,) = struct.unpack_from("<I", self._raw, at)
        names = self._raw[at + 4 : at + 4 + size].decode().split(_BETWEEN)
        self._numbers = {name: number for number, name in enumerate(names) if name}
        self._begin = at + 4 + size
        if self._begin + 2 * int(self._places[-1]) != len(self._raw):
            raise ValueError("the places are cut off")

    def documents_with(self, phrase: str) -> Numbers | None:
        """The numbers of the documents that hold a phrase; None where that is not known."""
        cover = self._cover(phrase)
        if not cover:
            return None
        first, *others = (self._of_gram(gram) - offset for gram, offset in cover)
        found = functools.reduce(_in_both, others, first)
        within = np.searchsorted(found, self._ends)  # places before the end of each document
        numbers: Numbers = np.flatnonzero(np.diff(within, prepend=0))
        return numbers

    def _cover(self, phrase: str) -> list[tuple[str, int]] | None:
        """Few common grams with their offsets that leave no character of a phrase out."""
        known = [one for one in places_of_grams(phrase) if one[0] in self._numbers]
        chosen: list[tuple[str, int]] = []
        covered = 0
        while covered < len(phrase):
            joining = [one for one in known if one[1] <= covered < one[1] + len(one[0])]
            if not joining:
                return None
            chosen.append(max(joining, key=lambda one: one[1] + len(one[0])))
            covered = chosen[-1][1] + len(chosen[-1][0])
        return chosen

    def _of_gram(self, gram: str) -> Numbers:
        number = self._numbers[gram]
        begin, end = int(self._places[number]), int(self._places[number + 1])
        steps = np.frombuffer(self._raw, "<u2", end - begin, self._begin + 2 * begin)
        places: Numbers = np.cumsum(steps, dtype=np.int64)[steps != _FAR]
        return places


def _in_both(some: Numbers, others: Numbers) -> Numbers:
    """What stands in two rising rows: they are merged, and twins kept."""
    merged = np.concatenate([some, others])
    merged.sort(kind="stable")
    twins: Numbers = merged[:-1][merged[1:] == merged[:-1]]
    return twins


def write_places(segment: Texts, file: Path) -> None:
    """Write where the common grams of a segment stand; the file is there whole or not at all.

    Raises:
        OSError: it could not be written.
    """
    least = max(1, segment.count // _RARE)
    # phrases seldom have signs in them, and every word stands beside one
    grams = [one for one in segment.common_terms("grams", least) if one.isalnum()]
    lengths, found = _places_in(segment, grams)
    steps = [_as_steps(one) for one in found]
    names = _BETWEEN.join(grams).encode()
    with whole_file(file, is_forced=True) as stream:
        stream.write(_HEAD.pack(_MAGIC, segment.count, len(grams)))
        stream.write(lengths.tobytes())
        stream.write(np.cumsum([0, *map(len, steps)], dtype="<u8").tobytes())
        stream.write(struct.pack("<I", len(names)) + names)
        for one in steps:
            stream.write(one.tobytes())


def _places_in(segment: Texts, grams: Sequence[str]) -> tuple[Codes, list[Numbers]]:
    """The characters of each document, what is between counted, and the places of each gram."""
    lengths = np.zeros(segment.count, dtype="<u4")
    found: list[list[Numbers]] = [[] for _ in grams]
    keys, begin = _Keys(grams), 0
    for first in range(0, segment.count, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, segment.count))
        texts = [raw.decode() + _BETWEEN for raw in segment.texts(numbers)]
        lengths[first : first + len(texts)] = [len(text) for text in texts]
        codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4")
        for gram, places in keys.find(codes):
            found[gram].append(places + begin)
        begin += len(codes)
    empty = np.empty(0, dtype=np.int64)
    return lengths, [np.concatenate([empty, *places]) for places in found]


class _Keys:
    """The common grams as numbers, looked for in a text all at once."""

    def __init__(self, grams: Sequence[str]) -> None:
        self._by_length = []
        for length in sorted({len(gram) for gram in grams}):
            numbers = [number for number, gram in enumerate(grams) if len(gram) == length]
            codes = np.array([[ord(one) for one in grams[number]] for number in numbers])
            keys = _as_keys(codes.astype(np.uint32).T)
            order = np.argsort(keys)
            self._by_length.append((length, keys[order], np.array(numbers)[order]))

    def find(self, codes: Codes) -> Iterator[tuple[int, Numbers]]:
        """Each gram with its places in a text of code points, rising."""
        for length, keys, numbers in self._by_length:
            end = max(0, len(codes) - length + 1)
            every = _as_keys([codes[shift : shift + end] for shift in range(length)])
            at = np.minimum(np.searchsorted(keys, every), len(keys) - 1)
            places = np.flatnonzero(keys[at] == every)
            at = at[places]
            order = np.argsort(at, kind="stable")
            bounds = np.searchsorted(at[order], np.arange(len(keys) + 1))
            for key, number in enumerate(numbers.tolist()):
                yield number, places[order[bounds[key] : bounds[key + 1]]]


def _as_keys(characters: Sequence[Codes] | NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Two characters, or four as only letters and digits have them, as one number."""
    if len(characters) == 2:
        return (characters[0].astype(np.uint64) << _HIGH) | characters[1]
    keys = np.zeros(len(characters[0]), dtype=np.uint64)
    for one in characters:
        keys = (keys << _QUARTER) | np.minimum(one, _NO_LETTER)
    return keys


def _as_steps(places: Numbers) -> NDArray[np.uint16]:
    """The distances from place to place, a long one in several steps."""
    far, rest = np.divmod(np.diff(places, prepend=0), _FAR)
    steps = np.full(int(far.sum()) + len(places), _FAR, dtype="<u2")
    steps[np.cumsum(far + 1) - 1] = rest
    return steps
