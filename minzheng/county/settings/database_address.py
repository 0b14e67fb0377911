"""Where a PostgreSQL database is reached, read from the address in config.toml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

SCHEMES = ("postgresql", "postgres")
#: Before the file and the address: what starts the program may know it alone.
PASSWORD_VARIABLE = "MINZHENG_DATABASE_PASSWORD"
_PORT = 5432
#: What may stand after the question mark: how the way is encrypted, or a socket's folder.
_OPTIONS = ("host", "sslmode", "sslrootcert", "sslcert", "sslkey")
_FORM = "postgresql://用户名@主机:5432/库名"


class WrongAddressError(ValueError):
    """What is wrong with an address, and what to do; it never holds a password."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what, self.do = what, do


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A database on a server, and who asks."""

    host: str  #: a name, a number, or the folder of a socket
    port: int
    name: str
    user: str
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """As messages name it: without the password."""
        return f"{self.user}@{self.host}:{self.port}/{self.name}"


def read_address(text: str) -> DatabaseAddress:
    """An address as it is written.

    Raises:
        WrongAddressError: it is none, or lacks a part.
    """
    scheme = text.partition(":")[0].lower()
    if scheme not in SCHEMES or "://" not in text:
        shown = f"“{scheme}”" if "://" in text else "别的文字"
        raise WrongAddressError(
            f"读到的是{shown}，不是 PostgreSQL 的地址",
            f"写成 {_FORM}；用自带的 SQLite 就空着",
        )
    try:
        parts = urlsplit(text)
        port = parts.port or _PORT
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise WrongAddressError(
            "主机、端口或问号后面的写法不对",
            f"写成 {_FORM}；密码里的 @ : / ? # % 要写成 %40 %3A %2F %3F %23 %25",
        ) from error
    address = DatabaseAddress(
        options.pop("host", "") or unquote(parts.hostname or ""),
        port,
        unquote(parts.path.removeprefix("/")),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        options,
    )
    for what, do in _lacking(address):
        raise WrongAddressError(what, do)
    return address


def _lacking(address: DatabaseAddress) -> Iterator[tuple[str, str]]:
    if not address.user:
        yield "没有写用户名", f"写成 {_FORM}"
    if not address.host:
        yield "没有写主机", f"写成 {_FORM}，服务器就在本机时主机写 127.0.0.1"
    if not address.name or "/" in address.name:
        yield "没有写库名，或库名里有斜杠", f"写成 {_FORM}"
    strange = [one for one in address.options if one not in _OPTIONS]
    if strange:
        yield f"问号后面的 {'、'.join(strange)} 不认得", f"可以写的：{'、'.join(_OPTIONS)}"


def read_password(file: Path) -> str:
    """The first line of a file that holds the password alone.

    Raises:
        WrongAddressError: it is not there, cannot be read, or is empty.
    """
    try:
        password = file.read_text(encoding="utf-8").partition("\n")[0].strip("\r\ufeff")
    except FileNotFoundError as error:
        raise WrongAddressError(f"密码文件 {file} 不存在", "建好它，或改写位置") from error
    except (OSError, UnicodeDecodeError) as error:
        raise WrongAddressError(
            f"密码文件 {file} 读不出来", "检查权限，并以 UTF-8 编码保存"
        ) from error
    if not password:
        raise WrongAddressError(f"密码文件 {file} 的第一行是空的", "把密码写在第一行")
    return password
