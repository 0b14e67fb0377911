"""All texts a template may print, by name, made from a form's values."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from filler.form.forms import PAPER_TYPES, Field, FormSpec
from filler.values.print_value import (
    COUNTY,
    GAP,
    fill_placeholders,
    has_boxes,
    placeholders,
    print_boxes,
)
from filler.values.scope import Scope
from filler.values.unconfirmed import FOOT_NOTE, unconfirmed_figures
from minzheng.county.form_code import FormCode

#: Names every template may use besides its form's fields.
FIXED_NAMES = frozenset({"title", "form_id", "version", "case_no", "code_line", "qr", COUNTY})
#: Endings of the two parts of a table that has a continuation sheet.
FIRST, MORE = "_first", "_more"
_PARTS = ("", FIRST, MORE)


def page_texts(scope: Scope) -> dict[str, Any]:
    """Texts by slug; a table is a list of such mappings, padded with blank rows.

    A table is there whole and in two parts: `members_first` fills the rows the paper
    shows, `members_more` goes to the continuation sheet (续表).
    """
    code = FormCode(scope.spec.id, scope.spec.version, scope.case_no)
    texts: dict[str, Any] = {
        "title": scope.title,
        "form_id": scope.spec.id,
        "version": scope.spec.version,
        "case_no": scope.case_no,
        "code_line": _foot(code, scope),
        "qr": "",
        COUNTY: scope.printed(COUNTY),
    }
    single, tables = _parts_of(scope.spec)
    _put_texts(texts, scope, single)
    for table in tables:
        field = table.field
        texts[field.slug] = rows = _rows(scope, table)
        texts[field.slug + FIRST] = rows[: field.min_rows]
        texts[field.slug + MORE] = rows[field.min_rows :]
    return texts


def _foot(code: FormCode, scope: Scope) -> str:
    """The code line; a paper that reckons with a figure nobody confirmed says so."""
    return f"{code.line()}　{FOOT_NOTE}" if unconfirmed_figures(scope) else code.line()


def template_names(spec: FormSpec) -> frozenset[str]:
    """Every name a template of this form may use."""
    names = set(FIXED_NAMES)
    for field in spec.fields:
        names.update(_names_of(field))
        for part, column in product(_PARTS, field.columns):
            names.add(field.slug + part)
            names.update(f"{field.slug}{part}.{name}" for name in _names_of(column))
    return frozenset(names)


def required_names(spec: FormSpec) -> Mapping[str, str]:
    """Names that must be printed somewhere, with their labels."""
    return dict(_required(spec))


def ways_to_print(name: str) -> tuple[frozenset[str], ...]:
    """Sets of template names; one whole set prints a required name."""
    table, found, column = name.partition(".")
    if not found:
        return frozenset({name}), frozenset({f"{name}_boxes"})
    return tuple(
        frozenset(f"{table}{part}.{column}{ending}" for part in parts)
        for ending in ("", "_boxes")
        for parts in (("",), (FIRST, MORE))
    )


def _required(spec: FormSpec) -> Iterator[tuple[str, str]]:
    yield "title", "标题"
    in_title = placeholders(spec.title)
    for field in spec.fields:
        if field.type == "rows":
            for column in field.columns:
                if column.printed and column.type not in PAPER_TYPES:
                    yield f"{field.slug}.{column.slug}", f"{field.label}·{column.label}"
        elif field.printed and field.type not in PAPER_TYPES and field.slug not in in_title:
            yield field.slug, field.label


class _Fields(NamedTuple):
    """Fields that stand side by side, as they are printed."""

    slugs: tuple[str, ...]
    fields: tuple[Field, ...]
    boxes: tuple[tuple[str, Field], ...]  #: names of choices with boxes
    seals: tuple[Field, ...]

    @classmethod
    def of(cls, fields: Iterable[Field]) -> "_Fields":
        """Sorted once: thousands of papers are printed of one form."""
        every = tuple(fields)
        boxes = ((f"{one.slug}_boxes", one) for one in every if has_boxes(one))
        seals = tuple(one for one in every if one.type == "seal")
        return cls(tuple(one.slug for one in every), every, tuple(boxes), seals)


class _Table(NamedTuple):
    """A table, its columns, and the row that nobody filled."""

    field: Field
    columns: _Fields
    blank: dict[str, str]


@lru_cache(maxsize=512)
def _parts_of(spec: FormSpec) -> tuple[_Fields, tuple[_Table, ...]]:
    tables = [one for one in spec.fields if one.type == "rows"]
    return _Fields.of(one for one in spec.fields if one.type != "rows"), tuple(
        _Table(
            one,
            _Fields.of(one.columns),
            {name: "" for column in one.columns for name in _names_of(column)},
        )
        for one in tables
    )


def _rows(scope: Scope, table: _Table) -> list[dict[str, str]]:
    field, rows = table.field, []
    for row in scope.rows(field.slug):
        texts: dict[str, str] = {}
        _put_texts(texts, row, table.columns)
        rows.append(texts)
    blank = dict(table.blank)
    if field.one_row_each:
        given = {row[field.one_row_each] for row in rows}
        named = [name for name in field.row_names if name not in given]
        rows += [{**blank, field.one_row_each: name} for name in named]
    return rows + [blank] * (field.min_rows - len(rows))


def _put_texts(texts: dict[str, Any], scope: Scope, parts: _Fields) -> None:
    texts.update(zip(parts.slugs, scope.all_printed(parts.fields), strict=True))
    for field in parts.seals:
        texts[field.slug] = fill_placeholders(field.seal_name, scope.printed, GAP)
    for name, field in parts.boxes:
        texts[name] = print_boxes(field, scope.value(field.slug))


def _names_of(field: Field) -> Iterator[str]:
    yield field.slug
    if has_boxes(field):
        yield f"{field.slug}_boxes"
