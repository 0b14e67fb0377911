"""One paper of the inbox: everything that can be decided on it."""

import pytest

from minzheng.accounts.models import AuditEntry
from minzheng.inbox.models import LaidFile, Piece
from tests.inbox.conftest import BLANK, coded, numbers, plain
from tests.web.conftest import KEEPER
from tests.web.inbox.conftest import act, serve

pytestmark = pytest.mark.django_db


def test_a_keeper_mends_the_place_and_confirms_it(sign_in, desk):
    """From the paper's own page; the next paper follows."""
    desk.pdf("旧城村/a.pdf", plain("收条"), coded("DB-01"))
    paper, second = serve(desk)
    browser = sign_in(*KEEPER)
    page = browser.get(f"/inbox/{paper.pk}").content.decode()
    assert "认不出" in page
    assert "民主村" not in page.split("不是本地的")[1].split("</select>")[0]
    shown = act(browser, paper, "confirm", village="钟宝镇|旧城村", dossier="", year="18", title="")
    assert "专档：没有选定" in shown
    assert "年度：不是四位年份" in shown
    shown = act(
        browser, paper, "confirm",
        village="钟宝镇|旧城村", dossier="LS", year="2018", title="收条_测试甲",
    )  # fmt: skip
    assert "已确认" in shown
    assert f"第 {second.pk} 件" in shown.split("<h1")[1]
    serve(desk)
    assert LaidFile.objects.get().path.endswith("03_临时救助/2018/0001_收条_测试甲.pdf")
    laid = browser.get(f"/inbox/{paper.pk}").content.decode()
    assert "0001_收条_测试甲.pdf" in laid
    assert "第 1 页" in laid


def test_a_village_of_others_cannot_be_chosen(sign_in, desk):
    """But a paper may be passed on to the county, and is gone from the keeper's list."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = serve(desk)
    browser = sign_in(*KEEPER)
    assert "不在您办理的范围内" in act(browser, paper, "save", village="钟宝镇|民主村")
    assert "不在您办理的范围内" in act(
        browser, paper, "save", dossier="ET", village="钟宝镇|民主村"
    )
    act(browser, paper, "save", village="|")
    assert browser.get(f"/inbox/{paper.pk}").status_code == 404
    assert sign_in().get(f"/inbox/{paper.pk}").status_code == 200


def test_a_paper_is_taken_apart_put_together_and_ordered(sign_in, desk):
    """With the buttons of its page."""
    desk.pdf("a.pdf", coded("DB-02", page=2, of=2), coded("DB-02", page=1, of=2), BLANK)
    (paper,) = serve(desk)
    scan = paper.pages.first().original_id
    browser = sign_in(*KEEPER)
    shown = act(browser, paper, "order", **{f"order-{scan}-2": "1", f"order-{scan}-1": "2"})
    assert "页序已改" in shown
    assert "先后不对" not in shown
    assert "不是序号" in act(browser, paper, "order", **{f"order-{scan}-2": "x"})
    assert "已拆开" in act(browser, paper, "split:2")
    second = Piece.objects.order_by("pk").last()
    assert (numbers(paper), numbers(second)) == ([2], [1])
    assert "没有选哪一件" in act(browser, second, "join")
    assert "已并入" in act(browser, second, "join", other=paper.pk)
    assert numbers(paper) == [2, 1]


def test_a_refusal_is_given_a_reason_and_taken_back(sign_in, desk):
    """The reason is on record."""
    desk.pdf("a.pdf", coded("DB-01"), coded("DB-02"))
    paper, _ = serve(desk)
    browser = sign_in(*KEEPER)
    assert "没有写" in act(browser, paper, "refuse", reason="")
    act(browser, paper, "refuse", reason="重复扫描")
    assert "不归档：重复扫描" in browser.get("/inbox").content.decode()
    assert "已撤回" in act(browser, paper, "take-back")


@pytest.mark.parametrize("version", ["", "x", "1" * 30])
def test_a_decision_without_a_version_is_none(sign_in, desk, version):
    """Whatever is sent."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = serve(desk)
    data = {"version": version, "do": "confirm"}
    assert sign_in().post(f"/inbox/{paper.pk}/decide", data).status_code == 404


def test_a_readable_picture_is_written_down_once(sign_in, desk):
    """Thumbnails belong to the list that was written down."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = serve(desk)
    row = paper.pages.get()
    browser = sign_in(*KEEPER)
    for width in (220, 1400, 1600):
        browser.get(f"/inbox/{paper.pk}/{row.original_id}/1.jpg?width={width}")
    assert AuditEntry.objects.filter(what__contains="页面图 收件箱").count() == 1
