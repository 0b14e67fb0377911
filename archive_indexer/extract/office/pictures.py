"""Pictures laid into documents: a scan pasted into Word is a page like any other."""

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from zipfile import BadZipFile, ZipFile

from PIL import Image as Pictures

from archive_indexer.documents import ExtractedPage
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.picture import DAMAGES, frames
from archive_indexer.extract.plain_text import as_pages
from archive_indexer.extract.rare.metafile import Metafile, read_metafile
from archive_indexer.reading.read_page import read_page_image
from minzheng.external.ocr.line_boxes import Image
from minzheng.external.qr_codes import find_qr_codes

LEAST_SIDE = 200  #: pixels of the longer side; smaller ones are ornaments and icons
_LEAST_WIDTH = 32  #: of the shorter side
_MOSTLY_CODE = 0.35  #: of a picture's area
_NAMED = 3  #: pictures of which the names are said
_MOST = 60  #: pictures of one document
_DRAWN = (".emf", ".wmf", ".emz", ".wmz", ".wdp", ".pict", ".pct")
_SAME_TWICE = (".svg",)  #: a picture of dots mostly lies beside it
_ENDINGS = (
    ".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".tif", ".tiff", ".webp", *_DRAWN, *_SAME_TWICE
)  # fmt: skip
#: Where programs lay small views of pages, and pictures for their menus.
_OF_PROGRAMS = ("docProps/", "Thumbnails/", "Configurations2/", "customUI/")

Load = Callable[[], bytes]
#: In place of a drawing of which only is known that it is there.
NOT_AT_HAND: Load = bytes


@dataclass(slots=True)
class _Counted:
    """What was not read, by why."""

    drawn: int = 0
    strokes: int = 0  #: drawings of the web without a picture beside them
    broken: list[str] = field(default_factory=list)  #: names
    damaged: list[str] = field(default_factory=list)
    too_many: int = 0
    beside: int = 0  #: pictures that may be the same as a drawing of the web
    seen: set[bytes] = field(default_factory=set)

    def unread(self) -> tuple[str, ...]:
        said = (
            (self.drawn, "张 EMF、WMF 图形，未识别。请另存为 PDF"),
            (max(0, self.strokes - self.beside), "张 SVG 图形，未识别。请另存为 PDF"),
            (len(self.broken), f"张图片打不开（{named(self.broken)}），未识别"),
            (len(self.damaged), f"张图片不完整（{named(self.damaged)}），可能缺了一部分"),
            (self.too_many, f"张图片未识别：一份文件只识别前 {_MOST} 张"),
        )
        return tuple(f"含 {number} {words}" for number, words in said if number)


def named(members: Sequence[str]) -> str:
    """The names of some pictures of a document, without their folders."""
    names = "、".join(name.rsplit("/", 1)[-1] for name in members[:_NAMED])
    return names + "等" * (len(members) > _NAMED)


def read_pictures(
    pictures: Iterable[tuple[str, Load]], first: int, limits: Limits
) -> tuple[tuple[ExtractedPage, ...], tuple[str, ...]]:
    """The pictures with words on them as further pages, and what was not read.

    Args:
        pictures: name and content of each.
        first: the number of the first page they make.
        limits: how large they may be.
    """
    counted, pages = _Counted(), list[ExtractedPage]()
    for name, load in pictures:
        if name.lower().endswith(_SAME_TWICE):
            counted.strokes += 1
            continue
        counted.beside += 1
        number = first + len(pages)
        if name.lower().endswith(_DRAWN):
            pages += _read_drawn(name, load, number, limits, counted)
            continue
        content = _load_once(name, load, counted)
        page = _read(name, content, number, limits, counted) if content else None
        if page is not None and (page.text or page.seals):
            pages.append(page)
    return tuple(pages), counted.unread()


def _read_drawn(
    name: str, load: Load, number: int, limits: Limits, counted: _Counted
) -> list[ExtractedPage]:
    """The words that a drawing of Windows writes, and its pictures, as pages."""
    if load is NOT_AT_HAND:
        counted.drawn += 1
        return []
    content = _load_once(name, load, counted)
    try:
        drawn = read_metafile(content) if content else Metafile()
    except ValueError:
        counted.drawn += 1
        return []
    pages = list(as_pages("\n".join(drawn.lines), limits, number)) if drawn.lines else []
    for picture in drawn.pictures:
        page = _read(name, picture, number + len(pages), limits, counted)
        pages += [page] if page is not None and (page.text or page.seals) else []
    is_mute = drawn.has_strokes and not drawn.lines and not drawn.pictures
    counted.drawn += drawn.has_glyphs or is_mute
    return pages


def pictures_in(package: ZipFile, folders: tuple[str, ...]) -> list[tuple[str, Load]]:
    """The pictures that lie in these folders of a package, or elsewhere by their endings."""
    return [
        (entry.filename, partial(package.read, entry.filename))
        for entry in package.infolist()
        if not entry.is_dir() and (entry.filename.startswith(folders) or _is_laid(entry.filename))
    ]


def _is_laid(name: str) -> bool:
    """Whether a member is a picture, and none that a program made of the document."""
    return name.lower().endswith(_ENDINGS) and not name.startswith(_OF_PROGRAMS)


def _is_code(frame: Image) -> bool:
    """Whether a picture is a QR code and nothing else; it belongs to the text beside it."""
    sides = (
        (code.box[2] - code.box[0], code.box[3] - code.box[1]) for code in find_qr_codes(frame)
    )
    return any(width * height >= _MOSTLY_CODE for width, height in sides)


def _load_once(name: str, load: Load, counted: _Counted) -> bytes:
    """A picture's bytes; nothing when the same one was read already."""
    try:
        content = load()
    except (OSError, BadZipFile, KeyError, NotImplementedError, RuntimeError):
        counted.broken.append(name)
        return b""
    digest = hashlib.sha256(content).digest()
    if digest in counted.seen:
        return b""
    counted.seen.add(digest)
    return content


def _read(
    name: str, content: bytes, number: int, limits: Limits, counted: _Counted
) -> ExtractedPage | None:
    try:
        with Pictures.open(io.BytesIO(content)) as picture:
            if max(picture.size) < LEAST_SIDE or min(picture.size) < _LEAST_WIDTH:
                return None
            if number > limits.max_pages or len(counted.seen) > _MOST:
                counted.too_many += 1
                return None
            frame = next(frames(picture, limits, lambda _: counted.damaged.append(name)))
            return None if _is_code(frame) else read_page_image(frame, number, manner=limits.manner)
    except (*DAMAGES, UnreadableError, StopIteration):
        counted.broken.append(name)
        return None
