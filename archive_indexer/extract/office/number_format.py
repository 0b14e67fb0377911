"""What a number format of a sheet shows: 12.5%, 1,234.00, 2026年3月5日 (ISO/IEC 29500 18.8.31)."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from fractions import Fraction
from functools import lru_cache

from archive_indexer.extract.office.number_words import write_number
from minzheng.county.writing.money_words import amount_words

Moment = dt.datetime | dt.date | dt.time | dt.timedelta
_DAY_ZERO, _DAY_ZERO_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
_LAST_DAY = 2958465  #: of the year 9999
_NOTHING, _LONGEST = dt.timedelta(), dt.timedelta(days=_LAST_DAY)
_PLAIN = frozenset({"", "General", "general", "GENERAL", "G/通用格式", "@"})
_PIECE = re.compile(
    r"""(?P<literal>"[^"]*"|[\\!].)|(?P<gap>_.|\*.)|(?P<bracket>\[[^\]]*\])
    |(?P<plain>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-](?=[0?\#]))
    |(?P<date>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)|(?P<digit>[0?\#])|(?P<sign>[.,%/@])|(?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)\]")
_FRACTION = re.compile(r"(?:[#0?]+ +)?[#0?]+/(?:([#0?]+)|(\d+))")
_LONG_DAY, _LONG_TIME = 'yyyy"年"m"月"d"日"', "h:mm:ss"
_WEEKDAYS = "一二三四五六日"
_LEGAL = "[dbnum2]"
#: Forms in which digits are written as signs: one by one, and as they are said.
_IN_SIGNS = {
    "[dbnum1]": ("〇一二三四五六七八九", "taiwaneseCountingThousand"),
    _LEGAL: ("零壹贰叁肆伍陆柒捌玖", "chineseLegalSimplified"),
}
_AS_SAID = str.maketrans("零壹贰叁肆伍陆柒捌玖拾佰仟", "〇一二三四五六七八九十百千")
_NAMED = 3  #: letters from which a month or a day is named
#: Formats that a file names by number alone, as Excel in China shows them.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: _LONG_DAY,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '"¥"#,##0;"¥"-#,##0;"¥-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Section:
    pieces: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    is_date: bool
    signs: str = ""  #: [dbnum1]: digits are written as signs


def says_something(code: str) -> bool:
    """Whether a format may show a cell otherwise than it is."""
    return code not in _PLAIN


def as_moment(number: float, code: str, since_1904: bool = False) -> Moment | None:
    """The day or hour that a number means under a format of dates; None under any other."""
    sections = _sections(code)
    last = _LAST_DAY - (_DAY_ZERO_1904 - _DAY_ZERO).days * since_1904
    if not sections or not sections[0].is_date or not 0 <= number < last:
        return None
    moment = _from(number, _DAY_ZERO_1904 if since_1904 else _DAY_ZERO)
    return moment.time() if number < 1 else moment


@lru_cache(maxsize=4096)
def show_moment(moment: Moment, code: str) -> str:
    """A day or an hour as its format shows it; empty when the format is none of dates."""
    section = next(iter(_sections(code)), None)
    point = _point_in_time(moment)
    if section is None or not section.is_date or point is None:
        return ""
    return _moment(point, section)


@lru_cache(maxsize=4096)
def show_number(number: float, code: str) -> str:
    """A number as its format shows it; empty when that is not known."""
    sections = _sections(code)
    try:
        value = Decimal(repr(number))
        section, is_bare = _chosen(sections, value)
        if section is None or section.is_date:
            return ""
        shown = _number(abs(value), section)
    except (DecimalException, ValueError, OverflowError):
        return ""
    is_nought = not section.signs and not any(sign in "123456789" for sign in shown)
    is_below = value < 0 and is_bare and not is_nought
    return f"{'-' if is_below else ''}{' '.join(shown.split())}"


def show_text(text: str, code: str) -> str:
    """A text as its format shows it: 第3号 by "第"@"号"."""
    sections = [one for one in _sections(code) if ("sign", "@") in one.pieces]
    if not sections:
        return ""
    return "".join(
        text if piece == ("sign", "@") else _said(*piece) for piece in sections[-1].pieces
    ).strip()


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section | None, bool]:
    """The part of a format that a number falls under, and whether a minus is still to be set."""
    parts = [one for one in sections if ("sign", "@") not in one.pieces]
    if any(one.condition for one in parts):
        for one in parts:
            if one.condition is None or _holds(value, *one.condition):
                return one, True
        return None, True
    if not parts:
        return None, True
    if value < 0 and len(parts) > 1:
        return parts[1], False
    return parts[2 if not value and len(parts) > 2 else 0], True


def _holds(value: Decimal, how: str, bound: Decimal) -> bool:
    if how == "<>":
        return value != bound
    return (
        ("=" in how and value == bound)
        or ("<" in how and value < bound)
        or (">" in how and value > bound)
    )


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    lowered = code.lower()
    if "[$-f800]" in lowered:
        code = _LONG_DAY
    elif "[$-f400]" in lowered:
        code = _LONG_TIME
    parts: list[list[tuple[str, str]]] = [[]]
    for match in _PIECE.finditer(code):
        kind = match.lastgroup or ""
        if match[0] == ";":
            parts.append([])
        else:
            parts[-1].append((kind, match[0]))
    return tuple(map(_section, parts))


def _section(pieces: list[tuple[str, str]]) -> _Section:
    brackets = [text.lower() for kind, text in pieces if kind == "bracket"]
    conditions = [match for text in brackets if (match := _CONDITION.fullmatch(text))]
    condition = (conditions[0][1], Decimal(conditions[0][2])) if conditions else None
    is_date = any(kind in ("date", "noon") for kind, _ in pieces) or any(
        text in ("[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]") for text in brackets
    )
    signs = next((one for one in brackets if one in _IN_SIGNS), "")
    return _Section(tuple(pieces), condition, is_date, signs)


def _said(kind: str, text: str) -> str:
    """What a piece says by itself."""
    if kind == "literal":
        return text[1:-1] if text[0] == '"' else text[1:]
    if kind == "gap":
        return " " * (text[0] == "_")
    if kind == "bracket":
        return text[2:-1].partition("-")[0] if text.startswith("[$") else ""
    return text if kind in ("other", "sign") else ""


def _number(value: Decimal, section: _Section) -> str:
    if ("plain", "General") in section.pieces or ("plain", "G/通用格式") in section.pieces:
        return "".join(
            _plain(value, section.signs) if kind == "plain" else _said(kind, text)
            for kind, text in section.pieces
        )
    bare = "".join(text for kind, text in section.pieces if kind in ("digit", "sign", "other"))
    fraction = _FRACTION.fullmatch(bare.strip())
    if fraction:
        return _fraction(value, fraction)
    shown = _digits(value, section.pieces)
    if section.signs:
        digits = _IN_SIGNS[section.signs][0]
        shown = "".join(digits[int(one)] if one in "0123456789" else one for one in shown)
    return shown


def _plain(value: Decimal, signs: str) -> str:
    whole = value == value.to_integral_value()
    plain = str(int(value)) if whole else f"{float(value):.11g}"
    if not signs or "e" in plain:
        return plain
    said = amount_words(Decimal(int(value))).removesuffix("元整")
    decimals = plain.partition(".")[2]
    digits = _IN_SIGNS[signs][0]
    behind = "." * bool(decimals) + "".join(digits[int(one)] for one in decimals)
    return (said if signs == _LEGAL else said.translate(_AS_SAID)) + behind


def _fraction(value: Decimal, form: re.Match[str]) -> str:
    """3 1/2, or 7/2 where no room is left for a whole number."""
    most = 10 ** len(form[1]) - 1 if form[1] else int(form[2])
    near = Fraction(value).limit_denominator(most) if form[1] else Fraction(value)
    whole = int(near) if " " in form[0].strip() else 0
    rest = near - whole
    if form[1]:
        upper, lower = rest.numerator, rest.denominator
    else:
        upper, lower = round(rest * most), most
    return f"{whole or ''} {upper}/{lower}" if upper else str(whole)


def _digits(value: Decimal, pieces: tuple[tuple[str, str], ...]) -> str:
    """Digits in the places of a format, with whatever stands between them."""
    places = [at for at, (kind, _) in enumerate(pieces) if kind == "digit"]
    power = next((at for at, (kind, _) in enumerate(pieces) if kind == "exponent"), len(pieces))
    point = next((at for at, one in enumerate(pieces[:power]) if one == ("sign", ".")), power)
    before = [at for at in places if at < point]
    behind = [at for at in places if point < at < power]
    commas = [at for at, one in enumerate(pieces) if one == ("sign", ",")]
    last = max((at for at in places if at < power), default=-1)
    scaling = [at for at in commas if before and at > before[-1] and (at < point or at > last)]
    grouped = any(before and before[0] < at < before[-1] for at in commas)
    value *= Decimal(100) ** sum(one == ("sign", "%") for one in pieces)
    value /= Decimal(1000) ** len(scaling)
    exponent = 0
    if power < len(pieces) and value:
        step = max(len(before), 1)  # of several places the power is a multiple of their number
        exponent = value.adjusted() // step * step
        value = value.scaleb(-exponent)
    rounded = value.quantize(Decimal(1).scaleb(-len(behind)), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    filled = dict(_fill(before, pieces, whole.lstrip("0"), grouped))
    filled |= dict(_decimals(behind, pieces, decimals))
    filled |= dict(_fill([at for at in places if at > power], pieces, str(abs(exponent)), False))
    if power < len(pieces):
        plus = "+" if pieces[power][1][1] == "+" else ""
        filled[power] = "E" + ("-" if exponent < 0 else plus)
    dropped = {*commas}
    return "".join(
        "" if at in dropped else filled.get(at, _said(kind, text))
        for at, (kind, text) in enumerate(pieces)
    )


def _fill(
    places: list[int], pieces: tuple[tuple[str, str], ...], digits: str, grouped: bool
) -> list[tuple[int, str]]:
    """Whole digits from the right; the first place takes what is left over."""
    filled = []
    for number, at in enumerate(reversed(places)):
        is_first = number == len(places) - 1
        left = digits[: len(digits) - number] if number < len(digits) else ""
        taken = (left if is_first else left[-1:]) or {"0": "0", "?": " "}.get(pieces[at][1], "")
        filled.append((at, _grouped(taken, number) if grouped else taken))
    return filled


def _grouped(digits: str, behind: int) -> str:
    """Digits with commas, by how many digits stand behind them."""
    said = ""
    for number, digit in enumerate(reversed(digits), start=behind):
        said = digit + ("," if number and number % 3 == 0 and digit != " " else "") + said
    return said


def _decimals(
    places: list[int], pieces: tuple[tuple[str, str], ...], digits: str
) -> list[tuple[int, str]]:
    kept = len(digits)
    while kept and digits[kept - 1] == "0" and pieces[places[kept - 1]][1] != "0":
        kept -= 1
    return [(at, digits[number] if number < kept else "") for number, at in enumerate(places)]


def _from(days: float, zero: dt.datetime) -> dt.datetime:
    return zero + dt.timedelta(seconds=round(days * 86400))


def _point_in_time(value: Moment) -> dt.datetime | None:
    """A day with an hour; how long something took is counted from the first of days."""
    if isinstance(value, dt.timedelta):
        return _DAY_ZERO + value if _NOTHING <= value < _LONGEST else None
    if isinstance(value, dt.time):
        return dt.datetime.combine(_DAY_ZERO, value)
    return value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())


def _moment(moment: dt.datetime, section: _Section) -> str:
    pieces = section.pieces
    halved = any(kind == "noon" for kind, _ in pieces)
    said, is_hour = "", False
    for at, (kind, text) in enumerate(pieces):
        name = text.lower()
        if kind == "bracket" and name in ("[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]"):
            seconds = int((moment - _DAY_ZERO).total_seconds())
            unit = {"h": 3600, "m": 60, "s": 1}[name[1]]
            said, is_hour = said + str(seconds // unit).zfill(len(name) - 2), True
        elif kind == "noon":
            first, second = text.split("/")
            said += first if moment.hour < 12 else second
        elif kind == "date":
            following = next((one.lower() for of, one in pieces[at + 1 :] if of == "date"), "")
            is_minute = name[0] == "m" and (is_hour or following[:1] == "s")
            shown = _part(moment, f"min{name}" if is_minute else name, halved)
            said += _in_signs(shown, name, section.signs)
            is_hour = name[0] == "h"
        else:
            said += _said(kind, text)
    return " ".join(said.split())


def _part(moment: dt.datetime, name: str, halved: bool) -> str:
    """One part of a day or an hour: of a day 5, 05, Thu or Thursday."""
    if name[0] == "a":
        return ("星期" if len(name) > _NAMED else "") + _WEEKDAYS[moment.weekday()]
    if name[0] in "md" and len(name) >= _NAMED and not name.startswith("min"):
        signs = {"m": ("%b", "%B"), "d": ("%a", "%A")}[name[0]]
        return moment.strftime(signs[len(name) > _NAMED])
    if name[0] in "ye":
        return f"{moment.year % 100:02}" if name in ("y", "yy") else f"{moment.year:04}"
    whole, _, parts = name.removeprefix("min").partition(".")
    number = {
        "min": moment.minute, "m": moment.month, "d": moment.day, "s": moment.second,
        "h": (moment.hour % 12 or 12) if halved else moment.hour,
    }["min" if name.startswith("min") else name[0]]  # fmt: skip
    fine = f".{moment.microsecond:06}"[: len(parts) + 1] if parts else ""
    return str(number).zfill(min(len(whole), 2)) + fine


def _in_signs(shown: str, name: str, signs: str) -> str:
    """二〇二六 of a year, 十二 of a month."""
    if not signs or not shown.isdecimal():
        return shown
    digits, form = _IN_SIGNS[signs]
    if name[0] in "ye":
        return "".join(digits[int(one)] for one in shown)
    return write_number(int(shown), form)
