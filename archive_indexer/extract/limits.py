"""How much of one file is read, and how a file says that it cannot be."""

from dataclasses import dataclass

from archive_indexer.errors import ArchiveError
from minzheng.county.config import Config


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one file."""

    max_file_mb: int = 300
    max_pages: int = 1000
    seconds_per_page: int = 60
    max_pixels: int = 120_000_000  #: of one picture or page
    max_characters: int = 10_000_000  #: of one file's text
    depth: int = 3  #: packed files within packed files

    @classmethod
    def from_config(cls, config: Config) -> "Limits":
        """The limits the county has set."""
        return cls(config.max_file_mb, config.max_pages, config.seconds_per_page)

    @property
    def seconds_a_file(self) -> float:
        """How long a file may take: a page's time, and a little for each further page."""
        return self.seconds_per_page * 2.0 + self.max_pages * 3.0


class UnreadableError(ArchiveError):
    """文件无法读取。"""
