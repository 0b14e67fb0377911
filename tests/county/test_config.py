"""The settings of config.toml."""

import json
from pathlib import Path

import pytest

from minzheng.county.config import PROJECT_FOLDER, current_config, load_config
from minzheng.county.errors import ConfigError, MinzhengError
from minzheng.county.settings.all_settings import SETTINGS, Config
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
        "engine": "postgresql", "server": "https://h:9200", "machine": "main",
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


def test_the_settings_are_those_named_by_the_environment(tmp_path, monkeypatch):
    """Else those that lie beside the program."""
    file = written(tmp_path, "config.toml", "[web]\nport = 8123\n") / "config.toml"
    monkeypatch.setenv("MINZHENG_CONFIG", str(file))
    assert current_config().port == 8123
    monkeypatch.delenv("MINZHENG_CONFIG")
    assert current_config().port == 8000
