"""A full disk and a database somebody else holds are named, whatever was asked."""

import errno
import shutil
import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import OperationalError, connection
from django.http import FileResponse
from django.test import Client
from django.urls import reverse

from minzheng.accounts.models import AuditEntry, Person, Role
from minzheng.accounts.tokens import issue_token
from minzheng.web.gate import storage_faults
from minzheng.web.gate.storage_faults import BROKEN, BUSY, DAMAGED, FULL, READ_ONLY, fault_of
from tests.database.on_server import needs_file
from tests.web.conftest import put_paper
from tests.web.test_who_sees_what import API_TABLE, LETTERS, TABLE, ask, read_to_end

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
#: Addresses that keep nothing, or ask the disk nothing: they answer as ever.
_MAY_ANSWER = {200, 204, 302, 304, 404}


def sqlite_error(code: int) -> OperationalError:
    """A failure as Django hands it on."""
    inner = sqlite3.OperationalError("it failed")
    inner.sqlite_errorcode = code
    error = OperationalError("it failed")
    error.__cause__ = inner
    return error


@contextmanager
def failing_writes(code: int):
    """Whatever is written to the database fails."""

    def refuse(execute, sql, params, many, context):
        if sql.lstrip().startswith(_WRITES):
            raise sqlite_error(code)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def held_by_another():
    """Another program holds the database's lock; our patience is short."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 5")
    name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def office(transactional_db) -> dict[str, object]:
    """Somebody of every role, signed in and with a key; a paper; what the addresses name.

    As another program sees it, too; no test lets an entry of the audit log be kept: it
    could not be taken out again.
    """
    browsers, keys = {}, {}
    for letter, role in LETTERS.items():
        person = Person.objects.create_user(letter, role=role, town="钟宝镇", village="旧城村")
        keys[letter] = issue_token(person, purpose="测试", days=1, issued_by="测试")
        browsers[letter] = Client(raise_request_exception=False)
        browsers[letter].force_login(person)
    paper = put_paper("钟宝镇", "旧城村", "低保申请 测试甲")
    named = {"file": paper.pk, "person": person.pk, "token": 1, "missing": 999}
    return {"browsers": browsers, "keys": keys, "named": named}


def ask_everywhere(office):
    """Every address and every operation, as somebody who may."""
    for name, (method, given, allowed) in TABLE.items():
        address = reverse(name, args=[office["named"].get(str(one), one) for one in given])
        yield name, method, office["browsers"][allowed[0]].generic(method, address)
    for name, (method, given, allowed) in API_TABLE.items():
        options = {part: office["named"].get(str(one), one) for part, one in given.items()}
        address = reverse(f"api-1:{name}", kwargs=options)
        key = {"Authorization": f"Bearer {office['keys'][allowed[0]]}"}
        yield name, method, ask(method, address, key, raise_request_exception=False)


def check_everywhere(office, said: str) -> None:
    told, silent = [], []
    for name, method, answer in ask_everywhere(office):
        read_to_end(answer)
        if answer.status_code == 503:
            assert said in answer.content.decode() or said in answer.json()["detail"]
            assert answer["Retry-After"]
            told.append(name)
        else:
            assert answer.status_code in _MAY_ANSWER | {422}, (name, answer.status_code)
            silent.append((name, method, answer.status_code))
    assert len(told) > len(silent)
    done = [one for one in silent if one[1] != "GET" and one[2] in (200, 201, 302)]
    assert done == [], "a deed was told as done"


def test_a_full_disk_is_named_on_every_page(office):
    """In words, with what to do; no deed is told as done."""
    with failing_writes(sqlite3.SQLITE_FULL):
        check_everywhere(office, "磁盘已满")
    assert not AuditEntry.objects.exists()


@needs_file
def test_a_held_database_is_named_on_every_page(office):
    """Another program holds the lock; when it lets go, all works again."""
    with held_by_another():
        check_everywhere(office, "正被别的程序占用")
    assert not AuditEntry.objects.exists()
    assert office["browsers"]["管"].get("/people").status_code == 200


def test_a_page_of_a_fault_asks_nobody_anything(office):
    """Not even who is signed in: that may be what fails. Sign-in itself says it."""
    with failing_writes(sqlite3.SQLITE_FULL):
        page = office["browsers"]["管"].get("/people").content.decode()
        sign_in = Client(raise_request_exception=False).post("/sign-in", {"username": "nobody"})
    assert "退出" not in page
    assert "请管理员腾出空间" in page
    assert "可能没有完成" in page
    assert (sign_in.status_code, "磁盘已满" in sign_in.content.decode()) == (503, True)


def test_a_part_of_a_page_says_it_above_the_page(office):
    """What was typed stays where it is."""
    with failing_writes(sqlite3.SQLITE_FULL):
        answer = office["browsers"]["县"].post(
            "/forms/DB-01/preview", headers={"HX-Request": "true"}
        )
    assert answer.status_code == 503
    assert answer["HX-Retarget"] == "#signed-out"
    assert "<html" not in answer.content.decode()
    assert "磁盘已满" in answer.content.decode()


def test_a_download_that_cannot_be_written_down_is_not_given(office, monkeypatch):
    """And its file is closed."""
    browser, number = office["browsers"]["检"], office["named"]["file"]
    assert browser.get("/coverage").status_code == 200  # the session is kept for a while
    opened, set_headers = [], FileResponse.set_headers

    def note_file(response: FileResponse, file) -> None:
        opened.append(file)
        set_headers(response, file)

    monkeypatch.setattr(FileResponse, "set_headers", note_file)
    with failing_writes(sqlite3.SQLITE_FULL):
        answer = browser.get(f"/files/{number}/original")
    assert answer.status_code == 503
    assert [one.closed for one in opened] == [True]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (sqlite3.SQLITE_FULL, FULL),
        (sqlite3.SQLITE_BUSY, BUSY),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, BUSY),
        (sqlite3.SQLITE_READONLY, READ_ONLY),
        (sqlite3.SQLITE_IOERR_WRITE, BROKEN),
        (sqlite3.SQLITE_CORRUPT, DAMAGED),
        (sqlite3.SQLITE_CONSTRAINT, ""),
    ],
)
def test_what_the_database_says_is_understood(code, fault):
    """Through Django's wrapping, and through a session that could not be kept."""
    assert fault_of(sqlite_error(code)) == fault
    try:
        try:
            raise sqlite_error(code)
        except OperationalError:
            raise SessionInterrupted("it was deleted")  # noqa: B904 - as Django does
    except SessionInterrupted as error:
        assert fault_of(error) == fault


def test_a_server_that_is_away_is_told_with_what_to_do(office, monkeypatch):
    """Of its address and its words the page says nothing."""
    error = OperationalError("x")
    error.__cause__ = psycopg.OperationalError("connection to 10.1.2.3 failed")

    def refuse(execute, *asked):
        raise error

    with connection.execute_wrapper(refuse):
        answer = office["browsers"]["检"].get("/coverage")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "数据库连不上" in answer.content.decode()
    assert "10.1.2.3" not in answer.content.decode()


@pytest.mark.parametrize(
    ("number", "fault"),
    [(errno.ENOSPC, FULL), (errno.EDQUOT, FULL), (errno.EROFS, READ_ONLY), (errno.ENOENT, "")],
)
def test_what_the_system_says_is_understood(number, fault):
    """A file that could not be written."""
    assert fault_of(OSError(number, "no")) == fault
    assert fault_of(ValueError("no")) == ""
    assert fault_of(None) == ""


def test_a_failure_on_a_full_disk_is_for_want_of_room(monkeypatch):
    """SQLite does not always say so."""
    usage = shutil.disk_usage("/")._replace(free=1000)
    monkeypatch.setattr(storage_faults.shutil, "disk_usage", lambda folder: usage)
    assert fault_of(sqlite_error(sqlite3.SQLITE_IOERR_WRITE)) == FULL


def test_a_fault_of_ours_is_still_one(monkeypatch, sign_in):
    """Nothing of disk or database behind it: 500."""
    browser = sign_in(Role.ADMINISTRATOR)
    browser.raise_request_exception = False
    monkeypatch.setattr("minzheng.web.office.jobs.render", lambda *_: 1 / 0)
    answer = browser.get("/jobs")
    assert (answer.status_code, "系统出现故障" in answer.content.decode()) == (500, True)
