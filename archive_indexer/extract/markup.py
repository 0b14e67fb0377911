"""Documents that are zipped XML: OpenDocument, PowerPoint, OFD; and the text of HTML and RTF.

XML is read without entities and within a size, so that no bomb goes off.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import lxml.html
from lxml import etree
from striprtf.striprtf import rtf_to_text

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.plain_text import as_pages

_LARGEST_PART = 64 << 20  #: bytes, unpacked
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ROW = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-row"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BLOCKS = ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "title")
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")


def read_part(package: ZipFile, name: str) -> etree._Element:
    """An XML part of a package.

    Raises:
        UnreadableError: it is too large.
    """
    if package.getinfo(name).file_size > _LARGEST_PART:
        raise UnreadableError("文件解压后过大，只登记、不识别")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(package.read(name), parser)


def read_opendocument(file: Path, limits: Limits) -> Extraction:
    """Paragraphs in their order; a row of a table is a line."""
    with ZipFile(file) as package:
        content = read_part(package, "content.xml")
        kind = "odp" if b"presentation" in package.read("mimetype") else "odt"
    return Extraction(kind, as_pages("\n".join(_open_lines(content)), limits))


def _open_lines(node: etree._Element) -> Iterator[str]:
    for child in node.iterchildren("*"):
        if child.tag == _ROW:
            texts = (_whole_text(one) for one in child.iter(f"{_TEXT}p", f"{_TEXT}h"))
            yield " ".join(filter(None, texts))
        elif child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield _whole_text(child)
        else:
            yield from _open_lines(child)


def read_pptx(file: Path, limits: Limits) -> Extraction:
    """A slide is a page, a paragraph a line."""
    with ZipFile(file) as package:
        found = [match for name in package.namelist() if (match := _SLIDE.fullmatch(name))]
        names = [match[0] for match in sorted(found, key=lambda match: int(match[1]))]
        texts = ["\n".join(_slide_lines(read_part(package, name))) for name in names]
    pages = (ExtractedPage(number, text) for number, text in enumerate(texts, start=1))
    return Extraction("pptx", tuple(pages)[: limits.max_pages])


def _slide_lines(slide: etree._Element) -> Iterator[str]:
    for paragraph in slide.iter(f"{_DRAWING}p"):
        text = "".join(node.text or "" for node in paragraph.iter(f"{_DRAWING}t"))
        if text.strip():
            yield text.strip()


def read_rtf(file: Path, limits: Limits) -> Extraction:
    """The text of an RTF; Chinese is written in it as GBK or as Unicode numbers."""
    source = file.read_bytes().decode("latin-1")
    text = rtf_to_text(source, encoding="gb18030", errors="replace")  # type: ignore[no-untyped-call]
    return Extraction("rtf", as_pages(str(text), limits))


def html_text(html: str) -> str:
    """What a reader of a page sees."""
    if not html.strip():
        return ""
    tree = lxml.html.fromstring(html)
    etree.strip_elements(tree, "script", "style", with_tail=False)
    for node in tree.iter(*_BLOCKS):
        node.tail = f"\n{node.tail or ''}"
    lines = (" ".join(line.split()) for line in "".join(map(str, tree.itertext())).splitlines())
    return "\n".join(filter(None, lines))


def inner_path(base: str, target: str) -> str:
    """A member named relative to another, or from the root with a leading slash."""
    if target.startswith("/"):
        return target.lstrip("/")
    return str(PurePosixPath(base).parent / target)


def _whole_text(node: etree._Element) -> str:
    return "".join(str(text) for text in node.itertext()).strip()
