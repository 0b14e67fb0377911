"""Office files and texts become pages to look at: LibreOffice draws them, without network.

As it reads old Office files: in a program of its own, with settings of its own. A sheet of a
table is drawn as one page, however long, so that no column stands on another page.
"""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from archive_indexer.errors import ArchiveError
from archive_indexer.extract.kind import find_kind
from archive_indexer.extract.plain_text import decode
from minzheng.external.libreoffice import (
    LibreOfficeMissingError,
    convert_with_libreoffice,
    lacks_part_for,
)
from minzheng.external.run_program import ProgramFailedError

#: Files that may be drawn, by their names; what they hold is looked at when they are.
DRAWN_ENDINGS = frozenset({
    ".docx", ".doc", ".docm", ".dot", ".dotx", ".wps", ".rtf", ".odt",
    ".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv",
    ".pptx", ".ppt", ".pptm", ".dps", ".odp", ".odg", ".txt",
})  # fmt: skip
MOST_PAGES = 60
_MOST_BYTES = 32 << 20
_LONGEST_TEXT = 400_000  #: characters; some hundred pages
_SECONDS = 60.0


class NotDrawnError(ArchiveError):
    """这个文件画不成页面，请看文字或下载原件。"""


@dataclass(frozen=True, slots=True)
class _Way:
    """How a part of LibreOffice opens a kind of file and prints it."""

    part: str  #: a kind that the same part opens, as `lacks_part_for` is asked
    package: str
    printer: str
    opens_as: str = ""


_WRITER = _Way("doc", "libreoffice-writer-nogui", "writer_pdf_Export")
_CALC = _Way("xls", "libreoffice-calc-nogui", "calc_pdf_Export")
_SLIDES = _Way("ppt", "libreoffice-impress-nogui", "impress_pdf_Export")
_WAYS = {
    **dict.fromkeys(("docx", "doc", "rtf", "odt"), _WRITER),
    **dict.fromkeys(("xlsx", "xls", "xlsb", "ods"), _CALC),
    **dict.fromkeys(("pptx", "ppt", "odp"), _SLIDES),
    "odg": _Way("ppt", "libreoffice-draw-nogui", "draw_pdf_Export"),
    "txt": _Way("doc", _WRITER.package, _WRITER.printer, "Text (encoded):UTF8,LF,,,"),
    "csv": _Way("xls", _CALC.package, _CALC.printer, "CSV:44,34,76,1"),
}  # fmt: skip
_TEXTS = ("txt", "csv")


def is_sheet(kind: str) -> bool:
    """Whether a kind of file is a table, which is drawn a sheet a page."""
    return kind in _WAYS and _WAYS[kind].printer == _CALC.printer


def draw_as_pdf(file: Path) -> tuple[str, bytes]:
    """The kind of a file, and its first pages as a PDF.

    Raises:
        NotDrawnError: it cannot be drawn; the message says why and what to do.
        OSError: the file cannot be read.
    """
    if file.stat().st_size > _MOST_BYTES:
        raise NotDrawnError(f"文件超过 {_MOST_BYTES >> 20} MB，不画成页面。请看文字或下载原件。")
    with file.open("rb") as stream:
        kind = find_kind(stream.read(4096), file)
    way = _WAYS.get(kind.name)
    if way is None or kind.reason:
        raise NotDrawnError(f"{kind.reason}。" if kind.reason else "")
    with tempfile.TemporaryDirectory(prefix="minzheng-pages-") as folder:
        copy = Path(folder) / f"paper.{kind.name}"
        copy.write_bytes(_content(file, kind.name))
        return kind.name, _convert(copy, way)


def _content(file: Path, kind: str) -> bytes:
    """A text in the one code that LibreOffice is told of, others as they are."""
    content = file.read_bytes()
    return decode(content)[:_LONGEST_TEXT].encode() if kind in _TEXTS else content


def _convert(copy: Path, way: _Way) -> bytes:
    options = (
        {"SinglePageSheets": {"type": "boolean", "value": "true"}}
        if way.printer == _CALC.printer
        else {"PageRange": {"type": "string", "value": f"1-{MOST_PAGES}"}}
    )
    how = f":{way.printer}:{json.dumps(options, separators=(',', ':'))}"
    try:
        (made,) = convert_with_libreoffice(
            [copy], copy.parent, "pdf", _SECONDS, how, opens_as=way.opens_as
        )
    except LibreOfficeMissingError as error:
        raise NotDrawnError(
            "本机没有安装 LibreOffice，画不出页面。请管理员安装；文字仍可查看。"
        ) from error
    except ProgramFailedError as error:
        raise NotDrawnError(_why_not(way)) from error
    return made.read_bytes()


def _why_not(way: _Way) -> str:
    """A file that is sound is not called broken where only a part of LibreOffice is missing."""
    if lacks_part_for(way.part):
        return (
            f"本机的 LibreOffice 少装了一部分（{way.package}），画不出页面。"
            "请管理员安装；文字仍可查看。"
        )
    return "LibreOffice 画不出这个文件的页面。请看文字，或下载原件用 Office、WPS 打开。"
