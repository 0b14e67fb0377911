"""Units behind numbers are known however they are written."""

import pytest

from minzheng.county.writing.units import apart_from_unit, is_money, unit_in, ways_to_write


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("承包地（亩）", "亩"),
        ("面积（㎡）", "㎡"),
        ("面积(平方米)*", "㎡"),
        ("到会率（%）", "%"),
        ("到会率（％）", "%"),
        ("口粮（千克）", "公斤"),
        ("金额（单位：万元）", "万元"),
        ("原金额（元/月）", "元/月"),
        ("渐退期（月）", "个月"),
        ("月标准", ""),
        ("备用金余额（前）", ""),
        ("赡（抚、扶）养费", ""),
    ],
)
def test_a_label_names_its_unit_in_brackets_at_its_end(label, unit):
    """Other words in brackets are no unit."""
    assert unit_in(label) == unit


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("2.4亩", ("2.4", "亩")),
        ("2.4 亩", ("2.4", "亩")),
        ("８５％", ("85", "%")),
        ("68平方米", ("68", "㎡")),
        ("68㎡", ("68", "㎡")),
        ("50KG", ("50", "公斤")),
        ("3个月", ("3", "个月")),
        ("320元/月", ("320", "元/月")),
        ("1,680.50元", ("1,680.50", "元")),
        ("0.05万", ("0.05", "万元")),
        ("2.4", ("2.4", "")),
        ("二亩半", ("二亩半", "")),
        ("3亩2分地", ("3亩2分地", "")),
    ],
)
def test_a_unit_is_taken_from_behind_a_figure(text, apart):
    """The longest that fits; a text that is no figure and unit stays whole."""
    assert apart_from_unit(text) == apart


def test_one_unit_has_several_ways():
    """They are shown as the first."""
    assert "平方米" in ways_to_write("㎡")
    assert ways_to_write("斗") == ("斗",)
    assert is_money("元/月")
    assert not is_money("亩")
