"""What a named rule is, and how it names the fields it speaks of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from filler.values.scope import Scope
from minzheng.county.errors import Problem

Fault = tuple[str, str]  #: what is wrong, what to do


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A rule a field of a spec may name, and the kinds of its arguments."""

    function: Callable[..., Fault | None]
    kinds: tuple[str, ...] = ()
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class FormRule:
    """A rule a spec may name under `checks`, and the kinds of its arguments."""

    function: Callable[..., Iterator[Problem]]
    kinds: tuple[str, ...] = ()
    is_warning: bool = False


def label_of(scope: Scope, slug: str) -> str:
    """A field's label; the slug when the form has no such field."""
    field = scope.fields.get(slug)
    return field.label if field else slug


def quoted_label(scope: Scope, slug: str) -> str:
    """A field's label in quotation marks."""
    return f"“{scope.fields[slug].label}”" if slug in scope.fields else slug


def column_label(scope: Scope, rows: str, column: str) -> str:
    """The label of a column of a table."""
    labels = {one.slug: one.label for one in scope.fields[rows].columns}
    return labels.get(column, column)
