"""The grams of many texts at once: which documents have each, found by sorting.

A gram and its document are one number of 64 bits; the grams of some thousand texts are so
many numbers in an array, sorted, each kept once. Cutting each text by itself into strings,
and handing each of them to its own list, took most of the time an index took to be made.
The same grams as `grams.grams_of` gives.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.grams import ALPHANUMERIC
from archive_indexer.index.postings import TermBlock

_BETWEEN = "\0"  #: after each page; folded texts hold no control characters
_AT_ONCE = 1 << 21  #: characters that are cut together
_WRITTEN_AT_ONCE = 1 << 22  #: postings
_SAMPLE = 997  #: one posting of so many says where the postings are
_DOCUMENT = np.uint64(22)  #: bits of a document's number
_CHARACTER = np.uint64(21)  #: bits of a character
_LETTER = np.uint64(7)  #: bits of a letter or digit
_FIRST = np.uint64(43)  #: above these bits stands the first character, in a pair as in a run
_MOST_DOCUMENTS = 1 << 22

Keys = NDArray[np.uint64]
_IS_ALPHANUMERIC = np.zeros(128, dtype=bool)
_IS_ALPHANUMERIC[[ord(one) for one in ALPHANUMERIC]] = True


class GramRuns:
    """Texts as they come; their grams as they are written."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._numbers: list[int] = []
        self._characters = 0
        self._pairs: list[Keys] = []
        self._pieces: list[Keys] = []

    def add(self, number: int, pages: Sequence[str]) -> None:
        """The folded pages of a document; no gram goes from one page to the next.

        Raises:
            ValueError: a segment has no place for so many documents.
        """
        if number >= _MOST_DOCUMENTS:
            raise ValueError("more documents than a segment has")
        text = _BETWEEN.join(pages) + _BETWEEN
        self._texts.append(text)
        self._numbers.append(number)
        self._characters += len(text)
        if self._characters >= _AT_ONCE:
            self._cut()

    def blocks(self) -> Iterator[TermBlock]:
        """All grams in the order of their bytes, some at a time."""
        self._cut()
        for low, high in pairwise(self._bounds()):
            pairs, pieces = (_between(runs, low, high) for runs in (self._pairs, self._pieces))
            if len(pairs) or len(pieces):
                yield _block(pairs, pieces)

    def _cut(self) -> None:
        """What was added becomes a run of pairs, and one of pieces of four letters and digits."""
        if not self._texts:
            return
        codes = np.frombuffer("".join(self._texts).encode("utf-32-le"), dtype="<u4")
        lengths = [len(text) for text in self._texts]
        owners = np.repeat(np.array(self._numbers, dtype=np.uint64), lengths)
        codes, has_text = codes.astype(np.uint64), codes != 0
        plain = _IS_ALPHANUMERIC[np.minimum(codes, np.uint64(127))]
        is_pair = has_text[:-1] & has_text[1:] & ~(plain[:-1] & plain[1:])
        at = np.flatnonzero(is_pair)
        pairs = (codes[at] << _CHARACTER) | codes[at + 1]
        self._pairs.append(_each_once((pairs << _DOCUMENT) | owners[at]))
        at = np.flatnonzero(plain[:-3] & plain[1:-2] & plain[2:-1] & plain[3:])
        pieces = codes[at]
        for shift in range(1, 4):
            pieces = (pieces << _LETTER) | codes[at + shift]
        self._pieces.append(_each_once((pieces << _DOCUMENT) | owners[at]))
        self._texts, self._numbers, self._characters = [], [], 0

    def _bounds(self) -> list[int]:
        """The keys that part the postings into ranges of about one size, between characters."""
        every = [*self._pairs, *self._pieces]
        sampled = [one[::_SAMPLE] for one in every]
        sample = np.sort(np.concatenate([np.empty(0, dtype=np.uint64), *sampled]))
        step = max(1, _WRITTEN_AT_ONCE // _SAMPLE)
        firsts = sorted({int(one) for one in sample[step::step] >> _FIRST})
        return [0, *(one << int(_FIRST) for one in firsts if one), 1 << 64]


def _each_once(keys: Keys) -> Keys:
    """Sorted; `np.unique` would take them for a set first, which is three times the time."""
    keys.sort()
    is_new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
    return keys[is_new]


def _between(runs: Sequence[Keys], low: int, high: int) -> Keys:
    """The keys of all runs from one bound to the next, in their order."""
    parts = [np.empty(0, dtype=np.uint64)]
    for run in runs:
        begin = int(np.searchsorted(run, np.uint64(low)))
        end = len(run) if high >> 64 else int(np.searchsorted(run, np.uint64(high)))
        parts.append(run[begin:end])
    keys = np.concatenate(parts)
    keys.sort()
    return keys


def _block(pairs: Keys, pieces: Keys) -> TermBlock:
    """Pairs and pieces as terms in the order of their bytes."""
    pair_terms, pair_counts = _runs_of(pairs)
    piece_terms, piece_counts = _runs_of(pieces)
    names = _pair_names(pair_terms) + _piece_names(piece_terms)
    # a piece stands where the pair of its first two letters would, had letters pairs
    letters = (piece_terms >> (_LETTER + _LETTER)) & np.uint64(0x3FFF)
    heads = ((letters >> _LETTER) << _CHARACTER) | (letters & np.uint64(0x7F))
    order = np.argsort(np.concatenate([pair_terms, heads]), kind="stable")
    counts = np.concatenate([pair_counts, piece_counts])
    starts = np.cumsum(counts) - counts
    numbers = (np.concatenate([pairs, pieces]) & np.uint64(_MOST_DOCUMENTS - 1)).astype(np.uint32)
    bounds = np.concatenate([[0], np.cumsum(counts[order])])
    steps = np.arange(len(numbers)) + np.repeat(starts[order] - bounds[:-1], counts[order])
    return TermBlock([names[one] for one in order.tolist()], bounds, numbers[steps])


def _runs_of(keys: Keys) -> tuple[Keys, NDArray[np.int64]]:
    """The terms of sorted keys, and how many documents have each."""
    terms = keys >> _DOCUMENT
    begins = np.flatnonzero(np.diff(terms, prepend=terms[:1] + np.uint64(1)))
    return terms[begins], np.diff(np.append(begins, len(keys)))


def _pair_names(terms: Keys) -> list[bytes]:
    codes = np.empty((len(terms), 2), dtype="<u4")
    codes[:, 0], codes[:, 1] = terms >> _CHARACTER, terms & np.uint64((1 << 21) - 1)
    text = codes.tobytes().decode("utf-32-le")
    return [text[at : at + 2].encode() for at in range(0, len(text), 2)]


def _piece_names(terms: Keys) -> list[bytes]:
    codes = np.empty((len(terms), 4), dtype=np.uint8)
    for place, shift in enumerate((21, 14, 7, 0)):
        codes[:, place] = (terms >> np.uint64(shift)) & np.uint64(0x7F)
    raw = codes.tobytes()
    return [raw[at : at + 4] for at in range(0, len(raw), 4)]
