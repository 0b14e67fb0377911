"""Samples told of other people, in another village, on other days."""

import datetime as dt
import random

import pytest

from minzheng.cli.county_demo.moved import SAMPLE_DAY, Moved, quiet_day, sample
from minzheng.cli.county_demo.people import InventedPeople
from minzheng.county.county import read_county
from minzheng.county.registry.places import Village

VILLAGE = Village("得胜村", "华坪镇", "村", "", "105999")
DAY = dt.date(2026, 6, 1)


@pytest.fixture
def tell():
    """Of somebody known, and of others."""
    known = {"测试周桂兰": "测试甲乙丙", "610927195304120016": "610927196203151216"}
    return Moved(VILLAGE, InventedPeople(random.Random(1)), DAY, known)


def test_place_person_and_days_are_others(tell):
    """The same person everywhere, a weekday a weekday."""
    told = tell.answers("ZF-01")
    assert (told["town"], told["village"], told["name"]) == ("华坪镇", "得胜村", "测试甲乙丙")
    assert told["interviewee"] == "测试甲乙丙"
    assert told["id_no"] == "610927196203151216"
    assert told["visit_date"].weekday() == sample("ZF-01")["visit_date"].weekday()
    assert abs(told["visit_date"] - DAY) <= dt.timedelta(days=4)


def test_nobody_of_the_samples_is_left(tell):
    """No name, no number, no year."""
    text = str(tell.answers("DB-01")) + str(tell.answers("COM-03"))
    for gone in ("周桂兰", "李小雨", "11010519491231002X", "610927200803020056", "旧城村", "2018"):
        assert gone not in text


def test_a_name_that_begins_another_is_not_cut(tell):
    """测试赵明 is no part of 测试赵明义, and what was told is not told again."""
    known = {"测试赵明": "测试赵明书", "测试赵明义": "测试丁"}
    moved = Moved(VILLAGE, InventedPeople(random.Random(1)), DAY, known)
    told = moved.answers("COM-03", conclusion="测试赵明和测试赵明义")
    assert told["surveyors"][1]["sv_name"] == "测试赵明书"
    assert told["conclusion"] == "测试赵明和测试赵明义"


def test_others_are_laid_over_and_left_out(tell):
    """What is said otherwise is taken as it is."""
    told = tell.answers("DB-02", "c_opinion", group_no=9)
    assert told["group_no"] == 9
    assert "c_opinion" not in told


def test_a_story_is_put_where_nobody_decides_on_a_holiday():
    """Back by weeks, no further than it must."""
    calendar = read_county().calendar
    quiet = quiet_day(dt.date(2026, 10, 15), calendar)
    assert quiet <= dt.date(2026, 10, 15)
    later = dt.timedelta(weeks=round((quiet - SAMPLE_DAY).days / 7))
    assert calendar.is_working_day(dt.date(2018, 5, 31) + later)
    assert not calendar.is_working_day(dt.date(2026, 10, 1))
