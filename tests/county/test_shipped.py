"""What comes with the program, in its tree and installed."""

import importlib.metadata
import re

import pytest

from minzheng.county import shipped
from minzheng.county.shipped import is_installed, program_version
from minzheng.county.shipped import shipped as find


def test_the_tree_is_not_an_installed_package():
    """What lies beside the code is used."""
    assert not is_installed()
    assert find("config.toml").is_file()
    assert find("tests/samples/village_folder").is_dir()


def test_an_installed_package_holds_all_inside(tmp_path, monkeypatch):
    """Under the same names."""
    inside = tmp_path / "minzheng" / "shipped"
    inside.mkdir(parents=True)
    monkeypatch.setattr(shipped, "_INSIDE", inside)
    assert is_installed()
    assert find("registry") == inside / "registry"


def test_the_version_is_the_projects(monkeypatch, tmp_path):
    """Of an installed package, what was installed."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", program_version())
    monkeypatch.setattr(shipped, "_INSIDE", tmp_path)
    monkeypatch.setattr(importlib.metadata, "version", {"minzheng": "9.9.9"}.__getitem__)
    assert program_version() == "9.9.9"


@pytest.mark.parametrize("name", ["registry", "templates"])
def test_what_the_county_may_change_is_there(name):
    """Both folders come with the program."""
    assert any(find(name).rglob("*.toml"))
