"""How a rule says what is wrong, and names the fields it speaks of."""

from filler.values.scope import Scope
from minzheng.county.errors import Problem

Fault = tuple[str, str]  #: what is wrong, what to do


def label_of(scope: Scope, slug: str) -> str:
    """A field's label; the slug when the form has no such field."""
    field = scope.fields.get(slug)
    return field.label if field else slug


def quoted_label(scope: Scope, slug: str) -> str:
    """A field's label in quotation marks."""
    return f"“{scope.fields[slug].label}”" if slug in scope.fields else slug


def column_label(scope: Scope, rows: str, column: str) -> str:
    """The label of a column of a table."""
    labels = {one.slug: one.label for one in scope.fields[rows].columns}
    return labels.get(column, column)


def cell_problem(scope: Scope, cell: tuple[str, int, str], what: str, do: str) -> Problem:
    """What is wrong in one cell of a table."""
    rows, index, column = cell
    where = f"{label_of(scope, rows)}第 {index + 1} 行{column_label(scope, rows, column)}"
    return Problem(where, what, do, f"{rows}[{index}].{column}")
