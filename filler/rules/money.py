"""Rules over numbers and amounts."""

from collections.abc import Iterator
from decimal import Decimal

from filler.form.form_data import Value
from filler.rules.wording import Fault, label_of, quoted_label
from filler.values.language import Column, Number, Rows, Slug, field_rule, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_text import normalise_name

_STOPS = frozenset({"停发", "终止", "不予批准", "不予确认"})


@field_rule()
def between(scope: Scope, value: Value, least: Number, most: Number) -> Fault | None:
    """A number within limits."""
    if not isinstance(value, int | Decimal) or Decimal(least) <= value <= Decimal(most):
        return None
    return f"{value} 不在 {least} 至 {most} 之间", "核对数字"


@field_rule()
def at_most(scope: Scope, value: Value, slug: Slug) -> Fault | None:
    """A number not above another field's."""
    limit = scope.number(slug)
    if limit is None or not isinstance(value, int | Decimal) or value <= limit:
        return None
    return f"{value} 大于{quoted_label(scope, slug)}({limit})", "核对两个数字"


@field_rule()
def equals(scope: Scope, value: Value, slug: Slug) -> Fault | None:
    """The same as another field: an amount repeated, a holder who is the applicant."""
    other = scope.value(slug)
    if other is None or _plain(value) == _plain(other):
        return None
    return f"与{quoted_label(scope, slug)}“{scope.text(slug)}”不一样", "核对两处，改写错的一处"


def _plain(value: Value) -> str:
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():f}"
    return normalise_name(str(value))


@field_rule()
def at_least(scope: Scope, value: Value, least: Number) -> Fault | None:
    """A number not below another, or not below a number of the spec."""
    limit = scope.number(least)
    if limit is None or not isinstance(value, int | Decimal) or value >= limit:
        return None
    name = quoted_label(scope, least) if least in scope.fields else limit
    return f"{value} 少于{name}", "核对数字和它所依据的各项"


@field_rule(warning=True)
def none_before(scope: Scope, value: Value) -> Fault | None:
    """One cause is helped once a year, unless the county agrees."""
    if not isinstance(value, int | Decimal) or value == 0:
        return None
    return f"本年已救助 {value} 次", "同一事由一年只救助一次；另有事由的写明并报县里同意"


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
    return "" if fits.get(decision, True) else f"写的是“{decision}”，金额却由 {old} 变为 {new}"


@form_check()
def not_above(scope: Scope, first: Number, second: Number) -> Iterator[Problem]:
    """One number is not above another: insured persons and household size."""
    a, b = scope.number(first), scope.number(second)
    if a is not None and b is not None and a > b:
        what = f"{a} 大于“{label_of(scope, second)}”（{b}）"
        yield Problem(label_of(scope, first), what, "核对两个数字", first)


@form_check()
def rows_not_above(scope: Scope, rows: Rows, first: Column, second: Column) -> Iterator[Problem]:
    """The same for two columns of each row."""
    for index, row in enumerate(scope.rows(rows)):
        for problem in not_above(row, first, second):
            where = f"{label_of(scope, rows)}第 {index + 1} 行{problem.where}"
            yield Problem(where, problem.what, problem.do, f"{rows}[{index}].{first}")
