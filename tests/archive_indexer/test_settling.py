"""Waiting until a file stops changing."""

from archive_indexer.settling import Settling


def test_a_file_that_stops_growing_settles():
    """Unchanged for long enough, a file is taken once."""
    settling = Settling(2.0)
    settling.see("a", (1, 1), now=0.0)
    settling.see("a", (1, 1), now=1.9)
    assert settling.take_settled(1.9) == []
    assert settling.take_settled(2.0) == ["a"]
    assert len(settling) == 0


def test_a_growing_file_waits():
    """Every change of size or time starts the waiting anew."""
    settling = Settling(2.0)
    for second in range(5):
        settling.see("a", (second, 1), now=float(second))
        assert settling.take_settled(float(second)) == []
    assert settling.take_settled(6.0) == ["a"]


def test_a_file_that_vanishes_settles_as_gone():
    """A deletion is taken in like a change."""
    settling = Settling(2.0)
    settling.see("a", (1, 1), now=0.0)
    settling.see("a", None, now=1.0)
    assert settling.paths() == ("a",)
    assert settling.take_settled(2.5) == []
    assert settling.take_settled(3.0) == ["a"]
