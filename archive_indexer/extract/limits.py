"""What one file is read by, and how a file says that it cannot be."""

from dataclasses import dataclass

from archive_indexer.errors import ArchiveError
from archive_indexer.reading.manner import AS_USUAL, Manner
from minzheng.county.settings.all_settings import Config


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading one file, and how its pages are read."""

    max_file_mb: int = 300
    max_pages: int = 1000
    seconds_per_page: int = 60
    max_pixels: int = 120_000_000  #: of one picture or page
    max_characters: int = 10_000_000  #: of one file's text
    depth: int = 3  #: packed files within packed files
    manner: Manner = AS_USUAL  #: how every page is read

    @classmethod
    def from_config(cls, config: Config, manner: Manner) -> "Limits":
        """The limits the county has set."""
        return cls(
            config.max_file_mb,
            config.max_pages,
            config.seconds_per_page,
            manner=manner,
        )

    @property
    def seconds_a_file(self) -> float:
        """How long a file may take: a page's time, and a little for each further page."""
        return self.seconds_per_page * 2.0 + self.max_pages * 3.0


class UnreadableError(ArchiveError):
    """文件无法读取。"""
