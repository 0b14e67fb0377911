"""Where a search server is reached, read from the address in config.toml."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from minzheng.county.settings.database_address import WrongAddressError

_FORM = "https://用户名@主机:9200"


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """A search server, and who asks."""

    url: str  #: without user and password
    user: str = ""
    password: str = field(default="", repr=False)


def read_search_address(text: str) -> SearchAddress:
    """An address as it is written.

    Raises:
        WrongAddressError: it is none, or lacks a part; never told with a password.
    """
    if not text:
        raise WrongAddressError("没有写检索服务器", f"写成 {_FORM}")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise WrongAddressError("主机或端口的写法不对", f"写成 {_FORM}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongAddressError("不是 http 或 https 的地址", f"写成 {_FORM}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = f"{host}:{port}" if port else host
    url = f"{parts.scheme}://{place}{parts.path.rstrip('/')}"
    return SearchAddress(url, unquote(parts.username or ""), unquote(parts.password or ""))
