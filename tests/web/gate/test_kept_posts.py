"""What a page posted is carried over a sign-in when its view says so; else it is not."""

import json

from django.http import QueryDict
from django.test import Client, RequestFactory

from minzheng.web.gate.kept_posts import typed_fields


def test_only_pages_that_say_so_are_carried_over(db):
    """Others go to the sign-in as ever; parts of pages too."""
    assert Client().post("/batches", {"form_id": "DB-01"}).status_code == 302
    assert Client().get("/forms/DB-01").status_code == 302
    answer = Client().post("/forms/DB-01", {"name": "甲"}, headers={"HX-Request": "true"})
    assert "离开太久" in answer.content.decode()
    assert b"kept" not in answer.content


def test_what_comes_along_is_the_browsers_own_again(db):
    """In the page that asks to sign in, and nowhere else."""
    answer = Client().post("/forms/DB-01?case_no=X-1", {"name": '测试"<甲', "cause": ["a", "b"]})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert answer.context["next"] == "/forms/DB-01?case_no=X-1"
    assert json.loads(answer.context["kept"]) == [
        ["name", '测试"<甲'], ["cause", "a"], ["cause", "b"],
    ]  # fmt: skip
    assert "<甲" not in page
    assert 'enctype="multipart/form-data"' in page


def test_neither_button_nor_token_is_carried():
    """The token is of the session that ended."""
    request = RequestFactory().post("/")
    request.POST = QueryDict("csrfmiddlewaretoken=x&action=issue&name=a&name=b")
    assert typed_fields(request) == [("name", "a"), ("name", "b")]


def test_an_old_page_that_is_not_kept_says_so(db):
    """As before."""
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {"username": "li"})
    assert answer.status_code == 403
    assert "页面已失效" in answer.content.decode()
