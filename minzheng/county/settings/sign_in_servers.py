"""The office's own sign-in, read from config.toml: a directory (LDAP), an identity provider (OIDC).

Passwords and identities cross the network, so only encrypted ways are taken: `ldaps`, `ldap` with
StartTLS (RFC 4513), `https`; a server on this machine may be asked in the clear.
"""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from minzheng.county.settings.database_address import WrongAddressError

#: Before the files: what starts the program may know them alone.
LDAP_PASSWORD_VARIABLE, OIDC_SECRET_VARIABLE = "MINZHENG_LDAP_PASSWORD", "MINZHENG_OIDC_SECRET"
_PORTS = {"ldaps": 636, "ldap": 389}
_LDAP_FORM, _OIDC_FORM = "ldaps://主机:636", "https://主机/路径"


@dataclass(frozen=True, slots=True)
class LdapServer:
    """A directory, who may search it, and where in it people stand."""

    host: str
    port: int
    is_encrypted: bool  #: from the first byte; otherwise by StartTLS, unless on this machine
    base: str  #: the distinguished name below which people stand
    name_attribute: str  #: what they are called by: uid, sAMAccountName
    reader: str = ""  #: the distinguished name that searches; none: anonymous
    password: str = field(default="", repr=False)
    authorities: Path | None = None  #: certificates to trust in place of the system's

    @property
    def is_here(self) -> bool:
        """Whether it runs on this machine."""
        return is_this_machine(self.host)

    def __str__(self) -> str:
        """As messages name it."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """A provider of OpenID Connect, and how it knows this program."""

    issuer: str
    client: str
    name_claim: str  #: what of its answer is the name of a person
    secret: str = field(default="", repr=False)
    authorities: Path | None = None

    def __str__(self) -> str:
        """As messages name it."""
        return self.issuer


def read_ldap_address(text: str) -> tuple[str, int, bool]:
    """Host, port, and whether all is encrypted from the first byte.

    Raises:
        WrongAddressError: it is none.
    """
    parts, port = _split(text, _LDAP_FORM)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise WrongAddressError(f"读到的是“{text}”，不是 LDAP 的地址", f"写成 {_LDAP_FORM}")
    if parts.path.strip("/") or parts.query or parts.username:
        raise WrongAddressError(
            "地址里只写主机和端口", f"写成 {_LDAP_FORM}；从哪里找人写在 ldap_base"
        )
    return parts.hostname, port or _PORTS[parts.scheme], parts.scheme == "ldaps"


def check_issuer(text: str) -> None:
    """Refuse an issuer that cannot be one, or whose answers anybody on the network could write.

    Raises:
        WrongAddressError: it is none.
    """
    parts, _ = _split(text, _OIDC_FORM)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise WrongAddressError(f"读到的是“{text}”，不是网址", f"写成 {_OIDC_FORM}")
    if parts.scheme == "http" and not is_this_machine(parts.hostname):
        raise WrongAddressError("没有加密，谁登录、登录成谁在网络上都可以改", f"写成 {_OIDC_FORM}")


def _split(text: str, form: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        return parts, parts.port
    except ValueError as error:
        raise WrongAddressError("主机或端口的写法不对", f"写成 {form}") from error


def is_this_machine(host: str) -> bool:
    """Whether a name or number of a host is this machine's own, never seen on the network."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
