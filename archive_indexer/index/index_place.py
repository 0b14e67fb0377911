"""Where the full-text index lies, and which engine keeps it there."""

from dataclasses import dataclass
from pathlib import Path

from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.on_opensearch.opensearch_index import OpenSearchIndex
from archive_indexer.index.on_server.server_index import ServerIndex
from minzheng.county.config import Config
from minzheng.county.search_address import SearchAddress
from minzheng.external.search.search_server import SearchServer


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
            return OpenSearchIndex(_server_at(self.address))
        return ServerIndex() if self.is_on_server else FullTextIndex(self.folder)

    def emptied(self) -> ArchiveIndex:
        """A new index in place of whatever lies here, broken or not."""
        if self.address is not None:
            return OpenSearchIndex.empty(_server_at(self.address))
        return ServerIndex.empty() if self.is_on_server else FullTextIndex.empty(self.folder)

    @property
    def is_on_server(self) -> bool:
        """Whether it lies in the database."""
        return self.engine == "postgresql"


def _server_at(address: SearchAddress) -> SearchServer:
    return SearchServer(address.url, address.user, address.password)


def index_place(config: Config) -> IndexPlace:
    """Where the settings want the index."""
    return IndexPlace(config.data_folder / "index", config.search_engine, config.search_address)
