"""What of free words is a filter: place, time, form, amount, seal; as the field words say it."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from archive_indexer.asking.official_words import by_sound, sounds_like
from minzheng.county.county import County
from minzheng.county.registry.places import Places
from minzheng.county.writing.chinese_dates import small_number
from minzheng.county.writing.chinese_text import fold_for_search

_LAST = r"(?![0-9A-Za-z-])"
_FIRST = r"(?<![0-9A-Za-z〔\[-])"
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(rf"{_FIRST}({_YEAR})年?[-—–~～至到]({_YEAR}){_LAST}(?:年度?)?")
_DAY = re.compile(
    rf"{_FIRST}(?P<year>{_YEAR})(?:年度?|[-./](?=\d))"
    r"(?:第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年"
    r"|(?P<month>1[0-2]|0?[1-9])(?:月份?|(?!\d))(?:[-./]?(?P<day>3[01]|[12]\d|0?[1-9])[日号]?)?)?"
    rf"|{_FIRST}(?P<bare>{_YEAR}){_LAST}"
)
_SPOKEN_YEARS = {"今年": 0, "本年度": 0, "去年": -1, "上年度": -1, "前年": -2}
_SPOKEN_MONTHS = {"本月": 0, "这个月": 0, "上个月": -1, "上月": -1}
_SPOKEN = re.compile("|".join((*_SPOKEN_YEARS, *_SPOKEN_MONTHS)))
#: 18年, 一八年, 二〇一八年; not 18年以上, which is how long.
_DIGITS = "〇零一二三四五六七八九"
_WRITTEN_YEAR = re.compile(
    rf"{_FIRST}(?<![{_DIGITS}])(?:(?P<short>\d\d)|(?P<said>(?:[一二][九〇零])?[{_DIGITS}]{{2}}))"
    r"(?=年(?!以|前|后|内|来|多|龄|限|期|级))"
)
#: 2018年五月, 十二月: in words behind a year.
_WRITTEN_MONTH = re.compile(r"(?<=年)(十[一二]?|[一二三四五六七八九])(?=月)")
_FORM = re.compile(rf"{_FIRST}([A-Za-z]{{2,3}})-?(\d\d[A-Za-z]?){_LAST}")
_MORE = re.compile(
    r"(?P<sign>超过|大于|高于|多于|不少于|至少|低于|少于|不超过|超)"
    r"(?P<sum>\d[\d,]*(?:\.\d+)?万?)(?![\d,.万年月日人户岁周天个次件])元?"
    r"|(?P<least>\d[\d,]*(?:\.\d+)?万?)元?(?P<side>以上|以下)"
)
#: 五千, 两万, 一千五: a sum in words.
_SUM_IN_WORDS = re.compile(
    "(?P<first>[一二两三四五六七八九]|\\d+(?=[百千]))(?P<unit>[百千万])"
    "(?P<rest>[一二三四五六七八九])?(?![百千万])"
)
_UNITS = {"百": 100, "千": 1_000, "万": 10_000}
_SIGNS = {
    **dict.fromkeys(("超过", "大于", "高于", "多于", "超"), ">"),
    **dict.fromkeys(("不少于", "至少", "以上"), ">="),
    **dict.fromkeys(("低于", "少于"), "<"),
    **dict.fromkeys(("不超过", "以下"), "<="),
}  # fmt: skip
_NOT = "(?:没有?|未|无|尚未|不)"
_SAID = (
    (re.compile(f"{_NOT}(?:签字|签名|签收)"), "签名:无"),
    (re.compile(f"{_NOT}(?:加盖|盖)?(?:公章|印章|章)"), "有章:否"),
    (re.compile("(?:加盖|盖|有)了?(?:公章|印章|章)"), "有章:是"),
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_SHORTEST_NAME = 2
_ENDS = frozenset("村区")
_SHORTEST_WHOLE = 3  #: 旧城村
_SHORT = 2  #: figures of a year without its century


@dataclass(frozen=True, slots=True)
class Parted:
    """A free word without what it says of place, time, form, amount, seal and signature."""

    rest: tuple[str, ...]  #: what is left, in pieces
    villages: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    said: tuple[str, ...] = ()  #: `年:2018`, `日期:2018-05`, `金额:>5000`, `有章:否`
    forms: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The same as field words; of several places or forms any one will do."""
        named = (("村", self.villages), ("镇", self.towns), ("表", self.forms))
        found = [_any_of([f"{name}:{one}" for one in values]) for name, values in named if values]
        return (*found, *self.said)


def part_word(word: str, county: County, today: dt.date) -> Parted:
    """Take the filters out of a word; a bare village name counts at its start."""
    in_figures = _SUM_IN_WORDS.sub(_in_figures, word)
    sums, word = _take(_MORE, in_figures if _MORE.search(in_figures) else word, _as_amount)
    word = _WRITTEN_YEAR.sub(lambda found: _whole_year(found, today), word)
    word = _WRITTEN_MONTH.sub(lambda found: small_number(found[0]), word)
    marks = list[str]()
    for pattern, field in _SAID:
        if pattern.search(word):
            marks.append(field)
            word = pattern.sub("\0", word)
    forms, word = _take(_FORM, word, lambda found: f"{found[1].upper()}-{found[2].upper()}")
    years, word = _take(_YEARS, word, lambda found: f"年:{found[1]}..{found[2]}")
    days, word = _take(_DAY, word, _as_day)
    spoken, word = _take(_SPOKEN, word, lambda found: _as_spoken(found[0], today))
    places = county.places
    found = places.find_in(word)
    for one in found:
        word = word.replace(one.written, "\0", 1)
    villages = [one.village for one in found if one.village]
    if not found and (alike := _sounding_village(word, places)):
        villages, word = [alike[1]], word.replace(alike[0], "\0", 1)
    bare = "" if villages or _is_of_the_trade(word, county) else _bare_name_at_start(word, places)
    if bare:
        villages, word = [_named(bare, places)], word.removeprefix(bare)
    return Parted(
        tuple(piece for piece in word.split("\0") if piece),
        tuple(dict.fromkeys(villages)),
        tuple(dict.fromkeys(one.town for one in found if not one.village)),
        (*years, *days, *spoken, *sums, *marks),
        forms,
    )


def _take(
    pattern: re.Pattern[str], word: str, as_field: Callable[[re.Match[str]], str]
) -> tuple[tuple[str, ...], str]:
    found = tuple(as_field(match) for match in pattern.finditer(word))
    return found, pattern.sub("\0", word)


def _in_figures(found: re.Match[str]) -> str:
    """五千 as 5000, 一千五 as 1500."""
    first = found["first"]
    number = float(first) if first[0].isdigit() else small_number("二" if first == "两" else first)
    unit = _UNITS[found["unit"]]
    rest = int(small_number(found["rest"])) * unit // 10 if found["rest"] else 0
    return str(int(float(number) * unit) + rest)


def _as_amount(found: re.Match[str]) -> str:
    return f"金额:{_SIGNS[found['sign'] or found['side']]}{found['sum'] or found['least']}"


def _as_day(found: re.Match[str]) -> str:
    year = found["bare"] or found["year"]
    if found["quarter"]:
        last = int(_QUARTERS.get(found["quarter"], found["quarter"])) * 3
        return f"日期:{year}-{last - 2:02}..{year}-{last:02}"
    if found["half"]:
        first = 1 if found["half"] == "上" else 7
        return f"日期:{year}-{first:02}..{year}-{first + 5:02}"
    if not found["month"]:
        return f"年:{year}"
    day = f"-{int(found['day']):02}" if found["day"] else ""
    return f"日期:{year}-{int(found['month']):02}{day}"


def _whole_year(found: re.Match[str], today: dt.date) -> str:
    """A year in four figures; one that has not come stays as it was written."""
    said = "".join(str(_DIGITS.index(one) - 1 if one != "〇" else 0) for one in found["said"] or "")
    text = found["short"] or said
    year = f"20{text}" if len(text) == _SHORT else text
    return year if int(year) <= today.year + 1 else found[0]


def _as_spoken(text: str, today: dt.date) -> str:
    if text in _SPOKEN_YEARS:
        return f"年:{today.year + _SPOKEN_YEARS[text]}"
    months = today.year * 12 + today.month - 1 + _SPOKEN_MONTHS[text]
    return f"日期:{months // 12}-{months % 12 + 1:02}"


def _is_of_the_trade(word: str, county: County) -> bool:
    """Whether a word begins with one of the office: 民主评议 is not of 民主村."""
    folded = fold_for_search(word)
    return any(folded.startswith(one) for group in county.synonyms.groups for one in group)


def _sounding_village(word: str, places: Places) -> tuple[str, str] | None:
    """What of a word sounds like a village, and the village; a shorter word is not sounded."""
    if len(word) < _SHORTEST_WHOLE:
        return None
    return sounds_like(word, _names_by_sound(places))


@lru_cache(maxsize=4)
def _names_by_sound(places: Places) -> Mapping[tuple[str, ...], str]:
    """Whole names of villages by how they sound: 旧成村 is 旧城村."""
    return by_sound(one.name for one in places.settlements if one.name[-1:] in _ENDS)


def _bare_name_at_start(word: str, places: Places) -> str:
    """旧城 for 旧城村, when only one place is called so."""
    fitting = [one for one in _bare_names(places) if word.startswith(one)]
    longest = max(fitting, key=len, default="")
    return longest if longest and _named(longest, places) else ""


def _bare_names(places: Places) -> Iterator[str]:
    for place in places.settlements:
        bare = place.name.removesuffix("村").removesuffix("社区")
        if len(bare) >= _SHORTEST_NAME:
            yield bare


def _named(bare: str, places: Places) -> str:
    names = {
        place.name for place in places.settlements if place.name in (f"{bare}村", f"{bare}社区")
    }
    return names.pop() if len(names) == 1 else ""


def _any_of(conditions: list[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"({' 或 '.join(conditions)})"
