"""The pages of a file, by what it holds and not by what it is called."""

import errno
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from archive_indexer.documents import Extraction
from archive_indexer.extract.cards import read_cards
from archive_indexer.extract.kind import find_kind
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.ofd import read_ofd
from archive_indexer.extract.office.open_document import read_opendocument
from archive_indexer.extract.office.rtf import read_rtf
from archive_indexer.extract.office.slides import read_pptx
from archive_indexer.extract.office.web_page import read_office_xml, read_web_page
from archive_indexer.extract.old_office import read_old_office
from archive_indexer.extract.packed import read_mail, read_packed
from archive_indexer.extract.pdf import read_pdf
from archive_indexer.extract.picture import read_picture
from archive_indexer.extract.plain_text import read_csv, read_plain_text
from archive_indexer.extract.spreadsheet import read_spreadsheet
from archive_indexer.extract.word import read_word
from minzheng.county.writing.chinese_text import strip_inserted_pinyin
from minzheng.external.files.panics import panics_told

_log = logging.getLogger(__name__)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u2028\u2029\ufeff\ufffe\uffff]")
#: Of a sign beyond U+FFFF, as old formats write it: two numbers that no database takes one by one.
_HALVES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
#: A parser was led to a place that lies nowhere: the file is broken, and not the disk.
_OF_THE_FILE = (None, errno.EINVAL)
_BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, slots=True)
class _Way:
    read: Callable[[Path, Limits, str], Extraction]  #: the last argument is the kind
    broken: str  #: what to tell when the reader fails


def _plain(read: Callable[[Path, Limits], Extraction]) -> Callable[[Path, Limits, str], Extraction]:
    return lambda file, limits, kind: read(file, limits)


_WORD_BROKEN = "Word 文件已损坏，打不开。请用 Word 或 WPS 修复后另存"
_TEXT_BROKEN = "文字文件读不出来。请以 UTF-8 编码另存"
_WAYS = {
    "pdf": _Way(_plain(read_pdf), "PDF 文件已损坏，打不开。请重新扫描或重新复制"),
    "picture": _Way(_plain(read_picture), "图片已损坏，打不开。请重新拍照或重新复制"),
    "docx": _Way(_plain(read_word), _WORD_BROKEN),
    "office": _Way(read_old_office, _WORD_BROKEN),
    "rtf": _Way(_plain(read_rtf), _WORD_BROKEN),
    "opendocument": _Way(_plain(read_opendocument), _WORD_BROKEN),
    "pptx": _Way(_plain(read_pptx), "演示文件已损坏，打不开。请用 PowerPoint 或 WPS 修复后另存"),
    "ofd": _Way(_plain(read_ofd), "OFD 文件已损坏，打不开。请重新导出或另存为 PDF"),
    "spreadsheet": _Way(read_spreadsheet, "表格文件已损坏，打不开。请用 Excel 或 WPS 修复后另存"),
    "txt": _Way(_plain(read_plain_text), _TEXT_BROKEN),
    "csv": _Way(_plain(read_csv), _TEXT_BROKEN),
    "cards": _Way(_plain(read_cards), _TEXT_BROKEN),
    "web_page": _Way(_plain(read_web_page), _TEXT_BROKEN),
    "office_xml": _Way(_plain(read_office_xml), _WORD_BROKEN),
    "mail": _Way(
        lambda file, limits, kind: read_mail(file, limits, extract_pages),
        "邮件文件已损坏，打不开。请重新导出",
    ),
    "packed": _Way(
        lambda file, limits, kind: read_packed(file, limits, kind, extract_pages),
        "压缩包已损坏，打不开。请解压后放回原处",
    ),
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
        with panics_told():
            return _clean(way.read(file, limits, kind.name))
    except UnreadableError as error:
        return Extraction(kind.name, reason=str(error))
    except MemoryError:
        raise
    except OSError as error:
        if error.errno not in _OF_THE_FILE:
            raise
        return Extraction(kind.name, reason=way.broken)
    except Exception:  # noqa: BLE001  # parsers of hostile files fail in every way there is
        _log.exception("a %s could not be read", kind.name)
        return Extraction(kind.name, reason=way.broken)


def _clean(extraction: Extraction) -> Extraction:
    """Without what no reader wants in a text; lines and their boxes stay as they were read."""
    pages = tuple(replace(page, text=_clean_text(page.text)) for page in extraction.pages)
    return replace(extraction, pages=pages)


def _clean_text(text: str) -> str:
    """Whole signs without control characters, odd spaces and pinyin between them."""
    if _HALVES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
    text = _SPACES.sub(" ", strip_inserted_pinyin(text))
    return _BLANK_LINES.sub("\n", text).strip()
