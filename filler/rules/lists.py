"""Rules over the rows of a list, and the places they name."""

from collections.abc import Iterator

from filler.rules.wording import cell_problem, column_label, label_of
from filler.values.language import Column, Rows, Slug, Text, Word, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem


@form_check()
def first_row_is(scope: Scope, rows: Rows, column: Column, slug: Slug) -> Iterator[Problem]:
    """The first row is the applicant: `first_row_is(members.m_id, id_no)`."""
    table = scope.rows(rows)
    if table and scope.text(slug) and table[0].text(column) != scope.text(slug):
        what = f"第 1 行的{column_label(scope, rows, column)}和{label_of(scope, slug)}不一样"
        yield Problem(label_of(scope, rows), what, "第 1 行填写申请人本人", f"{rows}[0].{column}")


@form_check()
def unique(scope: Scope, rows: Rows, column: Column) -> Iterator[Problem]:
    """No value twice in a column."""
    seen: dict[str, int] = {}
    for index, row in enumerate(scope.rows(rows)):
        text = row.text(column)
        if text and text in seen:
            where = f"{label_of(scope, rows)}第 {index + 1} 行{column_label(scope, rows, column)}"
            what = f"“{text}”与第 {seen[text] + 1} 行重复"
            yield Problem(where, what, "删去重复的一行或改正", f"{rows}[{index}].{column}")
        elif text:
            seen[text] = index


@form_check()
def rows_filled_if(
    scope: Scope, rows: Rows, column: Column, value: Text, *needed: Column
) -> Iterator[Problem]:
    """Columns a row needs when another holds a value: a death date for 停发."""
    for index, row in enumerate(scope.rows(rows)):
        if row.text(column) != value:
            continue
        for name in needed:
            if row.value(name) is None:
                where = f"{label_of(scope, rows)}第 {index + 1} 行{column_label(scope, rows, name)}"
                what = f"没有填写（{column_label(scope, rows, column)}为“{value}”时必填）"
                yield Problem(where, what, "请填写", f"{rows}[{index}].{name}")


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
                yield cell_problem(scope, (rows, index, column), what, "补上，或改正状态")


@form_check()
def column_differs(scope: Scope, rows: Rows, column: Column, other: Word) -> Iterator[Problem]:
    """Who approves is not who keeps the seal; the other may be a column or a field."""
    for index, row in enumerate(scope.rows(rows)):
        if row.text(column) and row.text(column) == row.text(other):
            what = f"“{row.text(column)}”同时是{label_of(row, other)}"
            yield cell_problem(scope, (rows, index, column), what, "两个职责须由两人承担，改填他人")


def village_in_town(scope: Scope) -> Iterator[Problem]:
    """VR-PLACE; every form with town and village is checked."""
    yield from _place_problems(scope, "", "")


@form_check()
def rows_villages_in_towns(scope: Scope, rows: Rows) -> Iterator[Problem]:
    """VR-PLACE for each row of a roster."""
    for index, row in enumerate(scope.rows(rows)):
        yield from _place_problems(
            row, f"{label_of(scope, rows)}第 {index + 1} 行", f"{rows}[{index}]."
        )


def _place_problems(scope: Scope, where: str, prefix: str) -> Iterator[Problem]:
    town, village = scope.text("town"), scope.text("village")
    if not town or not village or scope.facts.places.village(village, town):
        return
    others = [place.town for place in scope.facts.places.settlements if place.name == village]
    what = f"{town}没有{village}"
    do = f"{village}属{'、'.join(others)}，改正镇或村" if others else "从名单中选村"
    yield Problem(where or "村", what, do, f"{prefix}village")
