"""Rules that compare a form with what was issued for other people and other months."""

from collections.abc import Iterator
from decimal import Decimal

from filler.form.case_history import person_number, same_number
from filler.rules.wording import label_of
from filler.values.language import Column, Rows, Slug, form_check
from filler.values.past_values import held_by, place_of, rows_of
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.writing.id_card import age_on
from minzheng.county.writing.money_words import parse_money

_ADULT = 18
_APPLICATIONS = ("DB-01", "TK-01", "LS-01", "CB-01", "ET-01", "ET-02")
_RELIEF = (("LS-01", "ok_amount"), ("LS-03", "ok_amount"), ("LS-02", "relief_amount"))
_CLOSED, _BACK = "已销号", "退回"


@form_check()
def adults_only(scope: Scope, rows: Rows, name: Column) -> Iterator[Problem]:
    """No child stands on a notice: who applied in this village as a child is known."""
    children = {
        str(past.answers.get("name", ""))
        for form_id in _APPLICATIONS
        for past in scope.history.issued_for(form_id, where=place_of(scope))
        if (age_on(person_number(past.answers), scope.day) or _ADULT) < _ADULT
    }
    for index, row in enumerate(scope.rows(rows)):
        if row.text(name) in children:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"“{row.text(name)}”未满 {_ADULT} 周岁"
            yield Problem(where, what, "未成年人不公示，删去这一行", f"{rows}[{index}].{name}")


@form_check()
def surveyors_not_relatives(
    scope: Scope, rows: Rows, name: Column, id_slug: Slug
) -> Iterator[Problem]:
    """Who has filed the household as relatives (COM-08) does not survey it."""
    number = same_number(scope.text(id_slug))
    related = {
        str(past.answers.get("staff_name", ""))
        for past in scope.history.issued_for("COM-08") if number
        if number in {same_number(str(one.get("obj_id", ""))) for one in rows_of(past, "objects")}
    }  # fmt: skip
    for index, row in enumerate(scope.rows(rows)):
        if row.text(name) in related:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"“{row.text(name)}”是该户备案的近亲属（COM-08）"
            yield Problem(where, what, "调查人应回避，改派他人", f"{rows}[{index}].{name}")


@form_check()
def amount_as_decided(
    scope: Scope, rows: Rows, id_column: Column, amount: Column
) -> Iterator[Problem]:
    """What is paid is what was decided, where a decision of the person is known."""
    for index, row in enumerate(scope.rows(rows)):
        paid, number = row.number(amount), row.text(id_column)
        decided = [
            money
            for form_id, slug in _RELIEF if number
            for past in scope.history.issued_for(form_id, id_no=number)
            if (money := parse_money(str(past.answers.get(slug, "")))) is not None
        ]  # fmt: skip
        if paid is not None and decided and Decimal(paid) not in decided:
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"金额 {paid} 与审批的 {'、'.join(map(str, decided))} 不一致"
            yield Problem(where, what, "照审批表填写", f"{rows}[{index}].{amount}")


@form_check()
def held_is_told(scope: Scope, held: Slug, id_slug: Slug) -> Iterator[Problem]:
    """Every benefit that still runs for the dead is told, so that it is stopped."""
    missing = [one for one in held_by(scope, id_slug) if one not in scope.texts(held)]
    if missing and scope.value(held) is not None:
        what = f"系统中此人还在享受{'、'.join(missing)}"
        yield Problem(label_of(scope, held), what, "补上，并通知停发", held)


@form_check(warning=True)
def counts_match_records(
    scope: Scope, rows: Rows, typed: Column, counted: Column
) -> Iterator[Problem]:
    """A number typed is the one the issued forms give, where they give one."""
    for index, row in enumerate(scope.rows(rows)):
        given, found = row.number(typed), row.number(counted)
        if given is not None and found is not None and given != found:
            where = f"{label_of(scope, rows)}第 {index + 1} 行{row.fields[typed].label}"
            what = f"填写 {given}，系统中已登记 {found}"
            yield Problem(where, what, "核对；纸上另有的补录进系统", f"{rows}[{index}].{typed}")


@form_check()
def states_go_on(scope: Scope, rows: Rows, key: Column, state: Column) -> Iterator[Problem]:
    """A problem goes from state to state and never back; only 退回 begins anew."""
    order = next(one.choices for one in scope.fields[rows].columns if one.slug == state)
    before = {
        str(row.get(key, "")): str(row.get(state, ""))
        for past in scope.history.issued_for("ZF-03", where={"town": scope.text("town")})
        for row in rows_of(past, rows)
    }
    for index, row in enumerate(scope.rows(rows)):
        last, now = before.get(row.text(key), ""), row.text(state)
        if last in order and now in order and not _may_follow(order, last, now):
            where = f"{label_of(scope, rows)}第 {index + 1} 行"
            what = f"{row.text(key)} 上次为“{last}”，不能改为“{now}”"
            do = "已销号的问题重新登记编号；其余核对状态"
            yield Problem(where, what, do, f"{rows}[{index}].{state}")


def _may_follow(order: tuple[str, ...], last: str, now: str) -> bool:
    if last == _CLOSED:
        return now == _CLOSED
    if last == _BACK:
        return order.index(now) >= order.index("整改中")
    return order.index(now) >= order.index(last)
