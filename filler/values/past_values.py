"""What documents issued before tell: benefits held, numbers of letters, counts of visits."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from filler.form.case_history import CaseHistory, PastForm, ask_whole
from filler.form.form_data import Value
from filler.values.language import FormId, Slug, Text, derivation
from filler.values.scope import Scope
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.county.writing.integers import integer_in
from minzheng.county.writing.money_words import parse_money

_RUNNING = re.compile(r"(?<![0-9])[0-9]{1,9}\Z")  #: what a case number ends in


def is_ended(scope: Scope, past: PastForm) -> bool:
    """Whether a case was stopped after it was decided."""
    return ask_whole(scope.history, lambda whole: _is_ended_by(scope, past, whole))


def runs_unseen(scope: Scope, form_id: str, number: str, but_for: str = "") -> bool:
    """Whether a person has a running case of a form that may not be shown; no more is told."""
    seen = {past.number for past in scope.history.issued_for(form_id, id_no=number)}
    return ask_whole(
        scope.history,
        lambda whole: any(
            past.number not in seen
            and past.case_no != but_for
            and not _is_ended_by(scope, past, whole)
            for past in whole.issued_for(form_id, id_no=number)
        ),
    )


def _is_ended_by(scope: Scope, past: PastForm, history: CaseHistory) -> bool:
    return any(
        change.ends(paper.text) and not paper.waits_for
        for change in scope.facts.case_law.changes
        for paper in history.issued_for(change.form_id, case_no=past.case_no)
    )


def held_by(scope: Scope, id_slug: str) -> tuple[str, ...]:
    """The benefits that still run for a person, as far as forms tell that may be seen."""
    number = scope.text(id_slug)
    return tuple(
        benefit.name
        for benefit in scope.facts.case_law.benefits
        if number
        and any(
            not past.waits_for and not is_ended(scope, past)
            for past in scope.history.issued_for(benefit.form_id, id_no=number)
        )
    )


def of_case(scope: Scope, form_id: str) -> tuple[PastForm, ...]:
    """The documents of a form in the case at hand, oldest first."""
    return scope.history.issued_for(form_id, case_no=scope.case_no) if scope.case_no else ()


@derivation
def issued(scope: Scope, form_id: FormId, slug: Text = "", word: Text = "") -> Value:
    """How many documents of a form the case has, perhaps only those with an answer."""
    return sum(not slug or past.text(slug) == word for past in of_case(scope, form_id))


@derivation
def earlier(scope: Scope, form_id: FormId, slug: Text) -> Value:
    """What the case's newest document of a form answered: a day, an amount or a text."""
    found = of_case(scope, form_id)
    text = found[-1].text(slug) if found else ""
    value: Value = parse_date(text) or parse_money(text)
    return text or None if value is None else value


@derivation
def schemes_held(scope: Scope, id_slug: Slug) -> Value:
    """低保、高龄补贴: what a person still gets; none when nothing is known."""
    return "、".join(held_by(scope, id_slug)) or None


@derivation
def confirmed_in(scope: Scope, id_slug: Slug, refused: Text, *form_ids: FormId) -> Value:
    """The case of some forms in which a person was confirmed and still is.

    `refused` is the answer by which a form says the opposite: `c_result=不予确认`.
    """
    number, (slug, _, word) = scope.text(id_slug), refused.partition("=")
    return next(
        (
            past.case_no
            for form_id in (form_ids if number else ())
            for past in reversed(scope.history.issued_for(form_id, id_no=number))
            if not past.waits_for and past.text(slug) != word and not is_ended(scope, past)
        ),
        None,
    )


@derivation
def named_in(scope: Scope, form_id: FormId, table: Text, column: Text, slug: Slug) -> Value:
    """是 when a row of an issued document holds the field's value, as relatives are filed."""
    number = scope.text(slug)
    is_named = number and ask_whole(
        scope.history,
        lambda whole: any(
            str(row.get(column, "")) == number
            for past in whole.issued_for(form_id)
            for row in rows_of(past, table)
        ),
    )
    return "是" if is_named else None


@derivation
def letter_no(scope: Scope, prefix: Text, slug: Slug) -> Value:
    """镇民受字〔2018〕1号; a second letter of the case is 1-2号.

    None under a number that is no case number, of which the paper is told anyway.
    """
    day, running = scope.date(slug), _RUNNING.search(scope.case_no)
    if day is None or running is None:
        return None
    number = int(running[0])
    before = scope.history.issued_for(scope.spec.id, case_no=scope.case_no)
    second = f"-{len(before) + 1}" if before else ""
    return f"{prefix}〔{day.year}〕{number}{second}号"


@derivation
def form_version(scope: Scope) -> Value:
    """The version of the form, which a notice shows (R-36)."""
    return scope.spec.version


@derivation
def people_in(scope: Scope, form_id: FormId, village: Slug) -> Value:
    """People of a village with a document of a form; none when there are no documents."""
    found = _in_village(scope, form_id, village)
    return len({str(past.answers.get("id_no", past.case_no)) for past in found}) or None


@derivation
def rows_in(scope: Scope, form_id: FormId, table: Text, village: Slug) -> Value:
    """How many rows a village's documents of a form have together."""
    return sum(len(rows_of(past, table)) for past in _in_village(scope, form_id, village))


@derivation
def total_in(scope: Scope, form_id: FormId, slug: Text, village: Slug) -> Value:
    """What a village's documents of a form answered, added up; none for nothing."""
    given = (past.text(slug) for past in _in_village(scope, form_id, village))
    return sum(integer_in(one) or 0 for one in given) or None


@derivation
def ledger_rows(
    scope: Scope, form_id: FormId, table: Text, village: Slug, column: Text = "", word: Text = ""
) -> Value:
    """Rows of a village in the town's newest ledger, perhaps those with a word."""
    where = {"town": scope.text("town")}
    if not ask_whole(scope.history, lambda whole: bool(whole.issued_for(form_id, where=where))):
        return None
    return ask_whole(
        scope.history,
        lambda whole: sum(
            str(row.get("village")) == scope.text(village)
            and (not column or str(row.get(column, "")) == word)
            for row in rows_of(whole.issued_for(form_id, where=where)[-1], table)
        ),
    )


def rows_of(past: PastForm, table: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of a table as they were answered."""
    rows: Iterable[Any] = past.answers.get(table) or ()
    return tuple(row for row in rows if isinstance(row, Mapping))


def place_of(scope: Scope) -> dict[str, str]:
    """The town and village of a form."""
    return {slug: scope.text(slug) for slug in ("town", "village") if scope.text(slug)}


def _in_village(scope: Scope, form_id: str, village: str) -> tuple[PastForm, ...]:
    where = {"town": scope.text("town"), "village": scope.text(village)}
    return scope.history.issued_for(form_id, where=where) if all(where.values()) else ()
