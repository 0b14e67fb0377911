"""`minzheng differences`: what the county changed, and what the program changed, too."""

from argparse import Namespace

import pytest

from minzheng.accounts.models import AuditEntry
from minzheng.cli.county_files import lay_county_files
from minzheng.cli.office.differences import UnknownChangeError, run


def call(office, name="", keep="", take="") -> int:
    return run(Namespace(name=name, keep=keep, take=take), office.config)


@pytest.fixture
def upgraded(office, capsys):
    """Both changed laws; the county alone changed a."""
    lay_county_files(office.config)
    office.change("laws")
    (office.config.data_folder / "registry" / "a.toml").write_text("same = 2\n")
    lay_county_files(office.config)
    capsys.readouterr()
    return office


def test_a_source_tree_says_where_to_look(tmp_path, capsys, monkeypatch):
    """git knows."""
    assert run(Namespace(name="", keep="", take=""), None) == 0
    assert "源代码文件夹" in capsys.readouterr().out


def test_without_changes_it_says_so(office, capsys):
    """Nothing was changed by the county."""
    lay_county_files(office.config)
    assert call(office) == 0
    assert "本县没有改过" in capsys.readouterr().out


def test_the_list_tells_which_both_changed(upgraded, capsys):
    """And how to go on."""
    assert call(upgraded) == 0
    told = capsys.readouterr().out
    assert "registry/a  本县改过" in told
    assert "registry/laws  新版本和本县都改过，仍用本县的" in told
    assert "minzheng differences --keep registry/laws" in told


def test_both_sides_are_shown(upgraded, capsys):
    """Line by line."""
    assert call(upgraded, "registry/laws") == 0
    told = capsys.readouterr().out
    program, county = told.split("laws.toml：本县的改动")
    assert "laws.toml：新版本的改动" in program
    assert "＋ new = 222" in program
    assert "＋ own = 1" in county
    assert "same" not in told


def test_what_only_the_county_changed_is_shown_against_the_program(upgraded, capsys):
    """There is one side."""
    call(upgraded, "registry/a")
    told = capsys.readouterr().out
    assert told == "a.toml：本县的改动\n  － same = 1\n  ＋ same = 2\n"


@pytest.mark.parametrize("way", ["name", "keep", "take"])
def test_an_unknown_name_is_refused(upgraded, way):
    """What was not changed cannot be settled either."""
    with pytest.raises(UnknownChangeError, match="registry/b"):
        call(upgraded, **{way: "registry/b"})


def test_the_countys_is_kept(upgraded, db, capsys):
    """It is no question any more, and stands in the log."""
    assert call(upgraded, keep="registry/laws") == 0
    assert call(upgraded) == 0
    assert "registry/laws  本县改过" in capsys.readouterr().out
    assert AuditEntry.objects.last().what == "升级后 registry/laws 仍用本县的"


def test_the_programs_is_taken_and_the_countys_laid_aside(upgraded, db, capsys):
    """Nothing is lost."""
    assert call(upgraded, take="registry/laws") == 0
    place = upgraded.config.data_folder
    assert (place / "registry" / "laws.toml").read_text() == "new = 222\nsame = 1\n"
    (kept,) = (place / "replaced").glob("*/registry/laws.toml")
    assert kept.read_text() == "own = 1\nsame = 1\n"
    assert str(kept.parent) in capsys.readouterr().out
    assert AuditEntry.objects.last().what == "升级后 registry/laws 改用程序自带的"
