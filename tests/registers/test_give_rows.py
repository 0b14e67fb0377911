"""Rows that a register gives to a form: of its place, whole or counted."""

from minzheng.registers.give import Give
from minzheng.registers.give_rows import give_rows
from minzheng.registers.register import Registers
from minzheng.registers.row import Row
from tests.registers.test_make_rows import document

LIST = Give("ZF-03", "rows", "problems", {"town": "town"}, {"no": "code", "village": "village"})
COUNTS = Give(
    "ZF-05", "counts", "problems", {"town": "town"}, {"ct_village": "village"},
    {"all": "*", "missing": "kind=漏保", "other": "kind=其他|不知晓", "done": "state=已销号"},
)  # fmt: skip


def _row(code, kind, *, village="旧城村", town="钟宝镇", state="交办", is_there=True):
    cells = {"town": town, "village": village, "code": code, "kind": kind}
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
