"""Chinese text as people write, scan and search it.

Search compares folded texts: NFKC, lower case, simplified, without white space and
without the pinyin that some systems insert after a character (`網(wǎng)`).
"""

import re
import unicodedata
from functools import lru_cache

import opencc

_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_PINYIN = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿêɡ"
_INSERTED = re.compile(rf"(?:(?<=[{_HAN}])[(（]|(?<=[{_HAN})?])\?)[{_PINYIN}]{{1,7}}[?？]?[)）]")
#: Without one of these, no pinyin was inserted.
_BRACKETED = re.compile(rf"[(（?][{_PINYIN}]")
_NOT_ONE = re.compile(rb"[^\x01]")
_DOTS = re.compile("[•・．‧∙⋅･]")
#: Typed where the dot of a name cannot be found on the keyboard.
_STOP = re.compile(rf"(?<=[{_HAN}])\s*[.。]\s*(?=[{_HAN}])")
_SPACES = re.compile(r"\s+")
#: Characters of a page whose folding is remembered; a page of a spreadsheet may have millions.
_LONGEST_KEPT = 5000
#: Texts of these characters alone fold to themselves but for case and white space.
_PLAIN = re.compile(r"[\x20-\x7e]*\Z")


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=65536)
def _simplify_character(character: str) -> str:
    simple = _converter().convert(character)
    return simple if len(simple) == 1 else character


def strip_inserted_pinyin(text: str) -> str:
    """Remove the bracketed pinyin that follows a Chinese character."""
    return _INSERTED.sub("", text) if _BRACKETED.search(text) else text


def to_simplified(text: str) -> str:
    """Traditional characters as simplified ones, one for one."""
    return "".join(map(_simplify_character, text))


def normalise_name(text: str) -> str:
    """A person's name with `·` (U+00B7) as separator and without spaces.

    A name is never NFKC-normalised: that changes rare compatibility characters.
    """
    return _SPACES.sub("", _STOP.sub("·", _DOTS.sub("·", text)))


@lru_cache(maxsize=65536)
def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return "".join(
        _simplify_character(one)
        for one in folded
        if not one.isspace() and unicodedata.category(one) not in {"Cc", "Cf"}
    )


def fold_for_search(text: str) -> str:
    """The text as the index and a question see it."""
    if _PLAIN.match(text):
        return text.lower().replace(" ", "")
    return "".join(map(_fold_character, strip_inserted_pinyin(text)))


def fold_with_offsets(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text and, for each of its characters, the index of its source."""
    return _folded_once(text) if len(text) <= _LONGEST_KEPT else _fold_with_offsets(text)


@lru_cache(maxsize=512)
def _folded_once(text: str) -> tuple[str, tuple[int, ...]]:
    """A page is found, shown and marked in turn: its text is folded at the first of them."""
    return _fold_with_offsets(text)


def _fold_with_offsets(text: str) -> tuple[str, tuple[int, ...]]:
    pieces = list(map(_fold_character, text))
    for match in _INSERTED.finditer(text) if _BRACKETED.search(text) else ():
        pieces[match.start() : match.end()] = [""] * (match.end() - match.start())
    lengths = bytes(map(len, pieces))  # no character folds to more than fifteen
    offsets: list[int] = []
    start = 0
    for odd in _NOT_ONE.finditer(lengths):  # most characters are one before and after
        at = odd.start()
        offsets += range(start, at)
        offsets += [at] * lengths[at]
        start = at + 1
    offsets += range(start, len(text))
    return "".join(pieces), tuple(offsets)
