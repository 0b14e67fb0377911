"""A spreadsheet's cell as the answer a clerk meant, or what is wrong with it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from filler.form.forms import Field
from filler.roster.read_spreadsheet import CellValue
from filler.values.read_value import WrongValueError, is_name
from minzheng.county.writing.chinese_dates import parse_date, print_date
from minzheng.county.writing.chinese_text import normalise_name

_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u202a-\u202e\u2060]")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = (1, 80_000)  #: 1900 to 2119
_YEARS = range(1900, 2101)  #: as serials they would be days of 1905
_MOST_EXACT = 1e15  #: a spreadsheet keeps 15 digits of a number
_SCIENTIFIC = re.compile(r"-?\d(\.\d+)?[eE]\+?\d{2}")
_BEFORE_NAME = re.compile(r"^[^:：]{1,6}[:：]|^[*＊#＃△▲★☆※√×]+|^\d+[.、．]")
_BEHIND_NAME = re.compile(
    r"\s*([(（【\[][^()（）【】\[\]]*[)）】\]]?|[*＊#＃△▲★☆※√×]+|\d{6,}[\dXx]*)\s*$"
)
_YES, _NO = frozenset("√✓✔☑是yY1"), frozenset("×✗✘xXnN否0")
_NUMBERS_AS_TEXT = frozenset({"idcard", "bank", "phone", "text"})


def read_cell(field: Field, value: CellValue, year: int | None = None) -> str:
    """The answer in a cell; `year` completes a date without one.

    Raises:
        WrongValueError: the cell holds what a spreadsheet made of the answer.
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return _read_day(field, value)
    if isinstance(value, dt.time | dt.timedelta):
        raise WrongValueError("读到的是时刻，不是要填的内容", "把这一格设为“文本”格式后重新填写")
    if isinstance(value, int | float):
        return _read_number(field, float(value))
    return _read_text(field, value, year)


def clean_text(text: str) -> str:
    """Without what nobody sees: byte-order marks, zero-width and no-break spaces, ends."""
    return _INVISIBLE.sub("", text).replace("\xa0", " ").strip()


def _read_day(field: Field, value: dt.date) -> str:
    day = value.date() if isinstance(value, dt.datetime) else value
    if field.type in ("date", "month"):
        return day.isoformat()
    if field.type in ("text", "longtext"):
        return print_date(day)
    raise WrongValueError(
        f"读到的是日期（{print_date(day)}）", "把这一格设为“文本”或“常规”格式后重新填写"
    )


def _read_number(field: Field, number: float) -> str:
    if abs(number) >= _MOST_EXACT and field.type in _NUMBERS_AS_TEXT:
        raise _spoilt()
    if field.type == "date" and number in _YEARS:
        raise WrongValueError(
            f"“{number:.0f}”只有年，没有月、日", "按 2018-05-07 或 2018年5月7日 填写"
        )
    if field.type == "date" and number.is_integer() and _SERIALS[0] <= number <= _SERIALS[1]:
        return (_EXCEL_EPOCH + dt.timedelta(days=int(number))).isoformat()
    if field.type == "month":
        return _read_month(number)
    return str(int(number)) if number.is_integer() else repr(round(number, 10))


def _read_month(number: float) -> str:
    text = repr(number)
    if re.fullmatch(r"\d{4}\.1", text):
        raise WrongValueError(
            f"数字 {text} 分不清是 1 月还是 10 月", "按 2018-01 或 2018年10月 填写"
        )
    if number.is_integer() and 20_000 <= number <= _SERIALS[1]:
        return (_EXCEL_EPOCH + dt.timedelta(days=int(number))).isoformat()
    return str(int(number)) if number.is_integer() else text


def _read_text(field: Field, value: str, year: int | None) -> str:
    text = clean_text(value)
    if field.type in _NUMBERS_AS_TEXT:
        text = text.removeprefix("'").removeprefix("’").removeprefix("‘")  # typed to keep digits
    if field.type in _NUMBERS_AS_TEXT and _SCIENTIFIC.fullmatch(text):
        raise _spoilt()
    reader = _TEXTS.get(field.type)
    if reader:
        return reader(field, text, year)
    return _read_name(text) if is_name(field) else text


def _read_name(text: str) -> str:
    """A name with nothing beside it: 户主：测试甲（已故） would be printed as it stands."""
    for place, beside in (("前面", _BEFORE_NAME), ("后面", _BEHIND_NAME)):
        if found := beside.search(text):
            what = f"姓名{place}还写着“{found[0].strip()}”"
            raise WrongValueError(what, "这一格只留姓名，别的写在备注里")
    return normalise_name(text)


def key_text(value: CellValue) -> str:
    """A running number or other key as text: 3.0 is 3."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean_text(str(value))


def _read_date_text(field: Field, text: str, year: int | None) -> str:
    plain = unicodedata.normalize("NFKC", text)
    if re.fullmatch(r"\d{5}(\.0+)?", plain):
        return (_EXCEL_EPOCH + dt.timedelta(days=int(float(plain)))).isoformat()
    plain = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$", "", plain)
    day = parse_date(plain.replace("号", "日"), year)
    return day.isoformat() if day else text


def _read_choice_text(field: Field, text: str, year: int | None) -> str:
    """是 or 否 where a cell holds a tick or a cross."""
    if {"是", "否"} <= set(field.choices) and text not in field.choices:
        return "是" if text in _YES else "否" if text in _NO else text
    return text


def _spoilt() -> WrongValueError:
    return WrongValueError(
        "表格软件把这个号码当成了数字，15 位以后已经丢失",
        "把这一列设为“文本”格式，再照证件、存折重新填写",
    )


_TEXTS: dict[str, Callable[[Field, str, int | None], str]] = {
    "date": _read_date_text,
    "choice": _read_choice_text,
}
