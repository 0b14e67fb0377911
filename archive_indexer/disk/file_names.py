"""Names on disk, as keys that a database can hold and as people read them.

A stick from an old Windows brings names in GBK. Python gives their bytes as lone
surrogates, which no database stores: here each byte becomes one character of a private
area, and comes back exactly.
"""

import os
import re
from pathlib import Path, PurePosixPath

_FIRST = 0xEF00  #: U+EF80–U+EFFF stand for the bytes 80–FF
_UNSTORABLE = re.compile("[\ud800-\udfff\uef80-\uefff]")
_KEPT_BYTES = re.compile("[\uef80-\uefff]+")
_LONGEST_WINDOWS_PATH = 240
#: An index of a server takes 2,704 bytes of a text: a path and, behind it, a name in a packed file.
MOST_PATH_BYTES, MOST_NAME_BYTES = 1_400, 1_200
_MOST_BYTES_A_CHARACTER = 4
_WIDE = "０１２３４５６７８９" + "".join(map(chr, [*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_NARROW = str.maketrans({wide: chr(ord(wide) - 0xFEE0) for wide in _WIDE})


def as_key(name: str) -> str:
    """A name from disk as it is stored."""
    if name.isascii():
        return name
    return _UNSTORABLE.sub(_keep_bytes, name)


def as_disk(key: str) -> str:
    """The name on disk of a stored one."""
    return key if key.isascii() else _KEPT_BYTES.sub(_give_bytes, key)


def as_shown(key: str) -> str:
    """A stored path as people read it: names that are no UTF-8 are taken for GBK."""
    if not _KEPT_BYTES.search(key):
        return key
    parts = (os.fsencode(as_disk(part)) for part in key.split("/"))
    return "/".join(_decode(part) for part in parts)


def as_read(key: str) -> str:
    """A stored path as its parts are understood: ２０１８年 is 2018年."""
    return as_shown(key).translate(_NARROW)


def disk_path(root: Path, key: str, is_windows: bool = os.name == "nt") -> Path:
    """Where a stored path lies; beyond 240 characters Windows needs a mark."""
    path = root / as_disk(key) if key else root
    if is_windows and len(str(path)) > _LONGEST_WINDOWS_PATH:
        text = str(path)
        if not text.startswith("\\\\?\\"):
            share = text.startswith("\\\\")
            return Path(("\\\\?\\UNC" + text[1:]) if share else ("\\\\?\\" + text))
    return path


def _keep_bytes(match: re.Match[str]) -> str:
    return "".join(chr(_FIRST + byte) for byte in os.fsencode(match[0]))


def _give_bytes(match: re.Match[str]) -> str:
    return os.fsdecode(bytes(ord(character) - _FIRST for character in match[0]))


def _decode(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("gb18030", errors="replace")


def is_longer(text: str, most_bytes: int) -> bool:
    """Whether a text takes more bytes."""
    return len(text) * _MOST_BYTES_A_CHARACTER > most_bytes and len(text.encode()) > most_bytes


def folder_above(path: str) -> str:
    """The folder a file lies in; empty at the top."""
    folder = str(PurePosixPath(path).parent)
    return "" if folder == "." else folder
