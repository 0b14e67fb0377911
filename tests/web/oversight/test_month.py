"""The month of a place, as a page."""

import pytest

from filler.models import Issued
from minzheng.accounts.models import AuditEntry, Role
from tests.web.conftest import closed_up


@pytest.fixture
def approved(sign_in, posted):
    """A county clerk's browser, and an approval that begins in June 2018."""
    browser = sign_in()
    browser.post("/forms/DB-02", posted("DB-02"))
    return browser, Issued.objects.get()


def page_of(browser, **asked) -> str:
    return closed_up(browser.get("/month", asked).content.decode())


def test_changes_are_shown_with_reason_money_and_paper(approved):
    """Under their kind; those without any are named in one line."""
    browser, issued = approved
    page = page_of(browser, town="钟宝镇", month="2018-06")
    assert "<h2>新增 <small>1 件</small></h2>" in page
    assert "这个月没有：增发、减发、停发、到期复核、死亡、满年龄。" in page
    assert issued.answers["name"] in page
    assert f'href="/documents/{issued.pk}"' in page
    assert f'href="/cases/{issued.case_no}"' in page
    assert "2018年6月起发放" in page


def test_what_is_due_is_one_click_away(approved):
    """With the case it belongs to."""
    browser, issued = approved
    page = page_of(browser, town="钟宝镇", village="旧城村", month="2019-06")
    assert f'href="/forms/COM-09?case_no={issued.case_no}"' in page
    assert 'href="?town=%E9%92%9F%E5%AE%9D%E9%95%87&amp;village=%E6%97%A7%E5%9F%8E%E6%9D%91' in page


def test_what_is_over_its_term_is_marked(approved):
    """A review of 2019 since long; one of a month that has not come is not."""
    browser, _ = approved
    page = page_of(browser, town="钟宝镇", month="2019-06")
    assert '<b class="state bad">已过期</b>' in page
    assert "已过期" not in page_of(browser, town="钟宝镇", month="2018-07")


def test_a_change_without_a_paper_of_its_own_shows_the_cases_next_one(approved):
    """As the page of the case tells it."""
    browser, issued = approved
    page = page_of(browser, town="钟宝镇", month="2018-06")
    case = closed_up(browser.get(f"/cases/{issued.case_no}").content.decode())
    own = case.partition('aria-current="step"')[2].partition("</li>")[0]
    address = own.partition('class="button quiet" href="')[2].partition('"')[0]
    assert address
    assert f'href="{address}"' in page


def test_the_summary_opens_with_place_month_and_rows(approved):
    """DB-04, made of the month."""
    browser, issued = approved
    page = page_of(browser, town="钟宝镇", month="2018-06")
    address = page.split('href="/forms/DB-04')[1].split('"')[0].replace("&amp;", "&")
    form = browser.get(f"/forms/DB-04{address}").content.decode()
    assert 'value="2018-06"' in form
    assert issued.answers["name"] in form
    assert "请逐行核实" in form


def test_one_sees_the_own_place_only(approved, sign_in):
    """A town's clerk the town, a village's keeper the village; asked otherwise, too."""
    _, issued = approved
    name = issued.answers["name"]
    own = sign_in(Role.TOWN_CLERK, "钟宝镇")
    assert name in page_of(own, month="2018-06")
    other = sign_in(Role.TOWN_CLERK, "城关镇")
    assert name not in page_of(other, town="钟宝镇", month="2018-06")
    assert "城关镇" in page_of(other, town="钟宝镇", month="2018-06")
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "民主村")
    assert name not in page_of(keeper, town="钟宝镇", village="旧城村", month="2018-06")


def test_looking_is_written_down(approved):
    """With place and month."""
    browser, _ = approved
    page_of(browser, town="钟宝镇", month="2018-06")
    assert "按月查看 钟宝镇 2018年6月" in AuditEntry.objects.order_by("-number").first().what


@pytest.mark.parametrize(
    ("month", "is_told"),
    [("", False), ("nonsense", True), ("9999-99", True), ("1800-01", True), ("2018-06-01", False),
     ("2018年12月", False)],
)  # fmt: skip
def test_a_month_that_is_none_is_told(approved, month, is_told):
    """Another one is shown, this or the nearest, and the page says so."""
    browser, _ = approved
    page = page_of(browser, town="钟宝镇", month=month)
    assert ("不是能看的月份" in page) == is_told


def test_the_rosters_of_a_village_open_with_its_people(approved):
    """Place and last day filled in; the people that are paid stand in the rows."""
    browser, issued = approved
    page = page_of(browser, town="钟宝镇", village="旧城村", month="2018-06")
    for form_id, day in (("DB-03", "as_of"), ("GS-04", "pay_date")):
        address = page.split(f'href="/forms/{form_id}')[1].split('"')[0].replace("&amp;", "&")
        assert f"{day}=2018-06-30" in address
        form = browser.get(f"/forms/{form_id}{address}").content.decode()
        assert issued.answers["name"] in form
    assert "/forms/DB-03" not in page_of(browser, town="钟宝镇", month="2018-06")


def test_without_a_town_nothing_is_looked_at(approved):
    """The county's clerk chooses first."""
    browser, issued = approved
    page = page_of(browser)
    assert "先选镇" in page
    assert issued.answers["name"] not in page
