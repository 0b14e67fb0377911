"""Reading in children that may crash or hang."""

import sys
from pathlib import Path

import pytest

from archive_indexer.errors import ReadingFailedError
from archive_indexer.reading_pool import ReadingPool

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from failing.readers import read_by_name  # children import it by this name


@pytest.fixture
def pool():
    pool = ReadingPool(read_by_name, count=1, seconds=1.0)
    yield pool
    pool.stop()


def test_a_file_is_read_in_a_child(pool: ReadingPool):
    """The child sends back what it read."""
    assert pool.read(Path("good")).pages[0].text == "good"


def test_a_child_that_eats_memory_is_stopped():
    """The file fails with a reason, the next one is read."""
    pool = ReadingPool(read_by_name, count=1, seconds=30.0, memory_limit_mib=300)
    with pytest.raises(ReadingFailedError, match="内存超过 300 MB"):
        pool.read(Path("eat"))
    assert pool.read(Path("good")).pages[0].text == "good"
    pool.stop()


@pytest.mark.parametrize("name", ["crash", "hang"])
def test_a_child_that_fails_is_replaced(pool: ReadingPool, name: str):
    """A crash or a hang fails that one file and the next is read."""
    with pytest.raises(ReadingFailedError):
        pool.read(Path(name))
    assert pool.read(Path("good")).pages[0].text == "good"
