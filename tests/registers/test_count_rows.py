"""Counts by place and by column; 人 apart from 人次."""

from decimal import Decimal

from minzheng.county.registry.places import load_places
from minzheng.registers.count_rows import chosen_rows, count_by, count_places, in_order
from minzheng.registers.register import Column, Register, Source, State
from minzheng.registers.row import Row
from tests.registers.test_make_rows import document

_REGISTER = Register(
    "one", "走访", "甲", "乙", (Source("ZF-01"),),
    (Column("who", "谁"), Column("team", "组"), Column("n", "条", "int"), Column("kind", "类")),
    (State("好"), State("坏")),
    must_villages=True, each="kind", values=("乙类", "甲类"), people="who", sums=("n",),
)  # fmt: skip


def _row(number, village="旧城村", state="好", town="钟宝镇", **cells):
    return Row(
        {"town": town, "village": village, **cells}, state, document(number) if number else None
    )


ROWS = [
    _row(1, who="甲", team="一组", n="2", kind="甲类"),
    _row(2, who="甲", team="一组", n="3", kind="乙类", state="坏"),
    _row(3, "金岭村", who="乙", team="", n="x", kind="甲类"),
    _row(0, "金岭村", "没有", kind="乙类"),
]


def test_rows_and_persons_are_counted_apart():
    """What is lacking is in a state, and no row."""
    counts = count_places(ROWS, _REGISTER)
    assert counts.whole.total == 3
    assert counts.whole.people == {"甲", "乙"}
    assert counts.whole.sum_of("n") == Decimal(5)
    assert counts.towns["钟宝镇"].states == {"好": 2, "坏": 1, "没有": 1}
    assert counts.villages["钟宝镇", "旧城村"].total == 2
    assert counts.parts["", "", "乙类"] == {"坏": 1, "没有": 1}
    assert counts.parts["钟宝镇", "旧城村", "甲类"] == {"好": 1}


def test_rows_of_no_known_place_are_of_the_county():
    """And counted there once."""
    counts = count_places([_row(1, "", town="", kind="甲类")], _REGISTER)
    assert counts.whole.total == 1
    assert counts.parts["", "", "甲类"] == {"好": 1}


def test_counts_by_a_column():
    """Rows that say nothing come last, under a name."""
    assert [(name, one.total) for name, one in count_by(ROWS, _REGISTER, "team")] == [
        ("一组", 2), ("没有写", 1),
    ]  # fmt: skip


def test_teams_stand_in_the_order_of_their_numbers():
    """Not of their signs; 第十组 is the last of ten."""
    names = ["第三组", "第十组", "第一组", "第二组", "机动组"]
    rows = [_row(number, team=name) for number, name in enumerate(names, start=1)]
    assert [name for name, _ in count_by(rows, _REGISTER, "team")] == [
        "机动组", "第一组", "第二组", "第三组", "第十组",
    ]  # fmt: skip


def test_rows_are_chosen_by_state_and_cells():
    """An empty part is any; 没有写 are those that say nothing."""
    assert chosen_rows(ROWS, {"state": "坏"}) == [ROWS[1]]
    assert chosen_rows(ROWS, {"village": "金岭村", "state": ""}) == ROWS[2:]
    assert chosen_rows(ROWS, {"team": "没有写"}) == ROWS[2:]
    assert chosen_rows(ROWS, {"team": "三组"}) == []


def test_rows_stand_as_the_county_lists_its_villages():
    """And in a village as the register lists what must be there."""
    ordered = in_order(reversed(ROWS), _REGISTER, load_places())
    old_town = [row for row in ordered if row.village == "旧城村"]
    assert [row.cells["kind"] for row in old_town] == ["乙类", "甲类"]
    assert sorted(map(id, ordered)) == sorted(map(id, ROWS))
