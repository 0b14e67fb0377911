"""The pages of a file, by what it holds and not by what it is called."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive_indexer.documents import Extraction
from archive_indexer.extract.kind import find_kind
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.pdf import read_pdf
from archive_indexer.extract.picture import read_picture
from archive_indexer.extract.plain_text import read_plain_text
from archive_indexer.extract.spreadsheet import read_spreadsheet
from archive_indexer.extract.word import read_word

__all__ = ["Limits", "extract_pages"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Way:
    read: Callable[[Path, Limits], Extraction]
    broken: str  #: what to tell when the reader fails


_WAYS = {
    "pdf": _Way(read_pdf, "PDF 文件已损坏，打不开。请重新扫描或重新复制"),
    "picture": _Way(read_picture, "图片已损坏，打不开。请重新拍照或重新复制"),
    "docx": _Way(read_word, "Word 文件已损坏，打不开。请用 Word 或 WPS 修复后另存"),
    "spreadsheet": _Way(read_spreadsheet, "表格文件已损坏，打不开。请用 Excel 或 WPS 修复后另存"),
    "txt": _Way(read_plain_text, "文字文件读不出来。请以 UTF-8 编码另存"),
}


def extract_pages(file: Path, limits: Limits) -> Extraction:
    """Read a file by its kind; what cannot be read has a reason in Chinese.

    Raises:
        OSError: the file may not be read just now.
    """
    if file.stat().st_size > limits.max_file_mb << 20:
        return Extraction("unknown", reason=f"文件超过 {limits.max_file_mb} MB，只登记、不识别")
    with file.open("rb") as stream:
        kind = find_kind(stream.read(4096), file)
    if kind.reason:
        return Extraction(kind.name, reason=kind.reason)
    way = _WAYS[kind.family]
    try:
        return way.read(file, limits)
    except UnreadableError as error:
        return Extraction(kind.name, reason=str(error))
    except (OSError, MemoryError):
        raise
    except Exception:  # noqa: BLE001  # parsers of hostile files fail in every way there is
        _log.exception("a %s could not be read", kind.name)
        return Extraction(kind.name, reason=way.broken)
