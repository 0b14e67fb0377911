"""A question put to the index: its filters, and what the person may find."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from minzheng.accounts.models import Person, Role
from minzheng.web.archive.asking import ask, count_hits, query_of
from minzheng.web.archive.search_choices import Addresses


def request_of(role: Role, town: str = "", village: str = ""):
    request = RequestFactory().get("/search")
    request.user = Person(username="p", role=role, town=town, village=village)
    return request


def asked(address: str) -> Addresses:
    return Addresses.of(QueryDict(address), 7)


def test_filters_bounds_and_rights_go_into_the_query():
    """What is not chosen is empty; copies are folded unless they are asked for."""
    request = request_of(Role.TOWN_CLERK, "钟宝镇")
    query = query_of(request, asked("q=低保&year=2018&order=date"), limit=10, offset=20)
    assert (query.year, query.village, query.order) == ("2018", "", "date")
    assert (query.limit, query.offset, query.folds_copies) == (10, 20, True)
    assert (query.visible.town, query.visible.is_nothing) == ("钟宝镇", False)
    assert not query_of(request, asked("q=低保&copies=1"), limit=1).folds_copies


@pytest.mark.parametrize(("town", "count"), [("钟宝镇", 1), ("城关镇", 0)])
def test_only_what_may_be_found_is_counted(paper, town, count):
    """By the count as by the hits."""
    request, given = request_of(Role.TOWN_CLERK, town), asked("q=测试甲")
    assert count_hits(request, given) == count
    assert len(ask(given, query_of(request, given, limit=5)).result.hits) == count


def test_what_came_later_is_asked_by_its_time(paper):
    """A moment in the past finds the paper, one in the future does not."""
    request = request_of(Role.INSPECTOR)
    assert count_hits(request, asked("q=测试甲&since=2020-01-01T00:00:00")) == 1
    assert count_hits(request, asked("q=测试甲&since=2100-01-01T00:00:00")) == 0
