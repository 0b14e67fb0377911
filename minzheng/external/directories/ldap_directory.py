"""Ask a directory (LDAP, RFC 4511) whether a password is somebody's.

The person is searched for by name, then bound with the password that was typed: where people
stand in the tree, and how passwords are kept, is the directory's own affair.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from ldap3 import NONE, SUBTREE, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException
from ldap3.utils.conv import escape_filter_chars

from minzheng.county.settings.sign_in_servers import LdapServer
from minzheng.external.directories.outside_person import OutsidePerson, OutsideServerError

_PATIENCE_SECONDS = 5
#: Of OpenLDAP and its kin (RFC 4530), of a domain controller.
_SUBJECTS = ("entryUUID", "objectGUID")
_TAKEN, _WRONG_PASSWORD = 0, 49  #: results of RFC 4511, appendix A


def check_password(server: LdapServer, name: str, password: str) -> OutsidePerson | None:
    """Who this is, None when the name is nobody's or the password another.

    Raises:
        OutsideServerError: the directory could not be asked.
    """
    if not name.strip() or not password:  # without one a bind is anonymous, and succeeds
        return None
    with _as_reader(server) as reader:
        found = _find(reader, server, name.strip())
    if found is None:
        return None
    place, person = found
    return person if _opens(server, place, password) else None


def examine(server: LdapServer) -> None:
    """Ask the directory for what a sign-in needs of it, but for a password.

    Raises:
        OutsideServerError: with what failed.
    """
    with _as_reader(server) as reader:
        _search(reader, server, "(objectClass=*)", most=1)


def _find(reader: Connection, server: LdapServer, name: str) -> tuple[str, OutsidePerson] | None:
    """Where the one person of a name stands; two of a name are nobody."""
    entries = _search(
        reader, server, f"({server.name_attribute}={escape_filter_chars(name)})", most=2
    )
    if len(entries) != 1:
        return None
    (entry,) = entries
    raw = {key.lower(): values for key, values in entry["raw_attributes"].items()}
    subjects = [value.hex() for one in _SUBJECTS for value in raw.get(one.lower(), ())]
    return str(entry["dn"]), OutsidePerson(name, subjects[0] if subjects else "")


def _search(reader: Connection, server: LdapServer, words: str, most: int) -> list[dict]:  # type: ignore[type-arg] # of ldap3
    reader.search(
        server.base, words, SUBTREE, attributes=list(_SUBJECTS), size_limit=most,
        time_limit=_PATIENCE_SECONDS,
    )  # fmt: skip
    if reader.result["result"] == 32:  # noSuchObject
        raise OutsideServerError(f"LDAP 服务器上没有 ldap_base 写的位置“{server.base}”。")
    return [one for one in reader.response or () if one["type"] == "searchResEntry"]


@contextmanager
def _as_reader(server: LdapServer) -> Iterator[Connection]:
    with _asked(server), _connection(server, server.reader, server.password) as reader:
        if reader.result["result"] != _TAKEN:
            raise OutsideServerError("LDAP 服务器不让查找人员：请核对 ldap_reader 和它的密码。")
        yield reader


def _opens(server: LdapServer, place: str, password: str) -> bool:
    with _asked(server), _connection(server, place, password) as person:
        result = person.result["result"]
    if result not in (_TAKEN, _WRONG_PASSWORD):
        raise OutsideServerError(
            f"LDAP 服务器没有核对密码，回答是 {result}（{person.result['description']}）。"
        )
    return bool(result == _TAKEN)


@contextmanager
def _connection(server: LdapServer, place: str, password: str) -> Iterator[Connection]:
    """A connection that has been bound, well or not; ended at the end."""
    one = Connection(
        _server(server), place or None, password or None, read_only=True,
        receive_timeout=_PATIENCE_SECONDS, auto_referrals=False, raise_exceptions=False,
    )  # fmt: skip
    try:
        one.open(read_server_info=False)
        if not server.is_encrypted and not server.is_here:
            one.start_tls(read_server_info=False)
        one.bind(read_server_info=False)
        yield one
    finally:
        one.unbind()
        if one.socket is not None:  # left open where nobody answered
            one.socket.close()


class _BelievedTls(Tls):  # type: ignore[misc] # of ldap3, without types
    """The certificate and its name are asked of OpenSSL, which closes what it does not believe."""

    def wrap_socket(self, connection: Connection, do_handshake: bool = False) -> None:
        context = ssl.create_default_context(cafile=self.ca_certs_file)
        host = connection.server.host
        connection.socket = context.wrap_socket(connection.socket, server_hostname=host)


def _server(server: LdapServer) -> Server:
    tls = _BelievedTls(ca_certs_file=str(server.authorities) if server.authorities else None)
    return Server(
        server.host, server.port, use_ssl=server.is_encrypted, tls=tls, get_info=NONE,
        connect_timeout=_PATIENCE_SECONDS,
    )  # fmt: skip


@contextmanager
def _asked(server: LdapServer) -> Iterator[None]:
    """Say of whatever goes wrong on the way what it is and what to do."""
    try:
        yield
    except (LDAPException, OSError) as error:
        raise OutsideServerError(
            f"LDAP 服务器 {server} 没有正常应答。请稍后再试；一直这样，请管理员核对 [sign_in] 里的"
            "地址、证书和网络。"
        ) from error
