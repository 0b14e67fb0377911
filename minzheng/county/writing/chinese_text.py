"""Chinese text as people write, scan and search it.

Search compares folded texts: NFKC, lower case, simplified, without white space and
without the pinyin that some systems insert after a character (`網(wǎng)`).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

import opencc

_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_VOWELS = "aeiouvāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜê"
#: How a sign is said: not a measure (kg, mm, cm) nor another short word (docx, app).
_SAID = rf"(?:(?:[zcs]h|[bpmfdtnlɡghjkqxrzcsyw])?[{_VOWELS}]{{1,4}}(?:n[ɡg]?|r)?|[ńňǹ][ɡg]?|ḿ)"
#: A letter that its code does not know is a question mark.
_INSERTED = re.compile(
    rf"(?:(?<=[{_HAN}])[(（]|(?<=[{_HAN})?])\?)(?![a-z][)）])(?:{_SAID}|[a-zɡ]{{0,3}}[?？][a-zɡ]{{0,3}})[?？]?[)）]"
)
#: Without one of these, no pinyin was inserted.
_BRACKETED = re.compile(rf"[(（?][a-z?ɡ{_VOWELS}ńňǹḿ]")
#: Every other character folds to one: the usual ones are not looked at one by one.
_MAY_NOT_BE_ONE = re.compile("[^!-~一-鿿，。：；、？！（）《》“”‘’〇]")
_DOTS = re.compile("[•・．‧∙⋅･]")
#: Typed where the dot of a name cannot be found on the keyboard.
_STOP = re.compile(rf"(?<=[{_HAN}])\s*[.。]\s*(?=[{_HAN}])")
_SPACES = re.compile(r"\s+")
#: Characters of a page whose folding is remembered; a page of a spreadsheet may have millions.
_LONGEST_KEPT = 5000
_MOST_FOLDED = 65_536
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
    if text.isalpha():  # nearly always: neither a gap nor a dot of any kind
        return text
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
    return strip_inserted_pinyin(text).translate(_FOLDED)


class _FoldedCharacters(dict[int, str]):
    """What each character met so far folds to: `str.translate` asks it without a call."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _MOST_FOLDED:
            self.clear()
        folded = self[code] = _fold_character(chr(code))
        return folded


_FOLDED = _FoldedCharacters()


def fold_with_offsets(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text and, for each of its characters, the index of its source."""
    return _folded_once(text) if len(text) <= _LONGEST_KEPT else _fold_with_offsets(text)


@lru_cache(maxsize=512)
def _folded_once(text: str) -> tuple[str, tuple[int, ...]]:
    """A page is found, shown and marked in turn: its text is folded at the first of them."""
    return _fold_with_offsets(text)


def _fold_with_offsets(text: str) -> tuple[str, tuple[int, ...]]:
    return fold_for_search(text), offsets_of_folded(text)


def offsets_of_folded(text: str) -> tuple[int, ...]:
    """For each character of the folded text the index of its source in a text."""
    offsets: list[int] = []
    start = 0
    for at, stop, length in not_one_for_one(text):
        offsets += range(start, at)
        offsets += [at] * length
        start = stop
    offsets += range(start, len(text))
    return tuple(offsets)


def places_in_source(text: str, places: Sequence[int]) -> list[int]:
    """For some places of the folded text, rising, the index of their source in a text.

    They are what `offsets_of_folded` tells of these places, but the text is gone through no
    further than to the last of them. What lies behind the folded text has no place.
    """
    found: list[int] = []
    start = folded = 0  # of what was not gone through yet: in the text, and in the folded text
    for at, stop, length in chain(not_one_for_one(text), [(len(text), len(text), 0)]):
        next_folded = folded + at - start + length
        while len(found) < len(places) and places[len(found)] < next_folded:
            found.append(min(places[len(found)] - folded + start, at))
        if len(found) == len(places):
            break
        start, folded = stop, next_folded
    return found


def not_one_for_one(text: str) -> Iterator[tuple[int, int, int]]:
    """The parts that do not fold to as many characters: start, end, and to how many they fold."""
    inserted = [one.span() for one in _INSERTED.finditer(text)] if _BRACKETED.search(text) else []
    inserted.append((len(text), len(text)))
    begin, end = inserted.pop(0)
    for odd in _MAY_NOT_BE_ONE.finditer(text):
        at = odd.start()
        while at >= end and inserted:
            yield begin, end, 0
            begin, end = inserted.pop(0)
        length = len(_fold_character(odd[0]))
        if at < begin and length != 1:
            yield at, at + 1, length
    yield from ((*span, 0) for span in ((begin, end), *inserted))
