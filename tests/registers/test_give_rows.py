"""Rows that a register gives to a form: of its place, whole or counted."""

import pytest

from minzheng.registers.give import Give
from minzheng.registers.give_rows import give_rows, give_table
from minzheng.registers.register import Registers
from minzheng.registers.row import Row
from tests.registers.test_make_rows import document

LIST = Give("ZF-03", "rows", "problems", {"town": "town"}, {"no": "code", "village": "village"})
COUNTS = Give(
    "ZF-05", "counts", "problems", {"town": "town"}, {"ct_village": "village"},
    {"all": "*", "missing": "kind=漏保", "other": "kind=其他|不知晓", "done": "state=已销号"},
)  # fmt: skip


def _row(code, kind, *, village="旧城村", town="钟宝镇", state="交办", is_there=True, day=""):
    cells = {"town": town, "village": village, "code": code, "kind": kind, "day": day}
    return Row(cells, state, document(1) if is_there else None)


ROWS = [
    _row("1", "漏保", state="已销号"), _row("2", "其他"), _row("3", "不知晓", village="民主村"),
    _row("4", "漏保", town="曙坪镇"), _row("", "漏保", is_there=False),
]  # fmt: skip


def test_rows_of_the_place_are_given_whole():
    """What is lacking is no row; without a place there is nothing to give."""
    assert give_rows(LIST, ROWS, {"town": "钟宝镇"}) == [
        {"no": "1", "village": "旧城村"}, {"no": "2", "village": "旧城村"},
        {"no": "3", "village": "民主村"},
    ]  # fmt: skip
    assert give_rows(LIST, ROWS, {}) == []


def test_rows_are_counted_by_village():
    """By words, all of them, and by state."""
    assert give_rows(COUNTS, ROWS, {"town": "钟宝镇"}) == [
        {"ct_village": "旧城村", "all": "2", "missing": "1", "other": "1", "done": "1"},
        {"ct_village": "民主村", "all": "1", "missing": "0", "other": "1", "done": "0"},
    ]


def test_only_some_rows_may_be_wanted():
    """Of a state, or with a word."""
    give = Give("X", "rows", "problems", {}, {"no": "code"}, where={"state": "已销号"})
    assert give_rows(give, ROWS, {}) == [{"no": "1"}]


def test_gives_are_found_by_register():
    """One register may give to several forms."""
    known = Registers((), (LIST, COUNTS))
    assert known.gives_of("problems") == (LIST, COUNTS)
    assert known.gives_of("nothing") == ()


def test_one_of_several_words_will_do():
    """As for what is counted."""
    give = Give("X", "rows", "problems", {}, {"no": "code"}, where={"kind": "其他|不知晓"})
    assert [one["no"] for one in give_rows(give, ROWS, {})] == ["2", "3"]


def test_different_values_are_counted_once():
    """Persons apart from visits; who has none is nobody."""
    give = Give("X", "rows", "problems", {}, {"town": "town"}, {"kinds": "#kind", "all": "*"})
    told = give_rows(give, [*ROWS, _row("9", "")], {})
    assert told[0] == {"town": "钟宝镇", "kinds": "3", "all": "4"}


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({}, ["1", "2", "3", "4"]), ({"begin": "2018-04-02"}, ["1", "3", "4"]),
        ({"end": "2018-04-02"}, ["1", "2", "4"]),
        ({"begin": "2018-04-02", "end": "2018-04-02"}, ["1", "4"]),
    ],
)  # fmt: skip
def test_rows_lie_between_two_days_of_the_form(answers, codes):
    """The days themselves count; a row without a day is not lost."""
    rows = [_row("1", "甲", day="2018-04-02"), _row("2", "甲", day="2018-04-01"),
            _row("3", "甲", day="2018-04-03"), _row("4", "甲", day="")]  # fmt: skip
    give = Give("X", "rows", "p", {}, {"no": "code"}, days={"day": ("begin", "end")})
    assert [one["no"] for one in give_rows(give, rows, answers)] == codes


def test_several_registers_are_counted_side_by_side():
    """A town that one of them does not know has none there."""
    visits = Give("ZF-12", "rows", "visits", {}, {"town": "town"}, {"visits": "*"})
    problems = Give("ZF-12", "rows", "problems", {}, {"town": "town"}, {"problems": "*"})
    rows = {"visits": [_row("7", "", town="上竹镇")], "problems": ROWS[2:4]}
    assert give_table([visits, problems], rows.__getitem__, {}) == [
        {"town": "上竹镇", "visits": "1", "problems": "0"},
        {"town": "钟宝镇", "visits": "0", "problems": "1"},
        {"town": "曙坪镇", "visits": "0", "problems": "1"},
    ]
    assert give_table([problems], rows.__getitem__, {})[0] == {"town": "钟宝镇", "problems": "1"}
