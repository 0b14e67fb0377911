"""Visiting cards and calendars, as telephones and mail programs save them (RFC 6350, RFC 5545).

A long line is folded, also within a word; older cards write Chinese as the numbers of its bytes.
"""

import quopri
import re
from dataclasses import replace
from pathlib import Path

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.mail_text import decode_as
from archive_indexer.extract.plain_text import as_pages, decode, in_ascii

_FOLD = re.compile(rb"\r?\n[ \t]")
_IN_NUMBERS = re.compile(rb";(?:ENCODING=)?QUOTED-PRINTABLE", re.IGNORECASE)
_CODE = re.compile(rb"CHARSET=([\w-]+)", re.IGNORECASE)
_PICTURE = re.compile(rb"(?:PHOTO|LOGO|SOUND|KEY)\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)")


def read_cards(file: Path, limits: Limits) -> Extraction:
    """Cards and calendars line by line; pictures within them are only counted."""
    text, held = _text_of(in_ascii(file.read_bytes()))
    pages = as_pages(text, limits)
    unread = (f"含 {held} 张照片或声音，未识别",) if held else ()
    return Extraction("txt", (replace(pages[0], unread=unread), *pages[1:]))


def _text_of(content: bytes) -> tuple[str, int]:
    """The lines as they were typed, and how many pictures and sounds lie among them."""
    whole = _whole_lines(_FOLD.sub(b"", content))
    held = [line for line in whole if _PICTURE.match(line)]
    return "\n".join(_said(line) for line in whole if line not in held), len(held)


def _whole_lines(content: bytes) -> list[bytes]:
    """Lines whose end is only that of the room for numbers go on in the next one."""
    lines = list[bytes]()
    goes_on = False
    for line in content.splitlines():
        if goes_on:
            lines[-1] = lines[-1].removesuffix(b"=") + line
        else:
            lines.append(line)
        goes_on = line.endswith(b"=") and bool(_IN_NUMBERS.search(lines[-1]))
    return lines


def _said(line: bytes) -> str:
    head, colon, value = line.partition(b":")
    code = _CODE.search(head)
    if _IN_NUMBERS.search(head):
        value = quopri.decodestring(value)
    text = decode_as(value, code[1].decode()) if code else decode(value)
    text = _ESCAPED.sub(lambda one: "\n" if one[1] in "nN" else one[1], text)
    return decode(head + colon) + text
