"""All settings, and what follows from them."""

import datetime as dt
import os
from pathlib import Path

import pytest

from minzheng.county.config import load_config
from minzheng.county.errors import ConfigError
from minzheng.county.settings.all_settings import SETTINGS
from tests.county.tables import written
from tests.county.test_config import write

_LDAP = '[sign_in]\nldap_url = "ldaps://dc"\nldap_base = "dc=a"\n'


def test_every_number_tells_its_range():
    """Whoever changes it need not try."""
    numbers = [one for one in SETTINGS.values() if not isinstance(one.default, str)]
    assert [one.name for one in numbers if one.range not in one.explanation] == []
    assert [one.name for one in SETTINGS.values() if not one.explanation] == []


@pytest.mark.parametrize(
    ("host", "https", "is_overheard"),
    [
        ("127.0.0.1", "no", False),
        ("127.0.0.2", "no", False),
        ("::1", "no", False),
        ("localhost", "no", False),
        ("0.0.0.0", "no", True),
        ("::", "no", True),
        ("10.1.2.3", "no", True),
        ("minzheng.lan", "no", True),
        ("0.0.0.0", "yes", False),
    ],
)
def test_pages_beyond_this_machine_need_encryption(tmp_path, host, https, is_overheard):
    """Whoever shares the network could read passwords and people's data."""
    file = write(tmp_path, f'[web]\nhost = "{host}"\nhttps = "{https}"\n')
    assert load_config(file).is_overheard is is_overheard


def test_a_number_of_workers_that_is_given_is_kept(tmp_path):
    """Nought means as many as there are processors."""
    text = "[reading]\nworkers = 3\n"
    assert load_config(written(tmp_path, "config.toml", text) / "config.toml").worker_count == 3
    config = load_config(written(tmp_path, "config.toml", "") / "config.toml")
    assert config.worker_count == os.cpu_count()


@pytest.mark.parametrize(
    ("host", "https", "choice", "must"),
    [
        ("127.0.0.1", "no", "served", False),
        ("::1", "no", "served", False),
        ("0.0.0.0", "no", "served", True),
        ("10.0.0.5", "no", "served", True),
        ("127.0.0.1", "yes", "served", True),
        ("0.0.0.0", "no", "no", False),
        ("127.0.0.1", "no", "yes", True),
    ],
)
def test_first_passwords_are_changed_where_others_reach_the_pages(
    tmp_path: Path, host: str, https: str, choice: str, must: bool
):
    """Unless the settings say otherwise."""
    text = (
        f'[web]\nhost = "{host}"\nhttps = "{https}"\n'
        f'[accounts]\nchange_first_password = "{choice}"\n'
    )
    assert load_config(write(tmp_path, text)).must_change_first_passwords is must


def test_the_plan_of_backups_is_read(tmp_path):
    """Nothing is planned until somebody says so."""
    assert load_config(write(tmp_path, "")).backup_folder is None
    assert load_config(write(tmp_path, "")).backup_clock is None
    config = load_config(write(tmp_path, '[backup]\nfolder = "b"\nat = "2：05"\n'))
    assert config.backup_folder == tmp_path / "b"
    assert config.backup_clock == dt.time(2, 5)


def test_the_tables_lie_in_the_data_folder_unless_a_server_is_named(tmp_path: Path):
    """An empty address is no address."""
    assert load_config(write(tmp_path, "")).database is None
    assert load_config(write(tmp_path, '[database]\nurl = " "\n')).database is None


def test_a_password_comes_from_the_environment_then_its_file_then_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """So that config.toml need not hold it."""
    text = '[database]\nurl = "postgresql://u:inside@h/d"\n'
    assert load_config(write(tmp_path, text)).database.password == "inside"
    (tmp_path / "secret").write_text("in file\nand more\n", encoding="utf-8")
    text += 'password_file = "secret"\n'
    assert load_config(write(tmp_path, text)).database.password == "in file"
    monkeypatch.setenv("MINZHENG_DATABASE_PASSWORD", "told")
    assert load_config(write(tmp_path, text)).database.password == "told"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有写检索服务器"), ('server = "h:9200"', "不是 http"),
        ('server = "https://u@h"\npassword_file = "x"', "不存在"),
        ('server = "https://u@h"', ""),
    ],
)  # fmt: skip
def test_a_search_server_is_named_as_it_is_reached(tmp_path: Path, text, said):
    """Asked for only where it is the engine."""
    load_config(write(tmp_path, f"[search]\n{text}\n"))
    file = write(tmp_path, f'[search]\nengine = "opensearch"\n{text}\n')
    if not said:
        address = load_config(file).search_address
        assert address is not None
        assert (address.url, address.user) == ("https://h", "u")
        return
    with pytest.raises(ConfigError) as refused:
        load_config(file)
    (problem,) = refused.value.problems
    assert problem.where == "[search] server"
    assert said in problem.what


def test_reading_is_shared_only_through_a_server(tmp_path: Path):
    """Other machines cannot see what waits in a file of this one."""
    url = '[database]\nurl = "postgresql://u@h/d"\n'
    assert load_config(write(tmp_path, f'{url}[reading]\nqueue = "postgresql"\n')).shares_reading
    assert not load_config(write(tmp_path, url)).shares_reading


def test_the_office_s_own_sign_in_is_off_until_it_is_named(tmp_path: Path):
    """And then known with its secret, which config.toml need not hold."""
    config = load_config(write(tmp_path, ""))
    assert (config.ldap, config.identity_provider, config.has_outside_sign_in) == (
        None, None, False,
    )  # fmt: skip
    (tmp_path / "secret").write_text("geheim\n", encoding="utf-8")
    config = load_config(write(tmp_path, f'{_LDAP}ldap_password_file = "secret"\n'))
    assert (config.ldap.host, config.ldap.port, config.ldap.password) == ("dc", 636, "geheim")
    text = '[sign_in]\noidc_issuer = "https://sso/"\noidc_secret_file = "secret"\n'
    provider = load_config(write(tmp_path, text)).identity_provider
    assert (provider.issuer, provider.secret) == ("https://sso", "geheim")
