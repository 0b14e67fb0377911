"""Where an installed program keeps the county's tables and forms."""

import pytest

from minzheng.county import shipped
from minzheng.county.config import county_folder, load_config
from minzheng.external.county_files import changed_by_both, county_folders
from minzheng.external.files.laid_files import bring_files_up_to_date


@pytest.fixture
def config(tmp_path, monkeypatch):
    """Of a program installed with one table."""
    for name in ("MINZHENG_REGISTRY", "MINZHENG_TEMPLATES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(shipped, "_INSIDE", tmp_path / "inside")
    for name in ("registry", "templates"):
        (tmp_path / "inside" / name).mkdir(parents=True)
        (tmp_path / "inside" / name / "laws.toml").write_text("1")
    (tmp_path / "config.toml").touch()
    monkeypatch.setenv("MINZHENG_CONFIG", str(tmp_path / "config.toml"))
    return load_config(tmp_path / "config.toml")


def test_a_source_tree_has_them_beside_its_code(tmp_path):
    """They are not laid elsewhere."""
    (tmp_path / "config.toml").touch()
    assert county_folders(load_config(tmp_path / "config.toml")) == {}
    assert county_folder("registry") == shipped.shipped("registry")


def test_an_installed_program_uses_its_own_until_they_are_laid(config, tmp_path):
    """Then those beside the data, for every reader."""
    assert county_folder("registry") == tmp_path / "inside" / "registry"
    folders = county_folders(config)
    assert [*folders] == ["registry", "templates"]
    for laid in folders.values():
        bring_files_up_to_date(laid)
    assert county_folder("registry") == config.data_folder / "registry"
    assert county_folder("templates") == config.data_folder / "templates"


def test_a_folder_named_by_a_variable_is_left_alone(config, tmp_path, monkeypatch):
    """Whoever named it looks after it."""
    monkeypatch.setenv("MINZHENG_REGISTRY", str(tmp_path / "elsewhere"))
    assert county_folder("registry") == tmp_path / "elsewhere"
    assert [*county_folders(config)] == ["templates"]


def test_what_both_changed_is_found_by_name(config):
    """In the folder asked for."""
    laid = county_folders(config)["registry"]
    bring_files_up_to_date(laid)
    (laid.own / "laws.toml").write_text("own")
    assert changed_by_both(config, "registry") == {}
    (laid.shipped / "laws.toml").write_text("22")
    bring_files_up_to_date(laid)
    assert [*changed_by_both(config, "registry")] == ["laws"]
    assert changed_by_both(config, "templates") == {}
