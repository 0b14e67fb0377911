"""Answers as they are kept: a town and a village by the name that the registry has for them.

People write 钟宝, or in one of several counties 城关镇; papers are found by the whole name.
"""

from typing import Any

from filler.form.form_data import Answers
from filler.values.scope import Scope

_PLACES = ("town", "village")


def placed_answers(scope: Scope, answers: Answers) -> dict[str, Any]:
    """The answers with the places, those of rows too, as they were read."""
    placed = dict(answers)
    for slug in _PLACES:
        if slug in answers and scope.text(slug):
            placed[slug] = scope.text(slug)
    for field in scope.spec.fields:
        columns = {column.slug for column in field.columns}
        given = answers.get(field.slug)
        if columns.isdisjoint(_PLACES) or not isinstance(given, list | tuple):
            continue
        rows = scope.rows(field.slug)
        if len(rows) == len(given) and all(isinstance(row, dict) for row in given):
            placed[field.slug] = [
                _placed(row, dict(kept)) for row, kept in zip(rows, given, strict=True)
            ]
    return placed


def _placed(row: Scope, kept: dict[str, Any]) -> dict[str, Any]:
    read = {slug: row.text(slug) for slug in _PLACES if kept.get(slug)}
    return kept | {slug: text for slug, text in read.items() if text}
