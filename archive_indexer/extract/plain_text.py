"""Text files in UTF-8, UTF-16 or GB18030."""

from pathlib import Path

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError

_PAGE_CHARACTERS = 4000


def read_plain_text(file: Path, limits: Limits) -> Extraction:
    """The text in pages of about four thousand characters, cut at line ends."""
    text = _decode(file.read_bytes())
    if len(text) > limits.max_characters:
        raise UnreadableError("文字文件过大，只登记、不识别")
    pages = tuple(
        ExtractedPage(number, part) for number, part in enumerate(split_pages(text), start=1)
    )
    return Extraction("txt", pages)


def split_pages(text: str) -> list[str]:
    """A long text in parts that end with a line."""
    parts = [""]
    for line in text.splitlines():
        if len(parts[-1]) + len(line) > _PAGE_CHARACTERS and parts[-1]:
            parts.append("")
        parts[-1] += line + "\n"
    return [part.rstrip("\n") for part in parts]


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("gb18030", errors="replace")
