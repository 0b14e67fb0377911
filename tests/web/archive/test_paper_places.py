"""Where a paper stands, as far as somebody wrote it."""

from minzheng.accounts.models import Role
from tests.web.archive.conftest import WORD
from tests.web.conftest import closed_up


def test_the_page_says_where_the_paper_stands(sign_in, scans):
    """What nobody wrote is 未登记, said once; a hit shows what is known."""
    page = closed_up(sign_in(Role.INSPECTOR).get(f"/files/{scans[0].pk}").content.decode())
    assert "<dt>盒</dt><dd>3</dd>" in page
    assert "<dt>件</dt><dd>0012</dd>" in page
    assert '<dt>专柜、专档</dt><dd class="off">未登记</dd>' in page
    found = sign_in(Role.INSPECTOR).get("/search", {"q": WORD}).content.decode()
    assert "纸质：盒 3 件 0012" in found
