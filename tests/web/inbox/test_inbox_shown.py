"""What of the inbox a person sees."""

import pytest

from minzheng.accounts.models import Role
from minzheng.inbox.models import Original
from tests.inbox.conftest import BLANK, coded, plain
from tests.web.conftest import KEEPER
from tests.web.inbox.conftest import OTHER_VILLAGE, act, serve

pytestmark = pytest.mark.django_db


def test_papers_are_seen_by_whoever_sees_their_village(sign_in, desk):
    """Unknown villages by the county, unless the folder of the inbox names one."""
    desk.pdf("a.pdf", coded("DB-01"), coded("DB-01", OTHER_VILLAGE))
    desk.pdf("b.pdf", plain("认不出的材料"))
    desk.pdf("钟宝镇/旧城村/c.pdf", plain("村里放的材料"))
    own, other, unknown, hinted = serve(desk)
    assert other.village != "旧城村"
    expected = {
        KEEPER: {own, hinted},
        (Role.TOWN_CLERK, "钟宝镇"): {own, other, hinted},
        (Role.TOWN_CLERK, "城关镇"): set(),
        (Role.COUNTY_CLERK,): {own, other, unknown, hinted},
    }
    for who, papers in expected.items():
        browser = sign_in(*who)
        listed = browser.get("/inbox").content.decode()
        for paper in (own, other, unknown, hinted):
            row = paper.pages.get()
            picture = f"/inbox/{paper.pk}/{row.original_id}/{row.number}.jpg"
            assert (picture in listed) == (paper in papers)
            status = 200 if paper in papers else 404
            assert browser.get(picture).status_code == status
            assert browser.get(f"/inbox/{paper.pk}").status_code == status
            if status == 404:
                assert browser.post(f"/inbox/{paper.pk}/decide").status_code == 404


def test_pages_of_others_are_not_to_be_had_by_number(sign_in, desk):
    """Only pages of the paper itself, and blank ones where all papers are one's own."""
    desk.pdf("a.pdf", coded("DB-01"), BLANK, coded("DB-01", OTHER_VILLAGE))
    own = serve(desk)[0]
    scan = own.pages.get().original_id
    keeper, county = sign_in(*KEEPER), sign_in()
    assert keeper.get(f"/inbox/{own.pk}/{scan}/1.jpg").status_code == 200
    assert keeper.get(f"/inbox/{own.pk}/{scan}/2.jpg").status_code == 404
    assert keeper.get(f"/inbox/{own.pk}/{scan}/3.jpg").status_code == 404
    assert county.get(f"/inbox/{own.pk}/{scan}/2.jpg").status_code == 200


def test_administrators_see_scans_and_no_papers(sign_in, desk):
    """They keep the machine: what could not be read, with a button to try again."""
    desk.pdf("a.pdf", coded("DB-01"))
    desk.pdf("白.pdf", BLANK)
    serve(desk)
    browser = sign_in(Role.ADMINISTRATOR)
    page = browser.get("/inbox").content.decode()
    assert "全是空白页" in page
    assert ".jpg" not in page
    failed = Original.objects.get(state="未能识别")
    browser.post("/inbox/retry", {"scan": failed.pk})
    assert Original.objects.get(pk=failed.pk).state == "待识别"
    serve(desk)
    browser.post("/inbox/retry", {"aside": failed.pk})
    serve(desk)
    assert [name for name in desk.in_inbox() if name.startswith("不归档/")] == [
        Original.objects.get(pk=failed.pk).done_path
    ]


def test_a_scan_taken_away_is_told(sign_in, desk):
    """Its papers stay, with what to do."""
    scan = desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = serve(desk)
    scan.unlink()
    serve(desk)
    browser = sign_in(*KEEPER)
    assert "原件现在看不到" in browser.get("/inbox").content.decode()
    assert "已不在收件箱里" in act(browser, paper, "confirm")
    row = paper.pages.get()
    assert browser.get(f"/inbox/{paper.pk}/{row.original_id}/1.jpg").status_code == 404


def test_a_title_without_its_person_says_why(sign_in, desk):
    """Somebody was put away on request; the keeper sees marks and no name."""
    desk.pdf("a.pdf", coded("DB-01"))
    (own,) = serve(desk)
    browser = sign_in(*KEEPER)
    assert "应本人要求隐去" not in browser.get("/inbox").content.decode()
    own.title = "申请书_■■■"
    own.save()
    for address in ("/inbox", f"/inbox/{own.pk}"):
        assert "应本人要求隐去" in browser.get(address).content.decode()
