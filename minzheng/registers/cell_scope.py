"""The cells of one row as a form's values, so that formulas and conditions can ask them."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from filler.form.county_facts import CountyFacts
from filler.form.form_data import FormData, Value
from filler.form.forms import Field
from filler.values.derive import derive
from filler.values.formula import formula
from filler.values.scope import Scope
from minzheng.registers.cell_texts import BETWEEN, value_of
from minzheng.registers.register import Column, Register

_NOTHING = FormData()


class CellScope(Scope):
    """Values of whatever row it was laid over last."""

    def __init__(self, register: Register, facts: CountyFacts, today: dt.date) -> None:
        super().__init__(
            register.spec, _NOTHING, derive(register.spec, _NOTHING, facts, today).background
        )
        self._types, self._cells = register.types, dict[str, str]()

    def over(self, cells: Mapping[str, str]) -> "CellScope":
        """The same over another row."""
        self._cells = dict(cells)
        self._known = {}
        return self

    def result(self, column: Column) -> str:
        """What the formula of a column comes to, as a cell."""
        value = formula(self, column.value)
        if isinstance(value, Decimal) and column.type != "money":
            return f"{value.normalize():f}"
        return _as_text(value)

    def _find(self, field: Field | None, given: Value) -> Value:
        if field is None:
            return None
        return value_of(self._types[field.slug], self._cells.get(field.slug, ""))


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return BETWEEN.join(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
