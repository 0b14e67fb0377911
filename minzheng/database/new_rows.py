"""New rows of a table, many at once, by a statement made once.

Django makes the statement and looks at each value anew for every fifty rows, which takes longer
than the database does. `executemany` of the same statement leaves the same rows.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection, models

#: Their values stand in the table as they are.
_AS_THEY_ARE = (
    models.CharField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.ForeignKey,
    models.OneToOneField,
)
Value = Callable[[models.Model], Any]


class _Insert(NamedTuple):
    """A statement, and what it takes of an object."""

    sql: str
    values: tuple[Value, ...]


def write_objects(model: type[models.Model], objects: Sequence[Any]) -> None:
    """Write new objects in their order, inside a transaction; each knows its number then."""
    if connection.vendor != "sqlite":
        model._default_manager.bulk_create(objects)
        return
    if not objects:
        return
    made = _insert(model)
    with connection.cursor() as cursor:
        rows = [tuple(value(one) for value in made.values) for one in objects]
        cursor.executemany(made.sql, rows)
        # The database has one writer, so the numbers of one transaction follow one another.
        cursor.execute("SELECT last_insert_rowid()")
        last = cursor.fetchone()[0]
    for number, one in enumerate(objects, start=last - len(objects) + 1):
        one.pk, one._state.adding, one._state.db = number, False, connection.alias


def write_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows of texts, numbers and days; `names` are the columns they give, in their order."""
    known = {one.name: one for one in model._meta.concrete_fields}
    columns = tuple(known[name].column for name in names)
    days = [at for at, name in enumerate(names) if isinstance(known[name], models.DateField)]
    given = [_with_days(row, days) for row in rows] if days else list(rows)
    if given:
        with connection.cursor() as cursor:
            cursor.executemany(_statement(model._meta.db_table, columns), given)


def write_column(
    model: type[models.Model], name: str, by: str, rows: Iterable[tuple[Any, Any]]
) -> None:
    """Write one column of rows that are there, found by another; `rows` are values and keys."""
    known = {one.name: one for one in model._meta.concrete_fields}
    named: tuple[Any, ...] = (model._meta.db_table, known[name].column, known[by].column)
    table, column, key = map(connection.ops.quote_name, named)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", list(rows))


def _with_days(row: Sequence[Any], days: Iterable[int]) -> Sequence[Any]:
    """A row with its days as the database takes them."""
    adapted = list(row)
    for at in days:
        adapted[at] = connection.ops.adapt_datefield_value(adapted[at])
    return adapted


@cache
def _insert(model: type[models.Model]) -> _Insert:
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    columns = tuple(one.column for one in fields)
    return _Insert(_statement(model._meta.db_table, columns), tuple(map(_value_of, fields)))


@cache
def _statement(table: str, columns: tuple[str, ...]) -> str:
    quoted = connection.ops.quote_name
    named, places = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quoted(table)} ({named}) VALUES ({places})"


#: Chinese as it is: half as long as Django's escapes, and sooner written.
_PLAIN_JSON = json.JSONEncoder(ensure_ascii=False)


def _as_json(value: Any) -> str | None:
    if value is None:
        return None
    text = _PLAIN_JSON.encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a sign: no text of a database holds it, an escape does
        return json.dumps(value)
    return text


def _value_of(field: Any) -> Value:
    """What stands in a column of an object, as Django would say it."""
    if type(field) in _AS_THEY_ARE:
        return attrgetter(field.attname)
    if type(field) is models.JSONField and field.encoder is None:
        given = attrgetter(field.attname)
        return lambda one: _as_json(given(one))
    return lambda one: field.get_db_prep_save(field.pre_save(one, True), connection)
