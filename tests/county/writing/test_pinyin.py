"""Names in letters."""

import random
import subprocess
import sys
from itertools import count

import pypinyin
import pytest
from pypinyin import Style, lazy_pinyin

from minzheng.county.writing import pinyin
from minzheng.county.writing.pinyin import both, initials, load_tables, syllables

_MANY = [f"{one}三" for one in "张王李赵周吴郑孙钱"]


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
    ],
)
def test_a_name_that_is_looked_up_is_spelt_as_by_the_tables(name, monkeypatch):
    """Words of the table, and what is only the beginning of one."""
    pinyin._pypinyin.cache_clear()
    monkeypatch.setattr(pinyin, "_asked", count())
    monkeypatch.setattr(pinyin, "_known", {})
    assert pinyin._look_up(name) == tuple(lazy_pinyin(name))
    assert initials(name) == lazy_pinyin(name, style=Style.FIRST_LETTER)


@pytest.mark.parametrize(
    ("names", "loads"), [(["张三"] * 20, False), (_MANY, True), (["村2"], True)]
)
def test_the_tables_are_loaded_for_more_than_a_few_names(names, loads):
    """Not for one document: they take a fourth of a second."""
    told = (
        "import sys; from minzheng.county.writing import pinyin as one;"
        f"[one.syllables(name) for name in {names}]; print('pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(loads)]


def test_once_loaded_the_tables_tell_all():
    """A service loads them before somebody waits; looking up would be slower then."""
    load_tables()
    assert pinyin._look_up("赵六") is None
    assert syllables("赵六") == ["zhao", "liu"]


def test_syllables_and_initials_are_asked_together():
    """Of every character, and of what is no plain name, what the tables say."""
    load_tables()
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    for name in (*every, "", "abc号", "周·桂兰", "𠮷三", "重庆吕"):
        assert both(name) == (lazy_pinyin(name), lazy_pinyin(name, style=Style.FIRST_LETTER))


def test_names_without_words_are_read_character_by_character():
    """As the tables cut them: thousands of names are spelt for a county's roster."""
    load_tables()
    chance = random.Random(4711)
    words = [one for one in pypinyin.constants.PHRASES_DICT if len(one) <= 4]
    single = [chr(one) for one in range(0x4E00, 0x9FA6)]
    alone = 0
    for _ in range(4000):
        name = "".join(chance.choices(single, k=chance.randint(1, 3)))
        if chance.random() < 0.3:
            name += chance.choice(words)[: chance.randint(1, 4)]
        alone += pinyin._stands_alone(name)
        assert syllables(name) == lazy_pinyin(name), name
    assert alone > 2000
