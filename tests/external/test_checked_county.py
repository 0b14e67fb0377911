"""A registry that was found right is not looked at again while nothing changed."""

import shutil
from dataclasses import fields
from types import SimpleNamespace

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.county import County, read_county
from minzheng.county.errors import RegistryError
from minzheng.external import checked_county as checked
from minzheng.external.checked_county import checked_county, refuse_wrong_registry


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A copy of the tables, and a program that checks them."""
    folder = shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry")
    program = tmp_path / "program"
    program.mkdir()
    monkeypatch.setattr(checked, "REGISTRY_FOLDER", folder)
    monkeypatch.setattr(checked, "_TABLES", (folder,))
    monkeypatch.setattr(checked, "_CHECKING", (program,))
    return folder


@pytest.fixture
def start(registry, tmp_path):
    """A start over these tables."""
    config = SimpleNamespace(data_folder=tmp_path / "data")
    return lambda: checked_county(config)


def _tables_read(county: County) -> int:
    return len(vars(county).keys() & {one.name for one in fields(County)} - {"folder"})


def test_the_second_start_reads_what_is_asked_for(start):
    """And it says the same as all read at once."""
    assert _tables_read(start()) == len(fields(County)) - 1
    county = start()
    assert _tables_read(county) == 0
    assert county.places.village("旧城村").town == "钟宝镇"
    assert county.places is county.places
    assert _tables_read(county) == 1


def test_every_table_can_be_asked_for(start, registry):
    """Each is as it is when all are read."""
    start()
    county, whole = start(), read_county(registry)
    assert _tables_read(county) == 0
    for one in fields(County):
        assert getattr(county, one.name) == getattr(whole, one.name)
    with pytest.raises(AttributeError):
        _ = county.weather  # type: ignore[attr-defined]


@pytest.mark.parametrize("file", ["registry/laws.toml", "registry/new.toml", "program/check.py"])
def test_after_any_change_everything_is_looked_at(start, registry, tmp_path, file):
    """A table, a new one, the program: once more, and then it is known."""
    start()
    with (tmp_path / file).open("a", encoding="utf-8") as stream:
        stream.write("# 又一行\n")
    assert [_tables_read(start()) > 0, _tables_read(start()) > 0] == [True, False]


def test_a_mistake_is_told_at_every_start(start, registry):
    """Nothing is remembered of it, in whichever table it stands."""
    start()
    (registry / "holidays.csv").write_text("date,kind,note\nx,休,\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RegistryError, match=r"holidays\.csv"):
            start()


@pytest.mark.parametrize("left", [b"", b"\xff\xfe", "abc"])
def test_a_memory_that_is_cut_off_or_another_is_none(start, tmp_path, left):
    """All is read again, and remembered again."""
    start()
    memory = tmp_path / "data" / "checked_county"
    memory.write_bytes(left if isinstance(left, bytes) else memory.read_bytes()[:-1])
    assert [_tables_read(start()) > 0, _tables_read(start()) > 0] == [True, False]


def test_where_nothing_can_be_written_everything_is_read(start, tmp_path):
    """Each time."""
    (tmp_path / "data").write_text("no folder", encoding="utf-8")
    assert [_tables_read(start()) > 0, _tables_read(start()) > 0] == [True, True]


def test_a_service_looks_at_the_whole_registry_once(registry, tmp_path, monkeypatch):
    """At what no reader minds, too: a row with a cell too many; told at every start."""
    config = SimpleNamespace(data_folder=tmp_path / "data")
    looked = []
    real = checked.registry_files.find_registry_problems
    monkeypatch.setattr(
        checked,
        "registry_files",
        SimpleNamespace(
            find_registry_problems=lambda folder: looked.append(folder) or real(folder)
        ),
    )
    refuse_wrong_registry(config)
    refuse_wrong_registry(config)
    assert len(looked) == 1
    with (registry / "holidays.csv").open("a", encoding="utf-8") as stream:
        stream.write("2019-01-01,休,元旦,多\n")
    for _ in range(2):
        with pytest.raises(RegistryError, match=r"holidays\.csv"):
            refuse_wrong_registry(config)
    assert len(looked) == 3
