"""What the services are doing, as the administrator sees it."""

import datetime as dt

import pytest
from django.utils import timezone

from archive_indexer.stores import service_state, waiting_list
from archive_indexer.stores.waiting_list import Lane
from archive_indexer.upkeep import backup_news as news
from archive_indexer.upkeep.backup_news import backup_news, note_backup
from filler.models import Batch
from minzheng.accounts.models import Role
from minzheng.web.gate.office import config
from minzheng.web.office import jobs_shown
from minzheng.web.office.jobs_shown import jobs

pytestmark = pytest.mark.django_db


def job(name: str):
    return next(one for one in jobs() if one.name == name)


@pytest.fixture(autouse=True)
def _no_backup_yet():
    (config().data_folder / "backup_state.json").unlink(missing_ok=True)


def test_a_service_that_stands_still_is_said(sign_in):
    """With what to do; a running one tells what it does."""
    assert "没有运行" in job("看守档案文件夹").trouble
    assert "minzheng serve" in sign_in(Role.ADMINISTRATOR).get("/jobs").content.decode()
    service_state.tell({"doing": "reading", "trouble": "磁盘已满"})
    told = job("看守档案文件夹")
    assert told.state == "正在识别"
    assert told.trouble == "磁盘已满"


def test_what_waits_is_counted_by_lane():
    """Scans apart."""
    assert job("识别、入库").state == "没有排队的"
    waiting_list.add(["a.txt"])
    waiting_list.add(["b.pdf"], Lane.SCAN)
    assert job("识别、入库").state == "排队 2 件，其中逐页识别 1 件"


def test_batches_tell_who_is_at_it_and_what_failed():
    """Without names of people in the rosters."""
    now = timezone.now()
    common = {"form_id": "ZF-01", "roster_name": "测试甲.xlsx", "issued_by": "zhenji"}
    Batch.objects.create(key="1", state=Batch.State.FAILED, settled_at=now, **common)
    Batch.objects.create(
        key="2", state=Batch.State.RUNNING, stage="出具文书", done=3, of=9, **common
    )
    told = job("批量出具")
    assert told.state == "正在做"
    assert "zhenji 的 ZF-01：出具文书 3/9" in told.details
    assert any(one.startswith("最近一次没有完成") for one in told.details)
    assert "测试甲" not in str(told)


@pytest.mark.parametrize(
    ("days", "failed_after", "said"),
    [
        (None, False, "从来没有备份过"),
        (0, False, ""),
        (3, False, "已有 3 天没有备份"),
        (0, True, "备份失败：磁盘坏了"),
    ],
)
def test_a_missing_old_or_failed_backup_is_said(monkeypatch, days, failed_after, said):
    """A failure until the next good one."""
    if days is not None:
        past = timezone.localtime() - dt.timedelta(days=days, minutes=1)
        monkeypatch.setattr(news.timezone, "localtime", lambda *_: past)
        note_backup(config().data_folder, "made", "/mnt/x：3 个文件")
        monkeypatch.undo()
    if failed_after:
        note_backup(config().data_folder, "failed", "磁盘坏了")
    assert said in job("备份").trouble
    assert bool(job("备份").trouble) == bool(said)


def test_a_plain_backup_is_spoken_of_until_an_encrypted_one():
    """Whoever finds the disk reads it."""
    note_backup(config().data_folder, "made", f"/mnt/x（{news.PLAIN}）：3 个文件")
    assert "没有加密" in job("备份").trouble
    note_backup(config().data_folder, "made", "/mnt/x（加密）：3 个文件")
    assert job("备份").trouble == ""


def test_a_damaged_note_of_backups_is_none():
    """It is news only; the page still opens."""
    (config().data_folder / "backup_state.json").write_text("[", encoding="utf-8")
    assert backup_news(config().data_folder) == {}


def test_a_disk_that_fills_up_is_said(monkeypatch):
    """Before it is full."""
    usage = type("Usage", (), {"free": 1 << 20, "total": 10 << 30})
    monkeypatch.setattr(jobs_shown.shutil, "disk_usage", lambda *_: usage)
    assert "快满了" in job("数据所在的磁盘").trouble
