"""PostgreSQL takes what SQLite takes."""

import pytest

from archive_indexer.models import WaitingFile
from minzheng.accounts.models import Person, SavedSearch
from tests.database.on_server import needs_server

pytestmark = [pytest.mark.django_db, needs_server]


def saved(**told) -> SavedSearch:
    owner, _ = Person.objects.get_or_create(username="a")
    made = SavedSearch.objects.create(person=owner, **told)
    return SavedSearch.objects.get(pk=made.pk)


def test_a_text_may_be_longer_than_its_field_says():
    """Whoever types it is told by the form; what was read is not lost for it."""
    assert saved(name="名" * 1000).name == "名" * 1000


def test_nul_is_left_out_of_texts():
    """It says nothing, and PostgreSQL cannot hold it."""
    assert saved(name="a\0b\0").name == "ab"


def test_nul_is_left_out_of_all_that_a_list_or_table_holds():
    """Its keys, too; what only looks like one stays."""
    given = {"a\0": ["\0x", {"b": "y\0"}, 5, None, True], "c": "\\u0000"}
    assert saved(choices=given).choices == {"a": ["x", {"b": "y"}, 5, None, True], "c": "\\u0000"}


def test_half_a_sign_in_a_list_or_table_is_a_sign_for_nothing():
    """The embedded database takes it, written as JSON writes it; a server would refuse the row."""
    assert saved(choices={"a": ["\ud842", "𠮷"]}).choices == {"a": ["\ufffd", "𠮷"]}


def test_letters_of_a_word_may_be_large_or_small():
    """In a search for what a text holds; % and _ stand for themselves."""
    saved(name="Zhang_100%")
    kept = SavedSearch.objects
    assert kept.filter(name__contains="zhang_100%").count() == 1
    assert kept.filter(name__contains="zhangx100").count() == 0
    assert kept.filter(name__startswith="zhang").count() == 0


def test_texts_are_in_the_order_of_their_characters():
    """So that a folder's papers are found by a range of paths."""
    names = ["村/甲", "村0", "村", "a", "B", "村/", "村/乙/丙"]
    WaitingFile.objects.bulk_create(WaitingFile(path=one) for one in names)
    assert list(WaitingFile.objects.order_by("path").values_list("path", flat=True)) == sorted(
        names
    )
    within = WaitingFile.objects.filter(path__gt="村/", path__lt="村0")
    assert set(within.values_list("path", flat=True)) == {"村/甲", "村/乙/丙"}
