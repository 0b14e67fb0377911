"""What a browser posted of a form, as answers by slug."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from filler.form.forms import Field, FormSpec
from minzheng.county.errors import Problem

#: More rows than any table of a form may have are not looked at.
_MOST_ROWS = 3000


@dataclass(frozen=True, slots=True)
class Posted:
    """Answers, and for each table how many rows the page showed."""

    answers: dict[str, Any]
    rows_shown: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()  #: photos and annexes that cannot be used
    #: for each table, which rows of the page its answers are, counted from nought
    row_numbers: dict[str, list[int]] = field(default_factory=dict)


def read_post(spec: FormSpec, post: QueryDict) -> Posted:
    """Answers as typed; blank rows of tables are left out."""
    answers: dict[str, Any] = {}
    shown: dict[str, int] = {}
    tables = [one for one in spec.fields if one.type == "rows"]
    if post.get("case_no", "").strip():
        answers["case_no"] = post["case_no"]
    for one in spec.fields:
        if one.type == "rows":
            rows = _rows(one, post)
            shown[one.slug] = len(rows)
            answers[one.slug] = rows
        elif one.is_typed:
            answers[one.slug] = _answer(one, one.slug, post)
    for table, columns in first_rows(spec).items():
        if any(name.startswith(row_name(table, 0, "")) for name in post):
            _fill_first_row(spec, table, columns, answers)
    numbers = {one.slug: _drop_blank_rows(one, post, answers) for one in tables}
    return Posted(answers, shown, row_numbers=numbers)


def _drop_blank_rows(table: Field, post: QueryDict, answers: dict[str, Any]) -> list[int]:
    """Leave filled rows only; where they stood on the page."""
    rows = zip(_numbers(table, post), answers[table.slug], strict=True)
    kept = [(number, row) for number, row in rows if any(map(_is_typed, row.values()))]
    answers[table.slug] = [row for _, row in kept]
    return [number for number, _ in kept]


def first_rows(spec: FormSpec) -> dict[str, dict[str, str]]:
    """For each table whose first row is the applicant: its columns and where they come from.

    A check of the form says which they are: `first_row_is(members.m_id, id_no)`; columns that
    are called as a field is (`m_name`, `name`) tell the same.
    """
    found: dict[str, dict[str, str]] = {}
    fields = {one.slug: one for one in spec.fields}
    for check in spec.checks:
        if check.name != "first_row_is":
            continue
        table, column, slug = check.args
        typed = (one.slug for one in fields[table].columns if one.is_typed)
        alike = {one: one.partition("_")[2] for one in typed}
        found[table] = {
            one: source
            for one, source in {**alike, column: slug}.items()
            if source in fields and fields[source].is_typed
        }
    return found


def row_name(table: str, number: int, column: str) -> str:
    """The name of an input: `members-0-m_name`."""
    return f"{table}-{number}-{column}"


def address_name(address: str) -> str:
    """The input a problem belongs to: `members[0].m_name` is `members-0-m_name`."""
    return re.sub(r"\[(\d+)\]\.", r"-\1-", address)


def _rows(table: Field, post: QueryDict) -> list[dict[str, Any]]:
    return [
        {
            column.slug: _answer(column, row_name(table.slug, number, column.slug), post)
            for column in table.columns
            if column.is_typed
        }
        for number in _numbers(table, post)
    ]


def _numbers(table: Field, post: QueryDict) -> list[int]:
    """The rows that the page showed."""
    pattern = re.compile(rf"{re.escape(table.slug)}-(\d{{1,4}})-")
    numbers = sorted({int(match[1]) for name in post if (match := pattern.match(name))})
    return numbers[:_MOST_ROWS]


def _fill_first_row(
    spec: FormSpec, table: str, columns: dict[str, str], answers: dict[str, Any]
) -> None:
    """The applicant's own row: what was left blank there stands above already."""
    of_table = next(one.columns for one in spec.fields if one.slug == table)
    fields, first = {one.slug: one for one in of_table}, answers[table][0]
    for column, source in columns.items():
        if not _is_typed(first.get(column, "")):
            first[column] = as_choice(fields[column], str(answers.get(source, "")))


def as_choice(one: Field, text: str) -> str:
    """A text as a column has it: of its choices the one it begins with."""
    if not one.choices or text in one.choices:
        return text
    return next((choice for choice in one.choices if text.startswith(choice)), "")


def _answer(one: Field, name: str, post: QueryDict) -> Any:
    return post.getlist(name) if one.type == "multi" else post.get(name, "")


def _is_typed(value: Any) -> bool:
    return bool(value) if isinstance(value, list) else bool(str(value).strip())
