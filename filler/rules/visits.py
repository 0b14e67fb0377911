"""Rules over visits: who was met, how, how soon again, and what was found."""

from collections.abc import Iterator
from itertools import pairwise

from filler.rules.wording import column_label, label_of
from filler.values.language import Column, Number, Rows, Slug, Term, Text, form_check
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.terms import KIND, term_on


@form_check(warning=True)
def poor_visited_in_person(
    scope: Scope, mode: Slug, poor: Slug, not_poor: Text = "否", in_person: Text = "入户"
) -> Iterator[Problem]:
    """R-11: poor households are met face to face."""
    is_poor = scope.text(poor) not in ("", not_poor)
    if is_poor and scope.text(mode) not in ("", in_person):
        what = f"{scope.text(poor)}以“{scope.text(mode)}”方式走访"
        yield Problem(label_of(scope, mode), what, "困难户应入户面谈，补走一次", mode)


@form_check()
def gap_is_told(
    scope: Scope, rows: Rows, should: Column, has: Column, problem: Column
) -> Iterator[Problem]:
    """Who should get and does not, or gets and should not, is a problem to be written."""
    for index, row in enumerate(scope.rows(rows)):
        given = (row.text(should), row.text(has))
        if given in (("是", "否"), ("否", "是")) and not row.text(problem):
            gap = "应享未享" if given == ("是", "否") else "不应享却已享"
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"{gap}，没有写问题"
            do = f"在“{column_label(scope, rows, problem)}”中写明"
            yield Problem(where, what, do, f"{rows}[{index}].{problem}")


@form_check(warning=True)
def visits_in_time(
    scope: Scope, rows: Rows, person: Column, day: Column, risk: Column, term: Term
) -> Iterator[Problem]:
    """Nobody waits longer than the risk allows: `…(rows, elder, d, risk, 老人探访)`."""
    table = [(index, row) for index, row in enumerate(scope.rows(rows)) if row.date(day)]
    table.sort(key=lambda one: (one[1].text(person), one[1].date(day)))
    for (_, before), (index, row) in pairwise(table):
        allowed = term_on(f"{term}{KIND}{before.text(risk)}", scope.day) or 0
        first, second = before.date(day), row.date(day)
        if row.text(person) != before.text(person) or not allowed or not first or not second:
            continue
        if (second - first).days > allowed:
            where = f"{label_of(scope, rows)}第 {index + 1} 行{column_label(scope, rows, day)}"
            what = f"{row.text(person)}距上次 {(second - first).days} 天，应在 {allowed} 天内"
            yield Problem(where, what, "按风险等级安排探访", f"{rows}[{index}].{day}")


@form_check()
def told_within_days(
    scope: Scope, first: Slug, last: Slug, days: Number, note: Slug
) -> Iterator[Problem]:
    """A report later than so many days says why in the note."""
    start, end, most = scope.date(first), scope.date(last), scope.number(days)
    if start and end and most and (end - start).days > most and not scope.text(note):
        what = f"距{label_of(scope, first)} {(end - start).days} 天，超过 {most} 天"
        do = f"在“{label_of(scope, note)}”中写明原因"
        yield Problem(label_of(scope, last), what, do, last)


@form_check()
def stop_is_sent(
    scope: Scope, held: Slug, sent: Slug, nothing: Text = "无", yes: Text = "是"
) -> Iterator[Problem]:
    """Whoever held a benefit at death has it stopped; who held none needs no notice."""
    chosen = scope.texts(held)
    if not chosen or not scope.text(sent):
        return
    must_send = nothing not in chosen
    if must_send and scope.text(sent) != yes:
        what = f"生前享受{'、'.join(chosen)}，还没有发停发提示"
        yield Problem(label_of(scope, sent), what, "当日通知各专档停发", sent)


@form_check()
def one_choice_alone(scope: Scope, slug: Slug, choice: Text) -> Iterator[Problem]:
    """A choice such as 无 that stands beside no other."""
    chosen = scope.texts(slug)
    if choice in chosen and len(chosen) > 1:
        what = f"同时选了“{choice}”和{'、'.join(one for one in chosen if one != choice)}"
        yield Problem(label_of(scope, slug), what, f"去掉“{choice}”或其余各项", slug)
