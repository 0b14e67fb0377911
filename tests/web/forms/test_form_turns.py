"""A turn at the page of a form: what was pressed is done."""

import pytest

from filler.errors import RenderError
from filler.models import Issued

pytestmark = pytest.mark.django_db


def test_more_rows_are_given_and_nothing_is_issued(sign_in, posted):
    """Three, with what was typed kept."""
    browser = sign_in()
    data = posted("DB-01")
    shown = browser.post("/forms/DB-01", data | {"action": "more:members"}).content.decode()
    before = sum(name.endswith("-m_name") for name in data)
    assert shown.count('-m_name"\n') >= before or f"members-{before + 2}-m_name" in shown
    assert data["name"] in shown
    assert not Issued.objects.exists()


def test_what_was_taken_over_must_have_been_seen(sign_in, posted):
    """A page that showed other documents is shown again first."""
    browser = sign_in()
    answer = browser.post("/forms/DB-01", posted("DB-01") | {"seen": "7"})
    assert answer.status_code == 200
    assert not Issued.objects.exists()


def test_issued_one_is_led_to_the_document(sign_in, posted):
    """Refused, the page comes back with status 422."""
    browser = sign_in()
    assert browser.post("/forms/DB-01", posted("DB-01") | {"name": ""}).status_code == 422
    answer = browser.post("/forms/DB-01", posted("DB-01"))
    assert answer["Location"] == f"/documents/{Issued.objects.get().pk}"


def test_a_paper_that_came_out_wrong_is_told_on_the_page(sign_in, posted, monkeypatch):
    """A template of the county's own that leaves an answer out: what was typed is kept."""

    def lose(*_):
        raise RenderError("有 1 项内容没有印出：姓名")

    monkeypatch.setattr("filler.fill_form._render", lose)
    answer = sign_in().post("/forms/DB-01", posted("DB-01"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "没有出具：有 1 项内容没有印出：姓名" in shown
    assert posted("DB-01")["name"] in shown
    assert not Issued.objects.exists()
