"""Rules over means: income and property within the limits, or a reason the law knows."""

from collections.abc import Iterator
from decimal import Decimal

from filler.form.case_history import PastForm
from filler.rules.wording import label_of
from filler.values.language import FormId, Number, Slug, Text, form_check
from filler.values.past_values import of_case, rows_of
from filler.values.scope import RowScope, Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.eligibility import (
    INCOME,
    PROPERTY,
    AssetLimit,
    IncomeLine,
    OverReason,
)
from minzheng.county.writing.money_words import parse_money

_NOTHING = ("", "无", "没有", "否")
_MEMBERS = "members"


@form_check()
def income_within(
    scope: Scope, use: Text, income: Slug, limit: Number, reason: Slug
) -> Iterator[Problem]:
    """Income up to the standard, or above it for a reason the registry knows on the day."""
    has, most = scope.number(income), scope.number(limit)
    if has is None or most is None or has <= most:
        return
    known = scope.county.eligibility.over_reasons(use, INCOME, scope.day)
    chosen = next((one for one in known if one.name == scope.text(reason)), None)
    told = f"{has} 高于“{label_of(scope, limit)}”（{most}）"
    if chosen is None:
        names = "、".join(one.name for one in known)
        where = label_of(scope, reason)
        do = f"不予审批（确认）的出具告知书（COM-07）；属{names}的，在“{where}”选明"
        yield Problem(label_of(scope, income), told, do, reason)
        return
    fault = _misfit(scope, chosen, has, most)
    if fault:
        yield Problem(label_of(scope, reason), f"{told}；“{chosen.name}”{fault}", "核对", reason)


@form_check()
def income_in_line(
    scope: Scope, use: Text, kind: Slug, income: Slug, standard: Number, reason: Slug, paid: Slug
) -> Iterator[Problem]:
    """What is granted is granted to nobody over the line, but for a reason of the day."""
    granted = scope.number(paid)
    if granted is not None and granted > 0:
        yield from _over_line(scope, use, kind, income, standard, reason)


@form_check(warning=True)
def income_beside_line(
    scope: Scope, use: Text, kind: Slug, income: Slug, standard: Number, reason: Slug, paid: Slug
) -> Iterator[Problem]:
    """Before it is granted somebody over the line is told of; and that there is no line."""
    chosen, line = scope.text(kind), _line_of(scope, use, kind)
    if scope.number(income) is None or not chosen or (line and line.is_none):
        return
    if line is None or scope.number(standard) is None:
        lacks = f"{use}（{chosen}）的收入标准" if line is None else f"“{label_of(scope, standard)}”"
        what = f"县里没有登记{lacks}，没有比较收入"
        yield Problem(
            label_of(scope, income), what, "按县里文件核对；请管理员登记（享受条件）", income
        )
    elif scope.number(paid) is None:
        yield from _over_line(scope, use, kind, income, standard, reason)


def _line_of(scope: Scope, use: str, kind: str) -> IncomeLine | None:
    return scope.county.eligibility.income_line(use, scope.text(kind), scope.day)


def _over_line(
    scope: Scope, use: str, kind: str, income: str, standard: str, reason: str
) -> Iterator[Problem]:
    has, base, line = scope.number(income), scope.number(standard), _line_of(scope, use, kind)
    if has is None or base is None or line is None or line.is_none:
        return
    most = base * line.percent / 100
    known = scope.county.eligibility.over_reasons(f"{use}审批", INCOME, scope.day)
    if has <= most or any(one.name == scope.text(reason) for one in known):
        return
    kept = "按本县标准（待核）" if line.mark else "按本县标准"
    told = f"{has} 高于{label_of(scope, standard)}的 {line.percent}%（{most:.2f}），{kept}"
    names = "、".join(one.name for one in known)
    do = f"不予批准的出具告知书（COM-07）；属{names}的，在“{label_of(scope, reason)}”选明"
    yield Problem(label_of(scope, income), told, do, reason)


def _misfit(scope: Scope, reason: OverReason, income: Decimal, most: Decimal) -> str:
    """Why a reason does not fit the household; empty when it does."""
    if reason.percent and income > most * reason.percent / 100:
        return f"的人均收入不超过标准的 {reason.percent}%"
    insured = [row for row in _members(scope) if row.text("m_insured") == "是"]
    if reason.is_single and len(insured) != 1:
        return f"只保障一人，这里是 {len(insured)} 人"
    if reason.health and not all(row.text("m_health") in reason.health for row in insured):
        return f"须保障的人{'或'.join(reason.health)}"
    return ""


@form_check()
def assets_within(
    scope: Scope, use: Text, exempt: Slug, limit: Number, *forms: FormId
) -> Iterator[Problem]:
    """What survey or application tell of property is within the limits, or exempt by name.

    The first of the forms that the case has is asked: the survey goes before the application.
    """
    past = next((found[-1] for form_id in forms if (found := of_case(scope, form_id))), None)
    if past is None:
        return
    known = scope.county.eligibility.over_reasons(use, PROPERTY, scope.day)
    given = scope.text(exempt)
    if any(one.name in given for one in known):
        return
    for one in scope.county.eligibility.asset_limits(use, scope.day):
        fault = _too_much(one, past, scope, scope.number(limit))
        if fault:
            what = f"{past.form_id}（文书号 {past.number}）的“{one.name}”{fault}"
            names = "、".join(reason.name for reason in known)
            do = f"不予审批（确认）的出具告知书（COM-07）；可以豁免的写明“{names}”之一"
            yield Problem(label_of(scope, exempt), what, do, exempt)


def _too_much(limit: AssetLimit, past: PastForm, scope: Scope, standard: Decimal | None) -> str:
    texts = [past.text(slug) for slug in limit.fields]
    if limit.is_none:
        there = next((text for text in texts if text.strip() not in _NOTHING), "")
        return f"是“{there[:20]}”" if there else ""
    owned = sum((parse_money(text) or Decimal(0) for text in texts), Decimal(0))
    heads = len(_members(scope)) or len(rows_of(past, _MEMBERS)) or 1
    if standard is None or owned <= standard * limit.most_months * heads:
        return ""
    return f"共 {owned} 元，人均超过 {limit.most_months} 个月的保障标准"


def _members(scope: Scope) -> tuple[RowScope, ...]:
    return scope.rows(_MEMBERS) if _MEMBERS in scope.fields else ()


@form_check()
def confirmed_assets_within(
    scope: Scope, result: Slug, word: Text, use: Text, exempt: Slug, limit: Number, *forms: FormId
) -> Iterator[Problem]:
    """The same, of a form that may also refuse: only of what it confirms."""
    if scope.text(result) == word:
        yield from assets_within(scope, use, exempt, limit, *forms)


@form_check()
def grace_within(scope: Scope, use: Text, months: Slug) -> Iterator[Problem]:
    """A household that leaves by degrees leaves within the months the registry allows."""
    given = scope.number(months)
    most = max(
        (one.most_months for one in scope.county.eligibility.over_reasons(use, INCOME, scope.day)),
        default=0,
    )
    if given is not None and given > most:
        what = f"{given} 个月，最长 {most} 个月"
        yield Problem(label_of(scope, months), what, "改正月数", months)
