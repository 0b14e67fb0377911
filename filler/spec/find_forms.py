"""Forms found by what a clerk remembers of them: words, initials of the pinyin, number."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from filler.form.forms import FormSpec
from minzheng.county.writing.integers import integer_in
from minzheng.county.writing.pinyin import syllables

_GAPS = re.compile(r"[\s\-_—、，。（）()《》·]+")
_NUMBER = re.compile(r"\d+")
_LATIN = re.compile(r"[a-z]+")
_HAN = re.compile("[㐀-鿿]+")
_NEAR = 5
_FEWEST_LETTERS = 4  #: fewer stand in nearly every name in some order


def find_forms(
    forms: Iterable[FormSpec], wanted: str, dossiers: Mapping[str, str]
) -> list[FormSpec]:
    """Those that every word speaks of; all when nothing is asked.

    A word is part of the name or the id (`公示`, `db01`), the id's number (`1`), the whole
    pinyin or its initials (`gsd`); when none is, its characters in their order (`低保申请`,
    `dbsq` for 低保 最低生活保障申请书).

    Args:
        forms: to choose from.
        wanted: what was typed.
        dossiers: the short name of each dossier by its code.
    """
    words = [word for word in map(_fold, wanted.split()) if word]
    named = [(one, _Names.of(one, dossiers.get(one.dossier, ""))) for one in forms]
    for speaks in (_Names.has, _Names.has_in_order):
        found = [one for one, names in named if all(speaks(names, word) for word in words)]
        if found:
            return found
    return []


def nearest_forms(forms: Iterable[FormSpec], wanted: str) -> list[FormSpec]:
    """Those that are called most alike, for somebody who found none."""
    named = {name: one for one in forms for name in (_fold(one.short_title), _fold(one.id))}
    near = difflib.get_close_matches(_fold(wanted), named, _NEAR, cutoff=0.4)
    return list({named[name].id: named[name] for name in near}.values())


class _Names(NamedTuple):
    """What a form is called, in every way."""

    number: int
    titles: tuple[str, ...]  #: id; what lists and papers call it, its dossier before it

    @classmethod
    def of(cls, form: FormSpec, dossier: str) -> "_Names":
        """All names of a form of a dossier."""
        title = _fold(dossier + form.short_title)
        numbers = _NUMBER.findall(form.id)
        titles = (_fold(form.id), title, _fold(form.title))
        return cls(int(numbers[0]) if numbers else 0, titles)

    @property
    def pinyin(self) -> tuple[str, str]:
        """Initials, whole; its tables are large, and Chinese words need none of them."""
        return _pinyin(self.titles[1])

    def has(self, word: str) -> bool:
        """Whether a word is part of a name."""
        if word.isdecimal():
            return integer_in(word) == self.number or any(word in one for one in self.titles[1:])
        ways = self.pinyin if _LATIN.fullmatch(word) else ()
        return any(word in one for one in (*self.titles, *ways))

    def has_in_order(self, word: str) -> bool:
        """Whether a name has all characters of a word, one after the other."""
        if _LATIN.fullmatch(word):
            return len(word) >= _FEWEST_LETTERS and _is_in_order(word, self.pinyin[0])
        return len(word) > 1 and _is_in_order(word, self.titles[1])


def _is_in_order(word: str, text: str) -> bool:
    rest = iter(text)
    return all(character in rest for character in word)


def _fold(text: str) -> str:
    """Without gaps and dashes, of half width, in small letters."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=1024)
def _pinyin(title: str) -> tuple[str, str]:
    whole = syllables("".join(_HAN.findall(title)))
    return "".join(one[0] for one in whole), "".join(whole)
