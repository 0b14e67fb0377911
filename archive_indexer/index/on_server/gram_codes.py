"""Grams as numbers of 32 bits, as an index of arrays keeps them.

Two characters of the Basic Multilingual Plane are their code points side by side. No text holds
a surrogate, so the numbers that would begin with one are free: for pieces of four letters and
digits, which have their own, and for rarer characters, which share theirs.
"""

import zlib
from collections.abc import Iterable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.grams import ALPHANUMERIC, is_exact, run_pieces

_PLANE = 0xFFFF
_RUNS = 0xD800 << 16
_RARE = 0xD900 << 16  #: 36**4 pieces need less than 0x100 of these halves
_RARE_COUNT = 0x700 << 16
_SIGN = 1 << 31
_NONE = np.empty(0, np.int32)
#: Of each character whether it stands in a run; the last stands for all that follow.
_IN_RUN = np.array([chr(one) in ALPHANUMERIC for one in range(128)])


def codes_of(folded: str) -> set[int]:
    """The numbers of every gram of a folded text, between -2**31 and 2**31."""
    return set(_codes(folded).tolist())


def codes_of_pages(folded: Iterable[str]) -> list[int]:
    """The numbers of all grams of some pages, rising."""
    every: list[int] = np.unique(np.concatenate([_NONE, *map(_codes, folded)])).tolist()
    return every


def code_of(gram: str) -> int:
    """The number of a gram."""
    code = _unsigned(gram)
    return code - 2 * _SIGN if code >= _SIGN else code


def is_told_by_codes(word: str) -> bool:
    """Whether having the numbers of a word is the same as having the word."""
    return is_exact(word) and _is_of_plane(word)


def _codes(folded: str) -> NDArray[np.int32]:
    """The numbers of the grams, some several times; of pairs of the plane all at once."""
    units = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), "<u4")
    in_run, is_rare = _IN_RUN[np.minimum(units, len(_IN_RUN) - 1)], units > _PLANE
    is_gram, is_rare = ~(in_run[:-1] & in_run[1:]), is_rare[:-1] | is_rare[1:]
    pairs = ((units[:-1] << 16) | units[1:])[is_gram & ~is_rare].view(np.int32)
    rare = (folded[at : at + 2] for at in np.flatnonzero(is_gram & is_rare).tolist())
    others = np.fromiter(map(code_of, chain(rare, run_pieces(folded))), np.int32)
    return np.concatenate([pairs, others])


def _unsigned(gram: str) -> int:
    if len(gram) != 2:
        return _RUNS + int(gram, 36)
    if _is_of_plane(gram):
        return (ord(gram[0]) << 16) + ord(gram[1])
    return _RARE + zlib.crc32(gram.encode()) % _RARE_COUNT


def _is_of_plane(text: str) -> bool:
    return all(ord(one) <= _PLANE for one in text)
