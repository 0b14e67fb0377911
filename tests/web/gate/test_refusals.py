"""A page that says why something was not done."""

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from minzheng.web.gate.refusals import refuse


def test_a_refusal_says_what_and_why():
    """With its status; markup in the reason is text."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    answer = refuse(request, "暂时不能查找", "索引 <b> 坏了", 503)
    assert answer.status_code == 503
    assert "暂时不能查找" in answer.content.decode()
    assert "索引 &lt;b&gt; 坏了" in answer.content.decode()
