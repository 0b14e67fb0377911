"""A file that is ready gets the first reader that is free, or does not wait for long."""

import threading
from collections.abc import Callable

from archive_indexer.reading.free_reader import FreeReader

_AT_ONCE, _LONG = 0.01, 240.0


def given_while_busy(readers: FreeReader, happens: Callable[[], None]) -> list[bool]:
    """What is told to somebody who waits for the only reader, when something happens."""
    given = list[bool]()
    assert readers.wait(_AT_ONCE)
    thread = threading.Thread(target=lambda: given.append(readers.wait(_LONG)))
    thread.start()
    happens()
    thread.join(_LONG)
    return given


def test_so_many_read_at_once_and_no_more():
    """The next gets the reader of whoever is done."""
    readers = FreeReader(2)
    assert [readers.wait(_AT_ONCE) for _ in range(3)] == [True, True, False]
    readers.leave()
    assert readers.wait(_AT_ONCE)


def test_who_waits_is_given_the_reader_that_comes_free():
    """Without looking again and again."""
    readers = FreeReader(1)
    assert given_while_busy(readers, readers.leave) == [True]


def test_a_long_scan_is_noticed_until_it_is_done():
    """Nobody waits behind it again."""
    readers = FreeReader(1)
    assert readers.wait(_AT_ONCE) and not readers.is_slow
    assert not readers.wait(_AT_ONCE)
    assert readers.is_slow
    readers.leave()
    assert not readers.is_slow


def test_at_the_end_nothing_more_is_begun():
    """Although a reader is free; that is no long scan."""
    readers = FreeReader(1)
    assert given_while_busy(readers, readers.close) == [False]
    readers.leave()
    assert not readers.wait(_AT_ONCE)
    assert not readers.is_slow
