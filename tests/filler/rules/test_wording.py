"""How a rule names the fields it speaks of."""

import pytest

from filler.rules.wording import cell_problem, column_label, label_of, quoted_label
from tests.filler.one_rule import case, scope_of

SCOPE = scope_of(case("", "", a="甲", rows=[{"b": "乙"}], labels={"a": "姓名", "b": "金额",
                                                                 "rows": "各行"}))  # fmt: skip


@pytest.mark.parametrize(("slug", "label", "quoted"), [("a", "姓名", "“姓名”"), ("x", "x", "x")])
def test_a_field_is_named_by_its_label(slug, label, quoted):
    """By its slug when the form has no such field."""
    assert (label_of(SCOPE, slug), quoted_label(SCOPE, slug)) == (label, quoted)


def test_a_column_is_named_by_its_label():
    """A cell by table, row and column."""
    assert (column_label(SCOPE, "rows", "b"), column_label(SCOPE, "rows", "x")) == ("金额", "x")
    problem = cell_problem(SCOPE, ("rows", 1, "b"), "多了", "改")
    assert (problem.where, problem.field) == ("各行第 2 行金额", "rows[1].b")
