"""Where the full-text index lies, and which engine keeps it there."""

from dataclasses import dataclass
from pathlib import Path

from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.index.full_text_index import FullTextIndex
from minzheng.county.config import Config


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """A folder for the embedded engine."""

    folder: Path

    def opened(self) -> ArchiveIndex:
        """The index that lies here.

        Raises:
            IndexBrokenError: it must be made again.
        """
        return FullTextIndex(self.folder)

    def emptied(self) -> ArchiveIndex:
        """A new index in place of whatever lies here, broken or not."""
        return FullTextIndex.empty(self.folder)


def index_place(config: Config) -> IndexPlace:
    """Where the settings want the index."""
    return IndexPlace(config.data_folder / "index")
