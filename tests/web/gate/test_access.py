"""Who may open which page."""

import time
from types import SimpleNamespace

import pytest
from django.test import Client

from minzheng.accounts.models import Role

PAGES = [
    "/", "/forms", "/forms/DB-01", "/forms/DB-01/blank", "/documents", "/documents/1",
    "/documents/1/word", "/search?q=测试", "/files/1", "/files/1/pages/1.jpg",
    "/files/1/original", "/coverage", "/batches", "/batches/1", "/batches/1/progress",
    "/batches/1/zip", "/forms/ZF-01/roster",
]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_anything_signed_out(page):
    """Every page asks for a sign-in."""
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_an_inspector_does_not_fill_forms(sign_in):
    """Who checks does not write."""
    assert sign_in(Role.INSPECTOR).get("/forms/DB-01").status_code == 403


def test_asking_too_often_is_stopped(sign_in, monkeypatch):
    """A page that asks to wait, not an error; others are not held up."""
    now = time.time()
    stopped = SimpleNamespace(time=lambda: now)  # all within a minute, however busy the machine is
    monkeypatch.setattr("django_ratelimit.core.time", stopped)
    monkeypatch.setattr("django.core.cache.backends.locmem.time", stopped)
    browser = sign_in(Role.INSPECTOR)
    statuses = [browser.get("/search").status_code for _ in range(125)]
    assert statuses[:119] == [200] * 119
    assert statuses[-1] == 429
    assert sign_in(Role.INSPECTOR).get("/search").status_code == 200
