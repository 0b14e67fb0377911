"""What lies on a desk, on the start page of each role."""

import pytest

from filler.models import Issued
from minzheng.accounts.models import Role
from tests.web.conftest import KEEPER, closed_up, put_paper

COUNTY = ("c_opinion", "c_date", "c_amount", "cert_no")


@pytest.fixture
def sent(sign_in, posted):
    """A 送审稿 of 旧城村 that waits for the county."""
    sign_in().post("/forms/DB-02", posted("DB-02") | dict.fromkeys(COUNTY, ""))
    return Issued.objects.get(form_id="DB-02")


def desk_of(browser):
    """The part of the start page that shows what waits."""
    page = closed_up(browser.get("/").content.decode())
    return page.partition('id="desk"')[2].partition("</section>")[0]


def test_a_paper_lies_on_the_desk_it_was_sent_to(sign_in, sent):
    """With where it is gone on with, since when, and by when."""
    county = desk_of(sign_in())
    assert sent.case_no in county
    assert f"/forms/DB-02?case_no={sent.case_no}" in county
    assert "前办完" in county
    assert "接着办：填 DB-02 最低生活保障审核审批" in county
    for other in ((Role.TOWN_CLERK, "钟宝镇"), KEEPER):
        assert sent.case_no not in desk_of(sign_in(*other))
        assert "没有等您办的案件" in desk_of(sign_in(*other))


def test_what_came_back_lies_with_its_own_town(sign_in, sent, posted):
    """Not with another one."""
    decided = posted("DB-02") | {"case_no": sent.case_no, "seen": str(sent.pk)}
    sign_in().post("/forms/DB-02", decided)
    assert "已批回" in desk_of(sign_in(Role.TOWN_CLERK, "钟宝镇"))
    assert sent.case_no not in desk_of(sign_in(Role.TOWN_CLERK, "城关镇"))
    assert sent.case_no not in desk_of(sign_in())


def test_an_application_waits_for_its_town_and_is_overdue(sign_in, posted):
    """It was taken in in 2018, says the form."""
    sign_in().post("/forms/DB-01", posted("DB-01"))
    desk = desk_of(sign_in(Role.TOWN_CLERK, "钟宝镇"))
    assert "待调查审核，超期" in desk
    assert "1 件已经超过期限" in desk
    case_no = Issued.objects.get().case_no
    page = sign_in(Role.TOWN_CLERK, "钟宝镇").get(f"/cases/{case_no}").content.decode()
    assert "这一案现在在<b>镇人民政府</b>" in page
    assert "已经超期" in page


def test_what_was_decided_on_paper_waits_for_nobody(sign_in, posted):
    """A scan of the approval lies in the archive; one of another case changes nothing."""
    sign_in().post("/forms/DB-01", posted("DB-01"))
    case_no = Issued.objects.get().case_no
    about = {"dossier": "DB", "form_id": "DB-02", "year": "2018"}
    town = sign_in(Role.TOWN_CLERK, "钟宝镇")
    put_paper("钟宝镇", "旧城村", "审批", case_no="DB-103200-2018-0099", name="一", **about)
    assert case_no in desk_of(town)
    put_paper("钟宝镇", "旧城村", "审批", case_no=case_no, name="二", **about)
    assert case_no not in desk_of(town)
    assert "这一案现在在" not in town.get(f"/cases/{case_no}").content.decode()


def test_a_case_known_by_its_draft_alone_says_where_it_lies_on_every_page(sign_in, sent):
    """On the page of the case it is what is done next; 查人 says the same."""
    county = sign_in()
    page = closed_up(county.get(f"/cases/{sent.case_no}").content.decode())
    following = page.partition('aria-current="step"')[2].partition("</li>")[0]
    assert "审批" in following
    assert "在办：送审稿在县民政局" in following
    assert f"/forms/DB-02?case_no={sent.case_no}" in following
    traces = county.get("/traces", {"name": sent.answers["name"]}).content.decode()
    assert "在办：送审稿在县民政局" in traces
    assert "已出具 20" not in traces
    assert "（送审稿）" in traces
