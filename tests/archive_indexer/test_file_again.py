"""Filed again without being read again, in small shares and never beside a reader."""

import pytest

from archive_indexer import file_again
from archive_indexer.file_again import FilingAgain
from archive_indexer.index.index_place import IndexPlace
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import filings
from archive_indexer.stores.service_state import Report
from tests.archive_indexer.conftest import KNOWN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer(village) -> IndexWriter:
    for name in "abc":
        village.write(f"01低保/{name}.txt", f"测试材料{name}")
    village.run()
    return IndexWriter(IndexPlace(village.config.data_folder / "index"), Report())


def forget_filing() -> None:
    ArchivedFile.objects.update(guess_rules=0, guessed={}, filing={}, dossier="")


def test_what_old_rules_filed_is_filed_and_told(village, writer):
    """From what was read of it."""
    forget_filing()
    again = FilingAgain(KNOWN, writer)
    assert len(again) == 3
    again.go_on(busy=())
    assert set(ArchivedFile.objects.values_list("dossier", flat=True)) == {"DB"}
    assert sorted(writer.paths()) == [f"01低保/{name}.txt" for name in "abc"]
    assert len(again) == 0
    assert len(village.texts_read()) == 3


def test_each_turn_does_a_share(writer, monkeypatch):
    """New files must not wait for a hundred thousand old ones."""
    monkeypatch.setattr(file_again, "_AT_ONCE", 2)
    forget_filing()
    again = FilingAgain(KNOWN, writer)
    again.go_on(busy=())
    assert ArchivedFile.objects.filter(dossier="DB").count() == 2
    again.go_on(busy=())
    assert ArchivedFile.objects.filter(dossier="DB").count() == 3


def test_a_file_that_is_being_read_is_left_to_its_reader(writer):
    """It is filed by the new rules there; a correction of it is told a turn later."""
    forget_filing()
    ArchivedFile.objects.filter(path="01低保/b.txt").update(has_news=True)
    again = FilingAgain(KNOWN, writer)
    again.go_on(busy=["01低保/a.txt", "01低保/b.txt"])
    assert writer.paths() == ["01低保/c.txt"]
    assert len(again) == 1
    again.go_on(busy=())
    assert sorted(writer.paths()) == ["01低保/b.txt", "01低保/c.txt"]


def test_what_a_keeper_read_in_a_field_is_filed_and_told(village, writer):
    """When the index hears of it: what was read has changed since."""
    again = FilingAgain(KNOWN, writer)
    ArchivedFile.objects.filter(path__endswith="a.txt").update(
        has_news=True, guess_rules=filings.BY_NO_RULES, guessed={}
    )
    again.go_on(busy=())
    row = ArchivedFile.objects.get(path__endswith="a.txt")
    assert (row.guess_rules, row.dossier) == (filings.RULES, "DB")
    assert writer.paths() == ["01低保/a.txt"]
