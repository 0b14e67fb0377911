"""The words of a question, to be marked and to be found together."""

import pytest

from archive_indexer.documents import Visible
from archive_indexer.queries import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Between,
    HasValue,
    InPath,
    Without,
    Word,
    wanted_words,
    word_groups,
)

LOW, POOR, NAME = Word("低保"), Word("特困"), Word("测试甲")


@pytest.mark.parametrize(
    ("condition", "words", "groups"),
    [
        (LOW, ("低保",), (("低保",),)),
        (AllOf((LOW, NAME, LOW)), ("低保", "测试甲"), (("低保",), ("测试甲",), ("低保",))),
        (AllOf((AnyOf((LOW, POOR)), NAME)), ("低保", "特困", "测试甲"),
         (("低保", "特困"), ("测试甲",))),
        (AllOf((NAME, Without(LOW))), ("测试甲",), (("测试甲",),)),
        (AllOf((HasValue("year", ("2018",)), Between("dates", 1, 2), InPath("甲"))), (), ()),
        (EVERYTHING, (), ()),
    ],
)  # fmt: skip
def test_words_are_those_that_may_stand_in_a_hit(condition, words, groups):
    """What is excluded does not; one of each group should stand on a page."""
    assert wanted_words(condition) == words
    assert word_groups(condition) == groups


@pytest.mark.parametrize(
    ("visible", "is_seen"),
    [
        (Visible(), True),
        (Visible("钟宝镇"), True),
        (Visible("钟宝镇", "旧城村"), True),
        (Visible("城关镇"), False),
        (Visible("钟宝镇", "民主村"), False),
        (Visible(hidden_dossiers=frozenset({"ET"})), False),
        (Visible(is_nothing=True), False),
    ],
)
def test_a_paper_is_seen_within_its_place_unless_its_dossier_is_hidden(visible, is_seen):
    """A child's paper of 旧城村."""
    assert visible.covers("钟宝镇", "旧城村", "ET") == is_seen


ZHANG, LI, WANG = Word("张三"), Word("李四"), Word("王五")


def test_words_to_look_for_on_a_page_are_those_that_may_stand_there():
    """What is excluded is not looked for; alternatives stand together."""
    condition = AllOf((ZHANG, AnyOf((LI, WANG)), Without(Word("赵六")), HasValue("year", ())))
    assert word_groups(condition) == (("张三",), ("李四", "王五"))
    assert wanted_words(condition) == ("张三", "李四", "王五")
    assert word_groups(ZHANG) == (("张三",),)
    assert word_groups(EVERYTHING) == ()
