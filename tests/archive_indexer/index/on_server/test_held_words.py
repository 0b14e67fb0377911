"""What the texts of documents told of a common word is not asked of them again."""

from collections.abc import Iterator

import pytest

from archive_indexer.documents import IndexedDocument, Visible
from archive_indexer.index.on_server import held_words
from archive_indexer.index.on_server.held_words import NOTHING, Held, words_of
from archive_indexer.index.on_server.schema import SCHEMA
from archive_indexer.index.on_server.server_index import ServerIndex
from archive_indexer.index.on_server.sql import Sql
from archive_indexer.queries import AllOf, AnyOf, Query, Without, Word
from minzheng.database.statements import ask, tell
from tests.database.on_server import needs_server

_WORD = "家庭成员"
#: All grams of the word, and not the word.
_ALIKE = "家庭、大家庭成立，成员"


@pytest.fixture
def index() -> Iterator[ServerIndex]:
    yield ServerIndex.empty(many=2)
    tell(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def paper(path: str, text: str = _WORD, county: str = "") -> IndexedDocument:
    return IndexedDocument(path, "0" * 64, (text,), town=county)


def found(index: ServerIndex) -> list[str]:
    return [hit.path for hit in index.search(Query((_WORD,))).hits]


def kept() -> list[tuple[object, ...]]:
    return ask(f"SELECT word, upto, without FROM {SCHEMA}.held ORDER BY upto")


def test_words_whose_grams_do_not_tell_them_are_looked_at():
    """Not a name of two characters, nor what only some hits hold."""
    asked = AllOf(
        (Word(_WORD), Word("张三"), Without(Word("入户调查")), AnyOf((Word("民主评议"),)))
    )
    assert words_of(asked) == [_WORD]
    assert words_of(Word("长" * 30)) == []


def test_only_of_newer_documents_the_text_is_asked():
    """And never of those known not to hold it."""
    whole = Sql("strpos(d.folded, %s) > 0", (_WORD,))
    assert NOTHING.told(whole) == whole
    assert Held({"": 7}, is_of_all=True).told(whole).values == (7, _WORD)
    assert Held({"甲县·": 7}, (3,)).told(whole).values == ("甲县·", 7, _WORD, [3])


@needs_server
@pytest.mark.django_db(transaction=True)
def test_what_was_found_holds_and_what_came_since_is_looked_at(index, monkeypatch):
    """Documents replaced, removed, and such as have the grams alone."""
    index.update([paper("a"), paper("b"), paper("c", _ALIKE)])
    assert found(index) == ["a", "b"]
    assert kept() == [(_WORD, 3, [3])]
    tell(f"UPDATE {SCHEMA}.document SET folded = '' WHERE path = 'a'")
    assert found(index) == ["a", "b"]  # its text is not read
    index.update([paper("b", _ALIKE)], ["a"])
    monkeypatch.setattr(held_words, "tell", None)  # too few came since
    assert found(index) == []


@needs_server
@pytest.mark.django_db(transaction=True)
def test_what_came_since_is_kept_once_it_is_much(index):
    """Those that lack the word are remembered of both times."""
    index.update([paper("a"), paper("b"), paper("c", _ALIKE)])
    found(index)
    index.update([paper("d"), paper("e", _ALIKE)])
    assert found(index) == ["a", "b", "d"]
    assert kept() == [(_WORD, 5, [3, 5])]
    assert found(index) == ["a", "b", "d"]


@needs_server
@pytest.mark.django_db(transaction=True)
def test_the_texts_of_a_county_are_looked_at_when_it_is_asked(index):
    """Nobody waits for those of counties that he does not see."""
    index.update([paper("a", county="甲县·"), paper("b", county="甲县·")])
    index.update([paper("c", county="乙县·"), paper("d", _ALIKE, county="乙县·")])
    of_one = Query((_WORD,), visible=Visible("甲县·"))
    assert [hit.path for hit in index.search(of_one).hits] == ["a", "b"]
    assert kept() == [(_WORD, 2, [])]
    assert found(index) == ["a", "b", "c"]
    assert kept() == [(_WORD, 2, []), (_WORD, 4, [4])]
    assert found(index) == ["a", "b", "c"]


@needs_server
@pytest.mark.django_db(transaction=True)
def test_grams_that_meet_by_chance_make_no_word_common(index):
    """A name of three characters may be made of common pairs."""
    index.update([paper("a", _ALIKE), paper("b", _ALIKE), paper("c")])
    assert found(index) == ["c"]
    assert kept() == []


@needs_server
@pytest.mark.django_db(transaction=True)
def test_a_word_of_few_papers_and_a_purged_one_are_not_kept(index):
    """A long name is nobody's to keep."""
    index.update([paper("a")])
    assert found(index) == ["a"]
    assert kept() == []
    index.update([paper("b")])
    found(index)
    index.update([], ["a"], purges=True)
    assert kept() == []
