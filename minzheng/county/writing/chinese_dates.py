"""Dates as Chinese papers write them, read and printed (domain report 6.2)."""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

_NUMERALS = {
    character: str(value)
    for value, characters in enumerate(
        ("〇零○O", "一", "二", "三", "四", "五", "六", "七", "八", "九")
    )
    for character in characters
}
#: Years of a paper or of anybody on one; what lies outside is a slip of the pen.
_YEARS = range(1900, 2200)
_DIGITS = "〇一二三四五六七八九"
_LONGEST_KEPT = 16  #: letters of a text whose date is remembered
_NUMERIC = re.compile(r"^(\d{4}|\d{2})[-./年、。](\d{1,2})[-./月、。](\d{1,2})日?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_WITHOUT_YEAR = re.compile(r"^(\d{1,2})月(\d{1,2})日$")
_MONTH = re.compile(r"^(\d{4})[-./年](\d{1,2})月?$")
_CHINESE = re.compile(r"^([〇零○O一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(.*)$")


def parse_date(text: str, year: int | None = None) -> dt.date | None:
    """A date in any usual writing; `year` completes one without a year."""
    return _parse_short(text, year) if len(text) <= _LONGEST_KEPT else _parse(text, year)


@lru_cache(maxsize=4096)  # papers of a batch and of a case name the same few
def _parse_short(text: str, year: int | None) -> dt.date | None:
    return _parse(text, year)


def _parse(text: str, year: int | None) -> dt.date | None:
    plain = _numerals_to_digits(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    match = _NUMERIC.match(plain) or _COMPACT.match(plain)
    if match:
        first = int(match[1])
        return _real_date(first + 2000 if first < 100 else first, int(match[2]), int(match[3]))
    match = _WITHOUT_YEAR.match(plain)
    if match and year is not None:
        return _real_date(year, int(match[1]), int(match[2]))
    return None


def parse_month(text: str) -> dt.date | None:
    """A month, as its first day."""
    plain = _numerals_to_digits(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    match = _MONTH.match(plain) or re.match(r"^(\d{4})(\d{2})$", plain)
    return _real_date(int(match[1]), int(match[2]), 1) if match else None


def print_date(day: dt.date) -> str:
    """A day as forms print it: 2018年5月7日."""
    return f"{day.year}年{day.month}月{day.day}日"


def print_month(day: dt.date) -> str:
    """A month as forms print it: 2018年5月."""
    return f"{day.year}年{day.month}月"


def print_date_words(day: dt.date) -> str:
    """A day in Chinese numerals: 二〇一八年五月七日."""
    return f"{print_month_words(day)}{_number_words(day.day)}日"


def print_month_words(day: dt.date) -> str:
    """A month in Chinese numerals: 二〇一八年五月."""
    year = "".join(_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{_number_words(day.month)}月"


def _number_words(number: int) -> str:
    """Of a day or month: 7 is 七, 10 is 十, 21 is 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + _DIGITS[ones] * bool(ones)


def archive_date(day: dt.date) -> str:
    """20180507, as archive directories write it (DA/T 22-2015)."""
    return day.strftime("%Y%m%d")


def month_after(day: dt.date) -> dt.date:
    """The first day of the month after a day's."""
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _real_date(year: int, month: int, day: int) -> dt.date | None:
    if year not in _YEARS:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _numerals_to_digits(text: str) -> str:
    match = _CHINESE.match(text if not text[:4].isdigit() else "")
    if not match:
        return text
    year = "".join(_NUMERALS[character] for character in match[1])
    day = match[3].removesuffix("日").removesuffix("号")
    number = f"{small_number(day)}日" if day else ""
    return f"{year}年{small_number(match[2])}月{number}"


def small_number(text: str) -> str:
    """十 → 10, 廿七 → 27, 二十七 → 27, 三 → 3; digits stay."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return "".join(_NUMERALS.get(character, character) for character in text)
    tens, _, ones = text.partition("十")
    return f"{_NUMERALS.get(tens, '1')}{_NUMERALS.get(ones, '0')}"


def term_end(start: dt.date, months: int) -> dt.date:
    """The last day of a term: 2018-01-15 and 12 months give 2019-01-14."""
    count = start.year * 12 + start.month - 1 + months
    first = dt.date(count // 12, count % 12 + 1, 1)
    last_of_month = month_after(first) - dt.timedelta(days=1)
    return min(first + dt.timedelta(days=start.day - 1), last_of_month) - dt.timedelta(days=1)
