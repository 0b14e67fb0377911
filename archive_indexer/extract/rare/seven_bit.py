"""Chinese in letters of ASCII alone: HZ (RFC 1843), UTF-7 (RFC 2152), ISO-2022-CN (RFC 1922).

Old mail programs wrote so. Nothing in such a file says it: what makes sense is taken.
"""

import re
from collections.abc import Callable

_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+(?:~\}|\n)")
_UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{3,}")
_OF_CHINA = re.compile(rb"\x1b\$\)A")
_SHIFTED = re.compile(rb"\x0e([\x21-\x7e]*)\x0f?")
_TWO_SIGNS = re.compile(r"[\u4e00-\u9fff]{2}")
_OTHER_TURNS = re.compile(rb"\x1b\$[)*+][A-Z]")


def seven_bit_readings(content: bytes) -> list[str]:
    """What a text may say in the codes of seven bits by which it comes out whole."""
    if not content.isascii():
        return []
    readings = [read(content) for mark, read in _CODES if mark.search(content)]
    return [text for text in readings if _TWO_SIGNS.search(text)]


def _as_hz(content: bytes) -> str:
    return _strictly(content, "hz")


def _as_utf7(content: bytes) -> str:
    return _strictly(content, "utf-7")


def _as_iso_2022(content: bytes) -> str:
    """The signs of GB 2312 between the marks that shift out and in."""
    eight = _SHIFTED.sub(
        lambda one: bytes(byte | 0x80 for byte in one[1]), _OTHER_TURNS.sub(b"", content)
    )
    return _strictly(eight, "gb2312")


def _strictly(content: bytes, code: str) -> str:
    try:
        return content.decode(code)
    except UnicodeDecodeError:
        return ""


_CODES: tuple[tuple[re.Pattern[bytes], Callable[[bytes], str]], ...] = (
    (_HZ, _as_hz),
    (_OF_CHINA, _as_iso_2022),
    (_UTF7, _as_utf7),
)
