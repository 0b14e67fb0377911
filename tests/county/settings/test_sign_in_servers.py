"""Addresses of the servers that say who somebody is."""

import pytest

from minzheng.county.settings.database_address import WrongAddressError
from minzheng.county.settings.sign_in_servers import (
    IdentityProvider,
    LdapServer,
    check_issuer,
    is_this_machine,
    read_ldap_address,
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ldaps://dc.example.cn", ("dc.example.cn", 636, True)),
        ("ldap://10.0.0.1", ("10.0.0.1", 389, False)),
        ("LDAPS://dc:6360/", ("dc", 6360, True)),
        ("ldap://[::1]:1389", ("::1", 1389, False)),
    ],
)
def test_an_address_of_a_directory_is_taken_apart(text, read):
    """With the port of its kind when none is written."""
    assert read_ldap_address(text) == read


@pytest.mark.parametrize(
    "text",
    ["dc.example.cn", "https://dc", "ldap://", "ldap://h:x", "ldap://h/dc=a", "ldap://u@h"],
)
def test_what_is_none_is_refused_with_what_to_write(text):
    """Also one that holds more than host and port."""
    with pytest.raises(WrongAddressError) as refused:
        read_ldap_address(text)
    assert "ldaps://主机:636" in refused.value.do


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("https://sso.example.cn/realms/a", True),
        ("http://127.0.0.1:9400", True),
        ("http://localhost", True),
        ("http://sso.example.cn", False),
        ("sso.example.cn", False),
        ("ftp://x", False),
        ("https://h:x", False),
    ],
)
def test_a_provider_is_believed_over_an_encrypted_way_only(text, is_taken):
    """On this machine nobody listens."""
    if is_taken:
        check_issuer(text)
        return
    with pytest.raises(WrongAddressError):
        check_issuer(text)


def test_secrets_are_not_printed():
    """Neither in messages nor where a whole is shown."""
    ldap = LdapServer("h", 1, True, "dc=a", "uid", "cn=r", "geheim")
    provider = IdentityProvider("https://h", "c", "sub", "geheim")
    for one in (ldap, provider):
        assert "geheim" not in f"{one}{one!r}"


@pytest.mark.parametrize(
    ("host", "is_here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("10.0.0.1", False), ("h", False)],
)
def test_this_machine_is_known(host, is_here):
    """By number or by the one name that always means it."""
    assert is_this_machine(host) is is_here
