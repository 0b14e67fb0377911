"""The page that shows how far the archive has come."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from archive_indexer.documents import ArchiveFile, ExtractedPage, Extraction, Filing, Guess
from archive_indexer.models import ArchivedFile, Content, FixityFinding, Walk
from archive_indexer.stores import contents, filings, service_state, waiting_list
from archive_indexer.stores.service_state import Report
from archive_indexer.stores.waiting_list import Lane
from minzheng.accounts.models import Role

_REPORT = Report(doing="reading", indexed=30, per_minute=24.0, seconds_left=600)


def put_failure(town: str, village: str, sha256: str) -> ArchivedFile:
    path = f"{town}/{village}/坏.pdf"
    contents.keep_content(sha256, Extraction("pdf", reason="PDF 文件已损坏"))
    filing = Filing(town=Guess(town, 1.0, "路径"), village=Guess(village, 1.0, "路径"))
    filings.mark_failed(path, "PDF 文件已损坏", ArchiveFile(path, 1, 1, sha256), filing)
    return ArchivedFile.objects.get(path=path)


@pytest.mark.parametrize("address", ["/coverage", "/coverage/live"])
def test_queue_rate_and_time_left_are_shown(sign_in, db, address):
    """On the whole page without JavaScript, and on the part that is asked for again."""
    waiting_list.add(["a", "b"], Lane.SCAN)
    waiting_list.add(["c"])
    service_state.tell(_REPORT.as_json())
    page = sign_in().get(address).content.decode()
    assert "正在识别" in page
    assert "其中要逐页识别 2 件" in page
    assert "24.0 <small>件 / 分钟" in page
    assert "10 分钟" in page


@pytest.mark.parametrize("address", ["/coverage", "/coverage/live"])
def test_a_county_sees_its_own_queue_only(counties, sign_in, address):
    """With why there is no pace, and that something is wrong without another county's folder."""
    waiting_list.add(["镇坪县/a.pdf", *(f"平利县/{number}.pdf" for number in range(7))])
    service_state.tell(Report(doing="reading", trouble="平利县/暗记 读不了").as_json())
    page = sign_in(Role.COUNTY_CLERK, "镇坪县·").get(address).content.decode()
    assert "<dd>1 <small>件" in page
    assert "只数本县（区）文件夹里的" in page
    assert "识别服务出了故障" in page
    assert "暗记" not in page
    assert "速度" not in page


@pytest.mark.parametrize(("own", "waiting"), [("镇坪县·", 1), ("·", 8)])
def test_a_start_page_counts_no_other_countys_queue(counties, sign_in, own, waiting):
    """As the page it leads to."""
    waiting_list.add(["镇坪县/a.pdf", *(f"平利县/{number}.pdf" for number in range(7))])
    page = sign_in(Role.COUNTY_CLERK, own).get("/").content.decode()
    assert re.search(rf"<b>{waiting}</b>\s*<span>件档案等待识别", page)


@pytest.mark.parametrize(
    ("unread", "may_read"), [("有 2 行未读清", True), ("含 2 张 EMF、WMF 图形，未识别", False)]
)
def test_what_was_seen_and_not_read_can_be_read_again(sign_in, paper, unread, may_read):
    """By the larger model; what is no picture of signs cannot."""
    page = ExtractedPage(1, "附件", unread=(unread,))
    contents.keep_content(paper.sha256, Extraction("pdf", (page,)))
    client = sign_in()
    shown = client.get("/coverage").content.decode()
    assert unread in shown
    assert ("用大模型重读</button>" in shown) is may_read
    asked = client.post("/coverage/read-again", {"file": paper.pk}, follow=True)
    assert "1 件已排队" in asked.content.decode()


def test_a_service_that_does_not_run_is_said(sign_in, db):
    """Nobody waits for files that nobody reads."""
    assert "看守服务没有运行" in sign_in().get("/coverage").content.decode()
    service_state.tell(_REPORT.as_json())
    assert "看守服务没有运行" not in sign_in().get("/coverage").content.decode()


def test_a_share_that_is_away_is_said(sign_in, db):
    """With the words of the service."""
    service_state.tell(Report(doing="away", trouble="网络盘没有连上").as_json())
    page = sign_in().get("/coverage/live").content.decode()
    assert "网络盘没有连上" in page
    assert "连不上" in page


def test_a_failed_file_can_be_tried_again(sign_in, db):
    """Its failure is forgotten, and it waits to be read."""
    file = put_failure("钟宝镇", "旧城村", "a" * 64)
    client = sign_in()
    assert "PDF 文件已损坏" in client.get("/coverage").content.decode()
    answer = client.post("/coverage/retry", {"file": file.pk}, follow=True)
    assert "1 件已重新排队" in answer.content.decode()
    assert waiting_list.take(Lane.QUICK, 5) == [file.path]
    assert not Content.objects.filter(pk=file.sha256).exists()


def test_who_only_reads_retries_nothing(sign_in, db):
    """An inspector sees the failures and no button."""
    file = put_failure("钟宝镇", "旧城村", "a" * 64)
    client = sign_in(Role.INSPECTOR)
    assert 'value="all"' not in client.get("/coverage").content.decode()
    assert client.post("/coverage/retry", {"file": file.pk}).status_code == 403
    assert waiting_list.count() == 0


def test_another_towns_failures_are_left_alone(sign_in, db):
    """All of one's own area are tried, nobody else's."""
    put_failure("钟宝镇", "旧城村", "a" * 64)
    sign_in(Role.TOWN_CLERK, town="城关镇").post("/coverage/retry", {"file": "all"})
    assert waiting_list.count() == 0


@pytest.mark.parametrize("wanted", ["", "x", "-1", "9" * 30])
def test_an_odd_number_tries_nothing(sign_in, db, wanted):
    """And is no error."""
    put_failure("钟宝镇", "旧城村", "a" * 64)
    answer = sign_in().post("/coverage/retry", {"file": wanted}, follow=True)
    assert "0 件已重新排队" in answer.content.decode()


def test_each_village_shows_when_it_was_walked_last(sign_in, paper):
    """A folder that could not be read keeps the time of the walk before."""
    before, now = timezone.now() - timezone.timedelta(hours=5), timezone.now()
    Walk.objects.create(started=before, ended=before)
    Walk.objects.create(started=now, ended=now, unreadable=["钟宝镇"])
    page = sign_in().get("/coverage").content.decode()
    row = page[page.index("<th>旧城村</th>") :].split("</tr>")[0]
    assert f"{timezone.localtime(before):%H:%M}" in row


def find_altered(file) -> FixityFinding:
    return FixityFinding.objects.create(file=file, kind="altered", sha256_before="a" * 64)


def test_a_finding_is_settled_with_what_was_done(sign_in, paper):
    """Then it is no longer listed; who and how are kept."""
    finding, client = find_altered(paper), sign_in()
    assert paper.path in client.get("/coverage").content.decode()
    asked = {"finding": finding.pk, "how": "已从备份恢复"}
    client.post("/coverage/settle", asked)
    finding.refresh_from_db()
    assert (finding.settled_by, finding.settled_how) == ("p0", "已从备份恢复")
    assert "核对异常的文件" not in client.get("/coverage").content.decode()


@pytest.mark.parametrize("how", ["", "看"])
def test_a_finding_is_not_settled_without_saying_how(sign_in, paper, how):
    """It stays, and the page says what is wanted."""
    finding = find_altered(paper)
    answer = sign_in().post("/coverage/settle", {"finding": finding.pk, "how": how}, follow=True)
    assert "请写明怎样处理的" in answer.content.decode()
    finding.refresh_from_db()
    assert finding.settled_at is None


def test_another_towns_finding_cannot_be_settled(sign_in, paper):
    """Nor seen."""
    finding = find_altered(paper)
    client = sign_in(Role.TOWN_CLERK, town="城关镇")
    client.post("/coverage/settle", {"finding": finding.pk, "how": "已从备份恢复"})
    finding.refresh_from_db()
    assert finding.settled_at is None


def test_coverage_names_what_could_not_be_read(sign_in, paper):
    """With the reason and what to do."""
    paper.state, paper.reason = "failed", "空文件（0 字节）。请重新扫描或重新复制"
    paper.save()
    page = sign_in().get("/coverage").content.decode()
    assert "空文件（0 字节）" in page
    assert "旧城村" in page


def test_coverage_names_what_was_read_in_part(sign_in, paper):
    """With what is lacking; the file's own page says so too."""
    page = ExtractedPage(1, "附件", unread=("含 2 张 EMF、WMF 图形，未识别",))
    contents.keep_content(paper.sha256, Extraction("docx", (page,)))
    client = sign_in()
    assert "含 2 张 EMF、WMF 图形，未识别" in client.get("/coverage").content.decode()
    assert "这一页读得不全" in client.get(reverse("file", args=[paper.pk])).content.decode()


def keep_doubtful(paper: ArchivedFile) -> None:
    page = ExtractedPage(1, "周柱兰", origin="ocr", confidence=0.61)
    contents.keep_content(paper.sha256, Extraction("jpg", (page,)))


def test_coverage_names_what_was_read_without_certainty(sign_in, paper):
    """With how sure it is; the file's own page says so too."""
    keep_doubtful(paper)
    client = sign_in()
    page = client.get("/coverage").content.decode()
    assert "读得没有把握（61%）" in page
    assert "用大模型重读" in page
    assert "这一页读得没有把握" in client.get(reverse("file", args=[paper.pk])).content.decode()


@pytest.mark.parametrize("which", ["one", "all"])
def test_doubtful_files_are_read_again_by_the_larger_model(sign_in, paper, which):
    """One, or all of the own area; meanwhile the page says that they wait."""
    keep_doubtful(paper)
    client = sign_in()
    asked = {"file": paper.pk if which == "one" else "all"}
    answer = client.post("/coverage/read-again", asked, follow=True).content.decode()
    assert "1 件已排队" in answer
    assert "已排队用大模型重读" in answer
    assert waiting_list.take(Lane.SCAN, 9) == [paper.path]


@pytest.mark.parametrize("asked", ["", "x", "9" * 30, "0"])
def test_no_file_is_read_again_for_a_number_that_is_none(sign_in, paper, asked):
    """Nothing waits."""
    keep_doubtful(paper)
    answer = sign_in().post("/coverage/read-again", {"file": asked}, follow=True)
    assert "0 件已排队" in answer.content.decode()
    assert waiting_list.count() == 0


def test_another_towns_doubtful_file_is_not_read_again(sign_in, paper):
    """Nor listed."""
    keep_doubtful(paper)
    client = sign_in(Role.TOWN_CLERK, town="城关镇")
    assert paper.path not in client.get("/coverage").content.decode()
    client.post("/coverage/read-again", {"file": paper.pk})
    client.post("/coverage/read-again", {"file": "all"})
    assert waiting_list.count() == 0
