"""Old Office files: LibreOffice makes new ones of them, which are read.

They are doc, wps, ppt, dps, and what Lotus, Quattro, Write and WordPerfect left.

Of a PDF made of them remarks, notes and hidden words would be missing.
"""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.office.slides import read_pptx
from archive_indexer.extract.plain_text import common_share
from archive_indexer.extract.spreadsheet import read_spreadsheet
from archive_indexer.extract.word import read_word
from minzheng.external.libreoffice import (
    LibreOfficeMissingError,
    convert_with_libreoffice,
    lacks_part_for,
)
from minzheng.external.run_program import ProgramFailedError


@dataclass(frozen=True, slots=True)
class _Way:
    part: str  #: a kind that the same part of LibreOffice opens, as `lacks_part_for` is asked
    package: str  #: what Debian calls that part
    made: str  #: the kind that is made
    read: Callable[[Path, Limits], Extraction]
    called: str  #: what a person may call it


_WORD = _Way("doc", "libreoffice-writer-nogui", "docx", read_word, "旧版 Office 文件")
_SLIDES = _Way("ppt", "libreoffice-impress-nogui", "pptx", read_pptx, "旧版 Office 文件")
_TEXT = replace(_WORD, called="早年的文稿（Windows 书写器、WordPerfect）")
_SHEET = _Way(
    "xls", "libreoffice-calc-nogui", "xlsx", read_spreadsheet, "早年的表格（Lotus、Quattro）"
)
_WAYS = {
    "doc": _WORD,
    "ppt": _SLIDES,
    **dict.fromkeys(("wri", "wpd"), _TEXT),
    **dict.fromkeys(("wk1", "wk3", "wk4", "wq1", "wq2", "wb1", "wb2", "wb3", "qpw"), _SHEET),
    "xlw": replace(_SHEET, called="早年的表格（Excel 2、3、4）"),
    **dict.fromkeys(("xls", "xlsb"), replace(_SHEET, called="表格写法少见或已损坏，")),
}
#: In which such a file was read that says of no code; Chinese ones are in GBK.
_WRONG_CODES = ("cp437", "cp850", "cp1252", "latin-1")
_STRANGE = re.compile(r"[^\x00-\x7f\u2e80-\uffef]")
_LEAST_CHINESE = 0.6  #: of the signs that are not Latin, in common use


def read_old_office(file: Path, limits: Limits, kind: str) -> Extraction:
    """The document as LibreOffice understands it."""
    way = _WAYS[kind]
    with tempfile.TemporaryDirectory(prefix="minzheng-doc-") as folder:
        copy = Path(folder) / f"paper.{kind}"
        copy.write_bytes(file.read_bytes())
        try:
            (made,) = convert_with_libreoffice([copy], Path(folder), way.made)
        except LibreOfficeMissingError as error:
            raise UnreadableError(
                f"{way.called}要靠 LibreOffice 识别，本机没有安装。"
                f"请安装后重试，或用 Office、WPS 另存为 {way.made} 放回原处"
            ) from error
        except ProgramFailedError as error:
            raise UnreadableError(_why_not(kind, way)) from error
        read = replace(way.read(made, limits), kind=kind)
    return _in_chinese(read) if way.read is read_spreadsheet else read


def _in_chinese(extraction: Extraction) -> Extraction:
    """A table that was written in GBK and read letter by letter, as it was written."""
    text = "".join(page.text for page in extraction.pages)
    strange = "".join(_STRANGE.findall(text))
    for code in _WRONG_CODES if strange else ():
        meant = _as_gbk(strange, code)
        if meant and common_share(meant) >= _LEAST_CHINESE:
            pages = (
                replace(page, text=_as_gbk(page.text, code) or page.text)
                for page in extraction.pages
            )
            return replace(extraction, pages=tuple(pages))
    return extraction


def _as_gbk(text: str, code: str) -> str:
    try:
        return text.encode(code).decode("gb18030")
    except UnicodeError:
        return ""


def _why_not(kind: str, way: _Way) -> str:
    """A file that is sound is not called broken where only a part of LibreOffice is missing."""
    if lacks_part_for(way.part):
        return (
            f"本机的 LibreOffice 少装了一部分（{way.package}），读不了旧版 {kind}。"
            f"请安装后重试，或用 Office、WPS 另存为 {way.made} 放回原处"
        )
    return f"{way.called}打不开。请用 Office 或 WPS 另存为 {way.made} 放回原处"
