"""Rules over ledgers whose rows pass through states, from 登记 to 已销号."""

from collections.abc import Iterator
from itertools import pairwise

from filler.rules.wording import column_label, label_of
from filler.values.language import Column, Rows, Text, Word, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_dates import print_date


@form_check()
def state_needs(scope: Scope, rows: Rows, state: Column, *needs: Text) -> Iterator[Problem]:
    """What each state needs: `state_needs(rows, status, 已销号=verifier+close_date)`."""
    wanted = {
        name: columns.split("+") for name, _, columns in (one.partition("=") for one in needs)
    }
    for index, row in enumerate(scope.rows(rows)):
        for column in wanted.get(row.text(state), ()):
            if not row.text(column):
                what = f"状态为“{row.text(state)}”，却没有填写"
                yield _problem(scope, (rows, index, column), what, "补上，或改正状态")


@form_check()
def only_in_state(
    scope: Scope, rows: Rows, column: Column, state: Column, *states: Text
) -> Iterator[Problem]:
    """A column that stays blank in other states: 销号日期 only when 已销号."""
    for index, row in enumerate(scope.rows(rows)):
        if row.text(column) and row.text(state) not in states:
            what = f"状态为“{row.text(state)}”，却填写了“{row.text(column)}”"
            yield _problem(scope, (rows, index, column), what, "删去，或改正状态")


@form_check()
def rows_in_order(scope: Scope, rows: Rows, *columns: Column) -> Iterator[Problem]:
    """Dates of each row that follow one another; blank ones are passed over."""
    for index, row in enumerate(scope.rows(rows)):
        known = [(column, day) for column in columns if (day := row.date(column)) is not None]
        for (first, before), (second, later) in pairwise(known):
            if later < before:
                earlier = f"“{column_label(scope, rows, first)}”（{print_date(before)}）"
                what = f"{print_date(later)}早于{earlier}"
                yield _problem(scope, (rows, index, second), what, "核对两个日期的先后")


@form_check()
def column_differs(scope: Scope, rows: Rows, column: Column, other: Word) -> Iterator[Problem]:
    """Who approves is not who keeps the seal; the other may be a column or a field."""
    for index, row in enumerate(scope.rows(rows)):
        if row.text(column) and row.text(column) == row.text(other):
            what = f"“{row.text(column)}”同时是{label_of(row, other)}"
            yield _problem(scope, (rows, index, column), what, "两个职责须由两人承担，改填他人")


def _problem(scope: Scope, cell: tuple[str, int, str], what: str, do: str) -> Problem:
    rows, index, column = cell
    where = f"{label_of(scope, rows)}第 {index + 1} 行{column_label(scope, rows, column)}"
    return Problem(where, what, do, f"{rows}[{index}].{column}")
