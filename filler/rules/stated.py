"""What one form checks itself, as its spec states it."""

from collections.abc import Iterator

from filler.form.forms import StatedCheck
from filler.rules.wording import label_of
from filler.values.formula import fill_in, is_met
from filler.values.scope import Scope
from minzheng.county.errors import Problem


def judge_stated(scope: Scope, stated: StatedCheck) -> Iterator[Problem]:
    """A problem at each field, or in each row, where the condition is met."""
    for address in stated.at:
        table, _, slug = address.rpartition(".")
        if not table:
            if is_met(stated.when, scope, slug):
                yield _problem(scope, stated, slug, label_of(scope, slug), slug)
            continue
        for index, row in enumerate(scope.rows(table)):
            if is_met(stated.when, row, slug):
                where = f"{label_of(scope, table)}第 {index + 1} 行{label_of(row, slug)}"
                yield _problem(row, stated, slug, where, f"{table}[{index}].{slug}")


def _problem(scope: Scope, stated: StatedCheck, slug: str, where: str, address: str) -> Problem:
    what, do = (fill_in(text, scope, slug) for text in (stated.what, stated.do))
    return Problem(where, what, do, address)
