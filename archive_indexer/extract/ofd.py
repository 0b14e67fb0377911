"""OFD, the national layout format (GB/T 33190-2016): text with places, and scanned pages."""

import io
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree
from PIL import Image

from archive_indexer.documents import ExtractedPage, Extraction, Seal, TextLine
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.markup import inner_path
from archive_indexer.extract.ofd_package import OfdPackage
from archive_indexer.extract.office.pictures import named
from archive_indexer.extract.picture import DAMAGES, frames
from archive_indexer.extract.rare.drawn_paths import draw, may_be_letters, paths_of, scale_path
from archive_indexer.reading.known_lines import turn_box
from archive_indexer.reading.read_page import read_page_image

Box = tuple[float, float, float, float]
_LINE_OVERLAP = 0.5  #: of its height, for two pieces to stand on one line
_LEAST_PICTURE = 200  #: pixels of the longer side; smaller ones are ornaments
_LEAST_WIDTH = 32
_DPI = 200  #: at which what is drawn by lines is looked at


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    left: float  #: mm from the page's corner
    top: float
    width: float
    height: float

    def box(self, page_width: float, page_height: float) -> Box:
        """Left, top, right, bottom as parts of the page."""
        return (
            round(self.left / page_width, 4),
            round(self.top / page_height, 4),
            round((self.left + self.width) / page_width, 4),
            round((self.top + self.height) / page_height, 4),
        )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A picture on a page: its member, and where it stands as parts of the page."""

    member: str
    box: Box

    def on_page(self, box: Box) -> Box:
        """A place of the picture as a place of the page."""
        left, top, right, bottom = self.box
        x, y = right - left, bottom - top
        return (left + box[0] * x, top + box[1] * y, left + box[2] * x, top + box[3] * y)

    def in_picture(self, box: Box) -> Box:
        """A place of the page as a place of the picture."""
        left, top, right, bottom = self.box
        x, y = max(right - left, 1e-6), max(bottom - top, 1e-6)
        return ((box[0] - left) / x, (box[1] - top) / y, (box[2] - left) / x, (box[3] - top) / y)

    def holds(self, line: TextLine) -> bool:
        """Whether a line of the page stands on the picture."""
        x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


@dataclass(frozen=True, slots=True)
class _Book:
    """One document of the package, with what its pages need."""

    members: OfdPackage
    paper: tuple[float, ...]  #: the usual page: x, y, width, height in mm
    pictures: dict[str, str]  #: resource id → what it is called
    templates: dict[str, etree._Element]  #: what lies under pages
    remarks: dict[str, list[etree._Element]]  #: page id → what lies over it
    units: dict[str, etree._Element]  #: resource id → a drawing that pages show by its number
    limits: Limits

    def read_page(self, page: etree._Element, page_id: str, number: int) -> ExtractedPage:
        """Text of the page, of what lies under and over it, and the words of its pictures."""
        own = _first(page, "PhysicalBox")
        _, _, width, height = _box(own) if own else self.paper
        over = self.remarks.get(page_id, ())
        layers = [*self._under(page), page, *over]
        layers += self._units_on(layers)
        rows = _rows([piece for one in layers for node in _nodes(one, "TextObject")
                      for piece in _pieces(node)])  # fmt: skip
        lines = tuple(TextLine(one.text, one.box(width, height)) for row in rows for one in row)
        text = "\n".join(" ".join(piece.text for piece in row) for row in rows)
        written = ExtractedPage(number, text, lines, "text_layer" if lines else "blank")
        read = self._with_pictures(written, layers, (width, height))
        read = self._with_paths(read, layers, (width, height))
        said = (f"批注：{words}" for one in over for words in _texts(one, "Remark"))
        return replace(read, text="\n".join(filter(None, (read.text, *said))))

    def _under(self, page: etree._Element) -> Iterator[etree._Element]:
        for node in _nodes(page, "Template"):
            if node.get("TemplateID", "") in self.templates:
                yield self.templates[node.get("TemplateID", "")]

    def _units_on(self, layers: list[etree._Element]) -> list[etree._Element]:
        """The drawings that layers show by their numbers, each moved to where it is shown."""
        found = []
        for node in (one for layer in layers for one in _nodes(layer, "CompositeObject")):
            unit = self.units.get(node.get("ResourceID", ""))
            if unit is not None:
                found.append(_moved(unit, _box(node.get("Boundary", ""))))
        return found

    def _with_pictures(
        self, page: ExtractedPage, layers: list[etree._Element], size: tuple[float, float]
    ) -> ExtractedPage:
        placed, missing = [], 0
        broken, damaged = list[str](), list[str]()
        for node in (one for layer in layers for one in _nodes(layer, "ImageObject")):
            name = self.pictures.get(node.get("ResourceID", ""))
            member = self.members.find("", name) if name else None
            missing += member is None
            if member is not None:
                box = _Piece("", *_box(node.get("Boundary", ""))).box(*size)
                placed.append(_Placed(member, box))
        for one in dict.fromkeys(placed):
            try:
                page = self._read_picture(page, one, len(placed), damaged)
            except (*DAMAGES, UnreadableError, BadZipFile, StopIteration):
                broken.append(one.member)
        said = (
            (missing, "张图片不在文件里，未识别"),
            (len(broken), f"张图片打不开（{named(broken)}），未识别"),
        )
        unread = tuple(f"含 {count} {what}" for count, what in said if count)
        is_lost = unread and not page.lines
        if damaged:
            lacks = f"含 {len(damaged)} 张图片不完整（{named(damaged)}），可能缺了一部分"
            unread = (*unread, lacks)
        return replace(
            page,
            unread=(*page.unread, *unread),
            origin="unread" if is_lost else page.origin,
            confidence=0.0 if is_lost else page.confidence,
        )

    def _with_paths(
        self, page: ExtractedPage, layers: list[etree._Element], size: tuple[float, float]
    ) -> ExtractedPage:
        """The page with the words that are drawn by lines and curves."""
        paths = paths_of(layers)
        if paths is None or min(size) <= 0:
            return _unread_drawing(page)
        if not may_be_letters(paths):
            return page
        dpi = min(_DPI, int((self.limits.max_pixels / 8) ** 0.5 * 25.4 / max(size)))
        if dpi < 1:
            return _unread_drawing(page)
        drawn = draw(paths, size, dpi)
        seen = read_page_image(drawn, page.number, page.lines, manner=self.limits.manner)
        if page.origin != "blank":
            return _merged(page, seen, _WHOLE, bool(page.lines))
        is_mute = not (seen.text or seen.codes or seen.seals)
        read = _unread_drawing(page) if is_mute else seen
        return replace(read, unread=tuple(dict.fromkeys((*page.unread, *read.unread))))

    def _read_picture(
        self, page: ExtractedPage, placed: _Placed, count: int, damaged: list[str]
    ) -> ExtractedPage:
        """The page with what stands on one of its pictures."""
        with Image.open(io.BytesIO(self.members.package.read(placed.member))) as picture:
            if max(picture.size) < _LEAST_PICTURE or min(picture.size) < _LEAST_WIDTH:
                return page
            name = placed.member
            frame = next(frames(picture, self.limits, lambda _: damaged.append(name)))
        if count == 1 and not page.lines:
            return read_page_image(frame, page.number, manner=self.limits.manner)
        known = [
            replace(line, box=placed.in_picture(line.box))
            for line in page.lines if placed.holds(line)
        ]  # fmt: skip
        return _merged(
            page,
            read_page_image(frame, page.number, known, manner=self.limits.manner),
            placed,
            bool(known),
        )


#: A picture of the whole page.
_WHOLE = _Placed("", (0.0, 0.0, 1.0, 1.0))


def _unread_drawing(page: ExtractedPage) -> ExtractedPage:
    """The page with the word that what is drawn on it was not read."""
    unread = (*page.unread, "这一页画着线条图形，没有认出上面的字。请转成 PDF 或图片")
    is_lost = not page.lines
    return replace(
        page,
        unread=unread,
        origin="unread" if is_lost else page.origin,
        confidence=0.0 if is_lost else page.confidence,
    )


def _merged(
    page: ExtractedPage, seen: ExtractedPage, placed: _Placed, has_known: bool
) -> ExtractedPage:
    """A page with what was read of a picture on it; what was known stands there once."""
    codes = tuple(dict.fromkeys((*page.codes, *seen.codes)))
    if seen.origin != "ocr":
        return replace(page, codes=codes)
    back = 4 - seen.turns
    told = {line.text for line in page.lines} if has_known else set()
    lines = tuple(
        replace(line, box=placed.on_page(turn_box(line.box, back)))
        for line in seen.lines if line.text not in told
    )  # fmt: skip
    seals = tuple(
        Seal(placed.on_page(turn_box(seal.box, back)), seal.colour, seal.words)
        for seal in seen.seals
    )
    fields = (replace(one, box=placed.on_page(turn_box(one.box, back))) for one in seen.fields)
    outside = [line.text for line in page.lines if not placed.holds(line)]
    text = "\n".join((seen.text, *outside)) if has_known else f"{page.text}\n{seen.text}"
    return replace(
        page,
        text=text.strip(),
        lines=(*page.lines, *lines),
        origin="ocr",
        confidence=seen.confidence,
        codes=codes,
        seals=(*page.seals, *seals),
        fields=(*page.fields, *fields),
        unread=(*page.unread, *seen.unread),
    )


def read_ofd(file: Path, limits: Limits) -> Extraction:
    """Every page of every document in the package."""
    pages: list[ExtractedPage] = []
    with ZipFile(file) as package:
        members = OfdPackage.of(package)
        root = members.part("", "OFD.xml")
        for where in _texts(root[1], "DocRoot") if root else ():
            document = members.part("OFD.xml", where)
            if document is not None:
                pages += _read_document(members, *document, limits, len(pages))
        words, mute = members.seals()
    if not pages:
        raise UnreadableError("OFD 里没有页面，或已损坏。请重新导出或另存为 PDF")
    said = [f"印章：{name}" for name in words]
    unread = (f"含 {mute} 枚电子签章，章上文字未识别",) if mute else ()
    if broken := list(dict.fromkeys(members.broken)):
        unread = (*unread, f"含 {len(broken)} 处内容已损坏（{named(broken)}），未识别")
    pages[0] = replace(
        pages[0],
        text="\n".join(filter(None, (pages[0].text, *said))),
        unread=(*pages[0].unread, *unread),
    )
    return Extraction("ofd", tuple(pages))


def _read_document(
    members: OfdPackage, path: str, document: etree._Element, limits: Limits, before: int
) -> list[ExtractedPage]:
    book = _Book(
        members,
        _box(_first(document, "PhysicalBox")),
        _pictures(members, path, document),
        _templates(members, path, document),
        _remarks(members, path, document),
        _units(members, path, document),
        limits,
    )
    outline = [
        f"大纲：{node.get('Title', '')}"
        for node in _nodes(document, "OutlineElem") if node.get("Title")
    ]  # fmt: skip
    pages: list[ExtractedPage] = []
    for node in _nodes(document, "Page"):
        number = before + len(pages) + 1
        if number > limits.max_pages:
            raise UnreadableError(f"超过 {limits.max_pages} 页，只登记、不识别")
        found = members.part(path, node.get("BaseLoc", ""))
        if found is None:
            lost = ("这一页的内容不在文件里",)
            pages.append(ExtractedPage(number, "", (), "unread", confidence=0.0, unread=lost))
        else:
            pages.append(book.read_page(found[1], node.get("ID", ""), number))
    if outline and pages:
        lines = (pages[0].text, *outline)
        pages[0] = replace(pages[0], text="\n".join(filter(None, lines)))
    attached = sum(1 for _ in _texts(document, "Attachments"))
    if attached and pages:
        unread = (*pages[0].unread, "含附件，未识别。请另存附件后放回原处")
        pages[0] = replace(pages[0], unread=unread)
    return pages


def _templates(
    members: OfdPackage, path: str, document: etree._Element
) -> dict[str, etree._Element]:
    """Template id → the page that lies under others."""
    found = {}
    for node in _nodes(document, "TemplatePage"):
        part = members.part(path, node.get("BaseLoc", ""))
        if part is not None:
            found[node.get("ID", "")] = part[1]
    return found


def _remarks(
    members: OfdPackage, path: str, document: etree._Element
) -> dict[str, list[etree._Element]]:
    """Page id → what was written over it: remarks, stamps, watermarks."""
    found: dict[str, list[etree._Element]] = {}
    for where in _texts(document, "Annotations"):
        table = members.part(path, where)
        for node in _nodes(table[1], "Page") if table else ():
            for file in _texts(node, "FileLoc"):
                part = members.part(table[0], file) if table else None
                if part is not None:
                    found.setdefault(node.get("PageID", ""), []).append(part[1])
    return found


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


def _units(members: OfdPackage, path: str, document: etree._Element) -> dict[str, etree._Element]:
    """Resource id → a drawing that pages show by its number."""
    return {
        unit.get("ID", ""): unit
        for _, table in _resources(members, path, document)
        for unit in _nodes(table, "CompositeGraphicUnit")
    }


def _moved(unit: etree._Element, place: Box | tuple[float, ...]) -> etree._Element:
    """A drawing whose things stand where the page shows them."""
    copy = deepcopy(unit)
    try:
        across, down = (
            place[2 + at] / float(unit.get(side) or place[2 + at])
            for at, side in enumerate(("Width", "Height"))
        )
    except (ValueError, ZeroDivisionError):
        across = down = 1.0
    for node in copy.iter("*"):
        if node.get("Boundary"):
            left, top, width, height = _box(node.get("Boundary", ""))
            sides = (place[0] + left * across, place[1] + top * down, width * across, height * down)
            node.set("Boundary", " ".join(map(str, sides)))
            scale_path(node, across, down)
    return copy


def _resources(
    members: OfdPackage, path: str, document: etree._Element
) -> Iterator[tuple[str, etree._Element]]:
    for resource in (*_texts(document, "PublicRes"), *_texts(document, "DocumentRes")):
        table = members.part(path, resource)
        if table is not None:
            yield table


def _pictures(members: OfdPackage, path: str, document: etree._Element) -> dict[str, str]:
    """Resource id → the path of its picture as it is told."""
    found = {}
    for place, table in _resources(members, path, document):
        base = table.get("BaseLoc", "")
        for media in _nodes(table, "MultiMedia"):
            for name in _texts(media, "MediaFile"):
                found[media.get("ID", "")] = inner_path(
                    place, f"{base}/{name}" if base and not name.startswith("/") else name
                )
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
