"""Word documents: paragraphs and tables in their order, headers and footers."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import docx
import numpy as np
from docx.document import Document
from docx.oxml.text.paragraph import CT_P
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.plain_text import split_pages
from minzheng.external.qr_codes import read_qr_codes

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT = f"{_WORD}p", f"{_WORD}t"
_LARGEST_PART = 64 << 20  #: bytes, unpacked
_LARGEST_CODE = 200_000  #: bytes of a picture that may be a QR code


def read_word(file: Path, limits: Limits) -> Extraction:
    """The text of a document; its QR codes belong to the first page."""
    with ZipFile(file) as package:
        if sum(entry.file_size for entry in package.infolist()) > 4 * _LARGEST_PART:
            raise UnreadableError("Word 文件解压后过大，只登记、不识别")
        codes = _codes(package)
    document = docx.Document(str(file))
    text = "\n".join(line for line in _lines(document) if line)
    if len(text) > limits.max_characters:
        raise UnreadableError("Word 文件文字过多，只登记、不识别。请拆成几份")
    pages = tuple(
        ExtractedPage(number, part, codes=codes if number == 1 else ())
        for number, part in enumerate(split_pages(text), start=1)
    )
    return Extraction("docx", pages)


def _lines(document: Document) -> Iterator[str]:
    yield from _block_lines(document.iter_inner_content())
    seen: set[str] = set()
    for section in document.sections:
        for part in (section.header, section.footer):
            text = "\n".join(_block_lines(part.iter_inner_content()))
            if text not in seen:
                seen.add(text)
                yield text


def _block_lines(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text.strip()
        else:
            yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[str]:
    """A row is a line; a merged cell is told once."""
    for row in table.rows:
        cells = dict.fromkeys(cell._tc for cell in row.cells)
        texts = (_text_of(node) for tc in cells for node in tc.iter(_PARAGRAPH))
        yield " ".join(text.strip() for text in texts if text.strip())


def _text_of(paragraph: CT_P) -> str:
    return "".join(node.text or "" for node in paragraph.iter(_TEXT))


def _codes(package: ZipFile) -> tuple[str, ...]:
    """QR codes among the small pictures of a document."""
    codes: list[str] = []
    for entry in package.infolist():
        if entry.filename.startswith("word/media/") and entry.file_size < _LARGEST_CODE:
            with package.open(entry) as stream:
                try:
                    picture = np.array(Image.open(stream).convert("RGB"))
                except (OSError, ValueError):
                    continue
            codes += read_qr_codes(picture)
    return tuple(dict.fromkeys(codes))
