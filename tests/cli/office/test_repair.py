"""`minzheng repair`: what was found and done, in words."""

from argparse import Namespace
from pathlib import Path

import pytest

from archive_indexer.upkeep.repair import Repair
from minzheng.cli.office import repair as module
from minzheng.cli.office.repair import describe, run
from minzheng.county.settings.all_settings import Config
from minzheng.external.files.sqlite_file import Saved


def test_a_sound_database_is_said_to_be_sound():
    """The index was made anew all the same."""
    (line,) = describe(Repair("", None, (), 7))
    assert line == "数据库完好。全文索引已重建，共 7 件，没有重新识别扫描件。"


def test_what_was_saved_and_lost_is_told_by_table():
    """With where the damaged one lies and what to do next."""
    saved = (Saved("filler_issued", 90, 0), Saved("archive_indexer_content", 8, 2))
    lines = describe(Repair("malformed", Path("/data/x.damaged"), saved, 5))
    assert lines[0] == "数据库已损坏，救回 98 行，2 行读不出来。"
    assert lines[1] == "损坏的数据库保留在 /data/x.damaged"
    assert lines[2] == "  archive_indexer_content：读不出 2 行"
    assert lines[3] == "全文索引已重建，共 5 件。"
    assert lines[-1].startswith("接着启动服务")


@pytest.mark.django_db
@pytest.mark.parametrize("is_server", [True, False])
def test_tables_of_a_server_are_brought_to_their_newest_shape_first(
    tmp_path, capsys, monkeypatch, is_server
):
    """An empty database was told as an unexpected failure; a damaged file is asked nothing."""
    done = []
    monkeypatch.setattr(module, "is_on_server", lambda: is_server)
    monkeypatch.setattr(module, "bring_up_to_date", lambda: done.append("shape"))
    monkeypatch.setattr(
        module, "repair", lambda *given: done.append("repair") or Repair("", None, (), 0)
    )
    config = Config(tmp_path / "config.toml", tmp_path / "archive", tmp_path)
    assert run(Namespace(folder=None), config) == 0
    assert done == (["shape", "repair"] if is_server else ["repair"])
    assert "数据库完好" in capsys.readouterr().out
