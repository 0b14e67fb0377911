"""Answers as they are kept: a town and a village by the name that the registry has for them.

People write 钟宝, or in one of several counties 城关镇; papers are found by the whole name.
"""

from functools import lru_cache
from typing import Any

from filler.form.form_data import Answers
from filler.form.forms import FormSpec
from filler.values.scope import Scope

_PLACES = ("town", "village")


def placed_answers(scope: Scope, answers: Answers) -> dict[str, Any]:
    """The answers with the places, those of rows too, as they were read."""
    placed = dict(answers)
    for slug in _PLACES:
        if slug in answers and scope.text(slug):
            placed[slug] = scope.text(slug)
    for slug in _tables_with_places(scope.spec):
        given = answers.get(slug)
        if not isinstance(given, list | tuple):
            continue
        rows = scope.rows(slug)
        if len(rows) == len(given) and all(isinstance(row, dict) for row in given):
            placed[slug] = [_placed(row, dict(kept)) for row, kept in zip(rows, given, strict=True)]
    return placed


@lru_cache(maxsize=512)
def _tables_with_places(spec: FormSpec) -> tuple[str, ...]:
    return tuple(
        field.slug
        for field in spec.fields
        if not {column.slug for column in field.columns}.isdisjoint(_PLACES)
    )


def _placed(row: Scope, kept: dict[str, Any]) -> dict[str, Any]:
    read = {slug: row.text(slug) for slug in _PLACES if kept.get(slug)}
    return kept | {slug: text for slug, text in read.items() if text}
