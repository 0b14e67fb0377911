"""The start page: each role finds its own work on it."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from archive_indexer.models import ArchivedFile, Walk
from filler.models import Batch
from minzheng.accounts.audit_log import AuditLog, Deed
from minzheng.accounts.models import Person, Role, SignInTries
from minzheng.accounts.sign_in_tries import FREE_TRIES, Try, take_try
from minzheng.web.gate.office import config
from tests.web.conftest import closed_up


def page_of(browser) -> str:
    answer = browser.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", Role.values)
def test_an_empty_desk_says_what_to_do_next(sign_in, role):
    """Before anything was issued, read or written down."""
    page = page_of(sign_in(role, "钟宝镇", "旧城村"))
    assert "<h1>" in page
    assert "None" not in page


def test_a_clerk_finds_cases_batches_and_documents(sign_in, posted):
    """A case by its number and person, each document a link."""
    browser = sign_in()
    answer = browser.post("/forms/DB-01", posted("DB-01"))
    Batch.objects.create(
        key="x", form_id="ZF-01", roster_name="走访名单.xlsx", issued_by="p0",
        state=Batch.State.CHECKED, total=5, refused=2,
    )  # fmt: skip
    page = page_of(browser)
    assert answer["Location"] in page
    assert "DB-103200-2018-0001" in page
    assert "<b>测试周桂兰</b>" in page
    assert "走访名单.xlsx" in page
    assert "2 户要更正" in page
    assert "测试周桂兰" not in page_of(sign_in())


def test_a_keeper_sees_the_own_villages_files_only(sign_in, paper, second_paper):
    """What failed with its reason, what came in, when the folder was walked."""
    failed = second_paper("低保申请 测试乙", "b" * 64)
    ArchivedFile.objects.filter(pk=failed.pk).update(state="failed", reason="文件已损坏")
    Walk.objects.create(started=timezone.now(), ended=timezone.now())
    page = page_of(sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村"))
    assert paper.path in page
    assert "文件已损坏" not in page
    assert 'href="/inbox"' in page
    assert 'href="/corrections"' in page
    assert 'href="/completeness/103200/all/all">缺什么' in page
    assert page.index('href="/inbox/upload"') < page.index("缺什么") < page.index("<h1>")
    assert "上次巡查档案文件夹" in page
    assert "文件已损坏" in page_of(sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "民主村"))


def test_an_inspector_sees_what_each_town_has(sign_in, paper):
    """With a link that searches there; the forms are not on this desk."""
    page = page_of(sign_in(Role.INSPECTOR))
    assert "钟宝镇</a>" in page
    assert "1 件" in page
    assert "填一张表" not in page
    assert 'hx-get="/saved/block"' in page
    assert 'href="/checklist"' in page


def test_an_administrator_sees_who_is_locked_out(sign_in):
    """Where, and as long as they wait; papers and people are not on this desk."""
    Person.objects.create_user("locked-out", role=Role.INSPECTOR)
    for _ in range(FREE_TRIES):
        take_try(Try("locked-out", "10.0.0.1"))
    desk = sign_in(Role.ADMINISTRATOR)
    page = page_of(desk)
    assert "暂时锁定" in page
    assert "locked-out</a>（10.0.0.1）" in page
    assert "查档</button>" not in page
    SignInTries.objects.update(last_at=timezone.now() - dt.timedelta(minutes=11))
    assert "暂时锁定" not in page_of(desk)


@pytest.fixture
def write_down(django_capture_on_commit_callbacks):
    """Puts entries in the log, sealed to the end."""

    def run(*whats: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            for what in whats:
                log = AuditLog(config().data_folder)
                log.record(Deed("x", "检查人员", "", "解除遮盖", what))

    return run


def test_an_auditor_sees_the_weeks_deeds(sign_in, write_down):
    """Counted by kind, each a link to the entries."""
    write_down("文件 1 事由：核对", "文件 2 事由：核对", "文件 3 事由：核对")
    page = page_of(sign_in(Role.AUDITOR))
    assert "<b>3</b><span>解除遮盖</span>" in closed_up(page)
    assert "末尾完整" in page


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_log_whose_end_was_cut_shows_on_the_desk(sign_in, write_down, role):
    """The kept head knows of an entry that is no longer there."""
    write_down("一", "二")
    with connection.cursor() as cursor:
        of_table = " ON accounts_auditentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS audit_entry_kept{of_table}")
        cursor.execute("DELETE FROM accounts_auditentry WHERE what = '二'")
    assert "对不上" in page_of(sign_in(role))


def test_the_first_page_offers_the_forms_one_issues(sign_in, posted):
    """What a clerk fills every week stands on top."""
    browser = sign_in()
    assert "您常用的表" not in browser.get("/").content.decode()
    browser.post("/forms/DB-01", posted("DB-01"))
    assert "您常用的表" in browser.get("/").content.decode()
