"""Large bodies are taken in from people who are signed in."""

import sqlite3

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from minzheng.accounts.models import Person
from minzheng.accounts.tokens import issue_token
from minzheng.external.serving.web_server import REFUSED_BODY, TOO_LARGE
from minzheng.web.gate.bodies import NOBODY, why_not_to_take
from tests.web.gate.test_storage_faults import sqlite_error


def cookie(value: str) -> dict[str, str]:
    return {"COOKIE": f"csrftoken=x; {settings.SESSION_COOKIE_NAME}={value}"}


def key_of(person: Person) -> dict[str, str]:
    key = issue_token(person, purpose="测试", days=1, issued_by="测试")
    return {"AUTHORIZATION": f"Bearer {key}"}


def test_whoever_is_signed_in_may_send(sign_in):
    """By session or by key."""
    session = sign_in().cookies[settings.SESSION_COOKIE_NAME].value
    assert why_not_to_take(cookie(session)) == ""
    assert why_not_to_take(key_of(Person.objects.create_user("platform"))) == ""


def test_nobody_else_may(sign_in):
    """No session, one that ended, one of a closed account; no key, or a wrong one."""
    session = sign_in().cookies[settings.SESSION_COOKIE_NAME].value
    wrong = [
        {},
        cookie(""),
        cookie("x" * 32),
        {"AUTHORIZATION": "Bearer x"},
        {"AUTHORIZATION": "mz_"},
    ]
    assert {why_not_to_take(headers) for headers in wrong} == {NOBODY}
    Person.objects.update(is_active=False)
    assert why_not_to_take(cookie(session)) == NOBODY
    Person.objects.update(is_active=True)
    Session.objects.all().delete()
    assert why_not_to_take(cookie(session)) == NOBODY


def test_a_database_that_does_not_answer_is_not_taken_for_nobody(db):
    """The sender is told what is wrong, not to sign in."""

    def fail(execute, sql, params, many, context):
        raise sqlite_error(sqlite3.SQLITE_FULL)

    with connection.execute_wrapper(fail):
        why = why_not_to_take(cookie("x" * 32))
    answer = Client().post("/forms/DB-01", **{REFUSED_BODY: why})
    assert (answer.status_code, "磁盘已满" in answer.content.decode()) == (503, True)


@pytest.mark.parametrize(
    ("why", "status", "said"),
    [
        (NOBODY, 401, "请登录后重新提交"),
        (TOO_LARGE, 413, "内容过大"),
        ("not known here", 503, "请稍后重新提交"),
    ],
)
def test_a_refused_body_is_answered_before_anything_else(why, status, said):
    """No form is said to be out of date, no field to be missing; the interface is told in JSON."""
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/forms/DB-01", **{REFUSED_BODY: why})
    assert (page.status_code, said in page.content.decode()) == (status, True)
    told = browser.post("/api/photos", **{REFUSED_BODY: why})
    assert (told.status_code, told["Content-Type"]) == (status, "application/json")


def test_other_requests_go_through(db):
    """Whatever their headers say: only the server itself can refuse."""
    answer = Client().get("/sign-in", headers={"minzheng.refused-body": NOBODY})
    assert answer.status_code == 200
