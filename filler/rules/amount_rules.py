"""Rules over amounts before and after a decision."""

from collections.abc import Iterator
from decimal import Decimal

from filler.rules.wording import label_of
from filler.values.language import Column, Rows, Slug, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem

_STOPS = frozenset({"停发", "终止", "不予批准", "不予确认"})


@form_check()
def decision_fits(scope: Scope, decision: Slug, old: Slug, new: Slug) -> Iterator[Problem]:
    """增发 gives more, 减发 less, 停发 nothing, 继续 the same."""
    fault = _misfit(scope.text(decision), scope.number(old), scope.number(new))
    if fault:
        yield Problem(label_of(scope, new), fault, f"核对金额和“{label_of(scope, decision)}”", new)


@form_check()
def rows_decision_fits(
    scope: Scope, rows: Rows, decision: Column, old: Column, new: Column
) -> Iterator[Problem]:
    """The same for each row of a list."""
    for index, row in enumerate(scope.rows(rows)):
        for problem in decision_fits(row, decision, old, new):
            where = f"{label_of(scope, rows)}第 {index + 1} 行{problem.where}"
            yield Problem(where, problem.what, problem.do, f"{rows}[{index}].{new}")


def _misfit(decision: str, old: Decimal | None, new: Decimal | None) -> str:
    if old is None or new is None:
        return ""
    fits = {
        "新增": old == 0 < new,
        "增发": new > old,
        "减发": 0 < new < old,
        "继续": new == old,
        **{word: new == 0 for word in _STOPS},
    }
    return "" if fits.get(decision, True) else f"“{decision}”与金额由 {old} 变为 {new} 不符"
