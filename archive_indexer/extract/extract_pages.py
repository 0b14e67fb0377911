"""The pages of a file, by what it holds and not by what it is called."""

import errno
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive_indexer.documents import Extraction
from archive_indexer.extract.kind import find_kind
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.plain_text import read_csv, read_plain_text
from archive_indexer.extract.rare.embedded import HOLDERS, with_embedded
from minzheng.county.loaded_later import LoadedLater
from minzheng.county.writing.chinese_text import strip_inserted_pinyin
from minzheng.external.files.panics import ParserPanicError, panics_told

if TYPE_CHECKING:
    from archive_indexer.extract import (
        cards,
        ofd,
        old_office,
        packed,
        pdf,
        picture,
        spreadsheet,
        word,
    )
    from archive_indexer.extract.office import open_document, rtf, slides, web_page
    from archive_indexer.extract.rare import dbf, svg, uof
else:  # each knows libraries of its own, and most readers meet few kinds
    cards = LoadedLater("archive_indexer.extract.cards")
    ofd = LoadedLater("archive_indexer.extract.ofd")
    old_office = LoadedLater("archive_indexer.extract.old_office")
    packed = LoadedLater("archive_indexer.extract.packed")
    pdf = LoadedLater("archive_indexer.extract.pdf")
    picture = LoadedLater("archive_indexer.extract.picture")
    spreadsheet = LoadedLater("archive_indexer.extract.spreadsheet")
    word = LoadedLater("archive_indexer.extract.word")
    open_document = LoadedLater("archive_indexer.extract.office.open_document")
    rtf = LoadedLater("archive_indexer.extract.office.rtf")
    slides = LoadedLater("archive_indexer.extract.office.slides")
    web_page = LoadedLater("archive_indexer.extract.office.web_page")
    dbf = LoadedLater("archive_indexer.extract.rare.dbf")
    svg = LoadedLater("archive_indexer.extract.rare.svg")
    uof = LoadedLater("archive_indexer.extract.rare.uof")

_log = logging.getLogger(__name__)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\xad\u200b-\u200f\u2028\u2029\ufeff\ufffe\uffff]")
#: Of a sign beyond U+FFFF, as old formats write it: two numbers that no database takes one by one.
_HALVES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
#: A parser was led to a place that lies nowhere: the file is broken, and not the disk.
_OF_THE_FILE = (None, errno.EINVAL)
_BLANK_LINES = re.compile(r"\n\s*\n+")


_Read = Callable[[Path, Limits, str], Extraction]  #: the last argument is the kind


@dataclass(frozen=True, slots=True)
class _Way:
    loaded: Callable[[], _Read]  #: apart from reading: a library that fails is no broken file
    broken: str  #: what to tell when the reader fails


def _plain(read: Callable[[Path, Limits], Extraction]) -> _Read:
    return lambda file, limits, kind: read(file, limits)


def _mail() -> _Read:
    read = packed.read_mail
    return lambda file, limits, kind: read(file, limits, kind, extract_pages)


def _spreadsheet() -> _Read:
    """The usual reader; LibreOffice where that meets what it had not thought of."""
    read, otherwise = spreadsheet.read_spreadsheet, old_office.read_old_office

    def in_turn(file: Path, limits: Limits, kind: str) -> Extraction:
        try:
            with panics_told():
                return read(file, limits, kind)
        except ParserPanicError:
            if kind not in _READ_OTHERWISE:
                raise
            return otherwise(file, limits, kind)

    return in_turn


def _packed() -> _Read:
    read = packed.read_packed
    return lambda file, limits, kind: read(file, limits, kind, extract_pages)


_READ_OTHERWISE = ("xls", "xlsb")  #: workbooks that LibreOffice makes anew
_WORD_BROKEN = "Word 文件已损坏，打不开。请用 Word 或 WPS 修复后另存"
_TEXT_BROKEN = "文字文件读不出来。请以 UTF-8 编码另存"
_WAYS = {
    "pdf": _Way(lambda: _plain(pdf.read_pdf), "PDF 文件已损坏，打不开。请重新扫描或重新复制"),
    "picture": _Way(
        lambda: _plain(picture.read_picture), "图片已损坏，打不开。请重新拍照或重新复制"
    ),
    "docx": _Way(lambda: _plain(word.read_word), _WORD_BROKEN),
    "office": _Way(lambda: old_office.read_old_office, _WORD_BROKEN),
    "rtf": _Way(lambda: _plain(rtf.read_rtf), _WORD_BROKEN),
    "opendocument": _Way(lambda: _plain(open_document.read_opendocument), _WORD_BROKEN),
    "pptx": _Way(
        lambda: _plain(slides.read_pptx),
        "演示文件已损坏，打不开。请用 PowerPoint 或 WPS 修复后另存",
    ),
    "ofd": _Way(lambda: _plain(ofd.read_ofd), "OFD 文件已损坏，打不开。请重新导出或另存为 PDF"),
    "spreadsheet": _Way(_spreadsheet, "表格文件已损坏，打不开。请用 Excel 或 WPS 修复后另存"),
    "txt": _Way(lambda: _plain(read_plain_text), _TEXT_BROKEN),
    "csv": _Way(lambda: _plain(read_csv), _TEXT_BROKEN),
    "uof": _Way(
        lambda: _plain(uof.read_uof), "标文通文件已损坏，打不开。请用 WPS 修复后另存为 docx"
    ),
    "svg": _Way(lambda: _plain(svg.read_svg), "图形文件（SVG）已损坏，打不开。请转成 PDF 或图片"),
    "table": _Way(
        lambda: _plain(dbf.read_table),
        "数据库表（DBF）已损坏，打不开。请用 Excel 打开后另存为 xlsx",
    ),
    "remarks": _Way(lambda: _plain(dbf.read_remarks), "数据库的备注文件已损坏，打不开"),
    "cards": _Way(lambda: _plain(cards.read_cards), _TEXT_BROKEN),
    "web_page": _Way(lambda: _plain(web_page.read_web_page), _TEXT_BROKEN),
    "office_xml": _Way(lambda: _plain(web_page.read_office_xml), _WORD_BROKEN),
    "mail": _Way(_mail, "邮件文件已损坏，打不开。请重新导出"),
    "packed": _Way(_packed, "压缩包已损坏，打不开。请解压后放回原处"),
}


def load_readers() -> None:
    """Load now what reads the kinds that are met every day."""
    _ = (word.read_word, spreadsheet.read_spreadsheet, pdf.read_pdf, picture.read_picture)


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
    read = way.loaded()
    try:
        with panics_told():
            return _clean(_with_embedded(read(file, limits, kind.name), file, limits, kind.name))
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


def _with_embedded(whole: Extraction, file: Path, limits: Limits, kind: str) -> Extraction:
    """A document with what lies in it, unless another program had to make it anew."""
    is_as_it_was = whole.kind in HOLDERS and kind == whole.kind
    return with_embedded(file, whole, limits, extract_pages) if is_as_it_was else whole


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
