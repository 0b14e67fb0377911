"""What people say and write wrongly, as papers put it: 停了 is 停发, 高令 is 高龄."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from minzheng.county.county import County
from minzheng.county.registry.synonyms import Groups, Spoken
from minzheng.county.writing.chinese_text import fold_for_search
from minzheng.county.writing.pinyin import syllables

#: Sounds that people of the county do not tell apart, both ways.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
_LONGEST = 6
_Steps = tuple[tuple[str, tuple[str, ...]], ...]  #: of the work, with words that tell them


def official_words(folded: str, county: County) -> str:
    """A text in the words of papers: sayings of `synonyms.txt`, then words that sound like one."""
    said = county.spoken.official(folded)
    steps = county.required.title_words
    if _words(county.synonyms, county.spoken, steps).issuperset(said.split()):
        return said  # written right: nothing need be sounded
    known = _by_sound(county.synonyms, county.spoken, steps)
    return _mended(said, known) if known else said


def sounds_like(text: str, names: Mapping[tuple[str, ...], str]) -> tuple[str, str] | None:
    """The first piece of a text that sounds like one of some names, and the name."""
    sounds = _sounds(text)
    if len(sounds) != len(text):
        return None
    for size in sorted({len(one) for one in names}, reverse=True):
        for at in range(len(text) - size + 1):
            name = names.get(tuple(sounds[at : at + size]), "")
            if name and name != text[at : at + size]:
                return text[at : at + size], name
    return None


def by_sound(names: Iterable[str]) -> Mapping[tuple[str, ...], str]:
    """Names by how they sound; of two that sound alike none is meant."""
    return _told_apart(names)


def _mended(text: str, known: Mapping[tuple[str, ...], str]) -> str:
    """A text with the known word in place of each that only sounds like it."""
    words = set(known.values())
    sounds = _sounds(text)
    if len(sounds) != len(text):
        return text
    done, at = "", 0
    while at < len(text):
        size = next(
            (
                size
                for size in range(min(_LONGEST, len(text) - at), 1, -1)
                if tuple(sounds[at : at + size]) in known
            ),
            0,
        )
        piece = text[at : at + size] or text[at]
        done += piece if piece in words or not size else known[tuple(sounds[at : at + size])]
        at += len(piece)
    return done


@lru_cache(maxsize=4)
def _words(synonyms: Groups, spoken: Spoken, steps: _Steps) -> frozenset[str]:
    """Words of the trade, as papers write them; those of the steps of the work, too."""
    words = {word for group in synonyms.groups for word in group}
    words |= {fold_for_search(word) for name, some in steps for word in (name, *some)}
    return frozenset(words | {word for _, meant in spoken.sayings for word in meant.split()})


@lru_cache(maxsize=4)
def _by_sound(synonyms: Groups, spoken: Spoken, steps: _Steps) -> Mapping[tuple[str, ...], str]:
    """Words of the trade by how they sound; of two that sound alike none is meant."""
    words = sorted(_words(synonyms, spoken, steps))
    return _told_apart(one for one in words if one.isalpha() and len(one) <= _LONGEST)


def _told_apart(words: Iterable[str]) -> Mapping[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for word in words:
        sound = tuple(_sounds(word))
        if len(sound) == len(word):
            found[sound] = "" if sound in found else word
    return {sound: word for sound, word in found.items() if word}


def _sounds(text: str) -> list[str]:
    """How each character sounds to somebody of the county; others as they are."""
    return [_plain(one) for character in text for one in syllables(character)]


@lru_cache(maxsize=4096)
def _plain(syllable: str) -> str:
    for full, short in _ALIKE:
        syllable = syllable.replace(full, short)
    return syllable
