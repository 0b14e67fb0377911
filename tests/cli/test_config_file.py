"""Which config.toml a command uses."""

from pathlib import Path

import pytest

from minzheng.cli import config_file
from minzheng.cli.config_file import find_config, lay_missing, of_machine, of_user
from minzheng.county import shipped


@pytest.fixture
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, of a machine and a user without settings."""
    monkeypatch.delenv("MINZHENG_CONFIG")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(config_file, "of_machine", lambda: tmp_path / "etc" / "config.toml")
    for name in ("here", "home", "etc"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program as a package."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "config.toml").write_text("[web]\nport = 8123\n", encoding="utf-8")
    monkeypatch.setattr(shipped, "_INSIDE", inside)
    return inside


def test_the_named_config_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """--config, then the environment, then this folder, then the project."""
    monkeypatch.setenv("MINZHENG_CONFIG", str(tmp_path / "e.toml"))
    assert find_config(tmp_path / "a.toml") == tmp_path / "a.toml"
    assert find_config(None) == tmp_path / "e.toml"
    monkeypatch.delenv("MINZHENG_CONFIG")
    monkeypatch.chdir(tmp_path)
    assert find_config(None).name == "config.toml"
    assert find_config(None).parent != tmp_path
    (tmp_path / "config.toml").touch()
    assert find_config(None) == tmp_path / "config.toml"


def test_of_an_installed_program_the_machines_then_the_users(somewhere, installed):
    """This folder's still come first."""
    assert find_config(None) == somewhere / "home" / "minzheng" / "config.toml"
    (somewhere / "etc" / "config.toml").touch()
    assert find_config(None) == somewhere / "etc" / "config.toml"
    (somewhere / "here" / "config.toml").touch()
    assert find_config(None) == somewhere / "here" / "config.toml"


def test_a_folder_that_may_not_be_looked_into_has_none(somewhere, installed, monkeypatch):
    """The service's user stands where the administrator stood."""

    def refuse(place):
        raise PermissionError(13, "no", str(place))

    monkeypatch.setattr(Path, "is_file", refuse)
    assert find_config(None) == somewhere / "home" / "minzheng" / "config.toml"


def test_the_users_own_are_laid_at_first_use(somewhere, installed, capsys):
    """And said; what is there is not overwritten."""
    lay_missing(of_user())
    assert of_user().read_text(encoding="utf-8") == "[web]\nport = 8123\n"
    assert f"已建好 {of_user()}" in capsys.readouterr().err
    of_user().write_text("", encoding="utf-8")
    lay_missing(of_user())
    assert of_user().read_text(encoding="utf-8") == ""
    assert capsys.readouterr().err == ""


def test_a_named_file_that_is_missing_is_not_made(somewhere, installed):
    """It was mistyped."""
    lay_missing(somewhere / "here" / "confg.toml")
    assert list((somewhere / "here").iterdir()) == []


def test_a_source_tree_lays_nothing_at_home(somewhere):
    """It has its own settings."""
    lay_missing(of_user())
    assert not of_user().exists()


@pytest.mark.parametrize(("is_windows", "place"), [(False, "/etc/minzheng"), (True, "/d/minzheng")])
def test_the_machines_settings_lie_where_its_system_keeps_them(monkeypatch, is_windows, place):
    """ProgramData on Windows."""
    monkeypatch.setenv("PROGRAMDATA", "/d")
    assert of_machine(is_windows=is_windows).as_posix() == f"{place}/config.toml"
