"""The county that somebody above counties looks at."""

import pytest

from minzheng.accounts.models import Role
from tests.web.conftest import put_paper


@pytest.fixture
def papers(counties, sign_in) -> None:
    """A paper in a town and village of the same name in each of two counties."""
    for county in ("镇坪县", "平利县"):
        put_paper(f"{county}·钟宝镇", "旧城村", f"{county}的低保申请", name=county)


def seen_by(browser) -> set[str]:
    page = browser.get("/search", {"q": "低保申请"}).content.decode()
    return {one for one in ("镇坪县", "平利县") if f"{one}的" in page.replace("<mark>", "")}


def test_above_all_are_seen_until_one_is_chosen(papers, sign_in):
    """And all again when none is."""
    browser = sign_in(Role.INSPECTOR, "·")
    assert "看哪个县" in browser.get("/").content.decode()
    assert seen_by(browser) == {"镇坪县", "平利县"}
    browser.post("/county", {"county": "平利县·"})
    assert seen_by(browser) == {"平利县"}
    page = browser.get("/").content.decode()
    assert "现在各页只有平利县的" in page
    assert "平利县民政局 · 含个人信息" in page
    browser.post("/county", {"county": ""})
    assert seen_by(browser) == {"镇坪县", "平利县"}


@pytest.mark.parametrize("town", ["镇坪县·", "镇坪县·钟宝镇"])
def test_nobody_chooses_a_county_that_is_not_below(papers, sign_in, town):
    """The choice is not offered, and does nothing."""
    role = Role.TOWN_CLERK if town.endswith("镇") else Role.COUNTY_CLERK
    browser = sign_in(role, town)
    browser.post("/county", {"county": "平利县·"})
    assert seen_by(browser) == {"镇坪县"}
    page = browser.get("/").content.decode()
    assert "看哪个县" not in page
    assert "镇坪县民政局 · 含个人信息" in page


def test_an_office_of_one_county_is_asked_nothing(sign_in):
    """Its pages are as they were."""
    page = sign_in().get("/").content.decode()
    assert "看哪个县" not in page
    assert "<title>" in page
    assert "镇坪县民政局 · 含个人信息" in page
