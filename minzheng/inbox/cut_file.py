"""Some pages of a scan as a file of their own, nothing decoded and encoded again.

A PDF's pages are copied with all they hold, a TIFF's with their strips as they are, a
picture of one page whole. The only file of the inbox that knows how PDF and TIFF are built.
"""

import logging
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive_indexer.errors import ReadingFailedError
from archive_indexer.reading.pool import ReadingPool
from minzheng.county.loaded_later import LoadedLater
from minzheng.inbox.errors import CannotLayError

if TYPE_CHECKING:
    import pypdf
    import pypdf.errors
    import tifftools
else:  # only the child that cuts needs them
    pypdf, tifftools = LoadedLater("pypdf"), LoadedLater("tifftools")

# What is wrong with a scan is told to people by its reason, not on the terminal.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

#: What a file of a kind is called; everything else keeps the ending it had.
_ENDINGS = {
    "pdf": ".pdf", "tiff": ".tif", "jpg": ".jpg", "png": ".png", "bmp": ".bmp", "webp": ".webp",
    "gif": ".gif", "heif": ".heic", "heic": ".heic",
}  # fmt: skip
_CHILD_SECONDS = 120.0
_CHILD_MIB = 500
_STOPPED = "这份扫描件拆开时用时或内存过多，已停止。请作为一整件处理，或重新扫描。"


def ending_of(kind: str, name: str) -> str:
    """The ending of a file of some kind."""
    return _ENDINGS.get(kind) or Path(name).suffix.lower()


@dataclass(frozen=True, slots=True)
class CutJob:
    """Pages (from 1) of a scan, in this order, to be written to a file of their own."""

    source: Path
    kind: str
    pages: tuple[int, ...]
    page_count: int  #: of the scan
    target: Path

    @property
    def is_whole(self) -> bool:
        """Whether the file is the scan itself."""
        return self.pages == tuple(range(1, self.page_count + 1))


def cut_file(job: CutJob) -> None:
    """Write the pages and force them to the disk.

    Raises:
        CannotLayError: the scan cannot be taken apart.
        OSError: the disk is full, or cannot be reached.
    """
    if job.is_whole:
        shutil.copyfile(job.source, job.target)
    elif job.kind == "pdf":
        _cut_pdf(job.source, job.pages, job.target)
    elif job.kind == "tiff":
        _cut_tiff(job.source, job.pages, job.target)
    else:
        raise CannotLayError(f"这种文件（{job.kind}）不能拆开，请作为一整件处理。")
    with job.target.open("rb+") as stream:
        os.fsync(stream.fileno())


def try_to_cut(job: CutJob) -> Exception | None:
    """Do it in a child: what went wrong is given back."""
    try:
        cut_file(job)
    except (CannotLayError, OSError) as error:
        return error
    return None


class CuttingChild:
    """A child process that takes scans apart: a hostile one is stopped and crashes alone.

    It is started when the first scan is taken apart.
    """

    def __init__(self, seconds: float = _CHILD_SECONDS, memory_mib: int = _CHILD_MIB) -> None:
        self._pool = ReadingPool(try_to_cut, 1, seconds, memory_mib)

    def cut(self, job: CutJob) -> None:
        """Write pages of a scan; a whole scan is copied right here.

        Raises:
            CannotLayError: the scan cannot be taken apart within the limits.
            OSError: the disk is full, or cannot be reached.
        """
        if job.is_whole:
            cut_file(job)
            return
        try:
            failure = self._pool.run(job)
        except ReadingFailedError as error:
            raise CannotLayError(_STOPPED) from error
        if isinstance(failure, Exception):
            raise failure

    def stop(self) -> None:
        """End the child."""
        self._pool.stop()


def _cut_pdf(source: Path, pages: Sequence[int], target: Path) -> None:
    try:
        with source.open("rb") as stream:
            reader, writer = pypdf.PdfReader(stream), pypdf.PdfWriter()
            if reader.is_encrypted:
                reader.decrypt("")
            for number in pages:
                writer.add_page(reader.pages[number - 1])
            writer.write(target)
    except (
        pypdf.errors.PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError,
    ) as error:  # fmt: skip
        raise CannotLayError("这份 PDF 拆不开，请作为一整件处理，或重新扫描。") from error


def _cut_tiff(source: Path, pages: Sequence[int], target: Path) -> None:
    try:
        read = tifftools.read_tiff(str(source))
        chosen = [read["ifds"][number - 1] for number in pages]
        tifftools.write_tiff({**read, "ifds": chosen}, str(target), allowExisting=True)
    except (tifftools.TifftoolsError, ValueError, KeyError, IndexError) as error:
        raise CannotLayError("这份 TIFF 拆不开，请作为一整件处理，或重新扫描。") from error
