"""What a file is, by its first bytes."""

import errno
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import olefile

from archive_indexer.extract.no_words import (
    PROGRAM,
    is_part_of_program,
    told_by_name,
    what_nothing_reads,
    why_no_words,
)
from archive_indexer.extract.office.markup_signs import (
    flat_document,
    looks_like_cards,
    looks_like_office_xml,
    looks_like_svg,
    looks_like_uof,
    looks_like_web_page,
)
from archive_indexer.extract.plain_text import in_ascii, looks_like_text
from archive_indexer.extract.rare.dbf import looks_like_table
from archive_indexer.extract.rare.photoshop import is_readable as is_of_photoshop
from archive_indexer.extract.rare.self_unpacking import is_program, packed_behind
from minzheng.county.loaded_later import LoadedLater

if TYPE_CHECKING:
    from minzheng.external.files import unpack
else:  # most files are not packed
    unpack = LoadedLater("minzheng.external.files.unpack")

_PICTURES = {
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"II+\x00": "tiff",
    b"MM\x00+": "tiff",
    b"BM": "bmp",
    b"GIF8": "gif",
    b"\x0a\x05\x01": "pcx",
    b"\0\0\0\x0cjP  ": "jp2",
    b"\xff\x4f\xff\x51": "jp2",
}
_PIXEL_MAP = re.compile(rb"(?:P4\n(?:#[^\n]*\n)*\d+\s\d+|P[56]\n(?:#[^\n]*\n)*\d+\s\d+\s\d+)\s")
#: In colours and in greys, as they are and packed; its depth tells it from a mouse pointer.
_TGA_STARTS = tuple(bytes((0, 0, way, 0, 0, 0, 0, 0)) for way in (2, 3, 10, 11))
_TGA_WAYS = b"\1\2\3\x09\x0a\x0b"
_TGA_DEPTHS = (b"\x08", b"\x10", b"\x18", b"\x20")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
_PACKED = {
    b"Rar!": "rar", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b": "gz", b"BZh": "bz2",
    b"\xfd7zXZ\x00": "xz", b"\x5d\0\0\x80\0": "xz", b"(\xb5/\xfd": "zst",
    b"MSCF\0\0\0\0": "cab", b"\x1f\x9d": "z", b"LZIP\1": "lz",
    b"\x04\"M\x18": "lz4", b"\x02!L\x18": "lz4",
}  # fmt: skip
#: Its numbers are written as digits, or as they are; two of its bytes are a Chinese sign, too.
_CPIO = re.compile(rb"07070[12][0-9A-Fa-f]{104}|070707[0-7]{70}|\xc7q(?=[^\0]{0,60}\0)", re.DOTALL)
_LZH = re.compile(rb"..-l[hz][0-9a-z]-", re.DOTALL)
_OF_OUTLOOK = b"\x78\x9f\x3e\x22"
#: The first of a split ZIP begins so; the parts of others are known by their names alone.
_SPLIT_ZIP = b"PK\x07\x08"
_SPLIT_NAME = re.compile(
    r".+\.(?:z\d\d|(?:zip|7z|rar|tar|gz|iso|exe|pdf|docx?|xlsx?|pptx?)\.\d{3})", re.IGNORECASE
)
_NUMBERED = re.compile(r".+\.(?:0\d\d|r\d\d|part\d+\.rar)", re.IGNORECASE)
#: Where the first volume of a disc stands: behind sixteen sectors that nothing reads.
_DISC_AT, _DISC = 0x8001, b"CD001"
_PDF_LINE = re.compile(rb"%PDF-\d\.\d\s*[\r\n]")
_END_OF_PDF, _MOST_BEHIND_END = b"startxref", 4096
_END_OF_ZIP, _MOST_OF_END = b"PK\x05\x06", 65557
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How documents of programs of the nineties begin; LibreOffice reads them.
_OLD_DOCUMENTS = (
    (b"\0\0\x02\0\x04\x04", "wk1"), (b"\0\0\x02\0\x05\x04", "wk1"),
    (b"\0\0\x02\0\x06\x04", "wk1"), (b"\0\0\x02\0\x20\x51", "wq1"),
    (b"\0\0\x02\0\x21\x51", "wq2"), (b"\0\0\x02\0\x01\x10", "wb1"),
    (b"\0\0\x02\0\x02\x10", "wb2"), (b"\0\0\x1a\0\0\x10", "wk3"),
    (b"\0\0\x1a\0\x02\x10", "wk4"), (b"\0\0\x1a\0\x03\x10", "wk4"),
    (b"1\xbe\0\0", "wri"), (b"2\xbe\0\0", "wri"),
    (b"\xdb\xa5-\0", "doc"), (b"\x09\0\x04\0", "xlw"), (b"\x09\x02\x06\0", "xlw"),
    (b"\x09\x04\x06\0", "xlw"),
)  # fmt: skip
_PERFECT = "PerfectOffice_MAIN"
_WORD_PERFECT, _IS_TEXT = b"\xffWPC", b"\x01\x0a"
#: A stream that an old Office file of a kind holds; WPS writes the same ones.
_OLE_STREAMS = (
    ("EncryptedPackage", "office", ""),
    ("Workbook", "xls", "spreadsheet"),
    ("Book", "xls", "spreadsheet"),
    ("WordDocument", "doc", "office"),
    ("PowerPoint Document", "ppt", "office"),
    ("NativeContent_MAIN", "qpw", "office"),
)
#: A member that a zipped document of a kind holds.
_ZIP_MEMBERS = (
    (re.compile(r"word/document\d*\.xml"), "docx", "docx"),
    (re.compile(r"xl/workbook\.xml"), "xlsx", "spreadsheet"),
    (re.compile(r"xl/workbook\.bin"), "xlsb", "spreadsheet"),
    (re.compile(r"ppt/presentation\.xml"), "pptx", "pptx"),
    (re.compile(r"OFD\.xml", re.IGNORECASE), "ofd", "ofd"),
    (re.compile(r"uof\.xml", re.IGNORECASE), "uof", "uof"),
)
_TYPES, _MOST_OF_TYPES = "[Content_Types].xml", 1 << 20
#: What tells it where the members bear other names, which is allowed.
_MAIN_TYPES = (
    (re.compile(rb"(?:wordprocessingml|ms-word)\.[\w.]*\.main\+"), "docx"),
    (re.compile(rb"(?:presentationml|ms-powerpoint)\.[\w.]*\.main\+"), "pptx"),
)
_OPEN_DOCUMENTS = {
    "text": "odt", "spreadsheet": "ods", "presentation": "odp", "graphics": "odg"
}  # fmt: skip
#: Documents of programs that nothing here reads, by a member; they are no packed files.
_FOREIGN = (
    (re.compile(r"Index/\w+\.iwa|Index\.zip|index\.apxl"), "iwork",
     "苹果 Pages、Numbers、Keynote 文稿，读不了。请导出为 PDF 后放回原处"),
    (re.compile(r"\w+\.fdseq", re.IGNORECASE), "xps", "XPS 文档，读不了。请另存为 PDF 后放回原处"),
    (re.compile(r"AndroidManifest\.xml|META-INF/MANIFEST\.MF|\[Content_Types\]\.xml\.sig"),
     "wordless", PROGRAM),
    (re.compile(r"content/root\.dat|content/riffData\.cdr"), "cdr",
     "CorelDRAW 图形，读不了。请另存为 PDF 或图片后放回原处"),
    (re.compile(r"visio/document\.xml"), "visio", "Visio 图，读不了。请另存为 PDF 后放回原处"),
)  # fmt: skip
_ZIP_BROKEN = "压缩结构已损坏，打不开。请重新复制或用 Word、WPS 修复后另存"
_ENCRYPTED = "文件已加密，请提供未加密的版本"
_WORD_FLAGS_AT, _WORD_ENCRYPTED = 0x0A, 0x0100  #: [MS-DOC] 2.5.2
_SLIDES_ENCRYPTED = 0xF3D1C4DF  #: [MS-PPT] 2.3.2
_MAIL_HEADER = re.compile(
    rb"(?:^|\n)(?:Received|MIME-Version|Message-ID|From|Subject): ?\S", re.IGNORECASE
)
_OF_TABLES = (".fpt", ".dbt", ".dct")  #: what tables of FoxPro and dBase lay beside them
_UNKNOWN = "认不出是什么文件。请另存为 PDF、图片或 docx/xlsx 后放回原处"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file, the family that reads it, or why nothing does."""

    name: str
    family: str = ""
    reason: str = ""


#: How a stream begins by which other files of that make are known.
_OLE_BEGINS = (
    ("__substg1.0_", Kind("msg", "mail")),
    ("VisioDocument", Kind("visio", reason="Visio 图，读不了。请另存为 PDF 后放回原处")),
    ("Quill", Kind("publisher", reason="Publisher 文稿，读不了。请另存为 PDF 后放回原处")),
    ("StarWriterDocument", Kind("star", reason="StarOffice 文稿，读不了。请另存为 PDF 后放回原处")),
    ("StarCalcDocument", Kind("star", reason="StarOffice 表格，读不了。请另存为 PDF 后放回原处")),
    ("Catalog", Kind("wordless", reason=PROGRAM)),  # small views of pictures
)
_BY_LOOK: tuple[tuple[Callable[[bytes], object], Kind], ...] = (
    (flat_document, Kind("odt", "opendocument")),
    (looks_like_uof, Kind("uof", "uof")),
    (looks_like_svg, Kind("svg", "svg")),
    (looks_like_cards, Kind("txt", "cards")),
    (looks_like_office_xml, Kind("xml", "office_xml")),
    (looks_like_web_page, Kind("html", "web_page")),
)


def find_kind(head: bytes, file: Path) -> Kind:
    """The kind of a file from its first 4 KiB, whatever its name says."""
    if not head:
        return Kind("empty", reason="空文件（0 字节）。请重新扫描或重新复制")
    if head.startswith(_SPLIT_ZIP) or _SPLIT_NAME.fullmatch(file.name):
        return Kind("zip", reason=_split())
    plain = _kind_by_start(head, file)
    if plain is not None:
        return plain
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(file)
    if head.startswith(_OLE):
        return _ole_kind(file)
    # last, for a packed file may begin with a PDF that is only stored
    return Kind("pdf", "pdf") if _is_pdf(head, file) else _text_kind(head, file)


def _is_pdf(head: bytes, file: Path) -> bool:
    """Whether it begins as a PDF, or something else stands before one: no text about PDFs."""
    at = head[:1024].find(b"%PDF-")
    is_plain = at >= 0 and (not head[:at].strip() or bool(_PDF_LINE.search(head[:1024])))
    if at < 0 or is_plain or file.suffix.lower() == ".pdf":
        return at >= 0
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - _MOST_BEHIND_END))
        return _END_OF_PDF in stream.read() or not looks_like_text(head)


def _kind_by_start(head: bytes, file: Path) -> Kind | None:
    picture = _picture_name(head)
    if picture:
        return Kind(picture, "picture")
    old = next((name for start, name in _OLD_DOCUMENTS if head.startswith(start)), "")
    if head.startswith(_WORD_PERFECT) and head[8:10] == _IS_TEXT:
        old = "wpd"
    if old:
        return Kind(old, "office")
    foreign = what_nothing_reads(head)
    if foreign:
        return Kind(foreign[0], reason=foreign[1])
    if head.startswith(_OF_OUTLOOK):
        return Kind("tnef", "mail")
    wordless = why_no_words(head, file.name)
    if is_program(head) and (packed := _self_unpacking(file)):
        return packed
    return Kind("wordless", reason=wordless) if wordless else _packed_kind(head, file)


def _self_unpacking(file: Path) -> Kind | None:
    """The packed file that a program brings along, if it does."""
    name, _ = packed_behind(file)
    found = _zip_kind(file) if name == "zip" else Kind(name, "packed")
    return found if name and found.family == "packed" else None


def _picture_name(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "heic"
    if _PIXEL_MAP.match(head):
        return "ppm"
    if is_of_photoshop(head):
        return "psd"
    if head[:8] in _TGA_STARTS and head[16:17] in _TGA_DEPTHS:
        return "tga"
    return next((name for start, name in _PICTURES.items() if head.startswith(start)), "")


def _zip_kind(file: Path) -> Kind:
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            mime = _start_of(package, "mimetype", 100) if "mimetype" in names else b""
            types = _start_of(package, _TYPES, _MOST_OF_TYPES) if _TYPES in names else b""
    except (
        zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, EOFError, zlib.error,
        struct.error,
    ):  # fmt: skip
        return Kind("zip", reason=_split() if _is_last_part(file) else _ZIP_BROKEN)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a byte is missing, and a member begins before the file
            raise
        return Kind("zip", reason=_ZIP_BROKEN)
    return _kind_of_package(names, mime, types)


def _start_of(package: zipfile.ZipFile, member: str, most: int) -> bytes:
    """So many bytes of a member at most: packed, a few may stand for gigabytes."""
    with package.open(member) as stream:
        return stream.read(most)


def _is_last_part(file: Path) -> bool:
    """Whether the end of a ZIP says that it lies on another disk than the first."""
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - _MOST_OF_END))
        end = stream.read()
    at = end.rfind(_END_OF_ZIP)
    disk = int.from_bytes(end[at + 4 : at + 6], "little")
    return at >= 0 and disk not in (0, 0xFFFF)


def _kind_of_package(names: set[str], mime: bytes, types: bytes) -> Kind:
    for member, name, family in _ZIP_MEMBERS:
        if any(map(member.fullmatch, names)):
            return Kind(name, family)
    for main, name in _MAIN_TYPES:
        if main.search(types):
            return Kind(name, name)
    match = re.search(rb"opendocument\.(\w+)", mime)
    if match and match[1].decode() in _OPEN_DOCUMENTS:
        name = _OPEN_DOCUMENTS[match[1].decode()]
        return Kind(name, "spreadsheet" if name == "ods" else "opendocument")
    for member, name, reason in _FOREIGN:
        if any(map(member.fullmatch, names)):
            return Kind(name, reason=reason)
    return Kind("zip", "packed")


def _ole_kind(file: Path) -> Kind:
    try:
        with olefile.OleFileIO(file) as office:
            streams = {"/".join(entry) for entry in office.listdir()}
            folded = {stream.lower() for stream in streams}
            is_encrypted = _is_encrypted(office, streams)
            perfect = _of_perfect_office(office, streams)
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return Kind("doc", reason="文件已损坏，打不开。请用 Word 或 WPS 修复后另存")
    for stream, name, family in _OLE_STREAMS:
        if stream.lower() in folded:
            if is_encrypted or not family:
                return Kind(name, reason=_ENCRYPTED)
            return Kind(name, family)
    if perfect:
        return Kind(perfect, "office")
    begun = (kind for begin, kind in _OLE_BEGINS if any(one.startswith(begin) for one in streams))
    return next(begun, _unknown(file))


def _of_perfect_office(office: olefile.OleFileIO, streams: set[str]) -> str:
    """The kind of a document of WordPerfect or Quattro that lies within a package; else empty."""
    if _PERFECT not in streams:
        return ""
    return "wpd" if office.openstream(_PERFECT).read(4) == _WORD_PERFECT else "wb3"


def _is_encrypted(office: olefile.OleFileIO, streams: set[str]) -> bool:
    """Whether an old file of Word or of slides can be opened only with its password."""
    if "WordDocument" in streams:
        head = office.openstream("WordDocument").read(_WORD_FLAGS_AT + 2)
        flags = int.from_bytes(head[_WORD_FLAGS_AT:], "little")
        return bool(flags & _WORD_ENCRYPTED)
    if "PowerPoint Document" in streams and "Current User" in streams:
        head = office.openstream("Current User").read(16)
        return int.from_bytes(head[12:16], "little") == _SLIDES_ENCRYPTED
    return False


def _packed_kind(head: bytes, file: Path) -> Kind | None:
    for start, name in _PACKED.items():
        if head.startswith(start):
            return Kind(name, "packed")
    if _CPIO.match(head) or _LZH.match(head):
        return Kind("cpio" if _CPIO.match(head) else "lzh", "packed")
    if head[257:262] == b"ustar" or (file.suffix.lower() == ".tar" and tarfile.is_tarfile(file)):
        return Kind("tar", "packed")
    return None


def _text_kind(head: bytes, file: Path) -> Kind:
    suffix = file.suffix.lower()
    if head.lstrip().startswith(b"{\\rtf"):
        return Kind("rtf", "rtf")
    if suffix == ".eml" or _is_web_archive(head, suffix) or len(_MAIL_HEADER.findall(head)) >= 3:
        is_box = suffix != ".eml" and unpack.BEGINS_LETTER.match(head)
        return Kind("mbox", "packed") if is_box else Kind("eml", "mail")
    looked = _by_look(head, suffix)
    if looked is not None:
        return looked
    if looks_like_text(head):
        return Kind("csv", "csv") if suffix == ".csv" else Kind("txt", "txt")
    if suffix == ".tga" and _may_be_tga(head):
        return Kind("tga", "picture")
    return _by_name_alone(file)


def _may_be_tga(head: bytes) -> bool:
    """Whether a picture that bears a name of its own, or a palette, may begin so."""
    has_size = any(head[12:14]) and any(head[14:16])
    return has_size and head[2:3] in _TGA_WAYS and head[16:17] in _TGA_DEPTHS


def _by_look(head: bytes, suffix: str) -> Kind | None:
    """Tables of old, and files of markup in whatever code."""
    if looks_like_table(head):
        return Kind("dbf", "table")
    if suffix in _OF_TABLES:
        return Kind("dbf", "remarks")
    begin = in_ascii(head)
    return next((kind for looks_so, kind in _BY_LOOK if looks_so(begin)), None)


def _is_web_archive(head: bytes, suffix: str) -> bool:
    """Whether a web page was saved in one file, which is a mail without a sender."""
    begin = head.lstrip()[:4000].lower()
    says_so = begin.startswith(b"mime-version:") or suffix in (".mht", ".mhtml")
    return says_so and b"content-type:" in begin


def _is_disc(file: Path) -> bool:
    with file.open("rb") as stream:
        stream.seek(_DISC_AT)
        return stream.read(len(_DISC)) == _DISC


def _split() -> str:
    return unpack.SPLIT.rstrip("。")


def _by_name_alone(file: Path) -> Kind:
    """What a file was to be, where its first bytes tell nothing."""
    suffix = file.suffix.lower()
    if suffix == ".pdf":
        return Kind("pdf", reason="PDF 文件已损坏，打不开。请重新扫描或重新复制")
    if _is_disc(file):
        return Kind("iso", "packed")
    if _NUMBERED.fullmatch(file.name) or (suffix == ".zip" and _is_last_part(file)):
        return Kind("zip", reason=_split())
    return _unknown(file)


def _unknown(file: Path) -> Kind:
    """A file of which nothing but its ending may tell."""
    foreign = told_by_name(file.name)
    if foreign:
        return Kind(foreign[0], reason=foreign[1])
    if is_part_of_program(file.name):
        return Kind("wordless", reason=PROGRAM)
    return Kind("unknown", reason=_UNKNOWN)
