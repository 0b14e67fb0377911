"""The pages of the inbox: what each person sees of it and decides there."""

import shutil

import pytest

from archive_indexer.disk.file_names import disk_path
from minzheng.accounts.models import AuditEntry, Role
from minzheng.inbox.models import LaidFile, Original, Paper
from minzheng.inbox.service import InboxService
from minzheng.web.gate.office import config
from tests.inbox.conftest import BLANK, OTHER_CASE, Desk, coded, knowledge, numbers, plain
from tests.web.conftest import put_paper

pytestmark = pytest.mark.django_db
KEEPER = (Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
OTHER_VILLAGE = "DB-103207-2018-0001"


@pytest.fixture
def desk():
    """The inbox of the site itself, emptied before and after."""
    desk = Desk(config())
    shutil.rmtree(desk.inbox, ignore_errors=True)
    desk.inbox.mkdir()
    for folder in (desk.archive, desk.config.data_folder):
        folder.mkdir(exist_ok=True)
    before = set(desk.in_archive())
    yield desk
    shutil.rmtree(desk.inbox)
    for path in set(desk.in_archive()) - before:
        disk_path(desk.archive, path).unlink()


def serve(desk: Desk) -> list[Paper]:
    """What the service does beside the pages."""
    InboxService(desk.config, desk.read, knowledge()).run_once()
    return list(Paper.objects.order_by("pk"))


def act(browser, paper: Paper, do: str, **fields):
    """Press a button of a paper's page, having seen it as it is."""
    seen = Paper.objects.get(pk=paper.pk)
    data = {"version": seen.version, "do": do} | fields
    return browser.post(f"/inbox/{paper.pk}/decide", data, follow=True).content.decode()


def test_a_keeper_confirms_what_is_certain_at_once(sign_in, desk):
    """Only the ticked ones; the copies lie in the archive a moment later."""
    desk.pdf("a.pdf", coded("DB-01"), coded("DB-02", OTHER_CASE, 1, 2))
    certain, doubtful = serve(desk)
    browser = sign_in(*KEEPER)
    page = browser.get("/inbox").content.decode()
    assert f'value="{certain.pk}:0" checked' in page
    assert f'value="{doubtful.pk}:0">' in page
    assert "缺第 2 页（共 2 页）" in page
    assert "610927103200_钟宝镇_旧城村/01_低保/2018" in page
    assert len(page.encode()) < 100_000
    shown = browser.post("/inbox/confirm", {"paper": f"{certain.pk}:0"}, follow=True)
    assert "1 件已确认" in shown.content.decode()
    serve(desk)
    assert [one.paper_id for one in LaidFile.objects.all()] == [certain.pk]
    entry = AuditEntry.objects.filter(action="更改").first()
    assert f"确认归档 1 件：第 {certain.pk} 件" in entry.what


def test_the_desk_and_the_file_tell_of_the_inbox(sign_in, desk):
    """What waits stands on the start page; a filed paper says which scan it was."""
    desk.pdf("批量.pdf", coded("DB-02"), coded("DB-01", text="测试甲"))
    _, paper = serve(desk)
    browser = sign_in(*KEEPER)
    assert "<b>2</b><span>件在收件箱待确认" in browser.get("/").content.decode()
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
    second = Paper.objects.order_by("pk").last()
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


@pytest.mark.parametrize("version", ["", "x", "1" * 30])
def test_a_decision_without_a_version_is_none(sign_in, desk, version):
    """Whatever is sent."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = serve(desk)
    data = {"version": version, "do": "confirm"}
    assert sign_in().post(f"/inbox/{paper.pk}/decide", data).status_code == 404


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
    last = Paper.objects.order_by("pk")[28].pk
    browser.post("/inbox/confirm", {"all": last})
    assert Paper.objects.filter(state=Paper.State.CONFIRMED).count() == 29


def test_a_readable_picture_is_written_down_once(sign_in, desk):
    """Thumbnails belong to the list that was written down."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = serve(desk)
    row = paper.pages.get()
    browser = sign_in(*KEEPER)
    for width in (220, 1400, 1600):
        browser.get(f"/inbox/{paper.pk}/{row.original_id}/1.jpg?width={width}")
    assert AuditEntry.objects.filter(what__contains="页面图 收件箱").count() == 1
