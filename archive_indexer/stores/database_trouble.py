"""What a failure of the database means: damage, a full disk, a server that is away, a busy one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError
from django.db import Error as AnyError

from archive_indexer.errors import DatabaseBrokenError, DiskFullError
from minzheng.database.faults import Fault, fault_of

#: A full disk, by what it says or by the failure it is taken for.
_FULL = (Fault.FULL, Fault.BROKEN)
FULL_DISK = "磁盘已满，请腾出空间；已识别的内容不会丢，有空间后自动继续。"
BUSY = "数据库正被别的程序占用，稍后自动再试。"
AWAY = "数据库服务器连不上，连上后自动继续；已识别的内容不会丢。请管理员检查服务器和网络。"
#: What may pass: the first is SQLite's and most of a server's, the second a connection's end.
PASSING = (OperationalError, InterfaceError)


def is_damage(error: BaseException) -> bool:
    """Whether the database itself is damaged."""
    return fault_of(error) is Fault.DAMAGED


def say_trouble(error: AnyError) -> str:
    """What to tell people of a failure that may pass."""
    fault = fault_of(error)
    if fault in _FULL:
        return FULL_DISK
    return AWAY if fault is Fault.AWAY else BUSY


@contextmanager
def naming_damage() -> Iterator[None]:
    """Turn damage and a full disk into errors that say what to do.

    Raises:
        DatabaseBrokenError: the database is damaged.
        DiskFullError: there is no room for it.
    """
    try:
        yield
    except DatabaseError as error:
        if is_damage(error):
            raise DatabaseBrokenError from error
        if fault_of(error) in _FULL:
            raise DiskFullError from error
        raise
