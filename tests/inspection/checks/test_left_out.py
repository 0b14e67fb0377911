"""A value that was printed and is read nowhere on its scan is told."""

import pytest

from minzheng.inspection.checks.left_out import left_out
from minzheng.inspection.checks.unlike_issued import LEFT_OUT, ReadText, Unlike
from tests.inspection.papers import COUNTY

ISSUED = {
    "name": "赵志娥", "id_no": "420325197105154203", "phone": "13846016373",
    "month_amount": "6784.62", "apply_date": "2018年4月2日", "carer": "黄喜旺",
    "rows": [{"m_name": "罗旺山", "m_id": "610921200408252326"}], "none": "0.00",
}  # fmt: skip
READ = (
    "姓名", "赵志娥", "身份证号", "420325197105154203", "联系电话", "13846016373",
    "月保障金(元)", "6,784.62", "申请日期", "2018年4月2日", "黄喜旺", "罗旺山",
    "610921200408252326", "0.00",
)  # fmt: skip


def is_name(text: str) -> bool:
    return COUNTY.paper_words.is_name(text)


def missed(*more: str, without: tuple[str, ...] = (), told=()) -> list[str]:
    lines = [ReadText(text, 0.99) for text in (*READ, *more) if text not in without]
    found = left_out(ISSUED, lines, is_name, told)
    assert all((one.kind, one.read) == (LEFT_OUT, "") for one in found)
    return [one.issued for one in found]


def test_a_paper_as_it_was_issued_lacks_nothing():
    """Commas are no change."""
    assert missed() == []


@pytest.mark.parametrize("value", ["420325197105154203", "13846016373", "黄喜旺"])
def test_what_was_painted_over_is_told(value: str):
    """Whatever its kind."""
    assert missed(without=(value,)) == [value]
    assert missed(without=(value,), told=[Unlike("姓名", "王五", value)]) == []


def test_an_amount_is_told_in_whatever_form_it_was_read():
    """Its commas are none of it."""
    assert missed(without=("6,784.62",)) == ["6784.62"]


@pytest.mark.parametrize(
    ("value", "read"),
    [("420325197105154203", "4203251971051542O3"), ("420325197105154203", "420325197105"),
     ("13846016373", "1384601673"), ("6,784.62", "678462"), ("6,784.62", "6784.52"),
     ("黄喜旺", "黄善旺"), ("黄喜旺", "代办人：黄喜旺")],
)  # fmt: skip
def test_what_may_be_a_misreading_of_it_is_not_told(value: str, read: str):
    """Then it is there, and a person is asked of it elsewhere, or nobody needs be."""
    assert missed(read, without=(value,)) == []


def test_what_may_stand_on_another_page_is_not_told():
    """The first and the last value, and what has an unread one beside it."""
    assert missed(without=("赵志娥",)) == []
    assert missed(without=("0.00",)) == []
    assert missed(without=("13846016373", "6,784.62")) == []


def test_a_form_that_holds_little_of_its_document_is_no_copy_of_it():
    """It was filled in by hand."""
    lines = [ReadText(text, 0.99) for text in ("赵志娥", "420325197105154203", "6784.62")]
    assert left_out(ISSUED, lines, is_name) == ()
