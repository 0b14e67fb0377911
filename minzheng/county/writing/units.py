"""Units behind numbers as people write them: 2.4亩, 85％, 68 平方米, 320元/月."""

import re
import unicodedata
from functools import lru_cache

YUAN = "元"
PER_MONTH, PER_YEAR = "元/月", "元/年"
#: Ways to write one unit, the one that is shown first; as folded.
_SAME = (
    (YUAN, "元整", "块", "块钱"), (PER_MONTH, "元每月", "元/人月", "元/人.月", "元/人/月"),
    (PER_YEAR, "元每年", "元/人年", "元/人.年", "元/人/年"),
    ("十元",), ("百元",), ("千元",), ("万元", "万"), ("亿元", "亿"), ("角", "毛"), ("分",),
    ("亩", "市亩"), ("公顷", "ha"), ("㎡", "m2", "平方米", "平米", "平方"), ("平方公里", "km2"),
    ("公斤", "千克", "kg"), ("斤", "市斤"), ("吨", "t"), ("克", "g"), ("两",),
    ("%", "个百分点"), ("‰",), ("年",), ("个月", "月"), ("天", "日"), ("小时",), ("周岁", "岁"),
    ("人", "口", "口人", "个人", "名", "位"), ("人次",), ("户",), ("组", "小组"),
    ("个",), ("件", "套"), ("床",), ("间",), ("条",), ("次",), ("份",), ("张",), ("页",), ("盒",),
    ("票",), ("项",), ("处",), ("桌",), ("层",), ("本",), ("袋",), ("桶",), ("千米", "公里", "km"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def unit_in(label: str) -> str:
    """The unit that a label names in brackets at its end: 承包地（亩）; empty when none.

    Amounts for each of something are units too, however seldom: 元/季度.
    """
    found = _BRACKETS.search(_folded(label))
    named = found[1].removeprefix("单位:") if found else ""
    return _SHOWN.get(named, named if _OF_YUAN.match(named) else "")


def apart_from_unit(text: str) -> tuple[str, str]:
    """A number and its unit; the whole text and no unit, where none stands behind a figure."""
    folded = _folded(text)
    found = _BEHIND.search(folded)
    return (folded[: found.start(1)], _SHOWN[found[1]]) if found else (text, "")


def ways_to_write(unit: str) -> tuple[str, ...]:
    """All ways to write a unit, as folded; itself when it is not known."""
    return next((ways for ways in _FOLDED if ways[0] == _folded(unit)), (_folded(unit),))


def is_money(unit: str) -> bool:
    """Whether a unit is one of yuan."""
    return unit.startswith(YUAN)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower().rstrip("*")


_FOLDED = tuple(tuple(map(_folded, ways)) for ways in _SAME)
_SHOWN = {way: ways[0] for folded, ways in zip(_FOLDED, _SAME, strict=True) for way in folded}
_LONGEST_FIRST = "|".join(map(re.escape, sorted(_SHOWN, key=len, reverse=True)))
_BRACKETS = re.compile(r"\(([^()]*)\)$")
_OF_YUAN = re.compile("[十百千万亿]*元/")  #: of each of something: 元/季度, 万元/人
_BEHIND = re.compile(rf"(?<=[\d.])({_LONGEST_FIRST})$")
