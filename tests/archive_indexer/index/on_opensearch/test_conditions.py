"""Conditions in the words of OpenSearch."""

import pytest

from archive_indexer.documents import Visible
from archive_indexer.index.on_opensearch.conditions import EVERY, NOTHING, asked_of, may_see
from archive_indexer.queries import EVERYTHING, AnyOf, Between, HasValue, InPath, Near, Word


@pytest.mark.parametrize(
    ("condition", "query"),
    [
        (Word("张三"), {"match_phrase": {"text": {"query": "张三", "slop": 0}}}),
        (Word("张"), {"term": {"text.characters": "张"}}),
        (Word(""), EVERY), (EVERYTHING, EVERY), (AnyOf(()), NOTHING),
        (Between("dates", 1, 2), {"range": {"dates": {"gte": 1, "lte": 2}}}),
        (HasValue("town", ("甲镇",)), {"terms": {"town": ["甲镇"]}}),
        (HasValue("id_end", ("0015",)), {"terms": {"facts": ["id_end:0015"]}}),
        (InPath("a*?\\"), {"wildcard": {"folded_path": {"value": "*a\\*\\?\\\\*"}}}),
    ],
)  # fmt: skip
def test_a_condition_is_asked(condition, query):
    """Signs that mean something to it mean themselves."""
    assert asked_of(condition) == query


@pytest.mark.parametrize(
    ("parts", "orders"), [(("甲乙", "丙丁"), 2), (("甲乙", "丙丁", "戊己"), 1)]
)
def test_two_texts_stand_near_one_another_in_either_order(parts, orders):
    """More only in theirs."""
    asked = asked_of(Near(parts))["bool"]["should"]
    assert len(asked) == orders
    assert asked[0]["intervals"]["text.characters"]["all_of"]["max_gaps"] == 12


def test_rights_are_conditions():
    """Who sees all is asked nothing, who sees nothing finds nothing."""
    assert may_see(Visible()) == []
    assert may_see(Visible(is_nothing=True)) == [NOTHING]
    town, hidden = may_see(Visible("甲镇", "", frozenset(("LS",))))
    assert town == {"term": {"town": "甲镇"}}
    assert hidden == {"bool": {"must_not": [{"terms": {"dossier": ["LS"]}}]}}
