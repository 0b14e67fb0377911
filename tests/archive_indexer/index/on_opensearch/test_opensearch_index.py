"""OpenSearch behind the protocol, against a server that answers as its documentation says.

No real one was asked.
"""

from pathlib import Path

import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.errors import IndexAwayError, IndexBrokenError, IndexNotMadeError
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.on_opensearch.mapping import NAME
from archive_indexer.index.on_opensearch.opensearch_index import OpenSearchIndex
from archive_indexer.queries import Query
from minzheng.external.search.search_server import SearchServerAwayError, SearchServerRefusedError
from tests.archive_indexer.index.on_opensearch.faked_server import FakedServer
from tests.archive_indexer.index.on_server.corpora import Chance

_COMMITS, _DOCUMENTS, _QUERIES = 3, 12, 60


@pytest.fixture
def server() -> FakedServer:
    return FakedServer()


@pytest.fixture
def index(server: FakedServer) -> OpenSearchIndex:
    return OpenSearchIndex.empty(server)


def paper(path: str, text: str = "测试材料") -> IndexedDocument:
    return IndexedDocument(path, "0" * 64, (text,))


@pytest.mark.parametrize("seed", range(100, 104))
def test_the_answers_are_those_of_the_embedded_engine(tmp_path: Path, index, seed: int):
    """Hits and their order, snippets, counts, rights; after each of some commits."""
    chance, embedded = Chance(seed), FullTextIndex(tmp_path)
    for _ in range(_COMMITS):
        added, removed = chance.documents(_DOCUMENTS), chance.some(sorted(embedded.paths()))
        for one in (embedded, index):
            one.update(added, removed, purges=True)
        assert index.paths() == embedded.paths()
        for query in chance.queries(_QUERIES):
            assert index.search(query) == embedded.search(query), query
        for spelt in ("zs", "zhangsan", "agl·mmt", "nobody"):
            for limit in (0, 1, 9):
                assert index.names_like(spelt, limit) == embedded.names_like(spelt, limit)


def test_many_documents_are_told_in_several_requests(server, index):
    """And seen when all are there."""
    index.update([paper(f"{number}.txt") for number in range(501)], ["nowhere"])
    bulks = [len(items) for _, path, items in server.asked if "_bulk" in path]
    assert bulks == [501, 1]
    assert server.asked[-1][1] == f"/{NAME}/_refresh"
    assert index.search(Query(("测试",), limit=0)).total == 501


def test_what_is_not_there_or_of_another_version_is_told(server, index):
    """Nobody takes it for an archive without papers."""
    index.confirm_sound()
    server.indices[NAME]["body"]["mappings"]["_meta"]["version"] = 0
    with pytest.raises(IndexBrokenError):
        index.confirm_sound()
    server.ask("DELETE", f"/{NAME}")
    for ask in (index.confirm_sound, index.paths, lambda: index.update([paper("a")])):
        with pytest.raises(IndexNotMadeError):
            ask()


def test_indices_of_other_versions_are_taken_away(server, index):
    """And nothing that is not ours."""
    for name in ("minzheng-index-0", "logs"):
        server.ask("PUT", f"/{name}", {})
    index.drop_older()
    assert set(server.indices) == {NAME, "logs"}
    assert not index.was_found_broken()


def test_a_server_that_is_away_is_told_and_tried_again(index, server, monkeypatch):
    """With what to do."""

    def fail(*_: object) -> None:
        raise SearchServerAwayError

    monkeypatch.setattr(server, "ask", fail)
    monkeypatch.setattr(server, "tell_lines", fail)
    for ask in (lambda: index.search(Query(("测试",))), lambda: index.update([paper("a")])):
        with pytest.raises(IndexAwayError, match="检索服务器"):
            ask()


def test_a_document_that_is_refused_fails_the_commit(index, server, monkeypatch):
    """Else it would be taken for found."""
    refused = {"items": [{"index": {"status": 400, "error": "immense term"}}]}
    monkeypatch.setattr(server, "tell_lines", lambda *_: refused)
    with pytest.raises(SearchServerRefusedError, match="immense term"):
        index.update([paper("a")])
