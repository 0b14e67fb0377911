"""A whole county in small: all its dossiers, its checks, its pages."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.utils import timezone

from filler.models import Issued
from minzheng.accounts.models import Role
from minzheng.cli.county_demo.campaign import NAME
from minzheng.cli.county_demo.plan import SMALL
from minzheng.inspection.models import Finding
from minzheng.inspection.sweep import Office, bring_up_to_date
from minzheng.web.oversight.doubts_deeds import sweep_now
from tests.cli.county_demo.in_chromium import walk
from tests.cli.county_demo.journeys import JOURNEYS, Stop
from tests.cli.county_demo.laid import MONTH, TODAY
from tests.web.conftest import closed_up


def test_all_fifteen_dossiers_have_a_case(small_county, db):
    """Issued as any paper is, each kept with what it was printed from."""
    numbers = Issued.objects.values_list("case_no", flat=True)
    codes = {one.code for one in small_county.desk.catalogue.county.dossiers.all}
    assert {number.partition("-")[0] for number in numbers} == codes
    assert Issued.objects.count() == small_county.papers
    assert not Issued.objects.filter(template_sha256="").exists()


def test_everybody_invented_is_marked(small_county, db):
    """A name without 测试 would be somebody's."""
    for paper in Issued.objects.exclude(texts__name=None):
        assert str(paper.texts["name"]).startswith("测试"), paper.form_id


def test_the_checks_find_what_was_planted(small_county, db):
    """And nothing else."""
    catalogue = small_county.desk.catalogue
    bring_up_to_date(Office(catalogue.county, catalogue, TODAY, dt.datetime.now(dt.UTC)))
    found = Counter(one.check_id for one in Finding.objects.all())
    assert found == {name: count for name, count in SMALL.doubts.items() if count}


@pytest.mark.parametrize(
    ("register", "shown"),
    [
        ("visits", f"共<b>{SMALL.visited}</b>人次，<b>{SMALL.visited}</b>人"),
        ("problems", f"已销号{SMALL.solved}"),
        ("answers", f"已解答{SMALL.answers}"),
        ("notices", f"有效{SMALL.valid_notices}"),
        ("notices", f"过期{SMALL.stale}"),
        ("notices", f"旧模板{SMALL.old_template}"),
        ("levels", f"村里没有公示{SMALL.absent}"),
    ],
)
def test_the_pages_show_it(small_county, sign_in, register, shown):
    """To whoever may see the county, as at the end of the month."""
    page = sign_in(Role.INSPECTOR).get(f"/registers/{register}", {"on": MONTH}).content.decode()
    assert shown in closed_up(page).replace(" ", "")


def test_the_bulletin_begins_with_what_the_registers_count(small_county, sign_in):
    """Opened from the visits: towns side by side, summed up to what was planted."""
    browser = sign_in(Role.COUNTY_CLERK)
    visits = browser.get("/registers/visits").content.decode()
    address = re.search(r'href="(/forms/ZF-12[^"]+)"', visits)[1].replace("&amp;", "&")
    page = browser.get(address).content.decode()
    sums = {
        slug: sum(map(int, re.findall(rf'name="rows-\d+-{slug}"[^>]* value="(\d+)"', page)))
        for slug in ("listed", "visits", "people", "problems", "closed", "answers")
    }
    assert sums == {
        "listed": SMALL.visited + SMALL.unvisited, "visits": SMALL.visited,
        "people": SMALL.visited, "problems": SMALL.problems, "closed": SMALL.solved,
        "answers": SMALL.answers,
    }  # fmt: skip
    assert f'value="{NAME}"' in page


def test_each_town_signs_for_the_list_of_its_problems(small_county, db):
    """清单反馈: every problem once, with its term and who is to see to it."""
    lists = Issued.objects.filter(form_id="ZF-13")
    rows = [row for one in lists for row in one.answers["rows"]]
    assert len({row["problem_no"] for row in rows}) == len(rows) == SMALL.problems
    assert all(row["deadline"] and row["duty_person"] for row in rows)


@pytest.fixture
def on_the_day_it_was_laid(monkeypatch) -> None:
    """What is stale and what is late depends on the day."""
    noon = dt.datetime.combine(TODAY, dt.time(12), timezone.get_current_timezone())
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.mark.journey
@pytest.mark.usefixtures("on_the_day_it_was_laid")
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_every_system_shows_in_chromium_what_was_planted(small_county, sign_in, width, height):
    """On a wide and a narrow screen, whose edge no page goes over."""
    sweep_now()
    fits = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"

    def look(stop: Stop) -> None:
        # A page on its way may be looked at before its styles are there.
        stop.page.wait_for_function(fits)

    def go(page):
        for journey in JOURNEYS.values():
            journey(page, SMALL, look)

    walk(sign_in(Role.COUNTY_CLERK), width, height, go)
