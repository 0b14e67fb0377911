"""Whether two texts say the same, word for word, without comparing all with all.

Of each text a few numbers are kept (minima of hashes of its pieces): two texts that are nearly
the same share most of them, so only texts that share some are compared in full.
"""

import zlib
from collections.abc import Iterator, Sequence

_PIECE = 4  #: signs
_BANDS, _ROWS = 6, 2
_PRIME = 4_294_967_311
_FACTORS = tuple((2_654_435_761 * (at + 1) | 1, 40_503 * (at + 7)) for at in range(_BANDS * _ROWS))
_MOST_HELD = 3  #: texts of one kind that a further one is compared with


def pieces_of(text: str) -> frozenset[str]:
    """All runs of four signs."""
    return frozenset(text[at : at + _PIECE] for at in range(max(0, len(text) - _PIECE + 1)))


def sketch_of(text: str) -> str:
    """The numbers that stand for a text, as it is kept; nothing of a text too short."""
    hashes = [zlib.crc32(one.encode()) for one in pieces_of(text)]
    if not hashes:
        return ""
    least = (min((one * by + plus) % _PRIME for one in hashes) for by, plus in _FACTORS)
    return " ".join(map(str, least))


def similarity(one: str, other: str) -> float:
    """Which part of their pieces two texts share, 0 to 1."""
    ours, theirs = pieces_of(one), pieces_of(other)
    whole = len(ours | theirs)
    return len(ours & theirs) / whole if whole else 0.0


def likely_pairs(sketches: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of texts that may be alike: each with a few earlier ones, every pair once."""
    held: dict[tuple[int, str], list[int]] = {}
    for place, sketch in enumerate(sketches):
        numbers = sketch.split()
        found: dict[int, None] = {}
        for band in range(_BANDS if numbers else 0):
            key = band, " ".join(numbers[band * _ROWS : (band + 1) * _ROWS])
            before = held.setdefault(key, [])
            found.update(dict.fromkeys(before))
            if len(before) < _MOST_HELD:
                before.append(place)
        yield from ((one, place) for one in found)
