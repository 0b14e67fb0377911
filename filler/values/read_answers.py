"""The clerk's texts become typed values; everything unreadable is a problem."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from filler.form.form_data import Answers, FormData, Row, Value
from filler.form.forms import Field, FormSpec
from filler.values.read_value import WrongValueError, read_value
from minzheng.county.errors import Problem

#: Keys that are no fields but may stand among the answers.
EXTRA_KEYS = frozenset({"case_no", "form", "form_id"})


def read_answers(spec: FormSpec, answers: Answers) -> tuple[FormData, tuple[Problem, ...]]:
    """Typed values of the typed fields, and a problem for each answer that is none."""
    problems: list[Problem] = []
    given = _by_slug(spec.fields, answers, problems, "")
    values: dict[str, Value] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for slug, field in _typed(spec.fields):
        answer = given.get(slug)
        if field.type == "rows":
            rows[slug] = _read_rows(field, answer, problems)
            continue
        is_plain = type(answer) is str and not field.default  # nearly always
        if not is_plain and "{" not in field.default and is_blank(answer):
            answer = field.default
        is_said = answer is not None and answer != ""
        values[slug] = _read_one(field, answer, "", "", problems) if is_said else None
    case_no = str(answers.get("case_no", "")).strip().upper()
    return FormData(values, rows, case_no), tuple(problems)


def under_slugs(spec: FormSpec, answers: Answers) -> dict[str, Any]:
    """Answers by slug where a label stood; what is unknown stays as it is.

    A slug that is there itself wins; its label stays beside it only when it says otherwise,
    which `read_answers` refuses.
    """
    return _renamed(spec.fields, answers)


def typed_derived(spec: FormSpec, answers: Answers) -> Iterator[tuple[Field, str, str, Any]]:
    """Answers given for derived fields: field, where, address, answer."""
    given = _by_slug(spec.fields, answers, [], "")
    is_any = not _derived_names(spec.fields).isdisjoint(answers)
    for field in _derived(spec.fields) if is_any else _derived_tables(spec.fields):
        if field.derived and not is_blank(given.get(field.slug)):
            yield field, field.label, field.slug, given[field.slug]
        if field.type == "rows" and isinstance(given.get(field.slug), list):
            yield from _typed_derived_columns(field, given[field.slug])


def is_blank(answer: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(answer, str):
        return not answer or answer.isspace()
    return answer is None or (isinstance(answer, list | tuple) and not answer)


def _typed_derived_columns(
    field: Field, table: Iterable[Any]
) -> Iterator[tuple[Field, str, str, Any]]:
    names, rows = _derived_names(field.columns), [row for row in table if _is_row(row)]
    if all(map(names.isdisjoint, rows)):
        return
    filled = [row for row in rows if not _is_blank_row(row)]
    for number, row in enumerate(filled):
        if names.isdisjoint(row):
            continue
        given = _by_slug(field.columns, row, [], "")
        for column in _derived(field.columns):
            if not is_blank(given.get(column.slug)):
                where = f"{field.label}第 {number + 1} 行{column.label}"
                address = f"{field.slug}[{number}].{column.slug}"
                yield column, where, address, given[column.slug]


def _read_one(field: Field, answer: Any, where: str, prefix: str, problems: list[Problem]) -> Value:
    """The value; `where` and `prefix` are of its row, for what is wrong with it."""
    try:
        return read_value(field, answer)
    except WrongValueError as error:
        problems.append(Problem(where + field.label, error.what, error.do, prefix + field.slug))
        return None


@lru_cache(maxsize=4096)
def _typed(fields: tuple[Field, ...]) -> tuple[tuple[str, Field], ...]:
    """What is entered, tables as well, with its slugs."""
    return tuple((one.slug, one) for one in fields if one.is_typed or one.type == "rows")


def _read_rows(field: Field, answer: Any, problems: list[Problem]) -> tuple[Row, ...]:
    if is_blank(answer):
        return ()
    if not isinstance(answer, list | tuple) or not all(map(_is_row, answer)):
        do = f"每行写成一个 [[{field.slug}]]"
        problems.append(Problem(field.label, "应为一行一行的表", do, field.slug))
        return ()
    filled = [row for row in answer if not _is_blank_row(row)]
    return tuple(_read_row(field, number, row, problems) for number, row in enumerate(filled))


def _read_row(
    field: Field, number: int, row: Mapping[str, Any], problems: list[Problem]
) -> dict[str, Value]:
    where, prefix = f"{field.label}第 {number + 1} 行", f"{field.slug}[{number}]."
    given = _by_slug(field.columns, row, problems, where, prefix)
    return {
        slug: _read_one(column, given.get(slug, column.default or None), where, prefix, problems)
        for slug, column in _typed(field.columns)
    }


def _is_row(answer: Any) -> bool:
    return type(answer) is dict or isinstance(answer, Mapping)


def _is_blank_row(row: Mapping[str, Any]) -> bool:
    return all(is_blank(answer) for answer in row.values())


def _renamed(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    named = dict(answers) if _labels(fields).isdisjoint(answers) else _named(fields, answers)
    for table in _tables(fields):
        if table.slug in named:
            named[table.slug] = _renamed_rows(table.columns, named[table.slug])
    return named


def _named(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    slug_of = _slugs(fields)
    named: dict[str, Any] = {}
    for key, answer in answers.items():
        slug = slug_of.get(key, key)
        if slug == key or slug not in answers:
            named[slug] = answer
        elif answer != answers[slug]:
            named[key] = answer
    return named


@lru_cache(maxsize=4096)
def _tables(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.type == "rows")


def _renamed_rows(columns: tuple[Field, ...], rows: Any) -> Any:
    if not isinstance(rows, list | tuple):
        return rows
    return [_renamed(columns, row) if _is_row(row) else row for row in rows]


@lru_cache(maxsize=4096)
def _slugs(fields: tuple[Field, ...]) -> Mapping[str, str]:
    """Slug of every slug, and of every label that only one field has."""
    labels: dict[str, list[str]] = {}
    for field in fields:
        labels.setdefault(field.label, []).append(field.slug)
    only = {label: named[0] for label, named in labels.items() if len(named) == 1}
    return only | {field.slug: field.slug for field in fields}


@lru_cache(maxsize=4096)
def _only_slugs(fields: tuple[Field, ...]) -> frozenset[str]:
    return frozenset(field.slug for field in fields)


@lru_cache(maxsize=4096)
def _labels(fields: tuple[Field, ...]) -> frozenset[str]:
    """Names that stand for a slug."""
    return frozenset(name for name, slug in _slugs(fields).items() if name != slug)


@lru_cache(maxsize=4096)
def _derived(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """What is computed, and tables in which something is."""
    return tuple(one for one in fields if one.derived or any(map(_is_derived, one.columns)))


@lru_cache(maxsize=4096)
def _derived_tables(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Tables in which something is computed."""
    return tuple(one for one in _derived(fields) if one.type == "rows")


def _is_derived(field: Field) -> bool:
    return field.derived is not None


@lru_cache(maxsize=4096)
def _derived_names(fields: tuple[Field, ...]) -> frozenset[str]:
    """What a computed field may be called."""
    derived = {field.slug for field in fields if field.derived}
    return frozenset(name for name, slug in _slugs(fields).items() if slug in derived)


def _by_slug(
    fields: tuple[Field, ...],
    answers: Mapping[str, Any],
    problems: list[Problem],
    where: str,
    prefix: str = "",
) -> Mapping[str, Any]:
    """Answers under their slugs; a Chinese label stands for its slug when it is the only one."""
    if answers.keys() <= _only_slugs(fields):
        return answers
    slug_of = _slugs(fields)
    given: dict[str, Any] = {}
    for key, answer in answers.items():
        slug = slug_of.get(key, "")
        if slug and slug != key and slug in answers:
            if answer != answers[slug]:
                problems.append(_told_twice(key, slug, where, prefix))
        elif slug:
            given[slug] = answer
        elif prefix or key not in EXTRA_KEYS:
            known = [name for field in fields for name in (field.slug, field.label)]
            problems.append(_unknown_key(key, known, where, prefix))
    return given


def _told_twice(label: str, slug: str, where: str, prefix: str) -> Problem:
    what = f"“{label}”和“{slug}”是同一项，写的不一样"
    return Problem(where or label, what, "删去其中一个", prefix + slug)


def _unknown_key(key: str, known: list[str], where: str, prefix: str) -> Problem:
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.7)
    do = f"是否为“{close[0]}”？改正或删去" if close else "删去这一项，或对照表格说明改正名称"
    return Problem(where or "填写内容", f"本表没有“{key}”这一项", do, prefix + key)
