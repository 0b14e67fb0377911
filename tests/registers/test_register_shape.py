"""What is not written as it must be is told before it is read."""

import pytest

from minzheng.registers.register_shape import find_misshapen, find_misshapen_top

_GOOD = {
    "id": "one", "group": "走访", "title": "甲", "about": "乙",
    "from": [{"form": "ZF-01"}], "columns": [{"slug": "a", "label": "甲"}],
    "states": [{"name": "有"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"from": "ZF-01"}, "from 的写法不对"),
        ({"from": []}, "from 没有写"),
        ({"states": [{"level": "full"}]}, "没有写 name"),
        ({"join": [{"from": 3}]}, "from 的写法不对"),
        ({"from": [{"form": "ZF-01", "columns": 3}]}, "columns 的写法不对"),
        ({"proof": ["code"]}, "proof 的写法不对"),
        ({"values": "低保"}, "values 的写法不对"),
        ({"about": 3}, "about 没有填写"),
    ],
)
def test_each_wrong_shape_is_told(wrong, told):
    """With the number and name of its register."""
    found = [str(one) for one in find_misshapen([_GOOD, {**_GOOD, **wrong}])]
    assert told in found[0]
    assert "第 2 个 [[register]]（one）" in found[0]


def test_what_is_no_table_is_told():
    """And a right one is not."""
    assert list(find_misshapen([_GOOD])) == []
    assert [one.what for one in find_misshapen(["x"])] == ["不是一张登记簿"]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"register": [], "give": [], "left_out": ["loans"]}, ""),
        ({"left_out": "loans"}, "left_out 的写法不对"),
        ({"registers": []}, "不认得“registers”"),
    ],
)
def test_what_stands_above_is_looked_at_too(table, told):
    """What the county does not want, and words nobody reads."""
    assert told in "".join(map(str, find_misshapen_top(table)))
    assert bool(told) == any(find_misshapen_top(table))
