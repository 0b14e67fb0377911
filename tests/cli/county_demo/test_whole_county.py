"""`minzheng demo --county`: what was laid is said in numbers."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from minzheng.cli.county_demo import whole_county
from minzheng.cli.county_demo.plan import SMALL, WHOLE
from minzheng.cli.office import demo
from minzheng.county.config import PROJECT_FOLDER, load_config
from minzheng.external.libreoffice import LibreOfficeMissingError

LAID = SimpleNamespace(papers=3, scans=2)


def test_what_is_planted_is_told():
    """The numbers that the registers show."""
    told = whole_county.describe(WHOLE)
    for part in ("走访 6090 人", "102 件已销号", "解答政策 315 例", "缺 3 张", "三级不一致 3 处"):
        assert part in told


def test_without_libreoffice_nothing_is_begun(tmp_path, monkeypatch):
    """It is said before an hour's work."""
    monkeypatch.setattr(demo, "require_libreoffice", _missing)
    arguments = demo.Namespace(folder=tmp_path / "new", county=True, seed=1)
    with pytest.raises(LibreOfficeMissingError):
        demo.run(arguments, load_config(PROJECT_FOLDER / "config.toml"))
    assert not (tmp_path / "new").exists()


def test_a_county_is_laid_where_the_settings_say(db, tmp_path, monkeypatch, capsys):
    """As of today; how large it became is said."""
    given: dict[str, Any] = {}
    monkeypatch.setattr(whole_county, "lay_county", lambda *_, **more: given.update(more) or LAID)
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    whole_county.lay(load_config(tmp_path / "config.toml"), 2, SMALL)
    assert (given["seed"], given["today"]) == (2, dt.date.today())
    assert "出具 3 份文书，做了 2 份扫描件" in capsys.readouterr().out


def _missing() -> None:
    raise LibreOfficeMissingError
