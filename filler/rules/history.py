"""Rules that look at documents issued before, for the person, the case or the place."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from filler.form.case_history import CaseHistory, PastForm, ask_whole, same_number
from filler.rules.wording import label_of
from filler.values.language import Column, FormAnswer, FormId, Rows, Slug, Term, Text, form_check
from filler.values.past_values import held_by, is_ended, of_case, rows_of, runs_unseen
from filler.values.person_values import is_minor
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.terms import KIND
from minzheng.county.writing.chinese_dates import parse_date, print_date, term_end
from minzheng.county.writing.id_card import normalise_id
from minzheng.county.writing.money_words import parse_money

_CLOSED, _BACK = "已销号", "退回"


@form_check(warning=True)
def maybe_open_case(scope: Scope, id_slug: Slug, *form_ids: FormId) -> Iterator[Problem]:
    """The same where two may run side by side: a warning."""
    yield from no_open_case(scope, id_slug, *form_ids)


@form_check()
def no_open_case(scope: Scope, id_slug: Slug, *form_ids: FormId) -> Iterator[Problem]:
    """VR-UNIQ and 特困 ⟂ 低保: the person has no other case that still runs."""
    number = scope.text(id_slug)
    for form_id in form_ids if number else ():
        for past in scope.history.issued_for(form_id, id_no=number):
            if past.case_no != scope.case_no and not is_ended(scope, past):
                what = f"此人已有 {form_id}，编号 {past.case_no}，未见停发或终止"
                do = "先核对：同一案件填上该编号；确已停发的先补停发（终止）手续"
                yield Problem(label_of(scope, id_slug), what, do, id_slug)
                break
        else:
            if runs_unseen(scope, form_id, number, scope.case_no):
                what = "此人另有未停发的待遇，不在您办理的范围内"
                yield Problem(label_of(scope, id_slug), what, "请县民政局核实后再办", id_slug)


@form_check()
def all_adults_sign(
    scope: Scope, rows: Rows, column: Column, form_id: FormId, *tables: Text
) -> Iterator[Problem]:
    """Every adult of the application signs: `…(DB-01, members=m_name+m_id)`."""
    signing = {row.text(column) for row in scope.rows(rows)}
    for past in of_case(scope, form_id)[-1:]:
        for name, number in _people_of(past, tables):
            if is_minor(number, scope.day, scope.county.terms) is False and number not in signing:
                what = f"申请书中的成年成员或义务人“{name}”没有列入"
                yield Problem(label_of(scope, rows), what, "补上并请本人签字", rows)


def _people_of(past: PastForm, tables: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Name and ID number of each row of some tables."""
    for table, _, columns in (one.partition("=") for one in tables):
        name, _, number = columns.partition("+")
        for row in rows_of(past, table):
            yield str(row.get(name) or ""), normalise_id(str(row.get(number) or ""))


@form_check(warning=True)
def case_review_in_time(
    scope: Scope,
    kind: Slug,
    regular: Text,
    slug: Slug,
    term: Term,
    of: FormAnswer,
    *days: FormAnswer,
) -> Iterator[Problem]:
    """A regular review comes within its interval: `…(低保核查, DB-05=class, DB-02=c_date)`.

    The first of the papers whose days count is the decision: without one nothing is late.
    """
    day, dates = scope.date(slug), [_answers_of(scope, one) for one in days]
    if day is None or scope.text(kind) != regular or not dates[0]:
        return
    classes = _answers_of(scope, of)
    months = scope.county.terms.on(f"{term}{KIND}{classes[-1] if classes else '每年'}", day)
    known = [parse_date(text) for texts in dates for text in texts]
    before = [one for one in known if one and one < day]
    if months is None or not before:
        return
    due = term_end(max(before), months) + dt.timedelta(days=1)
    if day > due:
        what = f"距上次审批或复核（{print_date(max(before))}）超过 {months} 个月"
        yield Problem(label_of(scope, slug), what, "照实填写，并在理由中说明", slug)


def _answers_of(scope: Scope, source: str) -> list[str]:
    """What the case's documents of a form answered: `DB-02=c_date`."""
    form_id, _, slug = source.partition("=")
    return [past.text(slug) for past in of_case(scope, form_id)]


@form_check()
def surveyors_not_relatives(
    scope: Scope,
    rows: Rows,
    name: Column,
    id_slug: Slug,
    form_id: FormId,
    staff: Text,
    table: Text,
    column: Text,
) -> Iterator[Problem]:
    """Who has filed the household as relatives does not survey it."""
    number = same_number(scope.text(id_slug))
    names = [row.text(name) for row in scope.rows(rows)]

    def related(whole: CaseHistory) -> frozenset[int]:
        staff_of = {
            past.text(staff)
            for past in (whole.issued_for(form_id) if number else ())
            if number in {same_number(str(one.get(column, ""))) for one in rows_of(past, table)}
        }
        return frozenset(index for index, one in enumerate(names) if one in staff_of)

    found = ask_whole(scope.history, related)
    for index, row in enumerate(scope.rows(rows)):
        if index in found:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"“{row.text(name)}”是该户备案的近亲属（{form_id}）"
            yield Problem(where, what, "调查人应回避，改派他人", f"{rows}[{index}].{name}")


@form_check()
def amount_as_decided(
    scope: Scope, rows: Rows, id_column: Column, amount: Column, *decisions: FormAnswer
) -> Iterator[Problem]:
    """What is paid was decided, where a decision is known: `…(LS-01=ok_amount)`."""
    for index, row in enumerate(scope.rows(rows)):
        paid, number = row.number(amount), row.text(id_column)
        if paid is None or not number:
            continue
        is_other = partial(_is_not_decided, paid, number, decisions)
        if ask_whole(scope.history, is_other):
            decided = _amounts_of(scope.history, number, decisions)
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"金额 {paid} 与审批的 {'、'.join(map(str, decided)) or '金额'} 不一样"
            yield Problem(where, what, "照审批表填写", f"{rows}[{index}].{amount}")


def _is_not_decided(
    paid: Decimal | int, number: str, decisions: tuple[str, ...], history: CaseHistory
) -> bool:
    decided = _amounts_of(history, number, decisions)
    return bool(decided) and paid not in decided


def _amounts_of(history: CaseHistory, number: str, decisions: tuple[str, ...]) -> list[Decimal]:
    sources = (one.partition("=") for one in decisions)
    amounts = (
        parse_money(past.text(slug))
        for form_id, _, slug in sources
        for past in history.issued_for(form_id, id_no=number)
    )
    return [amount for amount in amounts if amount is not None]


@form_check()
def held_is_told(scope: Scope, held: Slug, id_slug: Slug) -> Iterator[Problem]:
    """Every benefit that still runs for the dead is told, so that it is stopped."""
    missing = [one for one in held_by(scope, id_slug) if one not in scope.texts(held)]
    if missing and scope.value(held) is not None:
        what = f"系统中此人还在享受{'、'.join(missing)}"
        yield Problem(label_of(scope, held), what, "补上，并通知停发", held)
    elif scope.value(held) is not None and _holds_unseen(scope, held, scope.text(id_slug)):
        what = "系统中此人还在享受不在您办理范围内的待遇"
        yield Problem(label_of(scope, held), what, "请县民政局核实后再办", held)


def _holds_unseen(scope: Scope, held: str, number: str) -> bool:
    told = scope.texts(held)
    return bool(number) and any(
        benefit.name not in told and runs_unseen(scope, benefit.form_id, number)
        for benefit in scope.facts.case_law.benefits
    )


@form_check()
def states_go_on(scope: Scope, rows: Rows, key: Column, state: Column) -> Iterator[Problem]:
    """A problem goes from state to state and never back; only 退回 begins anew."""
    order = next(one.choices for one in scope.fields[rows].columns if one.slug == state)
    steps = [(row.text(key), row.text(state)) for row in scope.rows(rows)]

    def states(history: CaseHistory) -> dict[str, str]:
        found = history.issued_for(scope.spec.id, where={"town": scope.text("town")})
        return {
            str(row.get(key, "")): str(row.get(state, ""))
            for past in found
            for row in rows_of(past, rows)
        }

    def backward(whole: CaseHistory) -> frozenset[int]:
        last = states(whole)
        return frozenset(
            index
            for index, (one, now) in enumerate(steps)
            if not _may_follow(order, last.get(one, ""), now)
        )

    wrong, told = ask_whole(scope.history, backward), states(scope.history)
    for index, (one, now) in enumerate(steps):
        if index in wrong:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            last = f"上次为“{told[one]}”，" if one in told else ""
            what = f"{one} {last}不能改为“{now}”"
            do = "已销号的问题重新登记编号；其余核对状态"
            yield Problem(where, what, do, f"{rows}[{index}].{state}")


def _may_follow(order: tuple[str, ...], last: str, now: str) -> bool:
    if last not in order or now not in order:
        return True
    if last == _CLOSED:
        return now == _CLOSED
    if last == _BACK:
        return order.index(now) >= order.index("整改中")
    return order.index(now) >= order.index(last)
