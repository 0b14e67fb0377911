"""Whether a PostgreSQL server can be used: reached, new enough, its database made as it must be."""

from collections.abc import Iterator

from django.db import Error as DjangoError
from django.db import NotSupportedError, connection

from minzheng.database.errors import ServerAwayError, ServerUnfitError
from minzheng.database.faults import Fault, fault_of, server_said

_AWAY = (
    "数据库服务器 {address} 连不上（{said}）。请检查服务器是否开着、网络是否通，以及 config.toml "
    "[database] 的地址、用户名、密码和库名。数据没有丢，连上后再启动即可。"
)
_OLD = "数据库服务器 {address} 是 PostgreSQL {found}，太旧了，至少要 {least}。请管理员升级服务器。"
#: Places and papers are sought by ranges of paths, which hold only in the order of characters.
#: Asked by its doing, not its name: a database may name one order and keep another.
_ORDERED = ("B", "_", "a", "村", "村/", "村/乙", "村0", "赵", "钱")
_MAKE = "请另建一个库：createdb -T template0 -E UTF8 --locale=C 库名，再把地址改成它。"


def is_on_server() -> bool:
    """Whether the tables lie on a server."""
    return connection.vendor == "postgresql"


def address() -> str:
    """The database as messages name it, without its password."""
    known = connection.settings_dict
    return f"{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def confirm_usable() -> None:
    """Ask a server whether it can be used; the embedded database needs no asking.

    Raises:
        ServerAwayError: it cannot be reached.
        ServerUnfitError: it is too old, or its database is not made as it must be.
    """
    if not is_on_server():
        return
    try:
        unfit = list(_unfit())
    except NotSupportedError as error:
        raise ServerUnfitError(_too_old()) from error
    except DjangoError as error:
        if fault_of(error) is not Fault.AWAY:
            raise
        raise ServerAwayError(say_away(error)) from error
    if unfit:
        raise ServerUnfitError("\n".join(unfit))


def say_if_away(error: BaseException) -> str:
    """What to tell of a failure in the middle of something; empty of any other kind."""
    return say_away(error) if fault_of(error) is Fault.AWAY else ""


def say_if_unfit(error: BaseException) -> str:
    """What to tell of a server that refuses a first question; empty of any other failure."""
    if not isinstance(error, NotSupportedError):
        return ""
    try:
        confirm_usable()
    except (ServerUnfitError, ServerAwayError) as reason:
        return str(reason)
    return ""


def say_away(error: BaseException) -> str:
    """That the server cannot be reached, with what it said."""
    return _AWAY.format(address=address(), said=server_said(error) or "没有回答")


def asked_of_database() -> tuple[str, bool]:
    """Its encoding, and whether it is a copy that takes no writing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_encoding'), pg_is_in_recovery()")
        encoding, is_copy = cursor.fetchone()
    return encoding, is_copy


def _is_in_order() -> bool:
    """Whether texts are in the order of their characters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT t FROM unnest(%s::text[]) AS given(t) ORDER BY t", [list(_ORDERED)])
        return [row[0] for row in cursor.fetchall()] == sorted(_ORDERED)


def _unfit() -> Iterator[str]:
    if connection.get_database_version() < (connection.features.minimum_database_version or ()):
        yield _too_old()
    encoding, is_copy = asked_of_database()
    if encoding != "UTF8":
        yield f"数据库 {address()} 的编码是 {encoding}，存不了汉字，须是 UTF8。{_MAKE}"
    elif not _is_in_order():
        yield f"数据库 {address()} 的排序规则（locale）不是 C，按村查档会漏。{_MAKE}"
    if is_copy:
        yield f"数据库服务器 {address()} 是只读的备机，写不进去。请把地址改成主机。"


def _too_old() -> str:
    least = connection.features.minimum_database_version or ()
    found = ".".join(map(str, connection.get_database_version()))
    return _OLD.format(address=address(), found=found, least=".".join(map(str, least)))
