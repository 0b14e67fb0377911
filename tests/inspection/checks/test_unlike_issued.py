"""What stands on a scan and was not issued: told where it was read surely, and nothing else."""

import pytest

from minzheng.inspection.checks.unlike_issued import (
    ReadText,
    Unlike,
    as_kept,
    from_kept,
    unlike_issued,
)
from tests.inspection.papers import COUNTY

ISSUED = {
    "title": "最低生活保障审核审批表", "name": "赵志娥", "id_no": "420325197105154203",
    "phone": "13846016373", "month_amount": "6784.62", "apply_date": "2018年4月2日",
    "land": "补助3000元", "none": "0.00",
    "rows": [{"m_name": "黄喜", "m_id": "610921200408252326"}],
}  # fmt: skip
#: As the reader gave them of the paper as it was printed.
READ = (
    "姓名", "赵志娥", "身份证号", "420325197105154203", "联系电话", "13846016373", "黄喜",
    "610921200408252326", "月保障金(元)", "6,784.62", "申请日期", "2018年4月2日", "编号：12",
    "补助3000.00元", "DB-02 v1 DB-103200-2018-0001",
)  # fmt: skip


def is_name(text: str) -> bool:
    return COUNTY.paper_words.is_name(text)


def found(*lines: str, sure: float = 0.99, without: str = "") -> list[Unlike]:
    """What is told of the paper with some lines more and one less."""
    read = [ReadText(text, 0.99) for text in READ if text != without]
    return list(unlike_issued(ISSUED, [*read, *(ReadText(one, sure) for one in lines)], is_name))


def test_a_paper_as_it_was_issued_tells_nothing():
    """Commas, units and a missing .00 are no change."""
    assert found() == []


@pytest.mark.parametrize(
    ("line", "without", "told"),
    [
        ("6734.62", "6,784.62", Unlike("金额", "6734.62", "6784.62")),  # one digit altered
        ("300.00", "6,784.62", Unlike("金额", "300.00", "6784.62")),
        ("300.00", "", Unlike("金额", "300.00")),  # written beside it
        ("6784.62300.00", "6,784.62", Unlike("金额", "300.00")),  # struck out, read as one
        ("6784.62=300/0月", "6,784.62", None),  # nobody can tell
        ("610927198711052974", "", Unlike("身份证号", "610927198711052974")),
        ("610921200408252327", "610921200408252326",
         Unlike("身份证号", "610921200408252327", "610921200408252326")),
        ("10846016373", "13846016373", Unlike("电话", "10846016373", "13846016373")),
        ("罗旺山", "黄喜", Unlike("姓名", "罗旺山", "黄喜")),
        ("申请人：罗旺山", "", Unlike("姓名", "罗旺山")),
        ("旧城村", "", None),
    ],
)  # fmt: skip
def test_what_was_changed_by_hand_is_told(line, without, told):
    """With what it was written for, where that is known."""
    assert found(line, without=without) == ([told] if told else [])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("6754.62300.00", Unlike("金额", "300.00")),  # a line through the issued one
        ("300.006784.6", Unlike("金额", "300.00")),  # and its last digit lost
        ("953.006784.62", Unlike("金额", "953.00")),
        ("784.62396.00", Unlike("金额", "396.00")),  # its first digit is a stroke
        ("138460763731399150001", None),  # ten digits are no telephone
        ("1384607637313991500012", Unlike("电话", "13991500012")),
        ("6784:62-1898.00", Unlike("金额", "1898.00")),  # a line read between the two
        ("赵志城罗旺山", Unlike("姓名", "罗旺山")),
        ("黄喜罗旺山", Unlike("姓名", "罗旺山")),
        ("户主姓名：罗旺山黄喜", Unlike("姓名", "罗旺山")),
    ],
)  # fmt: skip
def test_what_is_written_beside_a_struck_out_value_is_told(line, told):
    """Read with it as one, and not surely; the lines through it made it another."""
    without = "黄喜" if "黄喜" in line else ""
    assert found(line, sure=0.75, without=without) == ([told] if told else [])


@pytest.mark.parametrize(
    "line",
    ["6754.626784.62", "1384607637313846016373", "13846076373610921200408252326",
     "6109212004082523264203251971051542O3", "6754.626784.63", "784.626784.62",
     "6784.62-6784.63", "2018-1898", "赵志峨黄喜", "赵志峨旧城村",
     "黄喜赵志娥", "黄喜赵志峨", "黄喜户主", "黄喜旧城村"],
)  # fmt: skip
def test_values_that_run_together_are_no_change(line):
    """Also where one of them is misread: it is like one that was issued."""
    assert found(line, sure=0.9) == []


def test_what_is_hardly_read_is_not_told():
    """But for what stands beside an issued value of its kind: it is struck out."""
    assert found("300.00", sure=0.9) == []
    assert found("6784.62 300.00", sure=0.8) == [Unlike("金额", "300.00")]
    assert found("6784.62 300.00", sure=0.6) == []


def test_a_form_filled_in_by_hand_is_no_copy():
    """It holds more of its own than of the record."""
    lines = [ReadText(one, 1.0) for one in ("6784.62", "300.00", "200.00")]
    assert unlike_issued(ISSUED, lines, is_name) == ()
    assert unlike_issued({}, [ReadText("300.00", 1.0)], is_name) == ()


def test_what_is_kept_comes_back():
    """As text beside the paper."""
    both = [Unlike("金额", "300.00", "6784.62"), Unlike("姓名", "罗旺山")]
    assert from_kept(as_kept(both)) == both and from_kept("") == []


def struck(*lines: str, without: str = "") -> list[Unlike]:
    """What is told of the paper with lines that a pen went through, read with 40 %."""
    read = [ReadText(text, 0.99) for text in READ if text != without]
    gone = [ReadText(one, 0.4, is_struck=True) for one in lines]
    return list(unlike_issued(ISSUED, [*read, *gone], is_name))


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("6784.6217.00", "6784.62"),  # the new value is misread
        ("垂志娥孙宋", "赵志娥"), ("赵志娥", "赵志娥"),  # nothing legible stands beside it
        ("610921200408252326", "610921200408252326"), ("13915060484", ""),
        ("2018年4月2日", "2018年4月2日"), ("罗旺山", ""),
    ],
)  # fmt: skip
def test_a_value_that_a_pen_went_through_is_told(line, issued):
    """However badly what was written in its place is read."""
    assert struck(line) == [Unlike("划改", line, issued)]


def test_words_of_the_form_are_struck_out_where_they_do_not_apply():
    """They are no values, and short numbers are none either."""
    assert struck("不符合保障条件", "第12条") == []


def test_a_struck_out_value_is_told_once():
    """By its new value where that is legible."""
    assert struck("罗旺山", "罗旺山") == [Unlike("划改", "罗旺山", "")]
    new = ReadText("6784.62300.00", 0.99, is_struck=True)
    read = [ReadText(text, 0.99) for text in READ if text != "6,784.62"]
    assert unlike_issued(ISSUED, [*read, new], is_name) == (Unlike("金额", "300.00"),)
