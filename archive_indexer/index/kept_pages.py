"""The pages of a document as they were written, kept by what they have unlike their folded text.

An index holds the folded text of a document whole. What was written differs from it by blanks,
wide signs and traditional characters: these are kept, each with its place, so that a few words
of a page are written again without unpacking all of it.
"""

import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Protocol

import numpy as np

from archive_indexer.index.index_segment import PAGE_BREAK
from minzheng.county.writing.chinese_text import not_one_for_one, places_in_source

_MAGIC = b"\1"  #: what an earlier version packed by zlib begins otherwise
_PLACE = np.dtype("<u4")  #: where a page begins in what is packed
_WIDTHS: dict[int, np.dtype[Any]] = {
    2: np.dtype("<u2"),
    4: np.dtype("<u4"),
}  #: bytes of every number of a page
_MOST_OF_TWO = 0xFFFF
_NEAR = 2  #: characters between two changed ones that are kept with them

#: Where a part stands in the folded text, how many characters of it, and what was written.
_Unlike = tuple[int, int, str]


class Page(Protocol):
    """A page as it was written, whichever way it is kept."""

    @property
    def folded(self) -> str:
        """Its folded text."""

    def whole(self) -> str:
        """All of it."""

    def between(self, first: int, last: int) -> str:
        """From the source of one character of the folded text to that of another."""


@dataclass(frozen=True, slots=True)
class WholePage:
    """A page that an earlier version kept whole."""

    folded: str
    written: str

    def whole(self) -> str:
        """All of it."""
        return self.written

    def between(self, first: int, last: int) -> str:
        """From the source of one character of the folded text to that of another."""
        begin, end = places_in_source(self.written, (first, last))
        return self.written[begin : end + 1]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page: its folded text, and the parts that were written otherwise, in their order.

    A part is as long as what it folds to, or one character that folds to several, or folds to
    nothing.
    """

    folded: str
    places: Sequence[int]  #: of the parts in the folded text
    folded_lengths: Sequence[int]
    lengths: Sequence[int]
    written: str  #: all parts

    def whole(self) -> str:
        """All of it."""
        return self._written(0, len(self.folded), range(len(self.places)))

    def between(self, first: int, last: int) -> str:
        """From the source of one character of the folded text to that of another."""
        begin, end = bisect_left(self.places, first), bisect_left(self.places, last + 1)
        if begin and self.places[begin - 1] + self.folded_lengths[begin - 1] > first:
            begin -= 1
        elif begin < end and self._stands_before(begin, first):
            begin += 1
        return self._written(first, last + 1, range(begin, end))

    def _stands_before(self, part: int, first: int) -> bool:
        return self.places[part] == first and not self.folded_lengths[part]

    def _written(self, begin: int, end: int, parts: range) -> str:
        at, taken, pieces = begin, sum(self.lengths[: parts.start]), []
        for part in parts:
            place, folded_length, length = (
                self.places[part],
                self.folded_lengths[part],
                self.lengths[part],
            )
            written = self.written[taken : taken + length]
            if folded_length == length:
                written = written[max(0, begin - place) : end - place]
            pieces += [self.folded[at:place], written]
            at, taken = min(place + folded_length, end), taken + length
        return "".join([*pieces, self.folded[at:end]])


def pack_pages(pages: Sequence[str], folded: Sequence[str]) -> bytes:
    """What the pages of a document have unlike their folded texts; one without has an empty one."""
    both = zip(pages or ("",), folded or ("",), strict=True)
    packed = [_pack(page, text) for page, text in both]
    first = len(_MAGIC) + _PLACE.itemsize * (len(packed) + 1)
    places = np.array([*accumulate(map(len, packed), initial=first)], dtype=_PLACE)
    return b"".join([_MAGIC, places.tobytes(), *packed])


def unpack_page(packed: bytes, folded: Sequence[str], number: int) -> Page:
    """A page of a document, the first by 0; its folded pages are given."""
    text = folded[number]
    if not packed.startswith(_MAGIC):
        page = zlib.decompress(packed).decode().split(PAGE_BREAK)[number]
        return WholePage(text, page)
    begin, end = np.frombuffer(packed, _PLACE, 2, len(_MAGIC) + _PLACE.itemsize * number).tolist()
    if begin == end:
        return KeptPage(text, (), (), (), "")
    kind = _WIDTHS[packed[begin]]
    count = int(np.frombuffer(packed, kind, 1, begin + 1)[0])
    numbers = np.frombuffer(packed, kind, 1 + 3 * count, begin + 1)
    written = packed[begin + 1 + numbers.nbytes : end].decode()
    told = numbers[1:].tolist()
    return KeptPage(text, told[:count], told[count : 2 * count], told[2 * count :], written)


def _pack(page: str, folded: str) -> bytes:
    parts = list(_unlike(page, folded))
    if not parts:
        return b""
    kept = _as_page(folded, parts)
    width = 2 if max(len(page), len(folded)) <= _MOST_OF_TWO else 4
    numbers = [len(parts), *kept.places, *kept.folded_lengths, *kept.lengths]
    told = np.array(numbers, dtype=_WIDTHS[width]).tobytes()
    return bytes([width]) + told + kept.written.encode()


def _as_page(folded: str, parts: Sequence[_Unlike]) -> KeptPage:
    places, folded_lengths, written = zip(*parts, strict=True) if parts else ((), (), ())
    return KeptPage(folded, places, folded_lengths, [*map(len, written)], "".join(written))


def _unlike(page: str, folded: str) -> Iterator[_Unlike]:
    """The parts of a page that are not as in its folded text, in their order."""
    begin = place = 0
    for at, stop, length in _joined(not_one_for_one(page)):
        next_place = place + at - begin
        yield from _changed(page[begin:at], folded[place:next_place], place)
        yield next_place, length, page[at:stop]
        begin, place = stop, next_place + length
    yield from _changed(page[begin:], folded[place:], place)


def _joined(parts: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """The same, with one part for several in a row that fold to nothing, and no empty one."""
    known: tuple[int, int, int] | None = None
    for part in parts:
        if part[0] == part[1]:
            continue
        if known and not known[2] and not part[2] and known[1] == part[0]:
            known = known[0], part[1], 0
            continue
        if known:
            yield known
        known = part
    if known:
        yield known


def _changed(written: str, folded: str, place: int) -> Iterator[_Unlike]:
    """The parts of two texts of one length that are not alike."""
    if written == folded:
        return
    pairs = zip(written, folded, strict=True)
    changed = (at for at, (one, other) in enumerate(pairs) if one != other)
    begin = next(changed)
    end = begin + 1
    for at in changed:
        if at - end > _NEAR:
            yield place + begin, end - begin, written[begin:end]
            begin = at
        end = at + 1
    yield place + begin, end - begin, written[begin:end]
