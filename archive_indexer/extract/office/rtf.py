"""RTF: its text, what stands beside it, and its pictures."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.office.pictures import Load, read_pictures
from archive_indexer.extract.plain_text import as_pages

#: What the library passes over as being no part of the running text.
_BESIDE = re.compile(
    r"(?:\\\*)?\\(?:(?:header|footer)[lrf]?|footnote|annotation|shpinst|shptxt|shpgrp|shp)(?![a-z0-9])"
)
#: The numbers of lists, written out as text; of the two names the library passes over one.
_NUMBER = re.compile(r"\{\\(?:pn|list)text(?![a-z])")
#: A bullet: one sign of a font of signs, which is no letter of the text.
_BULLET = re.compile(
    r"\{\\(?:pn|list)text(?:\\[a-z]+-?\d* ?|[{}\s])*"
    r"(?:\\'[0-9a-f]{2}|\\u-\d+ ?\??|o|\\bullet)(?:\\tab)? ?\}+", re.IGNORECASE
)  # fmt: skip
_PICTURE = re.compile(r"(?:89504e470d0a1a0a|ffd8ff)[0-9a-f\s]{200,}", re.IGNORECASE)
_DRAWN = re.compile(r"\\(?:wmetafile\d|emfblip)")
_WRITTEN_AGAIN = "\\nonshppict"  #: the same picture as strokes, for older programs


def read_rtf(file: Path, limits: Limits) -> Extraction:
    """The text of an RTF; Chinese is written in it as GBK or as Unicode numbers."""
    source = file.read_bytes().decode("latin-1")
    running = _NUMBER.sub("{", _BULLET.sub(_braces, _BESIDE.sub(r"\\par ", source)))
    text = rtf_to_text(running, encoding="gb18030", errors="replace")  # type: ignore[no-untyped-call]
    pages = as_pages(str(text), limits)
    pictured, unread = read_pictures(_pictures(source), len(pages) + 1, limits)
    return Extraction("rtf", (replace(pages[0], unread=unread), *pages[1:], *pictured))


def _braces(bullet: re.Match[str]) -> str:
    """What closes a bullet and was not opened in it."""
    return "}" * (bullet[0].count("}") - bullet[0].count("{"))


def _pictures(source: str) -> list[tuple[str, Load]]:
    found: list[tuple[str, Load]] = [
        ("picture", partial(_bytes_of, match[0])) for match in _PICTURE.finditer(source)
    ]
    drawn = len(_DRAWN.findall(source)) - source.count(_WRITTEN_AGAIN)
    return [*found, *[("picture.wmf", bytes)] * max(0, drawn)]


def _bytes_of(hexadecimal: str) -> bytes:
    """Whole bytes only."""
    digits = "".join(hexadecimal.split())
    return bytes.fromhex(digits[: len(digits) // 2 * 2])
