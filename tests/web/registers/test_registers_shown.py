"""What a register's page asks and shows."""

from django.http import QueryDict

from minzheng.registers.count_rows import Count
from minzheng.registers.register import Column, Register, Source, State
from minzheng.web.registers.registers_shown import (
    Asked,
    CountCell,
    PlaceLine,
    _cells,
    _state_early,
    read_asked,
)

_REGISTER = Register(
    "one", "走访", "甲", "乙", (Source("ZF-01"),), (Column("team", "组"), Column("name", "姓名")),
    (State("有"),), by=("team",),
)  # fmt: skip


def test_only_what_a_register_is_counted_by_is_asked():
    """A name in an address would be a question nobody wrote down."""
    given = QueryDict("team=一组&name=测试甲&village=旧城村&open=103&x=1&by=team")
    asked = read_asked(_REGISTER, given)
    assert asked == Asked("103", {"village": "旧城村", "team": "一组"}, "team")
    assert read_asked(_REGISTER, QueryDict("by=name&on=春天")) == Asked()
    assert read_asked(_REGISTER, QueryDict("on=2018年6月")) == Asked(on="2018-06")


def test_the_state_stands_where_it_is_seen_first():
    """Behind town and village, in its colour; codes and days are not broken."""
    heads = _state_early(["镇", "村", "编号", "问题", "照片", "状态"])
    texts = _state_early(["钟宝镇", "旧城村", "ZF-103200-2018-0001", "测" * 17, "", "逾期"])
    assert heads[:3] == ["镇", "村", "状态"]
    assert [(one.head, one.look) for one in _cells(heads, texts, "none")] == [
        ("镇", "short"), ("村", "short"), ("状态", "m-none"), ("编号", "short wide"),
        ("问题", "long"), ("照片", "blank"),
    ]  # fmt: skip
    assert _cells(heads, texts, "")[2].look == "m-empty"


def test_a_phone_shows_only_what_is_more_than_nothing():
    """Under its heading; the others are left out there."""
    one, none = CountCell(2, "full", "?a"), CountCell(0, "", "?b")
    line = PlaceLine("旧城村", "", False, [[one], [none], [none, one]], Count(), ["甲", "乙", "丙"])
    assert [head for head, _ in line.headed_cells] == ["甲", "", "丙"]


def test_an_address_holds_what_is_asked():
    """Without empty parts."""
    asked = Asked("103", {"state": "有"})
    assert asked.address(village="", town="钟宝镇") == (
        "?open=103&state=%E6%9C%89&town=%E9%92%9F%E5%AE%9D%E9%95%87"
    )
