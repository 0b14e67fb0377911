"""What people write and send as a number is one or none, never a failure."""

import pytest

from minzheng.county.writing.integers import integer_in


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("0012", 12), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(text, number):
    """Noughts before it count for nothing."""
    assert integer_in(text) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.0", " 1", "²", "１２", "x", "9" * 19, "9" * 5000]
)
def test_anything_else_is_none(text):
    """Also what no database could hold, and what Python refuses to read."""
    assert integer_in(text) is None
