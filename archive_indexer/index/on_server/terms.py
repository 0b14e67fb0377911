"""Facts of a document as an index of texts keeps them.

A number is found between bounds by its beginnings: written as sixteen hexadecimal digits, all
beginnings are terms of it, and what lies between two bounds is what begins with one of a few.
"""

import hashlib
from collections.abc import Iterable, Iterator

_DIGITS = 16
_MIDDLE = 1 << 63  #: added, so that numbers below nought are in order, too
_BASE = 16
_LONGEST = 600  #: bytes; an index of PostgreSQL takes no more than 2,700
_HEAD = 100


def as_term(term: str) -> str:
    """A term as it is kept: a very long one by its beginning and its hash."""
    raw = term.encode()
    if len(raw) <= _LONGEST:
        return term
    return f"{term[:_HEAD]}…{hashlib.sha256(raw).hexdigest()}"


def terms_of_numbers(name: str, numbers: Iterable[int]) -> set[str]:
    """The terms by which a document is found that names these numbers."""
    written = [_written(number) for number in numbers]
    return {f"{name}:{one[:length]}" for one in written for length in range(1, _DIGITS + 1)}


def terms_between(name: str, low: int, high: int) -> list[str]:
    """The fewest terms that the numbers between two bounds have, and no others."""
    low, high = max(low, -_MIDDLE), min(high, _MIDDLE - 1)
    return [f"{name}:{one}" for one in _beginnings(low + _MIDDLE, high + _MIDDLE, _DIGITS)]


def _beginnings(low: int, high: int, length: int) -> Iterator[str]:
    """Beginnings of so many digits or fewer that cover a range of numbers of that many."""
    while low <= high and (low % _BASE or length == 1):
        yield f"{low:0{length}x}"
        low += 1
    last = []
    while low <= high and high % _BASE != _BASE - 1:
        last.append(f"{high:0{length}x}")
        high -= 1
    if low <= high:
        yield from _beginnings(low // _BASE, high // _BASE, length - 1)
    yield from last


def _written(number: int) -> str:
    return f"{number + _MIDDLE:0{_DIGITS}x}"
