"""What the parts of a formula come to, and whether a condition holds."""

from decimal import Decimal

import pytest

from filler.values.formula import is_met
from filler.values.formula_parts import FUNCTIONS
from tests.filler.one_formula import scope_of, value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a + b * 2", Decimal("32.00")),
        ("(a + b) * 2", Decimal("39.00")),
        ("a - 2 - 1", Decimal(4)),
        ("a / 2", Decimal("3.5")),
        ("a / 0", None),
        ("-a + 8", Decimal(1)),
        ("a + nothing", None),
        ("end - start", 7),
        ("start - a", None),
        ("max(0, a - 9)", Decimal(0)),
        ("min(a, b, 3)", Decimal(3)),
        ("max(a, nothing)", None),
        ("sum(rows.sum)", Decimal(7)),
        ("sum(rows.sum, kind = 增)", Decimal(3)),
        ("count(rows)", 3),
        ("count(rows, kind = 增)", 2),
        ("count(rows, sum > 3)", 1),
        ("count(held)", 2),
        ("if(a > 6, b)", Decimal("12.50")),
        ("if(a > 7, b)", None),
        ("if(a > 7, b, 0)", Decimal(0)),
        ("if(nothing > 7, b, 0)", None),
        ("name & 人民政府", "测试张三人民政府"),
        ('"MZ-" & a', "MZ-7"),
        ("name & nothing", None),
        ("month(end)", 5),
        ("without(held, 低保)", "特困"),
        ("label(state)", "状态"),
        ("成年年龄", Decimal(18)),
        ("age_on(id_no)", 72),
        ("age_on(id_no) - 成年年龄", Decimal(54)),
    ],
)
def test_what_a_formula_comes_to(text, value):
    """As in a spreadsheet; what rests on a blank field is not known."""
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("a > 6", True), ("a > 7", False), ("a >= 7", True), ("a < 7", False), ("a <= 7", True),
        ("a = 7", True), ("a != 7", False), ("a = 7.0", True),
        ("end > start", True), ("start > end", False), ("start >= start", True),
        ("state = 登记", True), ("state = 已销号|登记", True), ("state = 已销号|退回", False),
        ("state != 已销号|退回", True), ("state != 已销号|登记", False), ('state = "登记"', True),
        ("held = 低保", True), ("held != 低保", False), ("held = 无", False), ("held != 无", True),
        ("a = 7 and state = 登记", True), ("a = 7 and state = 退回", False),
        ("a = 8 or state = 登记", True), ("a = 8 or state = 退回", False),
        ("a = 8 and a = 8 or a = 7", True), ("not a = 8", True), ("not (a = 7 or a = 8)", False),
        ("blank(nothing)", True), ("blank(a)", False), ("filled(a)", True), ("blank(rows)", False),
        ("has(name, 张)", True), ("has(name, 镇)", False), ("not has(name, 镇)", True),
        ("nothing = 7", None), ("nothing != 7", None), ("a > nothing", None),
        ("not nothing = 7", None), ("nothing = 7 and a = 7", None), ("nothing = 7 or a = 7", True),
        ("nothing = 7 and a = 8", False), ("nothing = 7 or a = 8", None), ("start > a", None),
    ],
)  # fmt: skip
def test_whether_a_condition_holds(text, is_so):
    """It does, it does not, or nobody can say yet."""
    assert value_of(text) is is_so
    assert is_met(text, scope_of()) is (is_so is True)


def test_every_function_of_formulas_is_shown_above():
    """None is untried."""
    marks = [test_what_a_formula_comes_to, test_whether_a_condition_holds]
    shown = [str(case) for test in marks for case in test.pytestmark[0].args[1]]
    assert all(any(f"{name}(" in text for text in shown) for name in FUNCTIONS)
