"""Where the full-text index lies, and which engine keeps it there."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.index.full_text_index import FullTextIndex
from minzheng.county.loaded_later import LoadedLater
from minzheng.county.settings.all_settings import Config
from minzheng.county.settings.search_address import SearchAddress

if TYPE_CHECKING:
    from archive_indexer.index.on_opensearch import opensearch_index
    from archive_indexer.index.on_server import server_index
    from minzheng.external.search import search_server
else:  # most offices have the embedded engine
    opensearch_index = LoadedLater("archive_indexer.index.on_opensearch.opensearch_index")
    server_index = LoadedLater("archive_indexer.index.on_server.server_index")
    search_server = LoadedLater("minzheng.external.search.search_server")


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """A folder for the embedded engine, the database of the tables, or a search server."""

    folder: Path
    engine: str = "embedded"  #: as config.toml names it
    address: SearchAddress | None = None  #: of the search server, where that is the engine

    def opened(self) -> ArchiveIndex:
        """The index that lies here.

        Raises:
            IndexBrokenError: it must be made again.
        """
        if self.address is not None:
            return opensearch_index.OpenSearchIndex(_server_at(self.address))
        return server_index.ServerIndex() if self.is_on_server else FullTextIndex(self.folder)

    def emptied(self) -> ArchiveIndex:
        """A new index in place of whatever lies here, broken or not."""
        if self.address is not None:
            return opensearch_index.OpenSearchIndex.empty(_server_at(self.address))
        if self.is_on_server:
            return server_index.ServerIndex.empty()
        return FullTextIndex.empty(self.folder)

    @property
    def is_on_server(self) -> bool:
        """Whether it lies in the database."""
        return self.engine == "postgresql"


def _server_at(address: SearchAddress) -> "search_server.SearchServer":
    return search_server.SearchServer(address.url, address.user, address.password)


def index_place(config: Config) -> IndexPlace:
    """Where the settings want the index."""
    return IndexPlace(config.data_folder / "index", config.search_engine, config.search_address)
