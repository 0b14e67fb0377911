"""All rows of the embedded database, taken over to the one that config.toml names.

Every row keeps its number, its times and its seals; afterwards each is read on both sides and
compared, and only when all are alike does the transaction end. The source is only read.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DataError, OperationalError, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor

from minzheng.database.errors import DatabaseError
from minzheng.database.faults import is_unstorable
from minzheng.database.storable import storable

TARGET, SOURCE = "default", "embedded"
_CHUNK = 200  #: rows: one content may hold the lines of a thousand pages
#: What a migration writes into empty tables; nobody's work.
_MADE_BY_MIGRATIONS = frozenset({"contenttypes", "auth"})

Tell = Callable[[str, int], None]


class MoveError(DatabaseError):
    """数据没有搬过去。"""


def move_rows(file: Path, tell: Tell) -> int:
    """Take over everything that lies in a SQLite file; how many rows those were.

    `tell` hears the name of each table and how many rows it has, once they are there.

    Raises:
        MoveError: the file is of another version, the target holds something, a row cannot be
            kept there, or arrived otherwise than it left; nothing was changed then.
    """
    with _opened(file):
        _refuse_other_version()
        moved = [one for one in apps.get_models(include_auto_created=True) if _is_ours(one)]
        _refuse_full_target(moved)
        with transaction.atomic(using=TARGET), _times_kept(moved):
            for model in reversed(moved):
                model._base_manager.using(TARGET).all().delete()
            rows = 0
            for model in moved:
                count = _copy(model)
                _confirm_alike(model)
                tell(str(model._meta.verbose_name), count)
                rows += count
            _go_on_counting(moved)
    return rows


def holds_rows(alias: str = TARGET) -> bool:
    """Whether somebody's work lies in a database: accounts, files, documents."""
    return any(
        model._base_manager.using(alias).exists()
        for model in apps.get_models()
        if _is_ours(model) and model._meta.app_label not in _MADE_BY_MIGRATIONS
    )


@contextmanager
def _opened(file: Path) -> Iterator[None]:
    """The file under a name of its own, as long as it is needed."""
    entry = {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": {"timeout": 30}}
    settings = connections.configure_settings({TARGET: {}, SOURCE: entry})
    connections.settings[SOURCE] = settings[SOURCE]
    try:
        yield
    finally:
        connections[SOURCE].close()
        del connections[SOURCE]
        del connections.settings[SOURCE]


def _is_ours(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def _refuse_other_version() -> None:
    executor = MigrationExecutor(connections[SOURCE])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MoveError(
            "自带的数据库是旧版程序的。请先把 config.toml [database] url 改回空着，运行 "
            "minzheng upgrade 备份文件夹，再搬。"
        )


def _refuse_full_target(moved: list[type[models.Model]]) -> None:
    filled = [
        str(one._meta.verbose_name)
        for one in moved
        if one._meta.app_label not in _MADE_BY_MIGRATIONS
        and one._base_manager.using(TARGET).exists()
    ]
    if filled:
        raise MoveError(
            f"数据库服务器上的库里已经有内容（{'、'.join(filled[:5])}），没有搬：只搬进空的库。"
            "请另建一个空库，把 config.toml [database] url 改成它。"
        )


@contextmanager
def _times_kept(moved: list[type[models.Model]]) -> Iterator[None]:
    """Fields that note the time of writing keep the time they have."""
    fields = [field for model in moved for field in model._meta.local_concrete_fields]
    kept = [
        (field, name)
        for field in fields
        for name in ("auto_now", "auto_now_add")
        if getattr(field, name, False)
    ]
    for field, name in kept:
        setattr(field, name, False)
    try:
        yield
    finally:
        for field, name in kept:
            setattr(field, name, True)


def _copy(model: type[models.Model]) -> int:
    count, batch = 0, []
    for row in _rows(model, SOURCE):
        batch.append(row)
        if len(batch) == _CHUNK:
            count += _add(model, batch)
            batch = []
    return count + _add(model, batch)


def _add(model: type[models.Model], batch: list[Any]) -> int:
    try:
        return len(model._base_manager.using(TARGET).bulk_create(batch))
    except (DataError, OperationalError) as error:
        if not is_unstorable(error):
            raise
        raise MoveError(
            f"{model._meta.verbose_name} 第 {batch[0].pk} 至 {batch[-1].pk} 行里有服务器存不下的"
            f"内容（{str(error).splitlines()[0]}），没有搬，自带的数据库没有动。请把这句话交给技术支持。"
        ) from error


def _rows(model: type[models.Model], alias: str) -> Iterator[Any]:
    return model._base_manager.using(alias).order_by("pk").iterator(chunk_size=_CHUNK)


def _confirm_alike(model: type[models.Model]) -> None:
    """Every value of every row, read again on both sides."""
    names = [field.attname for field in model._meta.concrete_fields]
    for left, right in zip_longest(_rows(model, SOURCE), _rows(model, TARGET)):
        if left is None or right is None or _values(left, names) != _values(right, names):
            number = (left or right).pk
            raise MoveError(f"{model._meta.verbose_name} 第 {number} 行搬过去以后不一样，没有搬。")


def _values(row: models.Model, names: list[str]) -> list[Any]:
    return [_comparable(getattr(row, name)) for name in names]


def _comparable(value: Any) -> Any:
    """A value as both sides have it: a server holds not every sign, and gives bytes as a view."""
    return bytes(value) if isinstance(value, memoryview) else storable(value)


def _go_on_counting(moved: list[type[models.Model]]) -> None:
    """The next row gets the next number."""
    connection = connections[TARGET]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), moved):
            cursor.execute(sql)
