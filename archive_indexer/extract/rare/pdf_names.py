"""What bytes of a PDF say that were to be Latin signs, and were written in a Chinese code.

Names (of ticks in a form) have no code at all, and many programs write UTF-8 or GBK where the
format asks for UTF-16 with a mark; whoever shows them takes them for PDFDocEncoding (ISO 32000-1,
annex D). Some write the numbers of their bytes twice, so that `#e5#a5#b3` is left of 女.
"""

import re
from itertools import product

from archive_indexer.extract.plain_text import common_share

#: The signs of PDFDocEncoding that are not those of Latin-1, from their first byte.
_OWN = (
    (0x18, "\u02d8\u02c7\u02c6\u02d9\u02dd\u02db\u02da\u02dc"),
    (0x80, "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203a\u2212\u2030\u201e\u201c"
           "\u201d\u2018\u2019\u201a\u2122\ufb01\ufb02\u0141\u0152\u0160\u0178\u017d\u0131\u0142"
           "\u0153\u0161\u017e"),
    (0xA0, "\u20ac"),
)  # fmt: skip
_BYTES = {sign: first + at for first, signs in _OWN for at, sign in enumerate(signs)}
_NUMBERS = re.compile(r"(?:#[0-9A-Fa-f]{2})+")
_PAIRS = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])*")
_LEAST_COMMON = 0.75
#: Bytes that stand for no sign, so that the library that shows them gives a zero.
_LOST, _MOST_LOST = (0x9F, 0xAD), 3


def as_meant(text: str) -> str:
    """A text as its writer meant it; what makes no sense in a Chinese code stays."""
    text = _NUMBERS.sub(_said_by_numbers, text)
    meant = "" if text.isascii() and "\0" not in text else _from_latin(text)
    return meant or text.replace("\0", "")


def _from_latin(text: str) -> str:
    """What Latin signs say in a Chinese code, in all likely ways to fill in lost bytes."""
    try:
        content = bytes(_BYTES.get(sign, ord(sign)) for sign in text)
    except ValueError:  # signs of UTF-16, as it should be
        return ""
    lost = [at for at, byte in enumerate(content) if not byte]
    if len(lost) > _MOST_LOST:
        return ""
    readings = dict.fromkeys(
        _chinese(_filled(content, lost, instead)) for instead in product(_LOST, repeat=len(lost))
    )
    shares = {reading: common_share(reading) for reading in readings if reading}
    best = max(shares.values(), default=0.0)
    return "或".join(reading for reading, share in shares.items() if share == best)


def _filled(content: bytes, lost: list[int], instead: tuple[int, ...]) -> bytes:
    whole = bytearray(content)
    for at, byte in zip(lost, instead, strict=True):
        whole[at] = byte
    return bytes(whole)


def _said_by_numbers(numbers: re.Match[str]) -> str:
    return _chinese(bytes.fromhex(numbers[0].replace("#", ""))) or numbers[0]


def _chinese(content: bytes) -> str:
    """Bytes in UTF-8 or in pairs of GBK; empty where they are neither."""
    if content.isascii():
        return ""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if not _PAIRS.fullmatch(content):
        return ""
    text = content.decode("gb18030", errors="replace")
    return text if common_share(text) >= _LEAST_COMMON else ""
