"""Figures of the county with which a form reckons though nobody has confirmed them.

A row of standards.toml or limits.toml that bears a mark (示例, 待核) counts like any other row.
Pages name it; the foot of the paper says that there is one (decision 0029).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from filler.form.forms import Call, Field, FormSpec
from filler.values.amount_values import limit_row, standard_row, standard_rows
from filler.values.formula import calls_in
from filler.values.scope import Scope
from minzheng.county.registry.standards import Limit, Standard

#: What stands at the foot of a paper, behind its code.
FOOT_NOTE = "所用标准待核定"
_ONE, _ALL, _LIMIT = "standard_month", "standard_note", "limit"


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A figure that the county has still to confirm: what it is of, how much, how it is marked."""

    name: str
    amount: str  #: in yuan, or a ratio in percent
    mark: str

    def __str__(self) -> str:
        return f"{self.name} {self.amount}（{self.mark}）"


def unconfirmed_figures(scope: Scope) -> tuple[Unconfirmed, ...]:
    """Those behind the values of a form, each once; nothing behind a field without a value."""
    return tuple(dict.fromkeys(_found(scope)))


def _found(scope: Scope) -> Iterator[Unconfirmed]:
    for field in _looking_up(scope.spec):
        if field.type != "rows":
            yield from _behind(scope, field)
            continue
        for row in scope.rows(field.slug):
            for column in field.columns:
                yield from _behind(row, column)


def _behind(scope: Scope, field: Field) -> Iterator[Unconfirmed]:
    calls = _lookups(field)
    if not calls or not scope.value(field.slug):
        return
    for row in (row for call in calls for row in _rows_of(scope, call)):
        if row.mark and isinstance(row, Standard):
            yield Unconfirmed(f"{row.scheme}·{row.hukou_type}", f"{row.month_amount}", row.mark)
        elif row.mark and isinstance(row, Limit):
            yield Unconfirmed(row.name, f"{row.amount}", row.mark)


def _rows_of(scope: Scope, call: Call) -> Iterator[Standard | Limit]:
    args = [str(arg) for arg in call.args]
    if call.name == _ALL:
        yield from standard_rows(scope, args[0])
        return
    row = standard_row(scope, *args) if call.name == _ONE else limit_row(scope, *args)
    if row is not None:
        yield row


@lru_cache(maxsize=512)
def _looking_up(spec: FormSpec) -> tuple[Field, ...]:
    """The fields that look a figure up, and tables with such a column."""
    return tuple(one for one in spec.fields if any(_lookups(part) for part in (one, *one.columns)))


@lru_cache(maxsize=8192)
def _lookups(field: Field) -> tuple[Call, ...]:
    derived = field.derived
    if not derived:
        return ()
    inside = calls_in(derived.args[0]) if derived.name == "formula" else ()
    return tuple(one for one in (derived, *inside) if one.name in (_ONE, _ALL, _LIMIT))
