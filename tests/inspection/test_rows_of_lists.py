"""What stands in the rows of lists."""

from decimal import Decimal

import pytest

from minzheng.inspection.rows_of_lists import ListRow, amount_beside, month_of, rows_of
from tests.inspection.papers import A, B


def test_rows_are_read_with_their_names():
    """Whether the sex stands between, whether the number is an old one."""
    text = f"1 3 测试甲 男 {A} 70\n2 旧城村 测试乙 440524880101001 支出\n合计 2"
    assert list(rows_of(text)) == [ListRow("测试甲", A), ListRow("测试乙", "440524198801010011")]


@pytest.mark.parametrize(
    ("title", "text", "month"),
    [
        ("2018年6月花名册", "统计截止：2018年7月31日", (2018, 7)),
        ("旧城村2018年6月农村低保对象花名册", "", (2018, 6)),
        ("旧城村2018年第2季度高龄老人花名册", "", (2018, 6)),
        ("花名册", "2018年5月3日起", (2018, 5)),
        ("花名册", "没有日期", None),
    ],
)
def test_a_list_tells_its_month(title, text, month):
    """By the day it was counted, its title, or its dates."""
    assert month_of(title, text, "2018") == month


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 测试甲 310 50.00 150.00 6217000000000000012", "150.00"),
        (f"1 测试甲 {B} 245.00\n2 测试甲 {A} 1,260.50", "1260.50"),
        (f"1 测试甲 {A} 1,260.50 12.50%", "1260.50"),
        (f"1 测试甲 {A} 1,260.50 25% 0.25", "1260.50"),
        ("三组测试甲因房屋失火,发放金额5200元", "5200"),
        ("测试甲 签字", None),
        ("测试乙 245.00", None),
        ("1 测试甲 245.00\n2 测试甲 245.00", "245.00"),
        ("1 测试甲 245.00\n2 测试甲 300.00", None),
    ],
)
def test_a_row_tells_what_it_pays(text, amount):
    """The last amount of the row of that person."""
    expected = None if amount is None else Decimal(amount)
    assert amount_beside("测试甲", A, text) == expected
