"""What is registered of an amount that somebody asks for."""

import datetime as dt

import pytest

from archive_indexer.asking.said_amounts import find_said_amounts
from minzheng.county.county import read_county

COUNTY = read_county()
TODAY = dt.date(2026, 11, 29)


@pytest.mark.parametrize(
    ("asked", "of"),
    [
        ("低保标准调到多少了", {"低保·农村", "低保·城镇", "医疗救助比例·低保"}),
        ("临时救助最多给多少", {"镇级临时救助限额", "临时救助封顶"}),
        ("高龄津贴多少钱一个月",
         {f"高龄补贴·{one}" for one in ("70-79周岁", "80-89周岁", "90-99周岁", "100周岁以上")}),
        ("特困照料标准", {f"特困照料·{one}" for one in ("全自理", "半护理", "全护理")}),
        ("低保边缘标准是多少",
         {"低保·农村", "低保·城镇", "医疗救助比例·低保", "低保边缘家庭标准比例"}),
        ("刚性支出要占多少比例", {"刚性支出比例"}),
        ("低保名单", set()),
        ("拖拉机多少钱", set()),
    ],
)  # fmt: skip
def test_an_amount_asked_for_is_told_from_the_tables(asked, of):
    """Of the scheme that is named, by any of its names; only when an amount is asked for."""
    assert {one.of for one in find_said_amounts(asked, COUNTY, TODAY)} == of


def test_the_amount_is_that_of_the_day():
    """With since when and on what it rests."""
    then = find_said_amounts("农村低保标准", COUNTY, dt.date(2018, 12, 31))
    (rural,) = [one for one in then if one.of == "低保·农村"]
    assert (rural.amount, rural.start) == ("每人每月 295 元", dt.date(2018, 1, 1))
    assert rural.source
    assert rural.mark == "示例"
