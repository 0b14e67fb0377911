"""The PDF of an issued document, made from its Word file when somebody wants to look or print.

Documents do not change, so what was made a moment ago is given again; it is kept in memory
only and for some minutes, since a PDF on disk would outlive an erasure.
"""

import tempfile
import threading
from pathlib import Path

import pypdfium2

from archive_indexer.showing.drawn_pages import DrawnPages
from archive_indexer.showing.page_picture import render_page
from filler.models import Issued
from minzheng.county.errors import MinzhengError
from minzheng.external.libreoffice import convert_to_pdf
from minzheng.web.forms.issued_documents import case_store

#: PDFs made last, of some 100 KB, and their pages.
_kept = DrawnPages(most_bytes=40 << 20)
#: One at a time: each start of LibreOffice takes a processor and 300 MB.
_one_at_a_time = threading.Lock()
_PATIENCE_SECONDS = 60.0


class PdfBusyError(MinzhengError):
    """正在给别的文书生成 PDF，请过一会儿再试。Word 文件现在就可以下载。"""


def pdf_of(issued: Issued) -> bytes:
    """The document as PDF/A-2b.

    Raises:
        FileNotFoundError: its Word file is gone.
        LibreOfficeMissingError: LibreOffice is not installed.
        ProgramFailedError: LibreOffice made nothing of it.
        PdfBusyError: others were waiting for theirs all the time.
    """
    docx = case_store().path_of(issued.sha256)
    return _kept.get(docx, "pdf", lambda: _convert(docx))


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return len(opened)


def page_picture_of(issued: Issued, page: int, width: int) -> bytes:
    """A page of the document as JPEG, `width` pixels wide.

    Raises:
        PageNotShownError: it has no such page.
        FileNotFoundError, LibreOfficeMissingError, ProgramFailedError, PdfBusyError: as `pdf_of`.
    """
    docx = case_store().path_of(issued.sha256)
    return _kept.get(docx, (page, width), lambda: _draw(pdf_of(issued), page, width))


def _draw(pdf: bytes, page: int, width: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="minzheng-pages-") as folder:
        file = Path(folder) / "document.pdf"
        file.write_bytes(pdf)
        return render_page(file, page, width, ())


def _convert(docx: Path) -> bytes:
    if not _one_at_a_time.acquire(timeout=_PATIENCE_SECONDS):
        raise PdfBusyError
    try:
        with tempfile.TemporaryDirectory(prefix="minzheng-pages-") as folder:
            copy = Path(folder) / "document.docx"
            copy.write_bytes(docx.read_bytes())
            (made,) = convert_to_pdf([copy], Path(folder))
            return made.read_bytes()
    finally:
        _one_at_a_time.release()
