"""One text as a typed value: what a clerk wrote, or what is wrong with it."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from filler.form.form_data import Value
from filler.form.forms import Field
from filler.form.photo_names import named_annex, named_photo
from filler.values.near_choices import advise
from minzheng.county.town_names import APART, own_name
from minzheng.county.writing.chinese_dates import parse_date, parse_month, small_number
from minzheng.county.writing.chinese_text import normalise_name
from minzheng.county.writing.id_card import normalise_id
from minzheng.county.writing.money_words import parse_money
from minzheng.county.writing.units import (
    PER_MONTH,
    PER_YEAR,
    YUAN,
    apart_from_unit,
    is_money,
    unit_in,
    ways_to_write,
)

#: Characters XML 1.0 cannot hold; one of them makes Word refuse a file.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STROKES = re.compile("[-‐-―−]")
_MOBILE = re.compile(r"(?:(?:00|\+)?86)?(?=1[3-9]\d{9}$)")
_MULTI_SEPARATORS = re.compile(r"[、，,；;|\n]")
_ANY_SEPARATORS = re.compile(r"[、，,；;|/／+＋\s]+")
_TICKED, _FREE = "☑√✓✔■", "□☐"
_NUMBER = re.compile(r"-?\d+")
_MOST_DIGITS = 9
_GAPS = re.compile(r"[\n\t]+")
_BOX_SIGNS = frozenset(_TICKED + _FREE)
_BOXES = re.compile(f"([{_TICKED}{_FREE}])([^{_TICKED}{_FREE}]*)")
#: What nobody sees, and a search or a second clerk would stumble over.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_HIDDEN = re.compile(_CONTROL.pattern[:-1] + _INVISIBLE.pattern[1:])  # any of both
_NAMES = {
    "\u00ad": "软连字符", "\u200b": "零宽空格", "\u200c": "零宽非连接符", "\u200d": "零宽连接符",
    "\u200e": "从左到右标记", "\u200f": "从右到左标记", "\u2060": "单词连接符",
    "\ufeff": "字节序标记",
}  # fmt: skip
_COUNTED = re.compile(
    r"第?(\d+|[〇零一二三四五六七八九十]+)(?:[村居]民小组|小组|组|人|户|个|岁|次|名|份)*"
)
#: Units that a label without brackets may speak of: 保障户数 counts no people.
_COUNTS = ("人", "户", "次", "份", "件", "盒", "页", "个月", "天", "组", "层", "桌", "间", "票")
_NAME_RULES = frozenset({"person_name", "bank_holder"})
#: What names end in that people leave out: 钟宝 for 钟宝镇, 汉 for 汉族, 二 for 二级.
_KINDS = ("镇", "乡", "街道", "村", "社区", "族", "类", "级")
#: Whom people name for the place: 旧城村委会 for 旧城村.
_OFFICES = ("委会", "民委员会", "村委会", "村民委员会", "居委会", "居民委员会")


class WrongValueError(ValueError):
    """What is wrong and what to do, in Chinese."""

    def __init__(self, what: str, do: str) -> None:
        self.what, self.do = what, do
        super().__init__(what)


def read_value(field: Field, answer: Any) -> Value:
    """The typed value of an answer; None when it is blank.

    Raises:
        WrongValueError: when the answer is no value of the field's type.
    """
    if type(answer) is str:  # nearly always
        text = _checked(answer)
    elif type(answer) is int:
        text = str(answer)
    elif isinstance(answer, list | tuple):
        if field.type != "multi":
            raise WrongValueError("应为单个值，收到了一组值", "只填一个值")
        return _read_multi(field, [_as_text(item) for item in answer])
    else:
        text = _as_text(answer)
    return _READERS.get(field.type, _read_text)(field, text) if text else None


def _as_text(answer: Any) -> str:
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return "是" if answer else "否"
    if isinstance(answer, float):
        return _float_text(answer)
    if isinstance(answer, dt.datetime):
        answer = answer.date()
    if isinstance(answer, dict):
        raise WrongValueError("应为单个值，收到了一个表", "只填一个值")
    return _checked(str(answer))


def _checked(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip()
    is_plain = text.isascii() and text.isprintable()  # half of all answers
    if text and not is_plain and _HIDDEN.search(text):
        hidden = _CONTROL.search(text) or _INVISIBLE.search(text)
        what = _explain_hidden(hidden) if hidden else ""
        raise WrongValueError(what, "删去后重新输入，不要从别处粘贴")
    return text


def _explain_hidden(match: re.Match[str]) -> str:
    """Which character it is, and where, since the text itself looks faultless."""
    letter, text = match[0], match.string
    before = text[max(0, match.start() - 4) : match.start()]
    place = f"“{before}”后面" if before else "最前面"
    kind = "看不见的控制字符" if _CONTROL.match(letter) else "看不见的字符"
    name = _NAMES.get(letter, "")
    return f"含有{kind}（U+{ord(letter):04X}{name}），是第 {match.start() + 1} 个字符，在{place}"


def _float_text(number: float) -> str:
    """3.0 → 3, 0.1 → 0.1; never 6.217e+18."""
    if not math.isfinite(number):
        raise WrongValueError("不是数字", "填写数字")
    return f"{Decimal(repr(number)):f}".removesuffix(".0")


@lru_cache(maxsize=8192)
def is_name(field: Field) -> bool:
    """Whether a field holds a person's name, written in one way only."""
    return any(call.name in _NAME_RULES for call in field.rules)


def _read_text(field: Field, text: str) -> Value:
    plain = _GAPS.sub(" ", text).strip() if "\n" in text or "\t" in text else text
    if is_name(field):
        return normalise_name(plain)
    return _find_choice(field, plain) or plain


def _read_photo(field: Field, text: str) -> Value:
    if named_photo(text) is None:
        raise WrongValueError(f"“{text}”不是照片", "从文件中选一张照片")
    return text


def _read_annex(field: Field, text: str) -> Value:
    if named_annex(text) is None:
        raise WrongValueError(f"“{text}”不是附件", "从文件中选一份 .docx")
    return text


def _read_longtext(field: Field, text: str) -> Value:
    return text


def _read_int(field: Field, text: str) -> Value:
    if len(text) <= _MOST_DIGITS and text.isascii() and text.isdecimal():  # nearly always
        return int(text)
    plain, unit = _apart(field, "".join(unicodedata.normalize("NFKC", text).split()))
    counted = _COUNTED.fullmatch(plain)
    plain = small_number(counted[1]) if counted else plain
    if not _NUMBER.fullmatch(plain):
        raise WrongValueError(f"“{text}”不是整数", f"填写整数{_named(unit)}，如 3")
    digits = plain.lstrip("-").lstrip("0") or "0"
    if len(digits) > _MOST_DIGITS or (int(digits) and plain.startswith("-")):
        raise WrongValueError(f"“{text}”不在 0 至 999999999 之间", "填写不带负号的整数")
    return int(digits)


def _read_money(field: Field, text: str) -> Value:
    """An amount in yuan, or in the unit that the label names; neither negative nor huge."""
    unit = unit_in(field.label)
    is_amount = not unit or is_money(unit)
    amount = parse_money(text) if is_amount else None
    amount = amount if amount is not None else parse_money(_apart(field, text)[0])
    if amount is None and is_amount:
        do = "填写数字，单位元，最多两位小数，如 1680.50；逗号只能每三位一个，如 1,680.50"
        raise WrongValueError(f"“{text}”不是金额", do)
    if amount is None:
        do = f"填写数字{_named(unit)}，最多两位小数，如 2.4；逗号只能每三位一个，如 1,680"
        raise WrongValueError(f"“{text}”不是数", do)
    if not 0 <= amount < Decimal(10) ** 10:
        do = f"填写 0 至 9999999999.99 之间的{'金额' if is_amount else '数'}"
        raise WrongValueError(f"“{text}”为负或过大", do)
    return amount


def _named(unit: str) -> str:
    return f"，单位{unit}" if unit else ""


def _apart(field: Field, text: str) -> tuple[str, str]:
    """A number without the unit it may stand in, and the field's own unit.

    Raises:
        WrongValueError: it stands in another unit: nothing is reckoned from 公顷 to 亩.
    """
    own = unit_in(field.label)
    number, unit = (text, "") if text.isdecimal() else apart_from_unit(text)
    if not unit:
        return text, own
    if not is_in_unit(field, unit):
        own = unit_of(field)
        what = f"“{text}”的单位是{unit}，{f'这一栏是{own}' if own else '不是这一栏的'}"
        raise WrongValueError(what, f"按{own}填写，只填数字" if own else "只填数字")
    return number, own


def unit_of(field: Field) -> str:
    """The unit of a number: as the label's brackets name it, yuan for an amount; or empty."""
    return unit_in(field.label) or (YUAN if field.type == "money" else "")


def is_in_unit(field: Field, unit: str) -> bool:
    """Whether a number in this unit is one of the field's, by its brackets or by its name."""
    own = unit_of(field)
    if own == YUAN:
        return unit in (YUAN, PER_MONTH, PER_YEAR) and _is_of_span(field.label, unit)
    if own:
        return unit == own or (is_money(own) and unit == YUAN)
    counted = [one for one in _COUNTS if any(way in field.label for way in ways_to_write(one))]
    return not counted or unit == "个" or any(way in field.label for way in ways_to_write(unit))


def _is_of_span(label: str, unit: str) -> bool:
    """元/年 is no amount of a month, and the other way round."""
    other = {PER_MONTH: "年", PER_YEAR: "月"}.get(unit)
    return other is None or other not in label


def _read_date(field: Field, text: str) -> Value:
    day = parse_date(text)
    if day is None:
        raise WrongValueError(f"“{text}”不是真实的日期", "按 2018-05-07 或 2018年5月7日 填写")
    return day


def _read_month(field: Field, text: str) -> Value:
    month = parse_month(text) or parse_date(text)
    if month is None:
        raise WrongValueError(f"“{text}”不是年月", "按 2018-05 或 2018年5月 填写")
    return month.replace(day=1)


def _read_phone(field: Field, text: str) -> Value:
    """Without gaps; a mobile number without the strokes and 86 that people put in it."""
    plain = re.sub(r"\s", "", _half_width(text))
    bare = _STROKES.sub("", plain)
    return _MOBILE.sub("", bare) if _MOBILE.match(bare) else plain


def _read_digits(field: Field, text: str) -> Value:
    return re.sub(r"[\s-]", "", _half_width(text))


def _read_idcard(field: Field, text: str) -> Value:
    return normalise_id(text)


def _read_choice(field: Field, text: str) -> Value:
    ticked = _ticked(field, text)
    chosen = ticked[0] if ticked and len(ticked) == 1 else _find_choice(field, text)
    if chosen is None:
        raise WrongValueError(f"“{text}”不在可选项中", advise(text, field.choices))
    return chosen


def _find_choice(field: Field, text: str) -> str | None:
    """The choice a text names: of either width, without gaps, or without its kind: 钟宝."""
    if not field.choices or text in field.choices:
        return text
    plain = _folded(text)
    found = next((choice for choice in field.choices if _folded(choice) == plain), None)
    found = found or next((one for one in field.choices if _is_office_of(plain, one)), None)
    longer = [one for one in field.choices if _folded(one).removeprefix(plain) in _KINDS]
    return found or (longer[0] if len(longer) == 1 else _only_town(field.choices, plain))


def _only_town(choices: Sequence[str], plain: str) -> str | None:
    """Of several counties' towns the one that its own people call so: 城关镇, 城关."""
    owns = {one: _folded(own_name(one)) for one in choices if APART in one}
    named = [one for one, own in owns.items() if plain == own]
    named = named or [one for one, own in owns.items() if own.removeprefix(plain) in _KINDS]
    return named[0] if len(named) == 1 else None


def _is_office_of(text: str, place: str) -> bool:
    is_place = place.endswith(("村", "社区"))
    return is_place and text.startswith(place) and text.removeprefix(place) in _OFFICES


def _ticked(field: Field, text: str) -> list[str] | None:
    """The choices that are ticked where all stand with their boxes: ☑是 □否."""
    if text[:1] not in _BOX_SIGNS:
        return None
    boxes = _BOXES.findall(text)
    said = [(box in _TICKED, _find_choice(field, name.strip(" 、，,；;"))) for box, name in boxes]
    is_all = all(name for _, name in said)
    return [name for is_ticked, name in said if name and is_ticked] if is_all else None


def _folded(text: str) -> str:
    return "".join(_half_width(text).split())


def _read_multi(field: Field, answer: str | list[str]) -> Value:
    items = _items_of(field, answer) if isinstance(answer, str) else answer
    given = [item.strip() for item in items if item.strip()]
    wrong = [item for item in given if _find_choice(field, item) is None]
    chosen = {_find_choice(field, item) or item for item in given}
    if wrong:
        do = advise(wrong[0] if len(wrong) == 1 else "", field.choices)
        raise WrongValueError(f"{_list(wrong)}不在可选项中", do)
    in_order = [choice for choice in field.choices if choice in chosen] or given
    return tuple(in_order) or None


def _items_of(field: Field, text: str) -> list[str]:
    """By what stands between; by strokes and gaps where each part is a choice."""
    ticked = _ticked(field, text)
    if ticked is not None:
        return ticked
    parts = [one for one in _ANY_SEPARATORS.split(text) if one]
    are_choices = field.choices and all(_find_choice(field, one) for one in parts)
    return parts if parts and are_choices else _MULTI_SEPARATORS.split(text)


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _list(items: tuple[str, ...] | list[str]) -> str:
    shown = "、".join(f"“{item}”" for item in items[:12])
    return shown + (f"等 {len(items)} 项" if len(items) > 12 else "")


_READERS: dict[str, Callable[[Field, str], Value]] = {
    "longtext": _read_longtext,
    "int": _read_int,
    "money": _read_money,
    "date": _read_date,
    "month": _read_month,
    "phone": _read_phone,
    "bank": _read_digits,
    "idcard": _read_idcard,
    "choice": _read_choice,
    "multi": _read_multi,
    "photo": _read_photo,
    "annex": _read_annex,
}
