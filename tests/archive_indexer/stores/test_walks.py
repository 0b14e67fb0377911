"""Every walk is written down, also one that saw nothing."""

import pytest

from archive_indexer.models import Walk
from archive_indexer.stores import walks

pytestmark = pytest.mark.django_db


def test_a_walk_that_could_not_see_the_archive_is_not_the_last_one():
    """People are told when it was really looked at; the trouble is kept beside."""
    seen = walks.begin_walk()
    walks.end_walk(seen, 7, ["坏村"], "1 个子文件夹读不到")
    walks.break_walk(walks.begin_walk(), "网络盘没有连上")
    last = walks.last_walk()
    assert last == seen
    assert (last.files, last.unreadable, last.trouble) == (7, ["坏村"], "1 个子文件夹读不到")
    assert [one.trouble for one in walks.latest_walks()] == [
        "网络盘没有连上", "1 个子文件夹读不到",
    ]  # fmt: skip


def test_a_walk_that_has_not_ended_is_none_yet():
    """A service killed on the way leaves one behind."""
    walks.begin_walk()
    assert walks.last_walk() is None


def test_old_walks_are_forgotten(monkeypatch):
    """One is made every few minutes, for years."""
    monkeypatch.setattr(walks, "_MOST_KEPT", 3)
    for _ in range(5):
        walks.end_walk(walks.begin_walk(), 0, [], "")
    assert Walk.objects.count() == 3
