"""Answers with what was taken over in them; what was typed otherwise is a problem."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from filler.carry_over.two_places import named, shown_value
from filler.form.form_data import Answers
from filler.form.forms import Field, FormSpec
from filler.form.taken import GatheredRow, TakenOver
from filler.values.print_value import print_value
from filler.values.read_value import WrongValueError, read_value
from minzheng.county.errors import Problem


@dataclass(frozen=True, slots=True)
class Merged:
    """Answers with what was taken over in them; what was typed otherwise is a problem."""

    answers: Answers
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def merge_taken(spec: FormSpec, answers: Answers, taken: TakenOver) -> Merged:
    """Put what was taken over in its place; blank answers give way, others must agree."""
    problems = list(_find_retyped(spec, answers, taken))
    merged = {**answers, **{slug: answer for slug, (answer, _) in taken.single.items()}}
    warnings: list[Problem] = []
    if taken.rows:
        table = next(one for one in spec.fields if one.slug == taken.table)
        rows, wrong, notes = _merge_rows(table, answers.get(taken.table), taken)
        merged[taken.table] = rows
        problems += wrong
        warnings += notes
    return Merged(merged, tuple(problems), tuple(warnings))


def _find_retyped(spec: FormSpec, answers: Answers, taken: TakenOver) -> Iterator[Problem]:
    """Answers that differ from what is taken over; blank ones do not."""
    fields = {field.slug: field for field in spec.fields} if taken.single else {}
    for slug, (value, source) in taken.single.items():
        given = answers.get(slug)
        if (
            slug in fields
            and given not in (None, "", [])
            and not _is_same(fields[slug], given, value)
        ):
            one, label = fields[slug], taken.labels.get(slug, fields[slug].label)
            mine, theirs = _short(one, given), _short(one, value)
            what = f"填的是“{mine}”，本案 {named(source)}“{label}”是“{theirs}”"
            do = f"这一项取自 {source.form_id}，不用填；那里有错先更正那张表"
            yield Problem(fields[slug].label, what, do, slug)


def _is_same(one: Field, given: Any, value: Any) -> bool:
    if one.type != "rows":
        return _printed(one, given) == _printed(one, value)
    given_rows = [row for row in given if any(row.values())] if isinstance(given, list) else []
    return len(given_rows) == len(value) and all(
        _printed(column, mine.get(column.slug)) == _printed(column, other.get(column.slug))
        for mine, other in zip(given_rows, value, strict=True)
        for column in one.columns
        if column.is_typed
    )


def _printed(one: Field, answer: Any) -> str:
    """An answer as it is printed, however it was typed: 2018-04-02 is 2018年4月2日."""
    try:
        return print_value(one, read_value(one, answer))
    except WrongValueError:
        return str(answer)


def _short(one: Field, value: Any) -> str:
    return f"{len(value)} 行" if isinstance(value, list) else shown_value(one, _printed(one, value))


def _merge_rows(
    table: Field, given: Any, taken: TakenOver
) -> tuple[list[dict[str, Any]], list[Problem], list[Problem]]:
    """Gathered rows first, then those typed for households the system does not know."""
    columns = {column.slug: column for column in table.columns}
    typed = {
        _key(columns, row, taken.key): dict(row)
        for row in (given if isinstance(given, list) else ())
        if isinstance(row, dict) and any(str(cell).strip() for cell in row.values())
    }
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for index, gathered in enumerate(taken.rows):
        mine = typed.pop(_key(columns, gathered.cells, taken.key), {})
        problems += _retyped_cells(table, index, mine, gathered)
        rows.append({**mine, **gathered.cells})
    warnings = [
        Problem(
            f"{table.label}第 {number} 行",
            "不是从系统中已审批的案件取来",
            "核对确已审批；系统中有案件的，先补出审批表",
            table.slug,
        )
        for number in range(len(rows) + 1, len(rows) + len(typed) + 1)
    ]
    return [*rows, *typed.values()], problems, warnings


def _retyped_cells(
    table: Field, index: int, mine: Mapping[str, Any], gathered: GatheredRow
) -> Iterator[Problem]:
    for column in table.columns:
        given, value = mine.get(column.slug), gathered.cells.get(column.slug)
        if value and given not in (None, "") and _printed(column, given) != _printed(column, value):
            where = f"{table.label}第 {index + 1} 行{column.label}"
            mine_shown, shown = _short(column, given), _short(column, value)
            what = f"填的是“{mine_shown}”，已审批的 {named(gathered.source)}是“{shown}”"
            address = f"{table.slug}[{index}].{column.slug}"
            yield Problem(where, what, "这一项由系统取来，不用填；有错先更正那张表", address)


def _key(columns: Mapping[str, Field], row: Mapping[str, Any], key: tuple[str, ...]) -> Any:
    """What tells a row apart; a row typed without it stands for itself."""
    found = tuple(_printed(columns[slug], row.get(slug)) if slug in columns else "" for slug in key)
    return found if any(found) else (id(row),)
