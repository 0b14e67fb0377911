"""Rows of an office of one county, which becomes one of several: each town under its county."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat

from minzheng.county.town_names import APART

TOWN = "town"
_AT_ONCE = 200
#: What stands on paper, word for word, is no name of a row.
_AS_PRINTED = frozenset({"texts"})


def put_towns_under(county: str) -> int:
    """Let every row and every answer that names a town name it under `平利县·`; how many did.

    Texts as they were printed stay. Call it within a transaction.
    """
    ours = [one for one in apps.get_models() if one._meta.managed and not one._meta.proxy]
    return sum(_columns_of(one, county) for one in ours) + sum(
        _json_of(one, county) for one in ours
    )


def under(county: str, said: Any) -> Any:
    """A value as it stands in JSON, with every town that it names under a county."""
    if isinstance(said, list):
        return [under(county, one) for one in said]
    if not isinstance(said, dict):
        return said
    return {name: _put(county, name, one) for name, one in said.items()}


def _put(county: str, name: str, said: Any) -> Any:
    if name == TOWN and isinstance(said, str):
        return full(county, said)
    if name == TOWN and isinstance(said, dict) and isinstance(said.get("value"), str):
        return said | {"value": full(county, said["value"])}
    return under(county, said)


def full(county: str, town: str) -> str:
    """A town under its county; nothing, and what has one, as it is."""
    return f"{county}{town}" if town and APART not in town else town


def _columns_of(model: type[models.Model], county: str) -> int:
    if TOWN not in {field.name for field in model._meta.local_fields}:
        return 0
    named = model._base_manager.exclude(town="").exclude(town__contains=APART)
    return named.update(town=Concat(Value(county), F(TOWN)))


def _json_of(model: type[models.Model], county: str) -> int:
    names = [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, models.JSONField) and field.name not in _AS_PRINTED
    ]
    return sum(_json_in(model, name, county) for name in names)


def _json_in(model: type[models.Model], name: str, county: str) -> int:
    count, batch = 0, []
    for row in _rows_with(model, name):
        said = under(county, getattr(row, name))
        if said == getattr(row, name):
            continue
        setattr(row, name, said)
        batch.append(row)
        if len(batch) == _AT_ONCE:
            count, batch = count + _keep(model, batch, name), []
    return count + _keep(model, batch, name)


def _keep(model: type[models.Model], rows: list[Any], name: str) -> int:
    return model._base_manager.bulk_update(rows, [name]) if rows else 0


def _rows_with(model: type[models.Model], name: str) -> Iterator[Any]:
    """Numbers first: a cursor is not read while its table is written."""
    numbers = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(numbers), _AT_ONCE):
        yield from model._base_manager.filter(pk__in=numbers[at : at + _AT_ONCE]).only("pk", name)
