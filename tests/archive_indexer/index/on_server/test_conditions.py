"""Conditions as they are asked: what the index tells, and what only a text does."""

import pytest

from archive_indexer.documents import Visible
from archive_indexer.index.on_server.conditions import asked_of, found, may_see
from archive_indexer.index.on_server.gram_codes import code_of
from archive_indexer.index.on_server.sql import FALSE, TRUE
from archive_indexer.queries import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Between,
    Condition,
    HasValue,
    InPath,
    Near,
    Without,
    Word,
)


@pytest.mark.parametrize(
    ("condition", "reads_texts"),
    [
        (Word("张三"), False), (Word("0015"), False), (Word("张三丰"), True), (Word("张"), True),
        (InPath("张三"), False), (InPath("张三丰"), True), (Near(("张三", "李四")), True),
        (HasValue("town", ("甲镇",)), False), (HasValue("person", ("张三",)), False),
        (Between("dates", 1, 2), False), (EVERYTHING, False),
        (AllOf((Word("张三"), Word("李四"))), False),
        (AnyOf((Word("张三"), Word("张三丰"))), True),
        (AnyOf((Word("张三"), Word("李四"))), False),
    ],
)  # fmt: skip
def test_texts_are_read_only_where_the_index_does_not_tell_all(
    condition: Condition, reads_texts: bool
):
    """A name of two characters is the commonest question."""
    assert (asked_of(condition).by_text != TRUE) == reads_texts


def test_words_that_must_all_stand_are_looked_up_at_once():
    """The rarest gram leaves few for the others."""
    asked = asked_of(AllOf((Word("张三"), Word("李四"))))
    assert asked.looked_up.values == (sorted(map(code_of, ("张三", "李四"))),)


@pytest.mark.parametrize("word", ["张三", "张三丰"])
def test_what_must_not_stand_is_asked_of_few_or_looked_up(word: str):
    """Beside a word that leaves few documents their texts are read; alone it is looked up."""
    beside = asked_of(AllOf((Word("低保"), Without(Word(word)))))
    assert beside.by_text.text.startswith("NOT (strpos(d.folded")
    alone = asked_of(AllOf((Without(Word(word)),)))
    assert alone.by_text == TRUE
    assert "NOT IN" in alone.by_index.text


def test_texts_are_read_after_all_else_was_asked():
    """The planner must not take reading them for cheap."""
    statement = found(asked_of(Word("张三丰")), "d.number", [may_see(Visible(town="甲镇"))]).text
    assert statement.index("p.town") < statement.index("OFFSET 0") < statement.index("strpos")


def test_rights_are_asked_of_the_filters():
    """Who sees all is asked nothing, who sees nothing finds nothing."""
    assert may_see(Visible()) == TRUE
    assert may_see(Visible(is_nothing=True)) == FALSE
    asked = may_see(Visible("甲镇", "乙村", frozenset(("LS", "ET"))))
    assert asked.values == (["甲镇"], ["乙村"], ["ET", "LS"])
