"""Papers as the checks read them."""

import datetime as dt
from decimal import Decimal

import pytest

from minzheng.inspection.checks.papers import (
    Looks,
    as_json,
    day_in,
    later_months,
    looks_of,
    mentions_on,
    money_in,
    month_in,
    print_months,
)
from tests.inspection.checks.made_papers import A, B, record, scan


def test_everybody_with_a_number_is_mentioned():
    """The head, and row by row; a row says its own, else the paper's."""
    rows = [{"m_name": "测试乙", "m_id": B, "m_insured": "否"}, {"m_name": "无号"}]
    paper = record(
        "DB-02", "2018-05-07", rows, "members", name="测试甲", id_no=A, c_date="2018年5月7日"
    )
    head, member = mentions_on(paper)
    assert (head.name, head.part, head.id_no) == ("测试甲", "本人", A)
    assert (member.name, member.part, member.text("m_insured")) == ("测试乙", "成员", "否")
    assert member.date("c_date") == dt.date(2018, 5, 7)


def test_what_is_kept_comes_back():
    """Values, rows, and what was seen."""
    looks = Looks(True, 2, ("县负责人",), 0.97)
    paper = scan("DB-02", "2018-05-07", [{"name": "测试甲"}], looks=looks, c_amount="195.00")
    kept = as_json(paper)
    assert kept["v"]["c_amount"] == "195.00" and kept["r"] == [{"_": "rows", "name": "测试甲"}]
    assert looks_of(kept["s"]) == looks
    assert paper.money("c_amount") == Decimal("195.00") and paper.is_scan
    assert paper.key.startswith("扫描:") and paper.month == (2018, 5)
    assert paper.table("members") == () and len(paper.table("rows")) == len(paper.table()) == 1


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (day_in, "2018年5月7日", dt.date(2018, 5, 7)), (day_in, "不详", None), (day_in, "", None),
        (month_in, "2018年5月", (2018, 5)), (month_in, "", None),
        (money_in, "1,195.00元", Decimal("1195.00")), (money_in, "无", None),
    ],
)  # fmt: skip
def test_texts_are_values(read, text, value):
    """Or nothing."""
    assert read(text) == value


def test_months_are_counted_over_the_year():
    """Both ways."""
    assert later_months((2018, 11), 2) == (2019, 1)
    assert later_months((2018, 1), -2) == (2017, 11)
    assert print_months((2018, 5)) == "2018年5月"
