"""Rare characters that the fonts of a form cannot draw, told before printing."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from minzheng.county.errors import Problem
from minzheng.external.font_glyphs import gb2312_characters, load_glyphs

_USUAL = "gb2312"  #: the code in which nearly every paper can be written
_TICK = "☑"  #: but for this sign, which stands on nearly every paper


def find_missing_glyphs(
    texts_by_label: Mapping[str, str], fonts: Iterable[str]
) -> tuple[Problem, ...]:
    """One warning for each text with characters that one of the fonts lacks.

    A font of which nothing is known is passed over; punctuation and signs too, since
    Word takes them from another font without anybody seeing it.
    """
    known = [(font, glyphs) for font in fonts if (glyphs := load_glyphs(font)) is not None]
    return tuple(
        problem
        for font, glyphs in known
        for label, text in texts_by_label.items()
        if not glyphs.issuperset(text)
        for problem in _missing(label, text, font, glyphs)
    )


def lacks_glyphs(texts: Iterable[str], fonts: Iterable[str]) -> bool:
    """Whether any letter of texts is not in one of the fonts; says quickly that none is."""
    whole = "".join(texts)
    return any(_lacks(whole, font) for font in fonts)


def _lacks(text: str, font: str) -> bool:
    glyphs = load_glyphs(font)
    if glyphs is None:
        return False
    if not _has_usual_letters(glyphs):
        return any(map(_is_letter, set(text) - glyphs))
    text = text.replace(_TICK, "")
    while True:  # once for each sign and each rare letter: a page has few
        try:
            text.encode(_USUAL)
        except UnicodeEncodeError as error:
            letter = text[error.start]
            if letter not in glyphs and _is_letter(letter):
                return True
            text = text.replace(letter, "")
        else:
            return False


@lru_cache(maxsize=32)
def _has_usual_letters(glyphs: frozenset[str]) -> bool:
    """Whether all letters of a code are there: a text in that code needs no other look."""
    return not any(map(_is_letter, gb2312_characters() - glyphs))


def _is_letter(letter: str) -> bool:
    """Whether it is a letter of a script: signs come from another font, and nobody sees it."""
    return unicodedata.category(letter) == "Lo"


def _missing(label: str, text: str, font: str, glyphs: frozenset[str]) -> Iterator[Problem]:
    letters = dict.fromkeys(
        letter for letter in text if letter not in glyphs and _is_letter(letter)
    )
    if letters:
        yield Problem(
            label,
            f"“{''.join(letters)}”不在{font}字库中，打印时可能空白或换成别的字体",
            "打印前先看这个字，必要时在 Word 中换成宋体等大字库",
        )
