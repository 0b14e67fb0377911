"""Which machines read is told to who oversees; what they read, only to who may see all."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from archive_indexer.stores import waiting_list
from archive_indexer.stores.many_machines import claims, workers
from archive_indexer.stores.many_machines.workers import SeenWorker
from archive_indexer.stores.waiting_list import Lane
from minzheng.accounts.areas import Area
from minzheng.accounts.models import Role
from minzheng.web.gate import office
from minzheng.web.office.jobs_shown import jobs
from minzheng.web.oversight import coverage_shown
from minzheng.web.oversight.workers_shown import may_be_told_paths, say_worker

WHEN = dt.datetime(2026, 11, 29, 9, 5, tzinfo=timezone.get_default_timezone())
WORKER = SeenWorker(
    "三楼",
    "pc3",
    12,
    WHEN,
    WHEN,
    False,
    7,
    "",
    ("旧城村/张三.tif",),
    WHEN + dt.timedelta(minutes=1),
)


def test_a_machine_is_told_in_a_line():
    """With the names of files only where they may be told."""
    told = say_worker(WORKER, with_paths=True)
    assert told == (
        "三楼（pc3，进程 12）11月29日 09:05 启动，识别了 7 份，"
        "正在识别 旧城村/张三.tif（11月29日 09:06 起），11月29日 09:05 还有音信"
    )
    assert "正在识别 1 份" in say_worker(WORKER)
    assert "张三" not in say_worker(WORKER)


def test_what_is_wrong_with_it_is_told():
    """It is idle, silent, or says so itself."""
    wrong = replace(
        WORKER, reading=(), reading_since=None, is_silent=True, trouble="网络盘没有连上"
    )
    told = say_worker(wrong)
    assert "空着" in told
    assert told.endswith("现在没有音信，注意：网络盘没有连上")


@pytest.mark.parametrize(
    ("place", "may"),
    [
        (Area(), True),
        (Area(town="钟宝镇"), False),
        (Area(town="钟宝镇", village="旧城村"), False),
        (Area(forbidden=frozenset({"ET"})), False),
        (Area(is_nothing=True), False),
    ],
)
def test_only_who_may_see_every_paper_is_told_names_of_files(place, may):
    """Where a file belongs that is just being read is not known yet."""
    assert may_be_told_paths(place) is may


@pytest.fixture
def shares(monkeypatch):
    """The office of this process shares its reading."""
    shared = replace(office.config(), queue="postgresql")
    monkeypatch.setattr(coverage_shown, "config", lambda: shared)
    monkeypatch.setattr("minzheng.web.office.jobs_shown.config", lambda: shared)


@pytest.mark.django_db
def test_the_page_tells_of_the_machines(shares, sign_in):
    """Or that there is none; the page of jobs, and so doctor, names no file."""
    inspector = sign_in(Role.INSPECTOR)
    assert "没有一台机器在识别" in inspector.get("/coverage/live").content.decode()
    assert any("没有一台机器在识别" in job.trouble for job in jobs())
    waiting_list.add(["旧城村/张三.tif"], Lane.SCAN)
    worker = workers.sign_in("三楼")
    waiting_list.take(Lane.SCAN, 1, worker=worker)
    assert "空着" in inspector.get("/coverage/live").content.decode()
    claims.begin_reading(worker, "旧城村/张三.tif")
    shown = inspector.get("/coverage/live").content.decode()
    assert "三楼（" in shown
    assert "正在识别 " in shown
    (job,) = [job for job in jobs() if job.name == "识别、入库"]
    assert any("三楼（" in line for line in job.details)
    assert "张三" not in str(job)
    assert not job.trouble
