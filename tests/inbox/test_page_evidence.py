"""What a page says of itself."""

import pytest

from minzheng.county.form_code import FormCode
from minzheng.inbox.page_evidence import gather_evidence
from tests.inbox.conftest import CASE, _pages, coded, plain

CODE = FormCode("DB-01", "1", CASE)


def evidence(page: dict, title: str = ""):
    (made,) = gather_evidence(_pages([page]), lambda page: title)
    return made


def test_our_qr_says_form_and_case():
    """And the line printed below it the page."""
    made = evidence(coded("DB-01", page=2, of=3))
    assert (made.code, made.is_by_qr) == (CODE, True)
    assert (made.page_no, made.page_count) == (2, 3)


def test_where_the_qr_is_torn_off_the_printed_line_speaks():
    """Less surely."""
    made = evidence(plain(f"申请书\n{CODE.line()} 第1页/共1页"))
    assert (made.code, made.is_by_qr) == (CODE, False)
    assert (made.page_no, made.page_count) == (1, 1)


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("第2页/共3页", (2, 3)),
        ("第 2 页 ／ 共 3 页", (2, 3)),
        ("第2页共3页", (2, 3)),
        ("见第1页/共9页\n第2页/共3页", (2, 3)),
        ("第4页/共3页", (None, None)),
        ("第0页/共3页", (None, None)),
        ("没有页码", (None, None)),
    ],
)
def test_the_last_printed_number_counts_if_it_can_be(printed, numbers):
    """A paper's own text may speak of pages before; page 4 of 3 is misread."""
    made = evidence({"text": printed, "codes": [CODE.qr_text()]})
    assert (made.page_no, made.page_count) == numbers


def test_a_page_without_code_has_a_title_or_nothing():
    """Its numbers are those of another paper's."""
    titled = evidence(plain("最低生活保障申请书 第1页/共2页"), "DB-01")
    assert (titled.code, titled.titled, titled.page_no) == (None, "DB-01", None)
    assert evidence(plain("收据")).titled == ""
    assert evidence(coded("DB-01"), "DB-02").titled == ""


def test_blank_unread_and_turned_pages_are_told():
    """Each is dealt with otherwise."""
    assert evidence({"text": "", "origin": "blank"}).is_blank
    assert evidence({"text": "", "origin": "unread"}).is_unread
    assert evidence({"text": "x", "turns": 3}).turns == 3
    plain_page = evidence(plain("收 据\n2018"))
    assert (plain_page.is_blank, plain_page.is_unread, plain_page.text) == (
        False,
        False,
        "收据2018",
    )
