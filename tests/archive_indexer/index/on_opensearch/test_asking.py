"""A question is one request."""

import pytest

from archive_indexer.index.on_opensearch.asking import answer_of, body_of
from archive_indexer.queries import Query


def test_where_no_hit_is_asked_for_only_hits_are_counted():
    """And those of files that are gone."""
    body = body_of(Query(("张三",), limit=0, offset=40, folds_copies=True))
    assert (body["from"], body["size"]) == (0, 0)
    assert set(body["aggs"]) == {"absent", "hits"}
    assert "collapse" not in body
    told = {"aggregations": {"hits": {"doc_count": 3}, "absent": {"doc_count": 1}}}
    result = answer_of(told, Query(("张三",), limit=0))
    assert (result.total, result.absent, result.hits) == (3, 1, ())


@pytest.mark.parametrize(
    ("order", "sort"),
    [
        ("best", [{"_score": "desc"}, {"path": "asc"}]), ("path", [{"path": "asc"}]),
        ("date", [{"day": "desc"}, {"path": "asc"}]),
    ],
)  # fmt: skip
def test_hits_stand_in_the_order_asked_for(order, sort):
    """Equal ones by their paths."""
    assert body_of(Query(("张三",), order=order))["sort"] == sort


def test_a_filter_is_counted_without_itself():
    """After the question, before what is shown is narrowed."""
    body = body_of(Query(("张三",), town="甲镇", year="2018", shows_absent=False))
    town = body["aggs"]["of_town"]["filter"]["bool"]["filter"]
    assert town == [{"term": {"absent": False}}, {"term": {"year": "2018"}}]
    assert len(body["post_filter"]["bool"]["filter"]) == 3
