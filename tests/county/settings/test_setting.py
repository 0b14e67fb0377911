"""One setting: what it may hold and what is said of it."""

import math
from dataclasses import dataclass
from pathlib import Path

import pytest

from minzheng.county.settings.setting import Setting, setting, settings_of

MINUTES = Setting("a", "minutes", 10, "每隔多少分钟（{range}）", least=1, most=60)
SECONDS = Setting("a", "seconds", 2.0, "多少秒", least=0.2, most=1_000_000)
WAY = Setting("a", "way", "auto", "怎样", choices={"auto": "自动", "hand": "手动"})
NAME = Setting("a", "name", "镇坪县", "全称")
EMPTY = Setting("a", "empty", "", "可空", may_be_empty=True)
SOME = Setting("a", "some", "", "哪些", parts=("甲", "乙"))


@pytest.mark.parametrize(
    ("one", "right", "wrong"),
    [
        (MINUTES, [1, 60], [0, 61, 5.0, True, "5", None, [5]]),
        (SECONDS, [0.2, 1, 1_000_000], [0.19, 1_000_001, math.nan, math.inf, True, "1"]),
        (WAY, ["auto", "hand"], ["", "Auto", 1, ["auto"], {"auto": 1}]),
        (NAME, ["x"], ["", "  ", 5, ["x"]]),
        (EMPTY, ["", "  ", "x"], [5, ["x"]]),
        (SOME, ["", "甲", "乙、甲", "甲，乙", "甲 乙"], ["丙", "甲、丙", "甲乙", 5, ["甲"]]),
    ],
)
def test_what_may_stand_there(one, right, wrong):
    """Both ends of a range are in; true is no number; a number is no text."""
    assert [value for value in right if not one.accepts(value)] == []
    assert [value for value in wrong if one.accepts(value)] == []


@pytest.mark.parametrize(
    ("one", "said", "explained"),
    [
        (MINUTES, "1–60 的整数", "每隔多少分钟（1–60）"),
        (SECONDS, "0.2–1000000 的数字", "多少秒"),
        (WAY, '"auto"、"hand"', '怎样；"auto" 自动；"hand" 手动'),
        (NAME, "非空文字", "全称"),
        (EMPTY, "文字，或空着", "可空"),
    ],
)
def test_what_is_said_of_it(one, said, explained):
    """The range stands once in the declaration and everywhere in the words."""
    assert one.describe() == said
    assert one.explanation == explained


def test_a_dataclass_declares_its_settings():
    """Fields without one are no settings; a folder has no default of its own."""

    @dataclass(frozen=True)
    class Some:
        file: Path
        folder: Path = setting("a.folder", "data", "放在哪里", is_folder=True)
        minutes: int = setting("a.minutes", 10, "分钟", least=1, most=60)

    declared = settings_of(Some)
    assert [one.name for one in declared.values()] == ["a.folder", "a.minutes"]
    assert declared["folder"].default == "data"
    assert Some(Path("f"), Path("d")).minutes == 10
    with pytest.raises(TypeError, match="folder"):
        Some(Path("f"))


def test_a_setting_may_be_one_of_some_words():
    """Without words any text may stand there."""

    @dataclass(frozen=True)
    class Some:
        way: str = setting("a.way", "auto", "怎样", choices={"auto": "自动"})
        name: str = setting("a.name", "县", "名称")

    declared = settings_of(Some)
    assert [declared["way"].accepts(word) for word in ("auto", "hand")] == [True, False]
    assert declared["name"].accepts("hand")
    assert declared["name"].choices == {}
