"""Backups are made when they are asked for or due, in a process of their own."""

import subprocess
import sys
from dataclasses import replace

import pytest

from archive_indexer.upkeep.backup_news import backup_news, note_backup
from minzheng.web.upkeep import backup_worker
from minzheng.web.upkeep.backup_plan import Now, what_goes_on
from minzheng.web.upkeep.backup_worker import BackupWorker


@pytest.fixture
def ran(monkeypatch, own):
    """What was run; each run does what is put here, and ends so."""
    runs = []
    does = {"note": "made", "ended": 0}

    class Process:
        def __init__(self, command, **_options):
            runs.append(command)
            if does["note"] and "--check" not in command:
                note_backup(own.data_folder, does["note"], "说了什么")

        def wait(self):
            return does["ended"]

    monkeypatch.setattr(backup_worker.subprocess, "Popen", Process)
    return runs, does


def test_one_that_was_asked_for_is_made_and_read(own, ran):
    """As `minzheng backup` with the settings in use, then checked once a week."""
    note_backup(own.data_folder, "made", "早上")
    note_backup(own.data_folder, "asked", "guanli")
    assert BackupWorker(own).look()
    runs, _ = ran
    assert runs[0][:3] == [sys.executable, "-m", "minzheng.cli.main"]
    assert runs[0][-2:] == ["backup", str(own.backup_folder)]
    assert runs[1][-1] == "--check"
    assert what_goes_on(backup_news(own.data_folder)) == Now.IDLE
    note_backup(own.data_folder, "checked", "完好")
    assert not BackupWorker(own).look()


def test_one_that_dies_is_said_to_have_failed(own, ran):
    """It could not say so itself; one that did is believed."""
    runs, does = ran
    does |= {"note": "", "ended": -9}
    assert not BackupWorker(own).look()  # due, but without a key it could only fail
    own.backup_key_file.write_text("x", encoding="utf-8")
    assert BackupWorker(own).look()
    assert backup_news(own.data_folder)["failed"].text == "备份程序中断（返回 -9）"
    assert len(runs) == 1
    assert not BackupWorker(own).look()


def test_one_that_the_last_service_did_not_end_has_failed(own):
    """Told at the next start."""
    note_backup(own.data_folder, "begun", "")
    worker = BackupWorker(own, seconds=600)
    worker.start()
    worker.stop()
    assert "服务停了" in backup_news(own.data_folder)["failed"].text


def test_without_a_folder_nothing_is_made(own, ran):
    """Somebody who asked is told."""
    nowhere = replace(own, backup_place="无")
    assert not BackupWorker(nowhere).look()
    note_backup(own.data_folder, "asked", "guanli")
    assert not BackupWorker(nowhere).look()
    assert "没有写" in backup_news(own.data_folder)["failed"].text
    assert ran[0] == []


def test_a_fault_does_not_end_the_thread(own, monkeypatch):
    """It looks again, and ends when it is told to."""
    looked = []

    def look(self):
        looked.append(1)
        if len(looked) > 2:
            self._ended.set()
        raise OSError

    monkeypatch.setattr(BackupWorker, "look", look)
    worker = BackupWorker(own, seconds=0.001)
    worker.start()
    worker._thread.join(240)
    assert len(looked) == 3
    assert subprocess.Popen is backup_worker.subprocess.Popen
