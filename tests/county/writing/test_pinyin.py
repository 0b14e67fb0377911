"""Names in letters."""

import random
import re
import subprocess
import sys

import pytest
from pypinyin import Style, constants, lazy_pinyin

from minzheng.county.writing.pinyin import HAN, TABLE, both, initials, syllables
from script.tables.pinyin import spelt, table_text


@pytest.fixture(scope="module", autouse=True)
def _let_go_of_what_was_spelt():
    """A hundred thousand texts."""
    yield
    spelt.cache_clear()


def told(text):
    """What pypinyin says of it."""
    return [*spelt(text)], lazy_pinyin(text, style=Style.FIRST_LETTER)


@pytest.mark.parametrize(
    ("text", "spelt", "first"),
    [
        ("周桂兰", ["zhou", "gui", "lan"], ["z", "g", "l"]),
        ("重庆", ["chong", "qing"], ["c", "q"]),
        ("吕二娃", ["lv", "er", "wa"], ["l", "e", "w"]),
        ("abc号", ["abc", "hao"], ["abc", "h"]),
        ("", [], []),
    ],
)
def test_a_name_is_spelt(text, spelt, first):
    """Character by character, words as they are spoken."""
    assert syllables(text) == spelt
    assert initials(text) == first


@pytest.mark.parametrize(
    "name",
    [
        "周桂兰",
        "单雄信",
        "重庆",
        "长安",
        "吕二娃",
        "测试王秀英",
        "一丁",
        "行长",
        "仇和",
        "曾都区",
        "乐山大",
        "周·桂兰",
        "𠮷三",
        "重庆吕\n重",
    ],
)
def test_names_are_spelt_as_by_pypinyin(name):
    """Words of the table, what is only the beginning of one, what is no character."""
    assert both(name) == told(name)


def test_the_table_is_what_pypinyin_says_now():
    """To the letter; `python -m script.tables.pinyin` makes it anew."""
    assert TABLE.read_text(encoding="utf-8") == table_text()


def test_the_same_signs_are_characters():
    """All others stay as they stand."""
    ours = re.compile(f"[{HAN}]")
    for code in range(0x110000):
        assert bool(ours.match(chr(code))) == bool(constants.RE_HANS.match(chr(code))), code


def test_every_character_and_every_word_is_spelt_as_by_pypinyin():
    """Those that the table does not know as well."""
    for one in filter(re.compile(f"[{HAN}]").match, map(chr, range(0x110000))):
        assert both(one) == told(one), one
    for word in constants.PHRASES_DICT:
        assert syllables(word) == [*spelt(word)], word


def test_words_are_cut_out_as_by_pypinyin():
    """Of names and sentences put together by lot, with pieces of words."""
    chance = random.Random(4711)
    words = list(constants.PHRASES_DICT)
    single = [chr(one) for one in range(0x4E00, 0x9FA6)]
    for _ in range(6000):
        text = "".join(chance.choices(single, k=chance.randint(0, 3)))
        for start in chance.choices((0, 1), k=chance.randint(0, 3)):
            word = chance.choice(words)
            text += word[start : chance.randint(1, len(word))] + chance.choice(("", "", "·", "a1"))
        assert both(text) == told(text), text


def test_pypinyin_is_not_loaded():
    """Its tables take 53 MiB and a fourth of a second."""
    said = (
        "import sys; from minzheng.county.writing.pinyin import both;"
        "print(both('单雄信村2')); print('pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
