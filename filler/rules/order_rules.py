"""Rules over dates and numbers of a form that must agree."""

from collections.abc import Iterator
from itertools import pairwise

from filler.rules.wording import label_of
from filler.values.language import Column, Number, Rows, Slug, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.standards import era_word
from minzheng.county.writing.chinese_dates import print_date


@form_check()
def in_order(scope: Scope, *slugs: Slug) -> Iterator[Problem]:
    """VR-ORDER: dates that follow one another; blank ones are passed over."""
    known = [(slug, day) for slug in slugs if (day := scope.date(slug)) is not None]
    for (first, before), (second, later) in pairwise(known):
        if later < before:
            what = f"{print_date(later)}早于“{label_of(scope, first)}”（{print_date(before)}）"
            yield Problem(label_of(scope, second), what, "核对两个日期的先后", second)


#: Who gives an opinion after whom: village, town, federation, department, county.
_OPINIONS = ("v_date", "t_date", "f_date", "b_date", "e_date", "c_date")


def opinions_in_order(scope: Scope) -> Iterator[Problem]:
    """VR-ORDER of every form with opinions: village, town, county, after the form's day."""
    first = scope.spec.reference_date
    begins = first if first in ("apply_date", "accept_date", "fill_date") else ""
    slugs = [slug for slug in (begins, *_OPINIONS) if slug in scope.fields]
    yield from in_order(scope, *slugs)


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


@form_check()
def era_word_fits(scope: Scope, slug: Slug, date: Slug) -> Iterator[Problem]:
    """不予批准 while the county 审批, 不予确认 since it 确认."""
    day, word = scope.date(date), scope.text(slug)
    wanted = {"不予批准": "审批", "不予确认": "确认"}.get(word)
    if day and wanted and era_word(day) != wanted:
        other = "不予确认" if wanted == "审批" else "不予批准"
        what = f"{print_date(day)}作出的决定不写“{word}”"
        yield Problem(label_of(scope, slug), what, f"改为“{other}”", slug)
