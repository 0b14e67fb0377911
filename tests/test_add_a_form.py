"""`docs/add_a_form.md`, followed word by word, adds a form without Python."""

import importlib
import re
import shlex
import shutil
from pathlib import Path

import docx
import pytest

from filler.spec import checked_specs, form_catalogue
from minzheng.cli.main import main
from minzheng.county.config import TEMPLATES_FOLDER

PROJECT = Path(__file__).resolve().parents[1]
GUIDE = (PROJECT / "docs" / "add_a_form.md").read_text(encoding="utf-8")
_FILE = re.compile(r"into `([^`]+)`:\n\n```toml\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^    \.venv/bin/(.+)$", re.MULTILINE)


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A copy of the county's forms, where the guide is followed."""
    shutil.copytree(TEMPLATES_FOLDER, tmp_path / "templates")
    for reader in (form_catalogue, checked_specs):
        monkeypatch.setattr(reader, "TEMPLATES_FOLDER", tmp_path / "templates")
    drawing = importlib.import_module("script.drawing.__main__")
    monkeypatch.setattr(drawing, "TEMPLATES", tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.django_db
def test_the_guide_followed_word_by_word_adds_a_form(office, monkeypatch):
    """Files are written and commands run in the order of the page."""
    for name, text in _FILE.findall(GUIDE):
        file = office / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    commands = [shlex.split(line) for line in _COMMAND.findall(GUIDE)]
    for command in commands:
        if command[0] == "minzheng":
            assert main(command[1:]) == 0, command
        elif command[1:] == ["-m", "script.drawing"]:
            monkeypatch.setattr("sys.argv", command[1:2])
            importlib.import_module("script.drawing.__main__").main()
    blank, filled = (
        "\n".join(cell.text for table in docx.Document(file).tables for cell in table._cells)
        for file in ("blank.docx", "form.docx")
    )
    assert "测试周桂兰" in filled
    assert "第二层" in filled
    assert "领用人" in blank
    assert "测试" not in blank


def test_the_guide_names_only_commands_that_exist():
    """Each module it runs is there."""
    modules = [line.split(" -m ")[1] for line in _COMMAND.findall(GUIDE) if " -m " in line]
    assert modules
    for module in modules:
        assert importlib.util.find_spec(module), module
