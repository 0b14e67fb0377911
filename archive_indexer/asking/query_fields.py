"""Field words of a question (`村:旧城村`): each value becomes a condition or a problem."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable

from archive_indexer.index.document_facts import name_key
from archive_indexer.index.grams import grams_of
from archive_indexer.queries import AnyOf, Between, Condition, HasValue, InPath, Word
from minzheng.county.county import County
from minzheng.county.errors import Problem
from minzheng.county.personal_numbers import whole_number
from minzheng.county.town_names import own_name, shown
from minzheng.county.writing.chinese_text import fold_for_search
from minzheng.county.writing.id_card import normalise_id, to_eighteen

Meaning = Condition | Problem
#: What reads a value: most need no words of the county for it.
Field = Callable[[str, County], Meaning]

_BOUND = re.compile(r"(>=|<=|>|<|≥|≤|大于|小于|不少于|不超过|超过)?(.+)")
_DAY = re.compile(r"(\d{4})(?:[-./年]?(\d{1,2})(?:[-./月]?(\d{1,2}))?)?[日月年]?")
_MONEY = re.compile(r"(\d[\d,]*)(?:\.(\d{1,2}))?(万)?元?")
_FORM = re.compile(r"([A-Z]{2,3})-?(\d{2}[A-Z]?)")
_LEAST, _MOST = 0, 10**15
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_ABOVE = {">", "大于", "超过"}
_BELOW = {"<", "小于"}
_UP_TO = {"<=", "≤", "不超过"}
_YES_NO = {**dict.fromkeys("是有", "是"), **dict.fromkeys("否无", "否"), "没有": "否"}
_ORIGINS = {"扫描": "ocr", "照片": "ocr", "识别": "ocr", "电子": "text", "文字": "text"}
_KINDS = {one.lower(): one for one in ("PDF", "照片", "Word", "Excel", "文本", "其他")}


def read_field(name: str, value: str, county: County) -> Meaning:
    """What a field word asks, or what is wrong with it."""
    field = FIELDS[name]
    text = unicodedata.normalize("NFKC", value).strip()
    if not text:
        return Problem(name, "冒号后面没有内容", f"写成 {EXAMPLES[field]}")
    return field(text, county)


def with_every_spelling(folded: str, number: str) -> tuple[Condition, ...]:
    """Conditions of which one holds where a personal number stands, however it is written."""
    writings = id_writings(number.lower())
    words = dict.fromkeys((folded, *writings))
    spelt = tuple(one.upper() for one in writings)
    return (*(Word(one) for one in words if grams_of(one)), HasValue("number", spelt))


def id_writings(folded: str) -> tuple[str, ...]:
    """An ID number with 15 or 18 digits in both ways to write it."""
    number = normalise_id(folded)
    if re.fullmatch(r"\d{15}", number):
        return folded, to_eighteen(number).lower()
    if re.fullmatch(r"\d{6}19\d{9}[\dX]", number):
        return folded, number[:6] + number[8:17]
    return (folded,)


def _village(text: str, county: County) -> Meaning:
    places = county.places
    place = places.village(text)
    if place is None:
        named = [one for one in places.find_in(text) if one.village]
        bare = [one for one in places.settlements if text in _bare_names(one.name)]
        names = {one.village for one in named} | {one.name for one in bare}
        if len(names) == 1:
            return HasValue("village", tuple(names))
        known = [name for one in places.settlements for name in (one.name, *one.other_names)]
        return _unknown("村", text, known)
    return HasValue("village", (place.name,))


def _bare_names(name: str) -> tuple[str, str]:
    return name.removesuffix("村"), name.removesuffix("社区")


def _town(text: str, county: County) -> Meaning:
    towns, counties = county.places.towns, county.places.counties
    meant = [
        town.name
        for town in towns
        if text in (town.name, (own := town.own_name), own.removesuffix("镇"), f"{own}人民政府")
    ]
    meant += [one for one in counties if text in (one, shown(one), own_name(one))]
    if meant:
        return HasValue("town", tuple(meant))
    return _unknown("镇", text, [town.name for town in towns])


def _dossier(text: str, county: County) -> Meaning:
    dossiers = county.dossiers
    dossier = dossiers.by_word(text) or dossiers.by_word(text.upper())
    if dossier is None:
        return _unknown("专档", text, [one.short_name for one in dossiers.all])
    return HasValue("dossier", (dossier.code,))


def _year(text: str, _: County) -> Meaning:
    bounds = _bounds(text, lambda one: _whole_year(one.removesuffix("年度").removesuffix("年")))
    if bounds is None:
        return Problem("年", f"“{text}”不是年度", "写成 年:2018、年:2017..2019 或 年:>2016")
    low, high = max(bounds[0], _FIRST_YEAR), min(bounds[1], _LAST_YEAR)
    return HasValue("year", tuple(map(str, range(low, high + 1))))


def _whole_year(text: str) -> tuple[int, int] | None:
    return (int(text), int(text)) if re.fullmatch(r"(19|20)\d\d", text) else None


def _person(text: str, _: County) -> Meaning:
    name = name_key(text)
    if len(name) < 2:
        return Problem("姓名", f"“{text}”太短", "写出两个字以上的姓名")
    if not grams_of(name):
        return HasValue("person", (name,))
    return AnyOf((HasValue("person", (name,)), Word(name)))


def _id_number(text: str, _: County) -> Meaning:
    number = whole_number(text) or normalise_id(text)
    if re.fullmatch(r"\d{3}[\dX]", number):
        return HasValue("id_end", (number,))
    masked = re.fullmatch(r"\d*[*…•.]+(\d{3}[\dX])", number)
    if masked:
        return HasValue("id_end", (masked[1],))
    if re.fullmatch(r"\d{15}|\d{17}[\dX]", number):
        written = with_every_spelling(fold_for_search(text), number)
        return AnyOf((HasValue("id", (to_eighteen(number),)), *written))
    if re.fullmatch(r"\d{4,17}", number):
        return Word(number)
    do = "写 18 位、15 位号码，或后四位，如 身份证:0015"
    return Problem("身份证", f"“{text}”不是身份证号", do)


def _amount(text: str, _: County) -> Meaning:
    bounds = _bounds(text, _fen)
    if bounds is None:
        return Problem("金额", f"“{text}”不是金额", "写成 金额:5000、金额:>5000 或 金额:1000..5000")
    return Between("amounts", *bounds)


def _fen(text: str) -> tuple[int, int] | None:
    match = _MONEY.fullmatch(text)
    if match is None or len(match[1]) > 12:
        return None
    fen = int(match[1].replace(",", "")) * 100 + int((match[2] or "").ljust(2, "0"))
    return (fen * 10_000, fen * 10_000) if match[3] else (fen, fen)


def _form(text: str, _: County) -> Meaning:
    match = _FORM.fullmatch(text.upper())
    if match is None:
        return Problem("表", f"“{text}”不是表号", "写成 表:DB-02")
    return HasValue("form_id", (f"{match[1]}-{match[2]}",))


def _number_of(name: str, label: str) -> Field:
    def read(text: str, _: County) -> Meaning:
        folded = fold_for_search(text)
        if not grams_of(folded):
            return Problem(label, f"“{text}”太短", f"照纸上写全{label}")
        return AnyOf((HasValue(name, (folded,)), Word(folded)))

    return read


def _seal(text: str, _: County) -> Meaning:
    if text not in _YES_NO:
        return Problem("有章", f"“{text}”看不懂", "写成 有章:是 或 有章:否")
    return HasValue("has_seal", (_YES_NO[text],))


def _signed(text: str, _: County) -> Meaning:
    state = text if text == "看不清" else {"是": "有", "否": "无"}.get(_YES_NO.get(text, ""), "")
    if not state:
        return Problem("签名", f"“{text}”看不懂", "写成 签名:有、签名:无 或 签名:看不清")
    return HasValue("signed", (state,))


def _date(text: str, _: County) -> Meaning:
    bounds = _bounds(text, _days)
    if bounds is None:
        do = "写成 日期:2018-03、日期:2018-03-12 或 日期:2018-03..2018-05"
        return Problem("日期", f"“{text}”不是日期", do)
    return Between("dates", *bounds)


def _days(text: str) -> tuple[int, int] | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(one or 0) for one in match.groups())
    start = year * 10_000 + month * 100 + day
    if month > 12 or day > 31 or (match[2] and not month):
        return None
    return start, start + (0 if day else 31 if month else 1231)


def _kind(text: str, _: County) -> Meaning:
    kind = _KINDS.get(text.lower())
    return HasValue("kind", (kind,)) if kind else _unknown("类型", text, _KINDS.values())


def _origin(text: str, _: County) -> Meaning:
    origin = _ORIGINS.get(text.removesuffix("件"))
    return HasValue("origin", (origin,)) if origin else _unknown("来源", text, ("扫描", "电子"))


def _file_name(text: str, _: County) -> Meaning:
    folded = fold_for_search(text)
    if len(folded) < 2:
        return Problem("文件名", f"“{text}”太短", "写出文件名或文件夹名里连续两个以上的字")
    return InPath(folded)


def _bounds(text: str, read: Callable[[str], tuple[int, int] | None]) -> tuple[int, int] | None:
    """Both ends of `5000`, `1000..5000`, `>5000`."""
    first, dots, last = re.sub(r"[~～—至到]+|\.{2,}", "..", text).partition("..")
    if dots:
        ends = read(first or last), read(last or first)
        if ends[0] is None or ends[1] is None:
            return None
        return ends[0][0] if first else _LEAST, ends[1][1] if last else _MOST
    match = _BOUND.fullmatch(text)
    value = read(match[2]) if match else None
    if match is None or value is None:
        return None
    return _open_bounds(match[1], value)


def _open_bounds(sign: str | None, value: tuple[int, int]) -> tuple[int, int]:
    if sign in _ABOVE:
        return value[1] + 1, _MOST
    if sign in _BELOW:
        return _LEAST, value[0] - 1
    if sign in _UP_TO:
        return _LEAST, value[1]
    return (value[0], _MOST) if sign else value


def _unknown(label: str, text: str, known: Iterable[str]) -> Problem:
    alike = difflib.get_close_matches(text, list(known), n=3, cutoff=0.3)
    do = f"是不是 {'、'.join(alike)}" if alike else "检查写法，或不用这一项再查"
    return Problem(label, f"没有“{text}”", do)


#: Every field word and the function that reads it.
FIELDS: dict[str, Field] = {
    "村": _village, "社区": _village, "镇": _town, "专档": _dossier,
    "年": _year, "年度": _year, "姓名": _person, "户主": _person,
    "身份证": _id_number, "身份证号": _id_number, "金额": _amount,
    "表": _form, "表号": _form, "档号": _number_of("archive_no", "档号"),
    "编号": _number_of("case_no", "编号"), "有章": _seal, "盖章": _seal,
    "签名": _signed, "签字": _signed,
    "日期": _date, "类型": _kind, "来源": _origin, "文件名": _file_name,
}  # fmt: skip

EXAMPLES = {
    _village: "村:旧城村", _town: "镇:钟宝镇", _dossier: "专档:低保", _year: "年:2018",
    _person: "姓名:张三", _id_number: "身份证:0015", _amount: "金额:>5000", _form: "表:DB-02",
    FIELDS["档号"]: "档号:DB·2018-Y-0001", FIELDS["编号"]: "编号:DB-103201-2018-0001",
    _seal: "有章:否", _signed: "签名:无", _date: "日期:2018-03",
    _kind: "类型:照片", _origin: "来源:扫描",
    _file_name: "文件名:花名册",
}  # fmt: skip
