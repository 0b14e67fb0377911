"""The cells of a row as formulas see them."""

import datetime as dt

from minzheng.registers.cell_scope import CellScope
from minzheng.registers.register import Column, Register, Source, State

_SUM = Column("sum", "合计", "money", "a + b")
_DAYS = Column("days", "天数", "int", "today - day")
_REGISTER = Register(
    "one", "走访", "甲", "乙", (Source("ZF-01"),),
    (
        Column("a", "甲", "money"), Column("b", "乙", "int"), Column("day", "日", "date"),
        _SUM, _DAYS,
    ),
    (State("有"),),
)  # fmt: skip


def test_a_formula_reckons_with_cells(catalogue):
    """Amounts to the cent, whole numbers without; what is blank is not known."""
    scope = CellScope(_REGISTER, catalogue.facts, dt.date(2018, 5, 9))
    cells = {"a": "285.50", "b": "3", "day": "2018-05-07", "today": "2018-05-09"}
    assert scope.over(cells).result(_SUM) == "288.50"
    assert scope.over(cells).result(_DAYS) == "2"
    assert scope.over({"a": "285.50"}).result(_SUM) == ""


def test_it_forgets_the_row_before(catalogue):
    """One scope serves thousands of rows."""
    scope = CellScope(_REGISTER, catalogue.facts, dt.date(2018, 5, 9))
    assert scope.over({"a": "1.00"}).text("a") == "1.00"
    assert scope.over({}).text("a") == ""
    assert scope.value("nothing") is None
