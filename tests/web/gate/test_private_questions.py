"""A question with a personal number never stands in an address."""

import pytest

from archive_indexer.models import ArchivedFile
from minzheng.accounts.models import AuditEntry, Role
from tests.web.api.conftest import ID
from tests.web.conftest import closed_up, put_paper


@pytest.fixture
def paper(db) -> ArchivedFile:
    """A paper whose words stand in no other test's."""
    return put_paper("钟宝镇", "旧城村", "低保 试存词", name="试存")


def test_a_question_of_words_keeps_a_plain_address(sign_in):
    """It can be shared, bookmarked, and gone back to."""
    answer = sign_in().post("/search/ask", {"q": "测试甲 低保"})
    assert answer.status_code == 302
    assert answer["Location"] == "/search?q=%E6%B5%8B%E8%AF%95%E7%94%B2+%E4%BD%8E%E4%BF%9D"


@pytest.mark.parametrize("number", [ID, "110105491231002", "13800138000", "身份证:" + ID])
def test_a_personal_number_stands_in_no_address(sign_in, second_paper, number):
    """Not in that of the results, nor in those of filters, papers and pictures."""
    second_paper(f"证号 {ID} 旧证 110105491231002 电话 13800138000", "3" * 64)
    browser = sign_in(Role.INSPECTOR)
    answer = browser.post("/search/ask", {"q": number})
    address, bare = answer["Location"], number.removeprefix("身份证:")
    assert address.startswith("/search?q=~")
    assert bare not in address
    page = browser.get(address).content.decode()
    assert "<article" in page
    assert page.count(bare) == 1  # in the search box
    hit = closed_up(page).split('<h2><a href="')[1].split('"')[0].replace("&amp;", "&")
    shown = browser.get(hit).content.decode()
    assert "<mark>" in shown
    assert f"={bare}" not in shown


def test_a_number_typed_into_the_address_is_taken_out_of_it(sign_in, paper):
    """The rest of the address stays; the log holds neither number nor token."""
    browser = sign_in()
    answer = browser.get("/search", {"q": ID, "village": "旧城村"})
    assert answer["Location"].startswith("/search?q=~")
    assert "village=" in answer["Location"]
    browser.get(answer["Location"])
    assert AuditEntry.objects.get(action="查档", result="成功").what == "查“110105********002X”"


def test_anothers_token_opens_nothing(sign_in):
    """It is said that the question has to be typed again."""
    address = sign_in().post("/search/ask", {"q": ID})["Location"]
    page = sign_in().get(address).content.decode()
    assert "重新输入要查的号码" in page
    assert ID not in page
