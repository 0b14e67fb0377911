"""Waiting until a file stops changing."""

import pytest

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


def test_a_file_that_its_writer_closed_hardly_waits():
    """Long enough to see that nobody opens it again; then it is taken once."""
    settling = Settling(2.0)
    settling.see("a", (1, 1), now=0.0)
    settling.see_closed("a", (2, 1), now=1.0)
    assert len(settling) == 1
    assert take(settling, 1.1, a=(2, 1)) == []
    assert take(settling, 1.2, a=(2, 1)) == ["a"]
    assert len(settling) == 0


def test_a_closed_file_that_changes_again_waits_like_any_other():
    """Whether that is told or only seen."""
    settling = Settling(2.0)
    settling.see_closed("a", (1, 1), now=0.0)
    settling.see("a", (2, 1), now=0.1)
    settling.see_closed("b", (1, 1), now=0.0)
    assert take(settling, 0.2, a=(2, 1), b=(5, 1)) == []
    assert take(settling, 2.0, a=(2, 1), b=(5, 1)) == []
    assert take(settling, 2.1, a=(2, 1), b=(5, 1)) == ["a"]
    assert take(settling, 2.3, b=(5, 1)) == ["b"]


def test_a_file_that_is_closed_again_and_again_is_growing():
    """A scanner writes page by page: taken once at its first close, then when it is quiet."""
    settling = Settling(2.0)
    settling.see_closed("a", (1, 1), now=0.0)
    assert take(settling, 0.2, a=(1, 1)) == ["a"]
    for step in range(2, 6):
        settling.see_closed("a", (step, 1), now=step / 2)
        assert take(settling, step / 2 + 0.4, a=(step, 1)) == []
    assert take(settling, 4.5, a=(5, 1)) == ["a"]
    settling.see_closed("a", (9, 1), now=60.0)
    assert take(settling, 60.2, a=(9, 1)) == ["a"]


def test_two_closes_at_once_are_one_that_grows():
    """And a file that vanished waits as ever; so does everything where the wait is short."""
    settling = Settling(2.0)
    settling.see_closed("a", (1, 1), now=0.0)
    settling.see_closed("a", (2, 1), now=0.1)
    settling.see_closed("gone", None, now=0.0)
    assert take(settling, 1.9, a=(2, 1)) == []
    assert sorted(take(settling, 2.1, a=(2, 1))) == ["a", "gone"]
    short = Settling(0.05)
    short.see_closed("a", (1, 1), now=0.0)
    assert take(short, 0.06, a=(1, 1)) == ["a"]


def test_a_look_at_a_closed_file_is_no_change():
    """A walk that passes by does not make it wait."""
    settling = Settling(2.0)
    settling.see_closed("a", (1, 1), now=0.0)
    settling.see("a", (1, 1), now=0.1)
    assert take(settling, 0.2, a=(1, 1)) == ["a"]


def test_it_is_told_when_the_next_file_is_due():
    """A closed file hardly waits, one that was only seen as long as it is told to."""
    settling = Settling(2.0)
    assert settling.next_due(0.0) is None
    settling.see("a.txt", (1, 1), 10.0)
    assert settling.next_due(10.5) == 1.5
    settling.see_closed("b.txt", (1, 1), 10.5)
    assert settling.next_due(10.5) == pytest.approx(0.15)
    assert settling.next_due(13.0) == 0.0
