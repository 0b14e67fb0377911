"""A question is one statement, which sees one moment."""

import pytest

from archive_indexer.index.on_server.asking import statement_of
from archive_indexer.queries import EVERYTHING, AllOf, HasValue, Query, Word


def test_words_become_a_condition():
    """Folded, each once."""
    assert statement_of(Query(("張三", "张三"))).condition == AllOf((Word("张三"),))
    assert statement_of(Query(("甲",), condition=EVERYTHING)).condition == EVERYTHING


def test_where_no_hit_is_asked_for_none_is_put_in_order():
    """Counting alone is cheap."""
    assert "ORDER BY" not in statement_of(Query(("张三",), limit=0)).sql.text


@pytest.mark.parametrize("order", ["best", "date", "path"])
def test_only_what_the_order_asks_is_put_down(order):
    """A hundred thousand hits lie in memory meanwhile."""
    met = statement_of(Query(("张三",), order=order)).sql.text.partition("counted")[0]
    assert ("d.day" in met) == (order == "date")
    assert "d.signature" not in met
    assert "d.folded" not in met


@pytest.mark.parametrize("folds", [True, False])
def test_copies_are_counted_when_they_are_folded(folds: bool):
    """Else no hit is compared with the others."""
    text = statement_of(Query(("张三",), folds_copies=folds)).sql.text
    assert ("GROUP BY signature" in text) == folds


@pytest.mark.parametrize(
    "query",
    [
        Query(("张三", "李四丰"), town="甲", folds_copies=True, shows_absent=False),
        Query((), condition=HasValue("person", ("%s",)), order="date", among=frozenset("ab")),
        Query(("100%",), order="path"),
    ],
)
def test_there_are_as_many_values_as_places_for_them(query: Query):
    """No text of a question is part of the statement."""
    sql = statement_of(query).sql
    assert sql.text.count("%s") == sql.text.count("%") == len(sql.values)
