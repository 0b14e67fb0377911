"""The sum of pieces is known without reading them again."""

import random
import zlib

import pytest

from filler.word.joining.joined_sums import joined, moved


@pytest.mark.parametrize("seed", range(20))
def test_the_sum_of_two_pieces_is_that_of_both_read_as_one(seed):
    """Whatever they hold, and when one of them is empty."""
    source = random.Random(seed)
    one, other = (source.randbytes(source.choice((0, 1, 7, 90_000))) for _ in range(2))
    assert joined(zlib.crc32(one), zlib.crc32(other), len(other)) == zlib.crc32(one + other)


@pytest.mark.parametrize("size", [0, 1, 313, 92_733, 2**32 + 5])
def test_what_followed_can_be_taken_away_again(size):
    """A sum moved there and back is the same."""
    assert moved(moved(0x1234_5678, size), -size) == 0x1234_5678
