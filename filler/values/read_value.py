"""One text as a typed value: what a clerk wrote, or what is wrong with it."""

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from filler.form.form_data import Value
from filler.form.forms import Field
from filler.form.photo_names import named_photo
from minzheng.county.writing.chinese_dates import parse_date, parse_month
from minzheng.county.writing.id_card import normalise_id
from minzheng.county.writing.money_words import parse_money

#: Characters XML 1.0 cannot hold; one of them makes Word refuse a file.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MULTI_SEPARATORS = re.compile(r"[、，,；;|\n]")
_NUMBER = re.compile(r"-?\d+")


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
    if isinstance(answer, list | tuple) and field.type != "multi":
        raise WrongValueError("应为单个值，收到了一组值", "只填一个值")
    if isinstance(answer, list | tuple):
        return _read_multi(field, [_as_text(item) for item in answer])
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
    text = str(answer).replace("\r\n", "\n").replace("\r", "\n").strip()
    control = _CONTROL.search(text)
    if control:
        raise WrongValueError(
            f"含有看不见的控制字符（U+{ord(control[0]):04X}）", "删去后重新输入，不要从别处粘贴"
        )
    return text


def _float_text(number: float) -> str:
    """3.0 → 3, 0.1 → 0.1; never 6.217e+18."""
    if not math.isfinite(number):
        raise WrongValueError("不是数字", "填写数字")
    return f"{Decimal(repr(number)):f}".removesuffix(".0")


def _read_text(field: Field, text: str) -> Value:
    return re.sub(r"[\n\t]+", " ", text).strip()


def _read_photo(field: Field, text: str) -> Value:
    if named_photo(text) is None:
        raise WrongValueError(f"“{text}”不是照片", "从文件中选一张照片")
    return text


def _read_longtext(field: Field, text: str) -> Value:
    return text


def _read_int(field: Field, text: str) -> Value:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").rstrip("组人户个岁")
    if not _NUMBER.fullmatch(plain):
        raise WrongValueError(f"“{text}”不是整数", "填写整数，如 3")
    if not 0 <= int(plain) < 1_000_000_000:
        raise WrongValueError(f"“{text}”不在 0 至 999999999 之间", "填写不带负号的整数")
    return int(plain)


def _read_money(field: Field, text: str) -> Value:
    """An amount in yuan, neither negative nor beyond reason (VR-MONEY)."""
    amount = parse_money(text)
    if amount is None:
        raise WrongValueError(f"“{text}”不是金额", "填写数字，单位元，最多两位小数，如 1680.50")
    if not 0 <= amount < Decimal(10) ** 10:
        raise WrongValueError(f"“{text}”为负或过大", "填写 0 至 9999999999.99 之间的金额")
    return amount


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


def _read_digits(field: Field, text: str) -> Value:
    return re.sub(r"[\s-]" if field.type == "bank" else r"\s", "", _half_width(text))


def _read_idcard(field: Field, text: str) -> Value:
    return normalise_id(text)


def _read_choice(field: Field, text: str) -> Value:
    chosen = _find_choice(field, text)
    if chosen is None:
        raise WrongValueError(f"“{text}”不在可选项中", f"从{_list(field.choices)}中选一项")
    return chosen


def _find_choice(field: Field, text: str) -> str | None:
    """The choice a text names; brackets and digits may be of either width."""
    if not field.choices or text in field.choices:
        return text
    plain = _half_width(text)
    return next((choice for choice in field.choices if _half_width(choice) == plain), None)


def _read_multi(field: Field, answer: str | list[str]) -> Value:
    items = _MULTI_SEPARATORS.split(answer) if isinstance(answer, str) else answer
    given = [item.strip() for item in items if item.strip()]
    wrong = [item for item in given if _find_choice(field, item) is None]
    chosen = {_find_choice(field, item) or item for item in given}
    if wrong:
        raise WrongValueError(f"{_list(wrong)}不在可选项中", f"从{_list(field.choices)}中选")
    in_order = [choice for choice in field.choices if choice in chosen] or given
    return tuple(in_order) or None


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
    "phone": _read_digits,
    "bank": _read_digits,
    "idcard": _read_idcard,
    "choice": _read_choice,
    "multi": _read_multi,
    "photo": _read_photo,
}
