"""Both engines give the same answers to the same questions over the same documents."""

from pathlib import Path

import pytest

from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.on_server.server_index import ServerIndex
from tests.archive_indexer.index.on_server.corpora import Chance
from tests.database.on_server import needs_server

pytestmark = [needs_server, pytest.mark.django_db]
_COMMITS, _DOCUMENTS, _QUERIES = 6, 12, 40


@pytest.mark.parametrize("seed", range(8))
def test_the_answers_are_those_of_the_embedded_engine(tmp_path: Path, seed: int):
    """Hits and their order, snippets, counts, rights; after each of many commits.

    Of every second corpus all words are common: what texts told of them is kept.
    """
    chance = Chance(seed)
    embedded, server = FullTextIndex(tmp_path), ServerIndex.empty(many=1 if seed % 2 else 500)
    for _ in range(_COMMITS):
        added, removed = chance.documents(_DOCUMENTS), chance.some(sorted(embedded.paths()))
        for index in (embedded, server):
            index.update(added, removed, purges=True)
        assert server.paths() == embedded.paths()
        for query in chance.queries(_QUERIES):
            assert server.search(query) == embedded.search(query), query
        for spelt in ("zs", "zhangsan", "ls", "agl·mmt", "nobody"):
            for limit in (0, 1, 9):
                assert server.names_like(spelt, limit) == embedded.names_like(spelt, limit)
