"""The settings of config.toml."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from minzheng.county.config import PROJECT_FOLDER, SETTINGS, Config, current_config, load_config
from minzheng.county.errors import ConfigError, MinzhengError
from script import settings
from tests.county.tables import written


def write(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_projects_own_file_is_right():
    """The committed config.toml loads with the values it shows."""
    config = load_config(PROJECT_FOLDER / "config.toml")
    assert config.port == 8000
    assert config.archive_folder == PROJECT_FOLDER / "archive"


def test_what_is_not_written_has_its_default(tmp_path: Path):
    """An empty file gives the defaults, relative to its own folder."""
    config = load_config(write(tmp_path, ""))
    assert config == Config(config.file, tmp_path / "archive", tmp_path / "data")
    assert config.worker_count >= 1


def test_the_files_in_the_project_are_what_is_declared():
    """`python -m script.settings` writes config.toml and docs/settings.md."""
    assert settings.CONFIG_FILE.read_text(encoding="utf-8") == settings.as_toml()
    assert settings.GUIDE_FILE.read_text(encoding="utf-8") == settings.as_guide()


def test_a_written_out_file_says_the_defaults(tmp_path: Path):
    """Every key with its comment; loading it changes nothing."""
    text = settings.as_toml()
    assert load_config(write(tmp_path, text)) == load_config(write(tmp_path, ""))
    assert all(f"{one.key} = " in text and one.explanation in text for one in SETTINGS.values())


def test_every_number_tells_its_range():
    """Whoever changes it need not try."""
    numbers = [one for one in SETTINGS.values() if not isinstance(one.default, str)]
    assert [one.name for one in numbers if one.range not in one.explanation] == []
    assert [one.name for one in SETTINGS.values() if not one.explanation] == []


def test_what_the_file_says_arrives_in_its_field(tmp_path: Path):
    """Each key in another value than the default, by its own name."""
    other = {
        "settle_seconds": 3, "watching": "polling", "https": "yes", "counting": "working",
        "change_first_password": "yes", "second_person": "no", "inbox": "scans",
        "data_folder": "elsewhere", "at": "02:30",
        "code_roles": "审计员", "url": "postgresql://a@b/c", "password_file": "config.toml",
        "queue": "postgresql", "ldap_url": "ldaps://h", "ldap_name": "cn",
        "ldap_password_file": "config.toml", "authorities_file": "config.toml",
        "oidc_issuer": "",  # only one of the two
        "engine": "postgresql", "server": "https://h:9200",
    }  # fmt: skip
    wanted = {
        name: other.get(one.key, one.default + 1 if isinstance(one.default, int) else "别的")
        for name, one in SETTINGS.items()
    }
    text = "".join(
        f"{one.table}.{one.key} = {json.dumps(wanted[name], ensure_ascii=False)}\n"
        for name, one in SETTINGS.items()
    )
    config = load_config(write(tmp_path, text))
    wanted |= {"archive_folder": tmp_path / "别的", "data_folder": tmp_path / "elsewhere"}
    assert {name: getattr(config, name) for name in SETTINGS} == wanted
    assert isinstance(config.settle_seconds, float)
    assert config.issued_folder == tmp_path / "elsewhere" / "issued"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[archive]\nwalk_minute = 5\n", "是不是 walk_minutes？"),
        ("[wbe]\nport = 1\n", "是不是 web？"),
        ("[web]\ncolour = 1\n", "可用的项：host、port"),
        ("web = 1\n", "没有这一节"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path, text: str, said: str):
    """And with all there are."""
    with pytest.raises(ConfigError, match="没有这一") as caught:
        load_config(write(tmp_path, text))
    assert said in str(caught.value)
    assert "可用的" in str(caught.value)


def test_every_mistake_is_named_at_once(tmp_path: Path):
    """Wrong keys and values say what was read and what is allowed."""
    text = '[archive]\nwalk_minutes = "x"\nwatching = "often"\ncolour = 1\n[wbe]\nport = 1\n'
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, text + "[web]\nport = 70000\nhost = ''\n"))
    message = str(caught.value)
    for part in (
        "'x'",
        "1–1440",
        "'often'",
        '"polling"',
        "colour",
        "[wbe]",
        "70000",
        "65535",
        "非空",
    ):
        assert part in message
    assert len(caught.value.problems) == 6


@pytest.mark.parametrize(
    "inbox", ["archive", "archive/inbox", ".", "data/inbox", "archive/../archive/x"]
)
def test_an_inbox_inside_the_archive_is_refused(tmp_path: Path, inbox: str):
    """What nobody has confirmed must not be taken for the archive."""
    with pytest.raises(ConfigError, match="收件箱") as caught:
        load_config(write(tmp_path, f'[archive]\ninbox = "{inbox}"\n'))
    assert caught.value.problems[0].field == "archive.inbox"


@pytest.mark.parametrize("value", ["true", "1.5"])
def test_a_whole_number_is_asked_for(tmp_path: Path, value: str):
    """true and 1.5 are no port."""
    with pytest.raises(ConfigError, match="整数"):
        load_config(write(tmp_path, f"[web]\nport = {value}\n"))


def test_a_missing_file_says_what_to_do(tmp_path: Path):
    """A file that is not there is explained."""
    with pytest.raises(ConfigError, match="--config"):
        load_config(tmp_path / "none.toml")


def test_broken_toml_is_explained(tmp_path: Path):
    """A file that is no TOML is explained."""
    with pytest.raises(ConfigError, match="不合 TOML 格式"):
        load_config(write(tmp_path, "[web"))


def test_a_file_in_another_encoding_is_explained(tmp_path: Path):
    """A file saved as GBK asks for UTF-8."""
    (tmp_path / "config.toml").write_bytes("# 民政".encode("gbk"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load_config(tmp_path / "config.toml")


def test_a_failure_without_words_says_its_docstring():
    """The default message of a failure is its docstring."""
    assert "管理员" in str(MinzhengError())


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


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("[web]\nport = 1\n", []), ("[web]\nport = 0\n", ["web.port"]),
        ("[web]\nport = 65535\n", []), ("[web]\nport = 65536\n", ["web.port"]),
        ("[archive]\nsettle_seconds = 1\n", []), ("[archive]\nsettle_seconds = 0.2\n", []),
        ("[archive]\nsettle_seconds = 0.1\n", ["archive.settle_seconds"]),
        ("[archive]\nsettle_seconds = true\n", ["archive.settle_seconds"]),
        ("[archive]\nverify_mb_a_day = 0\n", []), ("[archive]\nverify_mb_a_day = -1\n",
                                                  ["archive.verify_mb_a_day"]),
        ("[web]\nhost = ' '\n", ["web.host"]), ("[web]\nhost = 1\n", ["web.host"]),
        ('[publicity]\ncounting = "working"\n', []), ('[publicity]\ncounting = "x"\n',
                                                     ["publicity.counting"]),
        ("web = 1\n", ["web"]),
    ],
)  # fmt: skip
def test_a_setting_may_be_its_least_and_its_most(tmp_path, text, fields):
    """And nothing beyond."""
    try:
        load_config(written(tmp_path, "config.toml", text) / "config.toml")
        found = []
    except ConfigError as error:
        found = [problem.field for problem in error.problems]
    assert found == fields


@pytest.mark.parametrize("inbox", ["收件", "../旁边"])
def test_an_inbox_beside_the_archive_is_taken(tmp_path, inbox):
    """Only what overlaps is refused."""
    text = f'[archive]\ninbox = "{inbox}"\n'
    config = load_config(written(tmp_path, "config.toml", text) / "config.toml")
    assert config.inbox_folder == config.file.parent / inbox


def test_a_number_of_workers_that_is_given_is_kept(tmp_path):
    """Nought means as many as there are processors."""
    text = "[reading]\nworkers = 3\n"
    assert load_config(written(tmp_path, "config.toml", text) / "config.toml").worker_count == 3
    config = load_config(written(tmp_path, "config.toml", "") / "config.toml")
    assert config.worker_count == os.cpu_count()


def test_the_settings_are_those_named_by_the_environment(tmp_path, monkeypatch):
    """Else those that lie beside the program."""
    file = written(tmp_path, "config.toml", "[web]\nport = 8123\n") / "config.toml"
    monkeypatch.setenv("MINZHENG_CONFIG", str(file))
    assert current_config().port == 8123
    monkeypatch.delenv("MINZHENG_CONFIG")
    assert current_config().port == 8000


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[backup]\nfolder = "data/b"\n', "在数据文件夹里面"),
        ('[backup]\nat = "25:00"\n', "写成 02:30"),
        ('[backup]\nat = "半夜"\n', "写成 02:30"),
    ],
)
def test_a_plan_that_saves_nothing_is_refused(tmp_path, text, said):
    """A backup that goes with the disk, an hour that never comes."""
    with pytest.raises(ConfigError, match=said):
        load_config(write(tmp_path, text))


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
    ("text", "where", "said"),
    [
        ('url = "mysql://u@h/d"', "url", "读到的是“mysql”，不是 PostgreSQL 的地址"),
        ('url = "postgresql://h/d"', "url", "没有写用户名"),
        ('url = "postgresql://u@h/d"\npassword_file = "x"', "password_file", "不存在"),
        ("url = 5", "url", "读到的是 5"),
    ],
)
def test_a_wrong_database_is_named_with_its_key(tmp_path: Path, text, where, said):
    """As every other wrong setting is."""
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, f"[database]\n{text}\n"))
    (problem,) = refused.value.problems
    assert problem.where == f"[database] {where}"
    assert said in problem.what


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


@pytest.mark.parametrize("key", ["[reading] queue", "[search] engine"])
def test_what_is_to_lie_on_a_server_needs_one(tmp_path: Path, key):
    """Each is named, with where to write the server's address."""
    text = '{}\n{} = "postgresql"\n'.format(*key.split())
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, text))
    (problem,) = refused.value.problems
    assert problem.where == key
    assert "[database]" in problem.do and key.split()[1] in problem.do
    load_config(write(tmp_path, f'[database]\nurl = "postgresql://u@h/d"\n{text}'))


def test_reading_is_shared_only_through_a_server(tmp_path: Path):
    """Other machines cannot see what waits in a file of this one."""
    url = '[database]\nurl = "postgresql://u@h/d"\n'
    assert load_config(write(tmp_path, f'{url}[reading]\nqueue = "postgresql"\n')).shares_reading
    assert not load_config(write(tmp_path, url)).shares_reading


_LDAP = '[sign_in]\nldap_url = "ldaps://dc"\nldap_base = "dc=a"\n'


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


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ('ldap_url = "dc"\nldap_base = "b"', "ldap_url", "不是 LDAP 的地址"),
        ('ldap_url = "ldaps://dc"', "ldap_base", "没有写人员在 LDAP 里的位置"),
        (
            'ldap_url = "ldaps://dc"\nldap_base = "b"\nldap_name = "(uid=*)"',
            "ldap_name", "读到的是“(uid=*)”",
        ),
        (
            'ldap_url = "ldaps://dc"\nldap_base = "b"\nldap_password_file = "x"',
            "ldap_password_file", "不存在",
        ),
        ('oidc_issuer = "http://sso"', "oidc_issuer", "没有加密"),
        ('oidc_issuer = "https://sso"\noidc_secret_file = "x"', "oidc_secret_file", "不存在"),
        (
            'ldap_url = "ldaps://dc"\nldap_base = "b"\noidc_issuer = "https://sso"',
            "oidc_issuer", "都写了",
        ),
        ('authorities_file = "x.pem"', "authorities_file", "不存在"),
    ],
)  # fmt: skip
def test_a_wrong_server_of_the_sign_in_is_named_with_its_key(tmp_path: Path, text, where, said):
    """Before anybody stands at a sign-in that cannot work."""
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, f"[sign_in]\n{text}\n"))
    (problem,) = refused.value.problems
    assert problem.where == f"[sign_in] {where}"
    assert said in problem.what


def test_several_processes_of_pages_need_a_server(tmp_path: Path):
    """In a file each would count and remember by itself."""
    with pytest.raises(ConfigError) as refused:
        load_config(write(tmp_path, "[web]\nprocesses = 2\n"))
    (problem,) = refused.value.problems
    assert problem.where == "[web] processes"
    url = '[database]\nurl = "postgresql://u@h/d"\n'
    assert load_config(write(tmp_path, f"{url}[web]\nprocesses = 2\n")).processes == 2
