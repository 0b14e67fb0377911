"""Citizen ID numbers (GB 11643-1999): checked, and what can be read from them."""

import datetime as dt
import re
import unicodedata

from stdnum.cn import ric

_EIGHTEEN = re.compile(r"^\d{17}[\dX]$")
_FIFTEEN = re.compile(r"^\d{15}$")
_YEARS = range(1800, 2100)  #: of birth, that a number is read with; GB 11643 itself shows 1880
#: The first two digits of every province (GB/T 2260).
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")


def normalise_id(text: str) -> str:
    """The number with half-width digits, upper-case X and no spaces."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()


def to_eighteen(number: str) -> str:
    """A 15-digit first-generation number as its 18-digit successor."""
    if not _FIFTEEN.match(number):
        return number
    return checked_number(f"{number[:6]}19{number[6:]}")


def checked_number(digits: str) -> str:
    """Seventeen digits and what the eighteenth must be."""
    return digits + str(ric.calc_check_digit(digits + "0"))


def find_fault(number: str, today: dt.date) -> str:
    """What is wrong with a normalised 18-character number, in Chinese; empty when right."""
    if len(number) != 18:
        return f"身份证号应为 18 位，现为 {len(number)} 位"
    if not _EIGHTEEN.match(number):
        return "身份证号前 17 位应为数字，末位为数字或 X"
    born = _date_part(number)
    if born is None:
        return f"身份证号中的出生日期 {number[6:14]} 不存在"
    if not dt.date(1900, 1, 1) <= born <= today:
        return f"身份证号中的出生日期 {number[6:14]} 不在 1900 年至今之间"
    if str(ric.calc_check_digit(number)) != number[17]:
        return "身份证号校验不符，至少有一位写错"
    return ""


def is_sound(number: str) -> bool:
    """Whether a normalised number's bearer may have lived and its check digit is right.

    A digit that slips by one place makes 1953 into 7195, of which a check digit may be right.
    """
    born = birth_date(number)
    may_be = born is not None and born.year in _YEARS
    return may_be and str(ric.calc_check_digit(number)) == number[17]


def has_known_province(number: str) -> bool:
    """Whether the number begins with a province of GB/T 2260."""
    return bool(_PROVINCES.match(number))


def birth_date(number: str) -> dt.date | None:
    """The date of birth, or None when the number holds none."""
    return _date_part(number) if _EIGHTEEN.match(number) else None


def sex(number: str) -> str:
    """男 or 女 by the 17th digit; empty when the number is no ID number."""
    if not _EIGHTEEN.match(number):
        return ""
    return "男" if int(number[16]) % 2 else "女"


def age_on(number: str, day: dt.date) -> int | None:
    """Full years (周岁) on a day."""
    born = birth_date(number)
    if born is None or day < born:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _date_part(number: str) -> dt.date | None:
    try:
        return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
