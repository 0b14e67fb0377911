"""What papers issued before offer to a fresh form: editable, each with its document.

Nothing of it is an answer before a person has seen it: only pages ask, when a form is opened
or its case is named.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from filler.carry_over.earlier import Earlier, EarlierForm
from filler.carry_over.gather import gather_rows
from filler.carry_over.month import changes_of_month
from filler.carry_over.take_over import answer_in, says_so
from filler.form.case_history import PastForm
from filler.form.form_data import Answers
from filler.form.forms import Call, Field, FormSpec
from filler.form.taken import GivingPaper
from filler.spec.monthly import Months
from filler.spec.offered import BY_CASE, BY_NAME, SAME_MONTH, Offer, OfferedRows, Offers
from filler.spec.taken_from import fixed_text
from filler.values.person_values import is_minor
from filler.values.print_value import fill_placeholders, placeholders
from filler.values.read_value import WrongValueError, read_value
from filler.values.scope import Scope
from minzheng.county.writing.chinese_dates import parse_date, parse_month

Offered = Mapping[str, tuple[Any, GivingPaper]]
_PLACE = ("town", "village")


def offer_month(spec: FormSpec, answers: Answers, earlier: Earlier, months: Months) -> Offered:
    """The rows of a summary, made of what its month brought for the cases of its place."""
    rule = months.summary_for(spec.id)
    where = {slug: text for slug in _PLACE if (text := str(answers.get(slug, "")).strip())}
    month = parse_month(str(answers.get(rule.month, ""))) if rule else None
    followed = months.approval(rule.source) if rule else None
    if rule is None or month is None or followed is None or not where:
        return {}
    found = changes_of_month(where, month, Months((followed,)), earlier)
    rows = [
        {own: text for own, name in rule.columns.items() if (text := one.text(name))}
        for one in found
        if one.kind in rule.kinds
    ]
    return {rule.rows: (rows, found[0].paper)} if rows else {}


def offer_answers(spec: FormSpec, answers: Answers, earlier: Earlier, offers: Offers) -> Offered:
    """Slug → what is offered and from where; later rules of the table go before earlier ones."""
    found: dict[str, tuple[Any, GivingPaper]] = {}
    for offer in offers.for_form(spec.id):
        paper = paper_of(offer, answers, earlier)
        if paper is None or not says_so(paper, offer.of):
            continue
        source = replace(paper.source, is_declared=offer.declared)
        for slug, answer in _answers_of(offer, spec, paper, answers, earlier):
            found[slug] = (answer, source)
    return {**found, **_rows_of_cases(spec, answers, earlier, offers)}


def paper_of(offer: Offer, answers: Answers, earlier: Earlier) -> EarlierForm | None:
    """The newest paper that offers something: of the case, of the place, or of the person."""
    if offer.by == BY_CASE:
        case_no = str(answers.get("case_no", "")).strip().upper()
        return earlier.newest(offer.source, case_no)
    where = {slug: str(answers.get(slug, "")).strip() for slug in _PLACE}
    if not all(where.values()):
        return None
    papers = reversed(earlier.history.issued_for(offer.source, where=where))
    if offer.by == BY_NAME:
        name = str(answers.get("name") or answers.get("addressee") or "").strip()
        papers = (one for one in papers if name and _row_naming(offer, one, name))
    newest = next(iter(papers), None)
    return earlier.read(newest) if newest else None


def _row_naming(offer: Offer, past: PastForm, name: str) -> bool:
    table, column = offer.named
    rows = past.answers.get(table) or ()
    return any(isinstance(row, Mapping) and str(row.get(column, "")) == name for row in rows)


def _answers_of(
    offer: Offer, spec: FormSpec, paper: EarlierForm, answers: Answers, earlier: Earlier
) -> Iterator[tuple[str, Any]]:
    scope = row_of_person(offer, paper.scope, answers)
    own = {one.slug: one for one in spec.fields if one.is_typed}
    wanted = dict(offer.fields)
    if offer.same:
        wanted |= {slug: slug for slug in own if slug in scope.fields and slug not in offer.but}
    for slug, source in wanted.items():
        answer = _told(scope, source, own.get(slug))
        if answer not in ("", []):
            yield slug, answer
    for table in offer.tables:
        rows = [
            row
            for name, columns in table.sources
            for row in _rows(paper.scope, name, columns, table.adults.get(name, ""), earlier)
        ]
        if rows:
            yield table.own, rows


def row_of_person(offer: Offer, scope: Scope, answers: Answers) -> Scope:
    """The row of a list that names the person, the list's own fields behind it."""
    table, column = offer.named
    name = str(answers.get("name") or answers.get("addressee") or "").strip()
    rows = scope.rows(table) if table else ()
    return next((row for row in rows if row.text(column) == name), scope)


def _told(scope: Scope, source: str, own: Field | None) -> Any:
    """A value as the form at hand takes it; nothing when it does not."""
    if own is None:
        return ""
    if fixed := fixed_text(source):
        return fixed
    if placeholders(source):
        texts = {slug: scope.text(slug) for slug in placeholders(source)}
        return fill_placeholders(source, texts.__getitem__, "") if all(texts.values()) else ""
    answer = answer_in(scope, source)
    if own.type == "rows" or isinstance(answer, list):
        return _as_list(answer, own)
    answer = [answer] if own.type == "multi" and answer else answer
    return answer if _is_taken(own, answer) else ""


def _as_list(answer: Any, own: Field) -> Any:
    """Rows with the columns of the table at hand; of several choices one only where one fits."""
    if not isinstance(answer, list):
        return ""
    if own.type == "rows":
        known = {column.slug: column for column in own.columns if column.is_typed}
        rows = [
            {
                slug: text
                for slug, text in row.items()
                if slug in known and _is_taken(known[slug], text)
            }
            for row in answer
        ]
        return [row for row in rows if any(row.values())][: own.most]
    if own.type == "multi":
        return answer if _is_taken(own, answer) else ""
    return answer[0] if len(answer) == 1 and _is_taken(own, answer[0]) else ""


def _is_taken(own: Field, answer: Any) -> bool:
    """Whether a field can be given this, its choices heeded."""
    try:
        read_value(own, answer)
    except WrongValueError:
        return False
    given = answer if isinstance(answer, list) else [answer]
    is_chosen = not own.choices or all(one in own.choices for one in given)
    return is_chosen and all(_is_as_long(rule, str(answer)) for rule in own.rules)


def _is_as_long(rule: Call, text: str) -> bool:
    if rule.name != "length":
        return True
    least, most = map(int, rule.args)
    return least <= len("".join(text.split())) <= most


def _rows(
    scope: Scope, table: str, columns: Mapping[str, str], adults: str, earlier: Earlier
) -> Iterator[dict[str, str]]:
    found = (scope,) if not table else scope.rows(table) if table in scope.fields else ()
    for row in found:
        number = row.text(adults) if adults else ""
        if number and is_minor(number, scope.day, earlier.facts.county.terms):
            continue
        cells = {own: fixed_text(slug) or row.text(slug) for own, slug in columns.items()}
        yield {own: text for own, text in cells.items() if text}


def _rows_of_cases(spec: FormSpec, answers: Answers, earlier: Earlier, offers: Offers) -> Offered:
    found: dict[str, tuple[list[dict[str, str]], GivingPaper]] = {}
    for rule in offers.rows_for(spec.id, answers):
        for row in gather_rows(rule.gather, answers, earlier):
            if not _is_left_out(rule, row.source, answers, earlier):
                cells, _ = found.setdefault(rule.gather.rows, ([], row.source))
                cells.append(dict(row.cells))
    return found


def _is_left_out(
    rule: OfferedRows, source: GivingPaper, answers: Answers, earlier: Earlier
) -> bool:
    past = next(iter(_numbered(earlier, rule, answers, source.number)), None)
    if past is None or any(past.text(slug) != text for slug, text in rule.of.items()):
        return True
    if any(earlier.history.issued_for(form_id, case_no=past.case_no) for form_id in rule.unless):
        return True
    if not _has_begun(rule, past, answers, earlier):
        return True
    return bool(rule.within) and not _is_within(rule, past, answers, earlier)


def _has_begun(rule: OfferedRows, past: PastForm, answers: Answers, earlier: Earlier) -> bool:
    """Whether the month from which it is paid has come; of a paper that tells none it has."""
    day = parse_date(str(answers.get(rule.gather.as_of, "")))
    start = earlier.read(past).scope.date(rule.start) if rule.start else None
    return day is None or start is None or start.replace(day=1) <= day


def _numbered(
    earlier: Earlier, rule: OfferedRows, answers: Answers, number: int
) -> Iterable[PastForm]:
    where = {slug: str(answers.get(slug, "")).strip() for slug in rule.gather.match}
    found = earlier.history.issued_for(rule.gather.source, where=where)
    return (past for past in found if past.number == number)


def _is_within(rule: OfferedRows, past: PastForm, answers: Answers, earlier: Earlier) -> bool:
    day = parse_date(str(answers.get(rule.gather.as_of, "")))
    scope = earlier.read(past).scope
    slugs = rule.gather.approved.split("|")
    approved = next((found for slug in slugs if (found := scope.date(slug))), None)
    if day is None or approved is None:
        return False
    same_month = (day.year, day.month) == (approved.year, approved.month)
    return same_month and (rule.within == SAME_MONTH or day == approved)
