"""`minzheng repair`: what was found and done, in words."""

from pathlib import Path

from archive_indexer.upkeep.repair import Repair
from minzheng.cli.office.repair import describe
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
