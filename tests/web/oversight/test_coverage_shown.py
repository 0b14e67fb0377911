"""How far the archive has come, and what the service does, in words."""

from typing import get_args

import pytest

from archive_indexer.stores import service_state, waiting_list
from archive_indexer.stores.coverage import take_coverage
from archive_indexer.stores.service_state import Doing, Report
from archive_indexer.stores.waiting_list import Lane
from minzheng.accounts.areas import Area
from minzheng.county.town_names import county_of
from minzheng.web.gate.office import county
from minzheng.web.oversight.coverage_shown import DOING, live_report, towns_of

pytestmark = pytest.mark.django_db


def test_whatever_a_running_service_does_has_words():
    """One that stopped is told by the page itself."""
    assert set(DOING) == set(get_args(Doing)) - {"stopped"}


def test_the_report_is_told_in_figures():
    """What is done and what waits make up the whole."""
    waiting_list.add(["a", "b"])
    service_state.tell(Report(doing="reading", indexed=3, failed=1, seconds_left=600).as_json())
    told = live_report(Area(), county().places)
    assert (told["doing"], told["done"], told["waiting"], told["total"]) == ("正在识别", 4, 2, 6)
    assert (told["is_running"], told["left"]) == (True, "10 分钟")


def test_without_a_service_nothing_is_left():
    """No time is promised that nobody works at."""
    service_state.tell(Report(doing="stopped", indexed=3, seconds_left=600).as_json())
    told = live_report(Area(), county().places)
    assert (told["is_running"], told["left"], told["doing"]) == (False, "", "")


@pytest.mark.parametrize(
    ("own", "waiting", "scans"),
    [("镇坪县·", 3, 1), ("平利县·钟宝镇", 1, 1), ("安康市·", 0, 0)],
)
def test_a_county_is_told_what_waits_in_its_own_folders(counties, own, waiting, scans):
    """Pace, time left and troubles are of all counties and would tell of the others."""
    waiting_list.add(["镇坪县/a.pdf", "扫描/镇坪县/b.pdf"])
    waiting_list.add(["镇坪县/c.pdf", "平利县/a.pdf", "d.pdf"], Lane.SCAN)
    trouble = "平利县/暗记 读不了"
    report = Report(doing="reading", per_minute=9.0, seconds_left=600, trouble=trouble)
    service_state.tell(report.as_json())
    told = live_report(Area(own), county().places.of(county_of(own)))
    assert (told["waiting"], told["scans"], told["has_trouble"]) == (waiting, scans, True)
    assert not told.keys() & {"per_minute", "left", "total", "done", "trouble", "last_trouble"}


def test_who_stands_above_is_told_all_that_waits(counties):
    """And an account of which nobody said its county is told of none."""
    waiting_list.add(["镇坪县/a.pdf", "平利县/a.pdf", "d.pdf"])
    assert live_report(Area("·"), county().places)["waiting"] == 3
    assert live_report(Area(is_nothing=True), county().places)["waiting"] == 0


def test_a_town_is_listed_with_the_villages_one_may_see(paper):
    """And how many of them have papers."""
    state = take_coverage(county().places, county().dossiers, Area().as_filter())
    (own,) = towns_of(Area(town="钟宝镇", village="旧城村"), state, county().places)
    assert (own["name"], own["total"], own["begun"], len(own["villages"])) == ("钟宝镇", 1, 1, 1)
    whole = {one["name"]: one for one in towns_of(Area(), state, county().places)}
    assert (whole["钟宝镇"]["begun"], whole["城关镇"]["begun"]) == (1, 0)
    assert len(whole["钟宝镇"]["villages"]) > 1
