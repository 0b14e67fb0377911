"""The administrator makes a backup from the page, and sees what came of it."""

import pytest

from archive_indexer.upkeep.backup_news import backup_news, note_backup
from minzheng.accounts.models import AuditEntry, Role
from minzheng.web.upkeep import backups as page
from minzheng.web.upkeep.backup_worker import BackupWorker


@pytest.fixture
def desk(sign_in, own, monkeypatch):
    monkeypatch.setattr(page, "config", lambda: own)
    return sign_in(Role.ADMINISTRATOR)


def test_the_key_is_made_on_the_server_and_never_shown(desk, own):
    """Where it lies is told; a second one is refused."""
    assert "生成钥匙" in desk.get("/backup").content.decode()
    shown = desk.post("/backup/key", follow=True).content.decode()
    key = own.backup_key_file.read_text(encoding="utf-8").splitlines()[-1]
    assert str(own.backup_key_file) in shown
    assert key not in shown
    assert "已存在" in desk.post("/backup/key", follow=True).content.decode()
    assert AuditEntry.objects.filter(what="生成备份钥匙").count() == 2


def test_a_backup_is_asked_for_once(desk, own):
    """Not without a key; a second press asks for nothing more."""
    desk.post("/backup/begin")
    assert "asked" not in backup_news(own.data_folder)
    desk.post("/backup/key")
    shown = desk.post("/backup/begin", follow=True).content.decode()
    assert "马上开始" in shown
    asked = backup_news(own.data_folder)["asked"]
    desk.post("/backup/begin")
    assert backup_news(own.data_folder)["asked"] == asked


def test_what_failed_and_what_was_made_is_told(desk, own):
    """On the page and on its part that asks by itself."""
    note_backup(own.data_folder, "failed", "磁盘写不进去")
    assert "磁盘写不进去" in desk.get("/backup").content.decode()
    note_backup(own.data_folder, "made", "20260701（加密）：3 个文件")
    live = desk.get("/backup/live").content.decode()
    assert "磁盘写不进去" not in live
    assert "20260701（加密）" in live


def test_it_is_really_made(desk, own):
    """By the command line, in a process of its own; a county without data has little to save."""
    desk.post("/backup/key")
    desk.post("/backup/begin")
    assert BackupWorker(own).look()
    news = backup_news(own.data_folder)
    assert "加密" in news["made"].text, news
    assert "完好" in news["checked"].text
    assert (
        news["made"].text.split("（")[0].rpartition("/")[2] in desk.get("/backup").content.decode()
    )
