"""A question names policies by title, number and work."""

import datetime as dt

import pytest

from minzheng.policies.find_policies import find_chapters, find_policies

DAY = dt.date(2026, 8, 1)


def ids(policies, *words):
    return [one.law.id for one in find_policies(policies, words, DAY)]


def test_a_title_or_a_number_names_a_policy(policies):
    """Parts of them, too."""
    assert ids(policies, "审核确认办法") == ["dibaoqueren"]
    assert ids(policies, "民发〔2021〕57号") == ["dibaoqueren"]


def test_every_word_must_name_it(policies):
    """A work and a word of the title."""
    assert ids(policies, "五保", "认定办法") == ["tekunrending2021", "tekunrending2016"]
    assert ids(policies, "五保", "审核确认办法") == []


def test_what_holds_stands_first(policies):
    """Then the newest."""
    states = [one.state for one in find_policies(policies, ["低保"], DAY)]
    assert states[0] == "有效"
    assert states == sorted(states, key=lambda one: one != "有效")


@pytest.mark.parametrize("words", [(), ("",), ("法",), ("测试周桂兰",), ("低保", "测试周桂兰")])
def test_a_name_or_a_single_sign_names_none(policies, words):
    """A question for a person is not answered with policies."""
    assert ids(policies, *words) == []


def test_a_name_of_a_work_names_its_chapter(policies):
    """As people call it; a part of a name is none."""
    assert [one.code for one in find_chapters(policies, ["五保"])] == ["TK"]
    assert [one.code for one in find_chapters(policies, ["保"])] == []
