"""Names in letters."""

import subprocess
import sys

import pytest

from minzheng.county.writing.pinyin import initials, syllables


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


def test_the_tables_are_loaded_when_a_name_is_spelt():
    """Not before: they take a third of a second."""
    told = (
        "import sys; from minzheng.county.writing import pinyin as one; before = set(sys.modules);"
    )
    told += (
        " one.syllables('张'); print(*({'pypinyin'} & before), *({'pypinyin'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["pypinyin"]
