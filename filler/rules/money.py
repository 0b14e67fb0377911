"""Rules over one number, or over two values that must fit."""

from decimal import Decimal

from filler.form.form_data import Value
from filler.rules.wording import Fault, quoted_label
from filler.values.language import Count, Number, Slug, field_rule
from filler.values.scope import Scope
from minzheng.county.writing.chinese_text import normalise_name


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
    return f"与{quoted_label(scope, slug)}“{scope.text(slug)}”不一致", "改成一致"


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


@field_rule()
def share_at_least(
    scope: Scope, value: Value, whole: Slug, numerator: Count, denominator: Count
) -> Fault | None:
    """At least such a share of another number: two thirds of the group."""
    total = scope.number(whole)
    if total is None or not isinstance(value, int | Decimal):
        return None
    if value * int(denominator) >= total * int(numerator):
        return None
    what = f"{value} 不到{quoted_label(scope, whole)}（{total}）的 {numerator}/{denominator}"
    return what, "人数不够的会议无效，改期重开，或核对人数"


@field_rule()
def filled_if_above(scope: Scope, value: Value, slug: Slug, limit: Slug) -> Fault | None:
    """Beyond a limit another field is needed: the county's opinion above the town's limit."""
    most = scope.number(limit)
    if most is None or not isinstance(value, int | Decimal) or value <= most:
        return None
    if scope.value(slug) is not None:
        return None
    return f"{value} 超过限额 {most}", f"应报县里，填写{quoted_label(scope, slug)}"


@field_rule(warning=True)
def none_before(scope: Scope, value: Value) -> Fault | None:
    """One cause is helped once a year, unless the county agrees."""
    if not isinstance(value, int | Decimal) or value == 0:
        return None
    return f"本年已救助 {value} 次", "同一事由一年只救助一次；另有事由的写明并报县里同意"
