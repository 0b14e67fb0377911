"""Waiting until a file stops changing."""

from archive_indexer.noticing.settling import Settling


def take(settling: Settling, now: float, **looks: tuple[int, int] | None) -> list[str]:
    return settling.take_settled(now, looks.get)


def test_a_file_that_stops_growing_settles():
    """Unchanged for long enough, a file is taken once."""
    settling = Settling(2.0)
    settling.see("a", (1, 1), now=0.0)
    settling.see("a", (1, 1), now=1.9)
    assert take(settling, 1.9, a=(1, 1)) == []
    assert take(settling, 2.0, a=(1, 1)) == ["a"]
    assert len(settling) == 0


def test_a_growing_file_waits():
    """Every change of size or time starts the waiting anew."""
    settling = Settling(2.0)
    for second in range(5):
        settling.see("a", (second, 1), now=float(second))
        assert take(settling, float(second), a=(second, 1)) == []
    assert take(settling, 6.0, a=(4, 1)) == ["a"]


def test_a_burst_that_nobody_told_of_is_seen_when_the_wait_ends():
    """A file that looks different at the end of its wait waits again."""
    settling = Settling(2.0)
    settling.see("a", (1, 1), now=0.0)
    assert take(settling, 2.0, a=(9, 1)) == []
    assert take(settling, 3.9, a=(9, 1)) == []
    assert take(settling, 4.0, a=(9, 1)) == ["a"]


def test_a_file_that_vanishes_settles_as_gone():
    """A deletion is taken in like a change."""
    settling = Settling(2.0)
    settling.see("a", (1, 1), now=0.0)
    settling.see("a", None, now=1.0)
    assert take(settling, 2.5) == []
    assert take(settling, 3.0) == ["a"]


def test_only_so_many_are_taken_at_once():
    """A hundred thousand files that settle together stop nothing else."""
    settling = Settling(1.0)
    for number in range(10):
        settling.see(str(number), (1, 1), now=0.0)
    assert settling.take_settled(1.0, lambda _: (1, 1), most=4) == ["0", "1", "2", "3"]
    assert len(settling) == 6
