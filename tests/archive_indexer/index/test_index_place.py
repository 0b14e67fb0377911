"""The index lies where the settings want it."""

import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_place import index_place
from archive_indexer.index.on_opensearch.opensearch_index import OpenSearchIndex
from archive_indexer.index.on_server.server_index import ServerIndex
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", FullTextIndex),
        ('engine = "postgresql"\n[database]\nurl = "postgresql://u@h/d"', ServerIndex),
        ('engine = "opensearch"\nserver = "https://u:p@h:9200"', OpenSearchIndex),
    ],
)
def test_the_engine_is_the_one_the_settings_name(tmp_path, text, kind):
    """It is opened without a question to any server."""
    (tmp_path / "config.toml").write_text(f"[search]\n{text}\n", encoding="utf-8")
    place = index_place(load_config(tmp_path / "config.toml"))
    assert type(place.opened()) is kind
    assert place.is_on_server == (kind is ServerIndex)
