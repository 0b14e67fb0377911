"""The command line."""

import json
from pathlib import Path

import pytest

from minzheng.cli.main import find_config, main


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]):
    """--help explains in Chinese and ends well."""
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "用法" in shown
    assert "optional" not in shown
    assert "usage" not in shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ([], "还需要写"),
        (["fly"], "fly"),
        (["search"], "还需要写"),
        (["search", "低保", "--year", "18"], "四位年份"),
        (["search", "低保", "--limit", "x"], "1–10000"),
        (["search", "低保", "--unmask", "查"], "4 至 120 个字"),
    ],
)
def test_wrong_usage_is_explained(words: list[str], shown: str, capsys):
    """A wrong command line has status 2 and says what is wrong, in Chinese."""
    assert main(words) == 2
    assert shown in capsys.readouterr().err


def test_a_wrong_config_is_refused(tmp_path: Path, capsys):
    """A mistake in config.toml has status 1 and names the key."""
    file = tmp_path / "config.toml"
    file.write_text("[web]\nport = 'x'\n", encoding="utf-8")
    assert main(["coverage", "--config", str(file)]) == 1
    assert "[web] port" in capsys.readouterr().err


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


@pytest.mark.django_db
def test_json_is_one_object(tmp_path: Path, capsys):
    """search --json prints total and hits and nothing else."""
    file = tmp_path / "config.toml"
    file.touch()
    assert main(["--config", str(file), "search", "低保", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"total": 0, "hits": []}


@pytest.mark.django_db
def test_a_question_too_short_is_refused(tmp_path: Path, capsys):
    """A question nobody can answer has status 1."""
    file = tmp_path / "config.toml"
    file.touch()
    assert main(["--config", str(file), "search", "张"]) == 1
    assert "太短" in capsys.readouterr().err
