"""In a real Chromium, over the small county: each system shows what was planted in it."""

import datetime as dt

import pytest
from django.utils import timezone

from minzheng.accounts.models import Role
from minzheng.cli.county_demo.plan import SMALL
from minzheng.web.oversight.doubts_deeds import sweep_now
from tests.cli.county_demo.in_chromium import walk
from tests.cli.county_demo.journeys import JOURNEYS, Stop
from tests.cli.county_demo.laid import TODAY

pytestmark = pytest.mark.journey
_FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def _on_the_day_it_was_laid(monkeypatch) -> None:
    """What is stale and what is late depends on the day."""
    noon = dt.datetime.combine(TODAY, dt.time(12), timezone.get_current_timezone())
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_every_system_shows_what_was_planted(small_county, sign_in, width, height):
    """On a wide and a narrow screen, whose edge no page goes over."""
    sweep_now()

    def look(stop: Stop) -> None:
        assert stop.page.evaluate(_FITS), stop.name

    def go(page):
        for journey in JOURNEYS.values():
            journey(page, SMALL, look)

    walk(sign_in(Role.COUNTY_CLERK), width, height, go)
