"""The pages of a document as they were written, kept by what they have unlike their folded text.

An index holds the folded text of a document whole. What was written differs from it by blanks,
wide signs and traditional characters: these are kept, each with its place, so that a few words
of a page are written again without unpacking all of it. Signs that a page writes wide more
often than not are told once.
"""

import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal, Protocol

import numpy as np

from archive_indexer.index.index_segment import PAGE_BREAK
from minzheng.county.writing.chinese_text import fold_for_search, not_one_for_one, places_in_source

_MAGIC = b"\1"  #: what an earlier version packed by zlib begins otherwise
_PLACE = np.dtype("<u4")  #: where a page begins in what is packed
_PLACES = struct.Struct("<II")
_HEAD = struct.Struct("<BBI")  #: bytes of each number, the wide signs as bits, parts
_WIDTHS: dict[int, np.dtype[Any]] = {
    1: np.dtype("<u1"),
    2: np.dtype("<u2"),
    4: np.dtype("<u4"),
}
_NATIVE: dict[int, Literal["B", "H", "I"]] = {
    1: "B",
    2: "H",
    4: "I",
}  #: the same, where the lowest byte comes first as everywhere
_ROWS = 3  #: numbers of a part: the gap before it, its length folded, and as written
_NEAR = 2  #: characters between two changed ones that are kept with them

_SIGNS = ",:;()!?."
_WIDE = {sign: chr(ord(sign) + 0xFEE0) for sign in _SIGNS}
_SIGNS_OF = [
    [sign for at, sign in enumerate(_SIGNS) if bits >> at & 1] for bits in range(1 << len(_SIGNS))
]

#: Where a part stands in the folded text, how many characters of it, and what was written.
_Unlike = tuple[int, int, str]


class Page(Protocol):
    """A page as it was written, whichever way it is kept."""

    @property
    def folded(self) -> str:
        """Its folded text."""

    def whole(self) -> str:
        """All of it."""

    def around(self, first: int, last: int) -> tuple[str, str]:
        """What was written from one character of the folded text to another, and how it folds."""


@dataclass(frozen=True, slots=True)
class WholePage:
    """A page that an earlier version kept whole."""

    folded: str
    written: str

    def whole(self) -> str:
        """All of it."""
        return self.written

    def around(self, first: int, last: int) -> tuple[str, str]:
        """What was written from one character of the folded text to another, and how it folds."""
        begin, end = places_in_source(self.written, (first, last))
        written = self.written[begin : end + 1]
        return written, fold_for_search(written)


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page: its folded text, and the parts that were written otherwise, in their order.

    Otherwise than folded, with some signs wide.

    A part is as long as what it folds to, or one character that folds to several, or folds to
    nothing.
    """

    folded: str
    wide: Sequence[str]  #: the signs
    places: Sequence[int]  #: of the parts in the folded text
    folded_lengths: Sequence[int]
    lengths: Sequence[int]
    written: str  #: all parts

    def whole(self) -> str:
        """All of it."""
        return self._written(0, len(self.folded), range(len(self.places)))

    def around(self, first: int, last: int) -> tuple[str, str]:
        """What was written from one character of the folded text to another, and how it folds."""
        stop = last + 1
        begin, end = bisect_left(self.places, first), bisect_left(self.places, stop)
        if begin and self._stop(begin - 1) > first:
            begin -= 1
        elif begin < end and self._stop(begin) == first:
            begin += 1  # it folds to nothing before the first character
        for part in {begin, end - 1} if begin < end else ():
            if self.folded_lengths[part] > self.lengths[part]:  # one character is not cut
                first, stop = min(first, self.places[part]), max(stop, self._stop(part))
        return self._written(first, stop, range(begin, end)), self.folded[first:stop]

    def _stop(self, part: int) -> int:
        return self.places[part] + self.folded_lengths[part]

    def _written(self, begin: int, end: int, parts: range) -> str:
        usual = _with_wide(self.folded[begin:end], self.wide)
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
            pieces += [usual[at - begin : max(0, place - begin)], written]
            at, taken = min(place + folded_length, end), taken + length
        return "".join([*pieces, usual[at - begin :]])


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
    begin, end = _PLACES.unpack_from(packed, len(_MAGIC) + _PLACE.itemsize * number)
    if begin == end:
        return KeptPage(text, (), (), (), (), "")
    width, wide, count = _HEAD.unpack_from(packed, begin)
    begin += _HEAD.size
    told = begin + _ROWS * count * width
    numbers = memoryview(packed)[begin:told].cast(_NATIVE[width])
    return KeptPage(
        text,
        _SIGNS_OF[wide],
        [*accumulate(numbers[:count])],
        numbers[count : 2 * count],
        numbers[2 * count :],
        packed[told:end].decode(),
    )


def _pack(page: str, folded: str) -> bytes:
    if page == folded:
        return b""
    wide = [sign for sign in _SIGNS if page.count(_WIDE[sign]) > page.count(sign)]
    parts = list(_unlike(page, _with_wide(folded, wide)))
    gaps = np.diff([place for place, _, _ in parts], prepend=0)
    numbers = np.array(
        [gaps, [length for _, length, _ in parts], [len(one) for _, _, one in parts]]
    )
    width = next(one for one in _WIDTHS if numbers.max(initial=0) < 1 << 8 * one)
    head = _HEAD.pack(width, sum(1 << _SIGNS.index(sign) for sign in wide), len(parts))
    written = "".join(one for _, _, one in parts)
    return head + numbers.astype(_WIDTHS[width]).tobytes() + written.encode()


def _with_wide(folded: str, signs: Iterable[str]) -> str:
    for sign in signs:
        folded = folded.replace(sign, _WIDE[sign])
    return folded


def _unlike(page: str, folded: str) -> Iterator[_Unlike]:
    """The parts of a page that are not as in a folded text, in their order."""
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
