"""Text files in any of UTF-8, UTF-16, UTF-32, GB18030, Big5, and the codes of seven bits."""

import csv
import io
import re
from pathlib import Path

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.rare.seven_bit import seven_bit_readings

_PAGE_CHARACTERS = 4000
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_LOST = "\ufffd"
_LONG_BOMS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32"}
_MOST_STRANGE = 0.2  #: of the characters of a text in UTF-16
_LEAST_COMMON = 0.9  #: of the signs of a text that may be ASCII as well
#: Signs that a program wrote as numbers: in JSON and scripts, in XML.
_NUMBERED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_REFERRED = re.compile(r"&#(?:x([0-9a-fA-F]{2,6})|(\d{3,7}));")


def read_plain_text(file: Path, limits: Limits) -> Extraction:
    """The text in pages of about four thousand characters, cut at line ends."""
    return Extraction("txt", as_pages(with_signs(decode(file.read_bytes())), limits))


def read_csv(file: Path, limits: Limits) -> Extraction:
    """The cells of each row, apart by spaces as in a spreadsheet."""
    text = decode(file.read_bytes())
    return Extraction("csv", as_pages(_as_rows(text), limits))


def _as_rows(text: str) -> str:
    """The cells of each row; as it is written, where quotes do not come out."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return text
    return "\n".join(" ".join(cell.strip() for cell in row if cell.strip()) for row in rows)


def as_pages(text: str, limits: Limits, number: int = 1) -> tuple[ExtractedPage, ...]:
    """A text as pages.

    Raises:
        UnreadableError: it is too long.
    """
    if len(text) > limits.max_characters:
        raise UnreadableError("文字文件过大，只登记、不识别")
    parts = enumerate(split_pages(text), start=number)
    return tuple(ExtractedPage(number, part) for number, part in parts)


def split_pages(text: str) -> list[str]:
    """A long text in parts that end with a line."""
    parts = [""]
    for line in text.splitlines():
        if len(parts[-1]) + len(line) > _PAGE_CHARACTERS and parts[-1]:
            parts.append("")
        parts[-1] += line + "\n"
    return [part.rstrip("\n") for part in parts]


def looks_like_text(head: bytes) -> bool:
    """Whether bytes are text in one of the codes we know."""
    is_marked = head.startswith((*_BOMS, *_LONG_BOMS))
    return is_marked or b"\0" not in head or bool(_utf16_without_mark(head))


def in_ascii(head: bytes) -> bytes:
    """The beginning of a file with its marks in ASCII, also where it is UTF-16."""
    wide = b"\0" in head and looks_like_text(head)
    return decode(head).encode("utf-8", "replace") if wide else head


def with_signs(text: str) -> str:
    """A text with the signs in place of their numbers (`\\u5f20`, in markup `&#24352;`)."""
    text = _NUMBERED.sub(_sign_of_number, text)
    return _REFERRED.sub(_sign_referred, text) if text.lstrip().startswith("<") else text


def _sign_of_number(numbers: re.Match[str]) -> str:
    """Marks and controls stay as they are written."""
    said = bytes.fromhex(numbers[0].replace("\\u", "")).decode("utf-16-be", "replace")
    return said if min(said) > "\x7f" and _LOST not in said else numbers[0]


def _sign_referred(number: re.Match[str]) -> str:
    code = int(number[1], 16) if number[1] else int(number[2])
    is_sign = 0x9F < code < 0xD800 or 0xDFFF < code < 0x110000
    return chr(code) if is_sign else number[0]


def decode(content: bytes) -> str:
    """Bytes of unknown code as text; what no code explains is read as GB18030."""
    if content[:4] in _LONG_BOMS:
        return content.decode(_LONG_BOMS[content[:4]], errors="replace")
    if content.startswith(_BOMS):
        return content.decode("utf-16", errors="replace")
    utf16 = _utf16_without_mark(content[:4096])
    if utf16:
        return content.decode(utf16, errors="replace")
    for text in seven_bit_readings(content):
        if common_share(text) >= _LEAST_COMMON:
            return text
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    readings = [_try(content, encoding) for encoding in ("gb18030", "big5hkscs")]
    best = max((text for text in readings if text), key=common_share, default="")
    return best or content.decode("gb18030", errors="replace")


def _try(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""


def common_share(text: str) -> float:
    """Which part of the Chinese characters is common in one of the two scripts."""
    solid = [char for char in text if char > "\x7f"]
    common = sum(_is_common(char) for char in solid)
    return common / len(solid) if solid else 1.0


def _is_common(char: str) -> bool:
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            code = char.encode(encoding)
        except UnicodeEncodeError:
            continue
        if first <= code[0] <= last or "\u3000" <= char <= "\u301f" or "\uff00" <= char <= "\uff5e":
            return True
    return False


def _utf16_without_mark(head: bytes) -> str:
    """utf-16-le or -be when that makes sense of bytes with zeros among them; else empty."""
    if b"\0" not in head or len(head) < 4:
        return ""
    readings = {
        encoding: head[: len(head) & ~1].decode(encoding, errors="replace")
        for encoding in ("utf-16-le", "utf-16-be")
    }
    best = min(readings, key=lambda encoding: _strange_share(readings[encoding]))
    return best if _strange_share(readings[best]) < _MOST_STRANGE else ""


def _strange_share(text: str) -> float:
    """Which part of a text nobody would write."""
    strange = sum(
        char == "\ufffd"
        or (char < " " and char not in "\r\n\t\f")
        or (char > "\x7f" and not _is_common(char))
        for char in text
    )
    return strange / max(len(text), 1)
