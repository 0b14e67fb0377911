"""The checksum of pieces put together, by those of the pieces: CRC-32 as zlib and zip reckon it.

A sum is a polynomial over two elements: what follows a piece multiplies its sum by a power of x.
"""

from functools import lru_cache

_POLYNOMIAL = 0xEDB88320
_ONE, _X = 1 << 31, 1 << 30  #: the highest bit is the lowest power
_ORDER = 2**32 - 1  #: so often multiplied by x anything is itself again
_KNOWN = 1024  #: lengths of documents of one template


def moved(crc: int, size: int) -> int:
    """What a sum counts for when so many bytes follow; they come before, when it is negative."""
    product = 0
    for value in _products(8 * size % _ORDER):
        if crc & 1:
            product ^= value
        crc >>= 1
    return product


def joined(first: int, second: int, size: int) -> int:
    """The sum of two pieces; `size` is of the second."""
    return moved(first, size) ^ second


@lru_cache(maxsize=_KNOWN)
def _products(exponent: int) -> tuple[int, ...]:
    """A power of x multiplied by each single bit, from the lowest."""
    found = [_power(exponent)]
    for _ in range(31):
        found.append(_by_x(found[-1]))
    return tuple(reversed(found))


def _power(exponent: int) -> int:
    found, square = _ONE, _X
    while exponent:
        if exponent & 1:
            found = _times(square, found)
        square = _times(square, square)
        exponent >>= 1
    return found


def _times(one: int, other: int) -> int:
    product, bit = 0, _ONE
    while one:
        if one & bit:
            product ^= other
            one ^= bit
        bit >>= 1
        other = _by_x(other)
    return product


def _by_x(one: int) -> int:
    return one >> 1 ^ _POLYNOMIAL if one & 1 else one >> 1
