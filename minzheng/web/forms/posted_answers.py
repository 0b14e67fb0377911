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
    problems: tuple[Problem, ...] = ()  #: photos that cannot be used


def read_post(spec: FormSpec, post: QueryDict) -> Posted:
    """Answers as typed; blank rows of tables are left out."""
    answers: dict[str, Any] = {}
    shown: dict[str, int] = {}
    if post.get("case_no", "").strip():
        answers["case_no"] = post["case_no"]
    for one in spec.fields:
        if one.type == "rows":
            rows = _rows(one, post)
            shown[one.slug] = len(rows)
            answers[one.slug] = [
                row for row in rows if any(_is_typed(value) for value in row.values())
            ]
        elif one.is_typed:
            answers[one.slug] = _answer(one, one.slug, post)
    return Posted(answers, shown)


def row_name(table: str, number: int, column: str) -> str:
    """The name of an input: `members-0-m_name`."""
    return f"{table}-{number}-{column}"


def address_name(address: str) -> str:
    """The input a problem belongs to: `members[0].m_name` is `members-0-m_name`."""
    return re.sub(r"\[(\d+)\]\.", r"-\1-", address)


def _rows(table: Field, post: QueryDict) -> list[dict[str, Any]]:
    pattern = re.compile(rf"{re.escape(table.slug)}-(\d{{1,4}})-")
    numbers = sorted({int(match[1]) for name in post if (match := pattern.match(name))})
    return [
        {
            column.slug: _answer(column, row_name(table.slug, number, column.slug), post)
            for column in table.columns
            if column.is_typed
        }
        for number in numbers[:_MOST_ROWS]
    ]


def _answer(one: Field, name: str, post: QueryDict) -> Any:
    return post.getlist(name) if one.type == "multi" else post.get(name, "")


def _is_typed(value: Any) -> bool:
    return bool(value) if isinstance(value, list) else bool(str(value).strip())
