"""The pages of the inbox: what each person sees of it and decides there."""

import re

import pytest

from minzheng.accounts.models import AuditEntry, Role
from minzheng.inbox.models import LaidFile, Piece
from minzheng.inbox.service import InboxService
from tests.inbox.conftest import OTHER_CASE, coded, knowledge
from tests.web.conftest import KEEPER, closed_up, put_paper
from tests.web.inbox.conftest import serve

pytestmark = pytest.mark.django_db


def test_a_keeper_confirms_what_is_certain_at_once(sign_in, desk):
    """Only the ticked ones; the copies lie in the archive a moment later."""
    desk.pdf("a.pdf", coded("DB-01"), coded("DB-02", OTHER_CASE, 1, 2))
    certain, doubtful = serve(desk)
    browser = sign_in(*KEEPER)
    page = browser.get("/inbox").content.decode()
    assert f'value="{certain.pk}:0" checked' in page
    assert re.search(f'value="{doubtful.pk}:0"\\s*>', page)
    assert "缺第 2 页（共 2 页）" in page
    assert "610927103200_钟宝镇_旧城村/01_低保/2018" in page
    assert len(page.encode()) < 100_000
    shown = browser.post("/inbox/confirm", {"paper": f"{certain.pk}:0"}, follow=True)
    assert "1 件已确认" in shown.content.decode()
    serve(desk)
    assert [one.piece_id for one in LaidFile.objects.all()] == [certain.pk]
    entry = AuditEntry.objects.filter(action="更改").first()
    assert f"确认归档 1 件：第 {certain.pk} 件" in entry.what


def test_the_desk_and_the_file_tell_of_the_inbox(sign_in, desk):
    """What waits stands on the start page; a filed paper says which scan it was."""
    desk.pdf("批量.pdf", coded("DB-02"), coded("DB-01", text="测试甲"))
    _, paper = serve(desk)
    browser = sign_in(*KEEPER)
    assert "<b>2</b><span>件在收件箱待确认" in closed_up(browser.get("/").content.decode())
    browser.post("/inbox/confirm", {"one": f"{paper.pk}:0"})
    serve(desk)
    laid = LaidFile.objects.get()
    row = put_paper("钟宝镇", "旧城村", "测试甲", laid.sha256, name="移动过")
    shown = browser.get(f"/files/{row.pk}").content.decode()
    assert "批量.pdf 第 2 页" in shown
    assert "确认归档" in shown


def test_nothing_ticked_and_wrong_numbers_are_told(sign_in, desk):
    """No error page for a form sent empty."""
    browser = sign_in(*KEEPER)
    for chosen in ({}, {"paper": ["x", "1:y"]}):
        shown = browser.post("/inbox/confirm", chosen, follow=True).content.decode()
        assert "没有选中任何一件" in shown
    assert browser.post("/inbox/confirm", {"one": "99:0"}).status_code == 404


def test_of_two_keepers_the_second_is_told(sign_in, desk):
    """And reads by whom it was done."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = serve(desk)
    first, second = sign_in(*KEEPER), sign_in(Role.TOWN_CLERK, "钟宝镇")
    chosen = {"one": f"{paper.pk}:0"}
    first.post("/inbox/confirm", chosen)
    shown = second.post("/inbox/confirm", chosen, follow=True).content.decode()
    assert "刚由 p0 处理为“已确认”" in shown
    stale = {"version": "0", "do": "confirm", "title": paper.title}
    shown = second.post(f"/inbox/{paper.pk}/decide", stale, follow=True).content.decode()
    assert "刚由 p0 处理为“已确认”" in shown


def test_empty_waiting_and_broken_inboxes_say_so(sign_in, desk):
    """Nothing there; something to read; no service; no folder."""
    browser = sign_in()
    page = browser.get("/inbox").content.decode()
    assert "没有等待确认的" in page
    assert "看守服务没有运行" in page
    desk.pdf("a.pdf", coded("DB-01"))
    InboxService(desk.config, desk.read, knowledge())._take_in("a.pdf")
    assert "正在识别" in browser.get("/inbox").content.decode()
    away = desk.inbox.rename(desk.inbox.with_name("away"))
    assert "请建好这个文件夹" in browser.get("/inbox/live?seen=0").content.decode()
    away.rename(desk.inbox)
    serve(desk)
    assert "刷新本页" in browser.get("/inbox/live?seen=0").content.decode()


def test_many_papers_keep_the_page_small(sign_in, desk):
    """Twelve a page, and the pages can be turned; all that is certain is confirmed at once."""
    cases = [f"DB-103200-2018-{number:04d}" for number in range(1, 31)]
    desk.pdf("a.pdf", *(coded("DB-01", case, text="测试" * 200) for case in cases))
    serve(desk)
    browser = sign_in(*KEEPER)
    page = browser.get("/inbox").content
    assert len(page) < 100_000
    assert "第 1 / 3 页" in page.decode()
    certain = browser.get("/inbox?page=3&show=certain").content.decode()
    assert "第 3 / 3 页" in certain
    assert "确认全部有把握的 30 件" in certain
    last = Piece.objects.order_by("pk")[28].pk
    browser.post("/inbox/confirm", {"all": last})
    assert Piece.objects.filter(state=Piece.State.CONFIRMED).count() == 29
