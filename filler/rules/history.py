"""Rules that look at other documents already issued for the person or the case."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from filler.form.case_history import PastForm
from filler.rules.wording import label_of
from filler.values.language import Column, Rows, Slug, Text, form_check
from filler.values.past_values import is_ended, rows_of
from filler.values.scope import Scope
from minzheng.county.errors import Problem
from minzheng.county.registry.terms import term_on
from minzheng.county.writing.chinese_dates import parse_date, print_date, term_end
from minzheng.county.writing.id_card import age_on, normalise_id
from minzheng.county.writing.money_words import parse_money

_ADULT = 18
#: Where an application says when it was accepted.
_ACCEPTED = ("DB-01", "TK-01", "LS-01")


@form_check(warning=True)
def maybe_open_case(scope: Scope, id_slug: Slug, *form_ids: Text) -> Iterator[Problem]:
    """The same where two may run side by side: a warning."""
    yield from no_open_case(scope, id_slug, *form_ids)


@form_check()
def no_open_case(scope: Scope, id_slug: Slug, *form_ids: Text) -> Iterator[Problem]:
    """VR-UNIQ and 特困 ⟂ 低保: the person has no other case that still runs."""
    number = scope.text(id_slug)
    for form_id in form_ids if number else ():
        for past in scope.history.issued_for(form_id, id_no=number):
            if past.case_no != scope.case_no and not is_ended(scope, past):
                what = f"此人已有 {form_id}，编号 {past.case_no}，未见停发或终止"
                do = "先核对：同一案件填上该编号；确已停发的先补停发（终止）手续"
                yield Problem(label_of(scope, id_slug), what, do, id_slug)
                break


@form_check()
def supplement_once(scope: Scope, result: Slug) -> Iterator[Problem]:
    """补正 is asked for once only (一次性告知)."""
    if scope.text(result) == "补正" and any(
        past.answers.get(result) == "补正" for past in _of_case(scope, "COM-02")
    ):
        what = f"{scope.case_no} 已发过补正通知"
        yield Problem(label_of(scope, result), what, "材料应一次性告知，改为受理或不予受理", result)


@form_check(warning=True)
def stop_needs_letter(scope: Scope, decision: Slug) -> Iterator[Problem]:
    """A household that loses its benefit is told so in writing."""
    if scope.text(decision) in ("停发", "减发") and not _of_case(scope, "COM-07"):
        what = f"结论为“{scope.text(decision)}”"
        yield Problem(label_of(scope, decision), what, "另发《告知书》（COM-07）", decision)


@form_check()
def letter_matches_review(scope: Scope, decision: Slug, old: Slug, new: Slug) -> Iterator[Problem]:
    """A letter names the amounts that the review (COM-09) decided."""
    reviews = _of_case(scope, "COM-09")
    if not reviews:
        return
    for slug in (old, new):
        decided = parse_money(str(reviews[-1].answers.get(slug, "")))
        given = scope.number(slug)
        if decided is not None and given is not None and Decimal(decided) != given:
            what = f"{given} 与动态管理表（COM-09）的 {decided} 不一致"
            yield Problem(label_of(scope, slug), what, "照动态管理表填写", slug)


@form_check()
def all_adults_sign(scope: Scope, rows: Rows, column: Column) -> Iterator[Problem]:
    """Every adult member and supporter of the application stands among the signers."""
    signing = {row.text(column) for row in scope.rows(rows)}
    for past in _of_case(scope, "DB-01")[-1:]:
        people = [(one.get("m_name", ""), one.get("m_id", "")) for one in rows_of(past, "members")]
        people += [(one.get("s_name"), one.get("s_id")) for one in rows_of(past, "supporters")]
        for name, text in people:
            number = normalise_id(str(text or ""))
            if (age_on(number, scope.day) or 0) >= _ADULT and number not in signing:
                what = f"申请书中的成年成员或义务人“{name}”没有列入"
                yield Problem(label_of(scope, rows), what, "补上并请本人签字", rows)


@form_check()
def signed_before_acceptance(scope: Scope, slug: Slug) -> Iterator[Problem]:
    """The authority to query is signed when the application is accepted, not later."""
    day = scope.date(slug)
    for form_id in _ACCEPTED if day else ():
        for past in _of_case(scope, form_id)[-1:]:
            accepted = parse_date(str(past.answers.get("accept_date", "")))
            if accepted and day and day > accepted:
                what = f"{print_date(day)}晚于受理日期（{print_date(accepted)}）"
                yield Problem(label_of(scope, slug), what, "授权后才能受理、核对，核对日期", slug)


@form_check(warning=True)
def case_review_in_time(
    scope: Scope, kind: Slug, regular: Text, slug: Slug, term: Text
) -> Iterator[Problem]:
    """A regular review comes within the interval of the household's class (D01)."""
    day, decided = scope.date(slug), _of_case(scope, "DB-02")
    if day is None or scope.text(kind) != regular or not decided:
        return
    visits = _of_case(scope, "DB-05")
    classes = [str(past.answers.get("class", "")) for past in visits]
    months = term_on(f"{term}·{classes[-1] if classes else '每年'}", day)
    days = [past.answers.get("c_date") for past in decided]
    days += [past.answers.get("review_date") for past in (*visits, *_of_case(scope, "COM-09"))]
    earlier = [one for one in (parse_date(str(text or "")) for text in days) if one and one < day]
    if months is None or not earlier:
        return
    due = term_end(max(earlier), months) + dt.timedelta(days=1)
    if day > due:
        what = f"距上次审批或复核（{print_date(max(earlier))}）超过 {months} 个月"
        yield Problem(label_of(scope, slug), what, "照实填写，并在理由中说明", slug)


def _of_case(scope: Scope, form_id: str) -> tuple[PastForm, ...]:
    return scope.history.issued_for(form_id, case_no=scope.case_no) if scope.case_no else ()
