"""Rules that begin or end with a law: what may still be demanded, and whose leave is needed."""

from collections.abc import Iterator

from filler.rules.answers import must_include
from filler.rules.history import all_adults_sign
from filler.rules.wording import cell_problem
from filler.values.language import Column, FormId, LawId, Rows, Slug, Text, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.chinese_dates import print_date


@form_check()
def demanded_until(
    scope: Scope, law: LawId, day: Slug, slug: Slug, *choices: Text
) -> Iterator[Problem]:
    """Papers that had to be handed in until a law says that the office sees for itself."""
    if not _is_in_force(scope, law, day):
        yield from must_include(scope, slug, *choices)


@form_check()
def not_demanded(
    scope: Scope, law: LawId, day: Slug, rows: Rows, column: Column
) -> Iterator[Problem]:
    """Nothing is asked of a person that the county can check itself, once a law forbids it."""
    found, on = scope.county.laws.named(law), scope.date(day)
    if found is None or on is None or not found.holds_on(on):
        return
    for index, row in enumerate(scope.rows(rows)):
        office = scope.county.laws.checked_with(row.text(column), on)
        if office:
            since = f"{print_date(found.start)}起不得要求提供"
            what = f"“{row.text(column)}”可以由县里向{office}核对，{since}"
            yield cell_problem(scope, (rows, index, column), what, "删去这一行，提请县民政局核对")


@form_check()
def supporters_sign(
    scope: Scope,
    law: LawId,
    day: Slug,
    checked: Slug,
    rows: Rows,
    column: Column,
    form_id: FormId,
    *tables: Text,
) -> Iterator[Problem]:
    """Supporters outside the household sign too; under a law only when they must be checked."""
    if not _is_in_force(scope, law, day) or scope.text(checked) == "是":
        yield from all_adults_sign(scope, rows, column, form_id, *tables)


def _is_in_force(scope: Scope, law: str, day: str) -> bool:
    found, on = scope.county.laws.named(law), scope.date(day)
    return bool(found and on and found.holds_on(on))
