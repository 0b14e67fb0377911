"""A date that was changed without a stroke is told where it surely stood."""

import pytest

from minzheng.inspection.checks.scans.changed_dates import changed_dates
from minzheng.inspection.checks.unlike_issued import ReadText, Unlike

ISSUED = {
    "name": "赵志娥", "apply_date": "2018年4月2日", "month_amount": "678.62",
    "birth": "1949-12-31", "rows": [{"m_name": "罗旺山", "since": "2018年6月1日"}],
    "carer": "黄喜旺",
}  # fmt: skip
READ = ("姓名", "赵志娥", "申请日期", "2018年4月2日", "678.62元", "1949.12.31", "罗旺山",
        "2018 年 6 月 1 日", "黄喜旺")  # fmt: skip


def told(
    instead: dict[str, str], *more: str, sure: float = 0.99, said: tuple[Unlike, ...] = ()
) -> list[tuple[str, str]]:
    lines = [ReadText(instead.get(text, text), sure) for text in READ if instead.get(text) != ""]
    lines += [ReadText(text, 0.99) for text in more]
    found = changed_dates(ISSUED, ISSUED, lines, said)
    assert all(one.kind == "日期" for one in found)
    return [(one.issued, one.read) for one in found]


def test_a_paper_as_it_was_issued_tells_nothing():
    """However its dates are written, and whoever dated what was signed."""
    assert told({}) == []
    assert told({}, "2018年4月9日", "2018年4月3日") == []


@pytest.mark.parametrize(
    ("before", "now"),
    [("2018年4月2日", "2019年4月2日"), ("2018年4月2日", "2018年1月2日"),
     ("2018年4月2日", "2018年4月21日"), ("2018 年 6 月 1 日", "2018年5月11日")],
)  # fmt: skip
def test_a_date_written_for_the_issued_one_is_told(before: str, now: str):
    """Where it stood, and one or two digits off."""
    assert told({before: now}) == [(before.replace(" ", ""), now)]


@pytest.mark.parametrize(
    ("instead", "more"),
    [
        ({"2018年4月2日": "2018年11月30日"}, ()),
        ({"2018年4月2日": "2018年4月3日", "赵志娥": ""}, ()),
        ({"2018年4月2日": "2018年4月3日", "678.62元": "618.62元"}, ()),
        ({"2018年4月2日": "日期"}, ("2018年4月3日",)),
        ({"2018年4月2日": "2018年4月3日"}, ("2018年4月2日",)),
        ({"2018年4月2日": "2018年6月1日"}, ()),
        ({"2018年4月2日": "2018年4月3日2018年4月9日"}, ()),
    ],
    ids=[
        "nothing like it", "the value before it unread", "the one behind it unread",
        "signed elsewhere", "it stands elsewhere", "another that was issued", "two of them",
    ],
)  # fmt: skip
def test_what_may_be_something_else_is_not_told(instead, more):
    """A date of those who sign, a page that does not bear it, a misreading of more."""
    assert told(instead, *more) == []


def test_a_date_read_unsurely_is_told_elsewhere():
    """And what is said already is not said twice."""
    assert told({"2018年4月2日": "2019年4月2日"}, sure=0.96) == []
    said = (Unlike("划改", "2019年4月2日", "2018年4月2日"),)
    assert told({"2018年4月2日": "2019年4月2日"}, said=said) == []
