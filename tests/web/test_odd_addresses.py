"""Whatever stands in an address of search, lists and papers: never an error page of ours."""

import pytest

from minzheng.accounts.models import Role
from minzheng.web.archive.search_choices import FILTERS

NAMES = (*FILTERS, "order", "syn", "copies", "gone", "since", "page", "hit", "zoom", "turn",
         "width", "pick", "name", "reason")  # fmt: skip
ODD = (
    "", "0", "-1", "１", "99999", "9" * 40, "~" + "0" * 20, "2026-02-30", "2026-11-25T10:00",
    "9999-12-31T23:59:59", "\0\x01", "甲" * 600, "村:旧城村", "=1+1 & <b>",
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_no_address_is_an_error(sign_in, paper, odd):
    """Found, sent on, refused or not there, with a real question and with none."""
    browser = sign_in(Role.INSPECTOR)
    lists = ("/search/list", "/search/list.docx", "/search/list.xlsx")
    papers = (f"/files/{paper.pk}", f"/files/{paper.pk}/pages/1.jpg")
    asked = dict.fromkeys(NAMES, odd) | {"q": "测试甲"}
    codes = {browser.get(one, asked).status_code for one in ("/search", *lists, *papers)}
    codes |= {browser.get(one, asked | {"q": odd}).status_code for one in ("/search", papers[0])}
    for one in ("/search/ask", "/saved/new", "/search/list/unmask", f"/files/{paper.pk}/unmask"):
        codes.add(browser.post(one, asked).status_code)
    codes.add(browser.get("/saved").status_code)
    assert codes <= {200, 302, 404}
