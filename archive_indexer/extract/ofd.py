"""OFD, the national layout format (GB/T 33190-2016): text with places, or scanned pages."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from lxml import etree
from PIL import Image, UnidentifiedImageError

from archive_indexer.documents import ExtractedPage, Extraction, TextLine
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.markup import inner_path, read_part
from archive_indexer.extract.picture import frames
from archive_indexer.reading.read_page import read_page_image

_LINE_OVERLAP = 0.5  #: of its height, for two pieces to stand on one line


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    left: float  #: mm from the page's corner
    top: float
    width: float
    height: float

    def box(self, page_width: float, page_height: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as parts of the page."""
        return (
            round(self.left / page_width, 4),
            round(self.top / page_height, 4),
            round((self.left + self.width) / page_width, 4),
            round((self.top + self.height) / page_height, 4),
        )


@dataclass(frozen=True, slots=True)
class _Book:
    """One document of the package, with what its pages need."""

    package: ZipFile
    paper: tuple[float, ...]  #: the usual page: x, y, width, height in mm
    pictures: dict[str, str]  #: resource id → member
    limits: Limits

    def read_page(self, page: etree._Element, number: int) -> ExtractedPage:
        own = _first(page, "PhysicalBox")
        _, _, width, height = _box(own) if own else self.paper
        rows = _rows([piece for node in _nodes(page, "TextObject") for piece in _pieces(node)])
        if not rows:
            return self._read_scan(page, number)
        lines = (TextLine(piece.text, piece.box(width, height)) for row in rows for piece in row)
        text = "\n".join(" ".join(piece.text for piece in row) for row in rows)
        return ExtractedPage(number, text, tuple(lines), "text_layer")

    def _read_scan(self, page: etree._Element, number: int) -> ExtractedPage:
        """The largest picture of a page without text is its scan."""
        known = set(self.package.namelist())
        members = [
            self.pictures.get(node.get("ResourceID", "")) for node in _nodes(page, "ImageObject")
        ]
        present = [name for name in members if name in known and name]
        if not present:
            return ExtractedPage(number, "", origin="blank")
        largest = max(present, key=lambda name: self.package.getinfo(name).file_size)
        try:
            with Image.open(io.BytesIO(self.package.read(largest))) as picture:
                frame = next(frames(picture, self.limits))
        except (UnidentifiedImageError, OSError, StopIteration):
            return ExtractedPage(number, "", origin="unread", confidence=0.0)
        return read_page_image(frame, number)


def read_ofd(file: Path, limits: Limits) -> Extraction:
    """Every page of every document in the package."""
    pages: list[ExtractedPage] = []
    with ZipFile(file) as package:
        for root in _texts(read_part(package, "OFD.xml"), "DocRoot"):
            path = inner_path("OFD.xml", root)
            document = read_part(package, path)
            paper = _box(_first(document, "PhysicalBox"))
            book = _Book(package, paper, _pictures(package, path, document), limits)
            for node in _nodes(document, "Page"):
                if len(pages) >= limits.max_pages:
                    raise UnreadableError(f"超过 {limits.max_pages} 页，只登记、不识别")
                page = read_part(package, inner_path(path, node.get("BaseLoc", "")))
                pages.append(book.read_page(page, len(pages) + 1))
    return Extraction("ofd", tuple(pages))


def _pieces(node: etree._Element) -> Iterator[_Piece]:
    text = "".join(code.text or "" for code in _nodes(node, "TextCode")).strip()
    box = _box(node.get("Boundary", ""))
    if text and len(box) == 4:
        yield _Piece(text, *box)


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces by lines from top to bottom, left to right within a line."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.top + one.height / 2, one.left)):
        last = rows[-1][-1] if rows else None
        shared = last and min(last.top + last.height, piece.top + piece.height) - max(
            last.top, piece.top
        )
        if last and shared and shared > _LINE_OVERLAP * min(last.height, piece.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _pictures(package: ZipFile, document_path: str, document: etree._Element) -> dict[str, str]:
    """Resource id → member that holds the picture."""
    found = {}
    for resource in (*_texts(document, "PublicRes"), *_texts(document, "DocumentRes")):
        path = inner_path(document_path, resource)
        if path not in package.namelist():
            continue
        table = read_part(package, path)
        base = table.get("BaseLoc", "")
        for media in _nodes(table, "MultiMedia"):
            for name in _texts(media, "MediaFile"):
                found[media.get("ID", "")] = inner_path(path, f"{base}/{name}" if base else name)
    return found


def _nodes(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return node.iter(f"{{*}}{name}")


def _texts(node: etree._Element, name: str) -> Iterator[str]:
    return ((one.text or "").strip() for one in _nodes(node, name) if (one.text or "").strip())


def _first(node: etree._Element, name: str) -> str:
    return next(_texts(node, name), "")


def _box(text: str) -> tuple[float, ...]:
    """x, y, width and height in mm; A4 when nothing is said."""
    try:
        numbers = tuple(float(part) for part in text.split())
    except ValueError:
        numbers = ()
    return numbers if len(numbers) == 4 else (0.0, 0.0, 210.0, 297.0)
