"""Questions as people type them, over the demo archive, and what each answers at least."""

import datetime as dt
from collections.abc import Callable

import pytest

from archive_indexer.asking.fitting import NamedForm
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.nearest import find_nearest
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from filler.spec.form_catalogue import catalogue_of
from minzheng.county.config import load_config
from minzheng.county.county import County, read_county
from minzheng.web.archive.nearest import in_order, named_forms
from script.questions import read_asked

pytestmark = pytest.mark.journey

_TODAY = dt.date(2026, 11, 29)
_HITS = "直接查到"


@pytest.fixture(scope="module")
def archive(indexed_county) -> tuple[FullTextIndex, County, tuple[NamedForm, ...]]:
    """The index of the demo, and what its questions are read with."""
    config, county = load_config(indexed_county.config), read_county()
    forms = named_forms(catalogue_of(config, county))
    return FullTextIndex(config.data_folder / "index"), county, forms


@pytest.fixture
def answers(archive, db) -> Callable[[str], list[str]]:
    """What the search page offers for a question."""
    index, county, forms = archive

    def run(question: str) -> list[str]:
        answer = search_archive(index, question, Query(()), county, with_synonyms=True)
        assert not answer.problems
        if answer.result.total:
            return [_HITS]
        nearest = find_nearest(
            index, question, Query(()), county, forms=forms, today=_TODAY, with_synonyms=True
        )
        offered = list(in_order(nearest))
        for one in offered:
            if one.count:
                found = search_archive(index, one.text, Query(()), county, with_synonyms=True)
                assert found.result.total == one.count, one
        return [one.name if one.count is None else one.text for one in offered]

    return run


@pytest.mark.parametrize("asked", read_asked(), ids=lambda asked: asked.typed)
def test_what_people_type_has_an_answer(answers, asked):
    """Hits, or what may be meant, each offer finding just what it says; nothing where none is."""
    found = answers(asked.typed)
    assert set(asked.answers) <= set(found)
    assert asked.answers or not found


def test_each_is_asked_once():
    """The first forty-one, and those that others wrote later."""
    typed = [one.typed for one in read_asked()]
    assert len(typed) == len(set(typed))
    assert sum(one.of == "最先的四十一问" for one in read_asked()) == 41
