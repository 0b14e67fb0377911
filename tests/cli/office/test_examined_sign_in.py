"""What `minzheng doctor` says of the office's own sign-in."""

from dataclasses import replace
from pathlib import Path

import pytest

from minzheng.cli.office.examined_machine import State
from minzheng.cli.office.examined_sign_in import examine_sign_in
from minzheng.county.config import load_config
from minzheng.county.settings.all_settings import Config
from tests.external.directories.identity_provider import identity_provider
from tests.external.directories.slapd import (
    PEOPLE,
    READER,
    READER_PASSWORD,
    needs_slapd,
    slapd,
)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    return load_config(tmp_path / "config.toml")


def test_an_office_without_one_is_told_nothing(config):
    """There is nothing to look at."""
    assert list(examine_sign_in(config)) == []


@needs_slapd
def test_a_directory_is_asked_as_a_sign_in_would(config, tmp_path, monkeypatch):
    """With the account that searches; a wrong password of it is to be mended."""
    monkeypatch.setenv("MINZHENG_LDAP_PASSWORD", READER_PASSWORD)
    with slapd(tmp_path / "slapd") as directory:
        told = replace(
            config, ldap_url=f"ldap://127.0.0.1:{directory.port}", ldap_base=PEOPLE,
            ldap_reader=READER,
        )  # fmt: skip
        (good,) = examine_sign_in(told)
        monkeypatch.setenv("MINZHENG_LDAP_PASSWORD", "other")
        (bad,) = examine_sign_in(told)
    assert good.state is State.GOOD
    assert (bad.state, "ldap_reader" in bad.text) == (State.BAD, True)


def test_a_provider_is_asked_where_one_signs_in(config):
    """And whether it is the one that was meant; then one that is away."""
    with identity_provider({}) as address:
        (good,) = examine_sign_in(replace(config, oidc_issuer=address))
        (other,) = examine_sign_in(
            replace(config, oidc_issuer=address.replace("127.0.0.1", "localhost") + "/.")
        )
    (away,) = examine_sign_in(replace(config, oidc_issuer="http://127.0.0.1:1"))
    assert good.state is State.GOOD
    assert (other.state, away.state) == (State.BAD, State.BAD)
