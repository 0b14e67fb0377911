"""RTF: its text, what stands beside it, and its pictures."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.office.pictures import NOT_AT_HAND, Load, read_pictures
from archive_indexer.extract.plain_text import as_pages

#: What the library passes over as being no part of the running text.
_BESIDE = re.compile(
    r"(?:\\\*)?\\(?:(?:header|footer)[lrf]?|footnote|annotation|atnauthor"
    r"|shpinst|shptxt|shpgrp|shp|object|result|upr|ud)(?![a-zA-Z0-9])"
)
#: Formulas, the parts of which the library passes over likewise.
_FORMULA = re.compile(
    r"(?:\\\*)?\\m(?:math|oMathPara|oMath|r|f|num|den|e|sub|sup|sSub|sSup|sSubSup|d|rad|deg|nary"
    r"|func|fName|lim|m)(?![a-zA-Z0-9]) ?"
)
#: The numbers of lists, written out as text; of the two names the library passes over one.
_NUMBER = re.compile(r"\{\\(?:pn|list)text(?![a-z])")
#: A bullet: one sign of a font of signs, which is no letter of the text.
_BULLET = re.compile(
    r"\{\\(?:pn|list)text(?:\\[a-z]+-?\d* ?|[{}\s])*"
    r"(?:\\'[0-9a-f]{2}|\\u-\d+ ?\??|o|\\bullet)(?:\\tab)? ?\}+", re.IGNORECASE
)  # fmt: skip
_PICTURE = re.compile(r"(?:89504e470d0a1a0a|ffd8ff)[0-9a-f\s]{200,}", re.IGNORECASE)
_BITMAP = re.compile(r"\\dibitmap\d[^{}]*?(28000000[0-9a-f\s]{200,})", re.IGNORECASE)
_DRAWN = re.compile(r"\\(?:wmetafile\d|emfblip|wbitmap\d|macpict|pmmetafile\d)")
_WRITTEN_AGAIN = "\\nonshppict"  #: the same picture as strokes, for older programs
_BINARY = re.compile(r"\\bin(\d{1,9}) ?")
_STARTS = ("\x89PNG\r\n\x1a\n", "\xff\xd8\xff")
_RAW = re.compile("[\x80-\xff]")
_LAID_IN = re.compile(r"\\objdata(?![a-z])")


def read_rtf(file: Path, limits: Limits) -> Extraction:
    """The text of an RTF; Chinese is written in it as GBK or as Unicode numbers."""
    source, binaries = _without_binaries(file.read_bytes().decode("latin-1"))
    running = _FORMULA.sub("", _BESIDE.sub(r"\\par ", _as_numbers(source)))
    running = _NUMBER.sub("{", _BULLET.sub(_braces, running))
    text = rtf_to_text(running, encoding="gb18030", errors="replace")  # type: ignore[no-untyped-call]
    pages = as_pages(str(text), limits)
    pictured, unread = read_pictures(_pictures(source, binaries), len(pages) + 1, limits)
    laid_in = len(_LAID_IN.findall(source))
    if laid_in:
        unread = (f"含 {laid_in} 个嵌入的文件或对象，未识别", *unread)
    return Extraction("rtf", (replace(pages[0], unread=unread), *pages[1:], *pictured))


def _without_binaries(source: str) -> tuple[str, list[str]]:
    """The text without what lies in it byte by byte, and that."""
    kept, taken, at = list[str](), list[str](), 0
    while match := _BINARY.search(source, at):
        end = match.end() + int(match[1])
        kept.append(source[at : match.start()])
        taken.append(source[match.end() : end])
        at = end
    return "".join((*kept, source[at:])), taken


def _as_numbers(source: str) -> str:
    """Signs beyond ASCII as numbers: some programs write their bytes as they are."""
    return _RAW.sub(lambda one: f"\\'{ord(one[0]):02x}", source)


def _braces(bullet: re.Match[str]) -> str:
    """What closes a bullet and was not opened in it."""
    return "}" * (bullet[0].count("}") - bullet[0].count("{"))


def _pictures(source: str, binaries: Sequence[str]) -> list[tuple[str, Load]]:
    written = [match[0] for match in _PICTURE.finditer(source)]
    written += [match[1] for match in _BITMAP.finditer(source)]
    found: list[tuple[str, Load]] = [("picture", partial(_bytes_of, one)) for one in written]
    found += [
        ("picture", partial(one.encode, "latin-1")) for one in binaries if one.startswith(_STARTS)
    ]
    drawn = len(_DRAWN.findall(source)) - source.count(_WRITTEN_AGAIN)
    return [*found, *[("picture.wmf", NOT_AT_HAND)] * max(0, drawn)]


def _bytes_of(hexadecimal: str) -> bytes:
    """Whole bytes only."""
    digits = "".join(hexadecimal.split())
    return bytes.fromhex(digits[: len(digits) // 2 * 2])
