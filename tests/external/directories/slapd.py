"""A real directory (OpenLDAP's slapd) for the time of a test, with people in it."""

import datetime as dt
import ipaddress
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from minzheng.county.settings.sign_in_servers import LdapServer
from tests.cli.test_killed_service import free_port

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/libexec")
needs_slapd = pytest.mark.skipif(SLAPD is None, reason="slapd is not installed")

BASE, PEOPLE = "dc=test,dc=cn", "ou=people,dc=test,dc=cn"
READER, READER_PASSWORD = f"cn=reader,{BASE}", "reader-1"
PASSWORDS = {"zhangwei": "Geheim-1", "li(na)*": "Klammer-2"}

_MOST_TRIES = 5

_CONFIG = """include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile {folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile {folder}/ca.pem
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
disallow bind_anon
database mdb
directory {folder}/db
suffix "{base}"
rootdn "cn=root,{base}"
rootpw root-1
access to attrs=userPassword by anonymous auth by * none
access to * by users read by * none
"""
_ENTRY = """
dn: {place}
objectClass: inetOrgPerson
cn: {name}
sn: {name}
uid: {uid}
userPassword: {password}
"""


@dataclass(frozen=True)
class Slapd:
    """Where it listens, and what must be trusted to believe it."""

    folder: Path
    port: int
    tls_port: int

    @property
    def server(self) -> LdapServer:
        """Asked as this program would ask it, on this machine."""
        return LdapServer("127.0.0.1", self.port, False, PEOPLE, "uid", READER, READER_PASSWORD)

    @property
    def encrypted(self) -> LdapServer:
        """Asked as on a network, by a name in its certificate."""
        return replace(
            self.server, host="localhost", port=self.tls_port, is_encrypted=True,
            authorities=self.folder / "ca.pem",
        )  # fmt: skip


@contextmanager
def slapd(folder: Path) -> Iterator[Slapd]:
    """Start a directory, and end it."""
    (folder / "db").mkdir(parents=True)
    _write_certificates(folder)
    config = folder / "slapd.conf"
    config.write_text(_CONFIG.format(folder=folder, base=BASE), encoding="utf-8")
    people = folder / "people.ldif"
    people.write_text(_entries(), encoding="utf-8")
    assert SLAPD is not None
    subprocess.run([SLAPD, "-T", "a", "-f", config, "-l", people], check=True, capture_output=True)
    one, process = _started(folder, config)
    with process:
        try:
            yield one
        finally:
            process.terminate()


def _started(folder: Path, config: Path) -> "tuple[Slapd, subprocess.Popen[bytes]]":
    """A directory that answers; a port that somebody took meanwhile is changed for another."""
    for _ in range(_MOST_TRIES):
        one = Slapd(folder, free_port(), free_port())
        addresses = f"ldap://127.0.0.1:{one.port} ldaps://127.0.0.1:{one.tls_port}"
        process = subprocess.Popen([str(SLAPD), "-d", "0", "-f", config, "-h", addresses])
        if _answers(one.tls_port, process):
            return one, process
        process.kill()
        process.wait()
    raise AssertionError("slapd did not start")


def _entries() -> str:
    top = f"dn: {BASE}\nobjectClass: domain\ndc: test\n\n"
    top += f"dn: {PEOPLE}\nobjectClass: organizationalUnit\nou: people\n"
    people = [(READER, "reader", "reader", READER_PASSWORD)]
    for number, (uid, password) in enumerate(PASSWORDS.items()):
        people.append((f"cn=p{number},{PEOPLE}", f"p{number}", uid, password))
    for name in ("twin1", "twin2"):
        people.append((f"cn={name},{PEOPLE}", name, "twin", "Twin-1"))
    return top + "".join(
        _ENTRY.format(place=place, name=name, uid=uid, password=password)
        for place, name, uid, password in people
    )


def _write_certificates(folder: Path) -> None:
    """An authority of its own, and a certificate for `localhost`."""
    root, root_key = _certificate("Test CA", None, None)
    one, key = _certificate("localhost", root, root_key)
    for name, certificate in (("ca", root), ("server", one)):
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        (folder / f"{name}.pem").write_bytes(pem)
    (folder / "server.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )  # fmt: skip


def _certificate(
    name: str, issuer: x509.Certificate | None, issuer_key: ec.EllipticCurvePrivateKey | None
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
    )
    return made.sign(issuer_key or key, hashes.SHA256()), key


def _answers(port: int, process: "subprocess.Popen[bytes]") -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False
