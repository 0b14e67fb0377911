"""Error pages say in Chinese what happened and what to do."""

from django.test import Client


def test_a_post_without_token_is_refused_in_chinese(db):
    """A page that was open too long says so."""
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {"username": "a"})
    assert answer.status_code == 403
    assert "页面已失效" in answer.content.decode()


def test_a_wrong_address_is_answered_in_chinese(sign_in):
    """No English error page."""
    answer = sign_in().get("/nothing")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()
