"""`python -m script.tables.pinyin`: how characters and words are spelt, as pypinyin says now."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from pypinyin import constants, lazy_pinyin

from minzheng.county.writing.pinyin import TABLE

_SURROGATES = range(0xD800, 0xE000)


def table_text() -> str:
    """Syllables, each with its characters; words in their order, each with what it changes."""
    by_syllable = defaultdict(list)
    for one in spelt_characters():
        by_syllable[spelt(one)[0]].append(one)
    characters = "".join(f"{one} {''.join(all_)}\n" for one, all_ in sorted(by_syllable.items()))
    words = "".join(f"{' '.join(_told(word))}\n" for word in sorted(constants.PHRASES_DICT))
    return f"{characters}\n{words}"


@cache
def spelt(text: str) -> tuple[str, ...]:
    """What pypinyin says of a character or a word, which takes it long."""
    return tuple(lazy_pinyin(text))


def spelt_characters() -> Iterator[str]:
    """Every character that has a syllable."""
    for code in range(0x110000):
        one = chr(code)
        if code not in _SURROGATES and constants.RE_HANS.match(one) and spelt(one) != (one,):
            yield one


def _told(word: str) -> Iterator[str]:
    yield word
    syllables = spelt(word)
    if syllables != tuple(one for character in word for one in spelt(character)):
        yield from syllables


if __name__ == "__main__":
    TABLE.write_text(table_text(), encoding="utf-8", newline="\n")
