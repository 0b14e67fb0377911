"""Whether a file is read in an instant, so that it need not wait behind scans."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from archive_indexer.documents import Extraction
from archive_indexer.extract.kind import find_kind
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.office.parts import LAID_IN, is_package
from archive_indexer.reading.hand.name_odds import PeopleNear
from archive_indexer.reading.manner import Manner
from minzheng.county.loaded_later import LoadedLater

if TYPE_CHECKING:
    import pypdfium2

    from archive_indexer.extract import extract_pages, text_layer
    from minzheng.external.ocr import ocr_engine
else:  # only readers need them, and whoever starts readers knows this module
    pypdfium2 = LoadedLater("pypdfium2")
    extract_pages = LoadedLater("archive_indexer.extract.extract_pages")
    text_layer = LoadedLater("archive_indexer.extract.text_layer")
    ocr_engine = LoadedLater("minzheng.external.ocr.ocr_engine")

SLOW = Extraction("slow")  #: stands for: read this one in the lane of the scans
READY = Extraction("ready")
_QUICK_FAMILIES = frozenset(
    {
        "docx",
        "spreadsheet",
        "txt",
        "csv",
        "cards",
        "rtf",
        "opendocument",
        "pptx",
        "office_xml",
        "web_page",
        "uof",
        "svg",
        "table",
        "remarks",
        "",
    }
)
_MOST_BYTES = 20 << 20
_MOST_PAGES = 30
_LEAST_CHARACTERS = 12
_LEAST_PICTURE = 20_000  #: bytes; a code or an icon has less
_PICTURES = (
    ".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".tif", ".tiff", ".gif", ".webp", ".jp2",
    ".emf", ".wmf", ".emz", ".wmz",
)  # fmt: skip
#: How a picture begins in an old Office file, in an RTF, and in a web page.
_STARTS = (
    b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"89504e47", b"ffd8ffe",
    b"iVBORw0KGgo", b"/9j/4",
)  # fmt: skip
_MOST_PICTURED = 0.05  #: of a page: a code, a letterhead


@dataclass(frozen=True, slots=True)
class AsSent:
    """A photo that is not to be taken straight: its sender chose it as it is."""

    file: Path
    inside: frozenset[str] = frozenset()  #: SHA-256 of such photos, where the file holds them


@dataclass(frozen=True, slots=True)
class Carefully:
    """A file that is to be read by the larger model alone: a person asked for it."""

    file: "Path | AsSent | Among"


@dataclass(frozen=True, slots=True)
class GetReady:
    """Nothing is to be read yet: the next file shall find all loaded, a scan the models, too."""


@dataclass(frozen=True, slots=True)
class Among:
    """A file of a place whose people the records know."""

    file: Path | AsSent
    people: PeopleNear


def among(people: PeopleNear, file: Path | AsSent) -> Path | AsSent | Among:
    """A file with the people of its place; where nobody is known it is a file like any other."""
    return Among(file, people) if people.names else file


#: What reads a scan, taken straight or as it was sent.
ReadScan = Callable[[Path | AsSent | Among], Extraction]


def extract_scan(asked: Path | Carefully | AsSent | Among | GetReady, limits: Limits) -> Extraction:
    """Read a file as it is asked for.

    Raises:
        OSError: the file may not be read just now.
    """
    if isinstance(asked, GetReady):
        extract_pages.load_readers()
        ocr_engine.load_engine()
        return READY
    manner = limits.manner
    while not isinstance(asked, Path):
        manner = _manner_of(asked, manner)
        asked = asked.file
    extraction = extract_pages.extract_pages(asked, replace(limits, manner=manner))
    return replace(extraction, is_as_sent=True) if manner.is_as_sent else extraction


def _manner_of(asked: Carefully | AsSent | Among, manner: Manner) -> Manner:
    if isinstance(asked, Carefully):
        return replace(manner, is_careful=True)
    if isinstance(asked, AsSent):
        return replace(manner, is_as_sent=not asked.inside, as_sent_inside=asked.inside)
    return replace(manner, people=asked.people)


def extract_if_quick(asked: Path | AsSent | GetReady, limits: Limits) -> Extraction:
    """Read a file unless it takes long, as every photo does; then `SLOW`.

    Raises:
        OSError: the file may not be read just now.
    """
    if isinstance(asked, GetReady):
        extract_pages.load_readers()
        return READY
    if isinstance(asked, AsSent):
        return SLOW
    return extract_pages.extract_pages(asked, limits) if is_quick(asked) else SLOW


def is_quick(file: Path) -> bool:
    """Whether a file is text through and through, and small."""
    if file.stat().st_size > _MOST_BYTES:
        return False
    with file.open("rb") as stream:
        kind = find_kind(stream.read(4096), file)
    if kind.family == "pdf":
        return _has_text_everywhere(file)
    return kind.family in _QUICK_FAMILIES and not _has_pictures(file)


def _has_pictures(file: Path) -> bool:
    """Whether a document holds a picture that has to be read, as far as its bytes tell."""
    if is_package(file):
        try:
            with ZipFile(file) as package:
                return any(map(_is_picture, package.infolist()))
        except BadZipFile:
            return False  # that is told at once
    content = file.read_bytes()
    return len(content) >= _LEAST_PICTURE and any(start in content for start in _STARTS)


def _is_picture(entry: ZipInfo) -> bool:
    """Whether a member is one, or a file that may hold some in turn."""
    name = entry.filename.lower()
    return entry.file_size >= _LEAST_PICTURE and (name.endswith(_PICTURES) or LAID_IN in name)


def _is_written(page: "pypdfium2.PdfPage") -> bool:
    """Whether a page is text, without a picture that may have to be read."""
    has_text = page.get_textpage().count_chars() >= _LEAST_CHARACTERS
    return has_text and text_layer.pictured_part(page) <= _MOST_PICTURED


def _has_text_everywhere(file: Path) -> bool:
    try:
        pages = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError:
        return True  # broken or encrypted: that is told at once
    try:
        if len(pages) > _MOST_PAGES:
            return False
        return all(map(_is_written, pages))
    except pypdfium2.PdfiumError:
        return False
    finally:
        pages.close()
