"""A unit that a list gives its numbers is never taken for the form's."""

import pytest

from filler.roster.read_roster import read_roster
from tests.filler.roster.sheets import as_xlsx
from tests.filler.rosters import PEOPLE


@pytest.mark.parametrize(
    ("heading", "title", "unit"),
    [
        ("补助金额（万元）", "", "万元"),
        ("补助金额", "单位：万元", "万元"),
        ("补助金额(百元)", "", "百元"),
        ("补助金额（元/季度）", "", "元/季度"),
        ("补助金额（元）", "单位：元", ""),
        ("补助金额（元）", "单位：万元", ""),
    ],
)
def test_an_amount_in_another_unit_is_never_read_as_yuan(catalogue, heading, title, unit):
    """0.14 万元 would be printed as fourteen fen; a heading says more than what stands above."""
    rows = [[title], ["死者姓名", "死者身份证号", heading], ["测试甲", PEOPLE[0], 0.14]]
    roster = read_roster(as_xlsx([("名单", rows)]), "名单.xlsx", catalogue.form("BZ-02"))
    told = [one.what for one in roster.records[0].faults]
    assert told == ([f"表里写的单位是{unit}，本表按元填"] if unit else [])
    assert roster.records[0].answers.get("amount") == (None if unit else "0.14")


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("承包地（公顷）", ["表里写的单位是公顷，本表按亩填"]),
        ("承包地（亩）", []),
        ("承包地", []),
    ],
)
def test_land_is_read_in_its_own_unit_only(catalogue, heading, told):
    """The unit of money above a list is none of land's."""
    rows = [["单位：万元"], ["姓名", "身份证号", heading], ["测试甲", PEOPLE[0], "2.4"]]
    roster = read_roster(as_xlsx([("名单", rows)]), "名单.xlsx", catalogue.form("TK-01"))
    assert [one.what for one in roster.records[0].faults] == told
    assert roster.records[0].answers.get("land_mu") == (None if told else "2.4")
