"""The index lies where the settings want it."""

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_place import index_place
from minzheng.county.config import load_config


def test_the_embedded_engine_keeps_it_in_the_data_folder(tmp_path):
    """Opened it holds what was written; emptied nothing."""
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    config = load_config(tmp_path / "config.toml")
    place = index_place(config)
    place.opened().update([IndexedDocument("a.txt", "0" * 64, ("测试材料",))])
    assert FullTextIndex(config.data_folder / "index").paths() == {"a.txt"}
    assert place.opened().paths() == {"a.txt"}
    assert place.emptied().paths() == set()
