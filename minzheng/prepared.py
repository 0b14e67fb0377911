"""A question to the database, made once and asked often.

Django makes the SQL of a question anew whenever it is asked, which takes four times as long as
asking it. What is written here like any other query is turned into SQL when it is first asked.
"""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

Row = TypeVar("Row")
Given = str | int | dt.date

_AT_ONCE = 10  #: of many values; a page of hits asks for so many
#: What stands for a given value while the SQL is made: no query says these of itself.
_WORD, _NUMBER, _DAY = "\ue000given %d\ue000", 31_700, dt.date(2999, 1, 1)


@dataclass(frozen=True, slots=True)
class _Made:
    """A question as SQL, and how its rows become what was asked for."""

    sql: str
    values: tuple[Any, ...]  #: those it says of itself, and something where one is given
    places: tuple[tuple[int, int], ...]  #: place among the values, number of the given one
    compiler: Any
    converters: Any
    model: type[Model] | None  #: None: rows as they are
    names: tuple[str, ...]


class Prepared(Generic[Row]):
    """A question whose given values change and whose shape does not.

    `make` is called with something in place of each value, once for each number of values; no
    value may be a datetime, and none may decide what the question looks like.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self._make = make
        self._kept = threading.local()  # Django's converters belong to a connection

    def all(self, *given: Given) -> list[Row]:
        """Every row."""
        made = self._made(given)
        return self._read(made, _ask(made, given))

    def first(self, *given: Given) -> Row | None:
        """The first row; a question that has many says `[:1]`."""
        made = self._made(given)
        return next(iter(self._read(made, _ask(made, given)[:1])), None)

    def any_of(self, *given: Given) -> list[Row]:
        """The rows of any of many values, for a question that takes as many as there are.

        They are asked ten at a time, the last once more where fewer are left: each number of
        values is SQL of its own, and kept.
        """
        if len(given) <= 1:
            return self.all(*given) if given else []
        parts = (given[start : start + _AT_ONCE] for start in range(0, len(given), _AT_ONCE))
        filled = ((*part, *part[-1:] * (_AT_ONCE - len(part))) for part in parts)
        return [row for part in filled for row in self.all(*part)]

    def count(self, *given: Given) -> int:
        """How many rows there are."""
        made = self._made(given)
        sql = f"SELECT COUNT(*) FROM ({made.sql}) AS counted"
        with connection.cursor() as cursor:
            cursor.execute(sql, _values(made, given))
            return int(cursor.fetchone()[0])

    def _made(self, given: Sequence[Given]) -> _Made:
        shape = f"{connection.alias} {' '.join(type(one).__name__ for one in given)}"
        made: _Made | None = getattr(self._kept, shape, None)
        if made is None:
            made = _as_sql(self._make(*map(_stand_in, range(len(given)), given)), given)
            setattr(self._kept, shape, made)
        return made

    def _read(self, made: _Made, rows: Sequence[Any]) -> list[Row]:
        read: Any = rows
        if made.converters:
            read = made.compiler.apply_converters(rows, made.converters)
        if made.model is None:
            return cast(list[Row], [tuple(row) for row in read])
        make = made.model.from_db
        return [cast(Row, make(connection.alias, made.names, row)) for row in read]


def _as_sql(asked: QuerySet[Any, Any], given: Sequence[Given]) -> _Made:
    compiler: Any = asked.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    stand_ins = {_adapted(_stand_in(number, one)): number for number, one in enumerate(given)}
    places = tuple(
        (place, stand_ins[value])
        for place, value in enumerate(values)
        if isinstance(value, str | int | dt.date) and value in stand_ins
    )
    if len({number for _, number in places}) < len(given):
        raise TypeError("a given value does not stand in the question")
    select = compiler.select
    is_model = asked._iterable_class is ModelIterable
    return _Made(
        sql,
        tuple(values),
        places,
        compiler,
        compiler.get_converters([one for one, _, _ in select]),
        asked.model if is_model else None,
        tuple(one.target.attname for one, _, _ in select) if is_model else (),
    )


def _ask(made: _Made, given: Sequence[Given]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(made.sql, _values(made, given))
        return cast(list[Any], cursor.fetchall())


def _values(made: _Made, given: Sequence[Given]) -> list[Any]:
    values = list(made.values)
    for place, number in made.places:
        values[place] = _adapted(given[number])
    return values


def _stand_in(number: int, value: Given) -> Given:
    if isinstance(value, str):
        return _WORD % number
    return _NUMBER + number if isinstance(value, int) else _DAY + dt.timedelta(number)


def _adapted(value: Given) -> Any:
    """A value as the database takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
