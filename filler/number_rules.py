"""Rules over one number, or over two values that must fit."""

from decimal import Decimal

from county.chinese_text import normalise_name
from filler.derive import Scope
from filler.form_data import Value
from filler.rule_kinds import Fault, quoted_label


def between(scope: Scope, value: Value, least: str, most: str) -> Fault | None:
    """A number within limits."""
    if not isinstance(value, int | Decimal) or Decimal(least) <= value <= Decimal(most):
        return None
    return f"{value} 不在 {least} 至 {most} 之间", "核对数字"


def at_most(scope: Scope, value: Value, slug: str) -> Fault | None:
    """A number not above another field's."""
    limit = scope.number(slug)
    if limit is None or not isinstance(value, int | Decimal) or value <= limit:
        return None
    return f"{value} 大于{quoted_label(scope, slug)}({limit})", "核对两个数字"


def equals(scope: Scope, value: Value, slug: str) -> Fault | None:
    """The same as another field: an amount repeated, a holder who is the applicant."""
    other = scope.value(slug)
    if other is None or _plain(value) == _plain(other):
        return None
    return f"与{quoted_label(scope, slug)}“{scope.text(slug)}”不一致", "改成一致"


def _plain(value: Value) -> str:
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():f}"
    return normalise_name(str(value))
