"""The county's tables and forms follow the program."""

from minzheng.cli.county_files import lay_county_files
from minzheng.county.config import load_config


def test_a_source_tree_lays_nothing(tmp_path, capsys):
    """It has them beside its code."""
    (tmp_path / "config.toml").touch()
    lay_county_files(load_config(tmp_path / "config.toml"))
    assert [one.name for one in tmp_path.iterdir()] == ["config.toml"]


def test_what_both_changed_is_said_once(office, capsys):
    """With what to do; the next command is silent."""
    lay_county_files(office.config)
    assert capsys.readouterr().err == ""
    office.change("laws")
    lay_county_files(office.config)
    told = capsys.readouterr().err
    assert "1 项新版本和本县都改过，仍用本县的：registry/laws" in told
    assert "minzheng differences" in told
    lay_county_files(office.config)
    assert capsys.readouterr().err == ""


def test_a_long_list_is_cut(office, capsys):
    """Six are named."""
    lay_county_files(office.config)
    office.change(*"abcdefg")
    lay_county_files(office.config)
    assert "registry/f 等" in capsys.readouterr().err
