"""How Chinese names are typed and found in letters.

The table beside this file says what pypinyin says, in a fiftieth of its memory and without its
start: syllables with their characters, then words in their order, with syllables where a word
is spoken otherwise than its characters. `python -m script.tables.pinyin` makes it (decision 0037).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_suffix(".txt")
#: What pypinyin takes for characters that are spelt; all else stays as it stands.
HAN = (
    "\u3007\ue815-\ue864\ufa18\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002a6df\U0002a703-\U0002b73f\U0002b740-\U0002b81d\U0002b825-\U0002bf6e"
    "\U0002c029-\U0002ce93\U0002d016\U0002d11b-\U0002ebd9\U0002f80a-\U0002fa1f"
    "\U00030000-\U0003134a\U000300f7-\U00031288\U00030edd\U00030ede\U00031350-\U00032389"
)
_RUNS = re.compile(f"([{HAN}]+)|[^{HAN}]+")
_KNOWN = 8192


class _Table(NamedTuple):
    """The table as it lies: an entry begins a line."""

    characters: str  #: a sign of a text is found ten times as quickly as its bytes among bytes
    words: bytes


def syllables(text: str) -> list[str]:
    """The pinyin of each character without tones; what is no character stays as it is."""
    return both(text)[0]


def initials(text: str) -> list[str]:
    """The first letter of each syllable."""
    return both(text)[1]


def both(text: str) -> tuple[list[str], list[str]]:
    """Syllables and initials."""
    whole: list[str] = []
    first: list[str] = []
    for run in _RUNS.finditer(text):
        found = _spelt(run[0]) if run[1] else [run[0]]
        whole += found
        first += [one[0] for one in found] if run[1] else found
    return whole, first


def _spelt(han: str) -> list[str]:
    return [one for word in _words_of(han) for one in _read(word)]


def _words_of(text: str) -> Iterator[str]:
    """Words of the table, the longest first, and single characters between them."""
    while text:
        sizes = range(1, len(text) + 1)
        begun = next((size - 1 for size in sizes if not _begins(text[:size])), len(text))
        whole = [size for size in range(2, begun + 1) if _entry(text[:size]) is not None]
        if not whole and begun == len(text):  # as pypinyin cuts what a longer word begins with
            yield from text
            return
        size = max(whole, default=1)
        yield text[:size]
        text = text[size:]


def _read(word: str) -> list[str]:
    told = _entry(word) if len(word) > 1 else None
    return told or [_syllable(one) for one in word]


def _begins(text: str) -> bool:
    """Whether a word begins so."""
    start, end = _section(text[0])
    return start < end and _table().words.find(f"\n{text}".encode(), start, end) >= 0


def _entry(word: str) -> list[str] | None:
    """How a word is spoken; nothing where it is as its characters are; None: it is no word."""
    start, end = _section(word[0])
    words, key = _table().words, f"\n{word}".encode()
    at = words.find(key, start, end) if start < end else -1
    if at < 0:
        return None
    # Words that begin with this one follow it, so it stands first or nowhere.
    line = words[at + len(key) : words.index(b"\n", at + 1)]
    return line.decode().split() if line[:1] in (b"", b" ") else None


@lru_cache(maxsize=_KNOWN)
def _section(character: str) -> tuple[int, int]:
    """Where the words of a character stand, the break before the first of them included."""
    start = character.encode()
    return _first_from(start) - 1, _first_from(start + b"\xff")


def _first_from(start: bytes) -> int:
    """Where the first line begins that does not come before this."""
    words = _table().words
    low, high = 1, len(words)
    while low < high:
        middle = (low + high) // 2
        begin = words.rindex(b"\n", 0, middle) + 1 if middle > 1 else 1
        if words[begin : begin + len(start)] < start:
            low = words.find(b"\n", middle) + 1 or len(words)
        else:
            high = begin
    return low


@lru_cache(maxsize=_KNOWN)
def _syllable(character: str) -> str:
    characters = _table().characters
    at = characters.find(character)
    if at < 0:
        return character
    start = characters.rfind("\n", 0, at) + 1
    return characters[start : characters.index(" ", start)]


@cache
def _table() -> _Table:
    characters, _, words = TABLE.read_bytes().partition(b"\n\n")
    return _Table(characters.decode(), b"\n" + words)
