"""A damaged database is set aside and what can be read is saved."""

import sqlite3
from contextlib import closing

import pytest

from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.upkeep.repair import Repair, repair
from minzheng.external.files.sqlite_file import Saved


@pytest.mark.django_db(transaction=True)
def test_a_sound_database_stays_and_the_index_is_made_again(tmp_path):
    """Nothing is set aside."""
    file = tmp_path / "sound.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE t (x)")
        database.commit()
    told = []
    done = repair(file, tmp_path / "index", "1", None, told.append)
    assert done == Repair("", None, (), 0)
    assert file.exists()
    assert FullTextIndex(tmp_path / "index").paths() == set()


def test_what_was_saved_and_lost_is_added_up():
    """Over all tables."""
    done = Repair("坏", None, (Saved("a", 3, 1), Saved("b", 4, 2)), 0)
    assert (done.rows, done.lost) == (7, 3)
