"""How Chinese names are typed and found in letters. The only file that knows pypinyin.

Its tables take a quarter of a second to load, longer than a whole command of the command line
may take. So a few names are looked up in its files as they lie; the tables are loaded for more,
and for whatever is not plain.
"""

import importlib
import json
import os
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

#: So many names, of so many characters, are looked up: a dozen cost as much as loading the tables.
_FEW, _LONG = 8, 8
_MOST_BYTES = 500  #: of an entry
_TONES = {ord(one): None for one in "\u0300\u0301\u0304\u030c"}
_UMLAUT = "u\u0308"


def load_tables() -> None:
    """Load them now: what runs for long shall not do it when somebody waits."""
    _ = _pypinyin()


def syllables(text: str) -> list[str]:
    """The pinyin of each character without tones; what is no character stays as it is."""
    found = _look_up(text)
    if found is not None:
        return list(found)
    if _stands_alone(text):
        return [_syllable(one) for one in text]
    return list(_pypinyin().lazy_pinyin(text))


def initials(text: str) -> list[str]:
    """The first letter of each syllable."""
    found = _look_up(text)
    if found is not None:
        return [one[0] for one in found]
    return list(_pypinyin().lazy_pinyin(text, style=_pypinyin().Style.FIRST_LETTER))


def both(text: str) -> tuple[list[str], list[str]]:
    """Syllables and initials; of a plain name the tables are asked once."""
    whole = syllables(text)
    is_plain = all("\u4e00" <= one <= "\u9fff" for one in text) and len(whole) == len(text)
    if is_plain and all(one.isascii() and one.isalpha() for one in whole):
        return whole, [one[0] for one in whole]
    return whole, initials(text)


def _stands_alone(text: str) -> bool:
    """Whether each character is read by itself: no word of the table begins or stands in it.

    Of a short name only, and all of it common characters: thousands are asked for.
    """
    if not 0 < len(text) <= _LONG or not all("\u4e00" <= one <= "\u9fff" for one in text):
        return False
    words = _pypinyin().constants.PHRASES_DICT
    ends = range(2, len(text) + 1)
    return not any(text[start:end] in words for end in ends for start in range(end - 1))


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    return str("".join(_pypinyin().lazy_pinyin(character)))


@cache
def _pypinyin() -> Any:
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")  # nobody here changes its tables
    return importlib.import_module("pypinyin")


class _Files(NamedTuple):
    """pypinyin's tables as they lie: an entry begins a line."""

    words: bytes
    characters: bytes


_asked = count()
_known: dict[str, tuple[str, ...] | None] = {}


def _look_up(text: str) -> tuple[str, ...] | None:
    """The syllables of a short name, as long as few were asked for; None: load the tables."""
    if text in _known:
        return _known[text]
    is_loaded = _pypinyin.cache_info().currsize
    if is_loaded or not 0 < len(text) <= _LONG or next(_asked) >= _FEW:
        return None
    if not all("\u4e00" <= one <= "\u9fff" for one in text):
        return None
    files = _files()
    found = tuple(one for word in _words_of(text, files) for one in _read(word, files))
    is_plain = len(found) == len(text) and all(one.isascii() and one.isalpha() for one in found)
    _known[text] = found if is_plain else None
    return _known[text]


@cache
def _files() -> _Files:
    spec = find_spec("pypinyin")
    folders = spec.submodule_search_locations if spec else None
    try:
        folder = Path(next(iter(folders or ())))
        words, characters = (folder / f"{name}_dict.json" for name in ("phrases", "pinyin"))
        return _Files(words.read_bytes(), characters.read_bytes())
    except (OSError, StopIteration):
        return _Files(b"", b"")


def _words_of(text: str, files: _Files) -> Iterator[str]:
    """Words of the table, the longest first, and single characters between them."""
    while text:
        sizes = range(1, len(text) + 1)
        begun = next((size - 1 for size in sizes if not _begins(text[:size], files)), len(text))
        whole = [size for size in range(1, begun + 1) if _entry(text[:size], files.words)]
        if not whole and begun == len(text):  # as pypinyin cuts what a longer word begins with
            yield from text
            return
        size = max(whole, default=1)
        yield text[:size]
        text = text[size:]


def _begins(text: str, files: _Files) -> bool:
    return f'\n"{text}'.encode() in files.words


def _entry(name: str, table: bytes) -> Any:
    """What a table says of a name; None where it has none."""
    key = f'\n"{name}":'.encode()
    start = table.find(key)
    if start < 0:
        return None
    line = table[start + len(key) : start + len(key) + _MOST_BYTES].decode(errors="ignore")
    return json.JSONDecoder().raw_decode(line.lstrip())[0]


def _read(word: str, files: _Files) -> Iterator[str]:
    told = _entry(word, files.words)
    marked = [one[0] for one in told] if told else [_character(one, files) for one in word]
    yield from map(_without_tone, marked)


def _character(character: str, files: _Files) -> str:
    return str(_entry(str(ord(character)), files.characters) or "").split(",")[0]


def _without_tone(syllable: str) -> str:
    plain = unicodedata.normalize("NFD", syllable).translate(_TONES)
    return plain.replace(_UMLAUT, "v")
