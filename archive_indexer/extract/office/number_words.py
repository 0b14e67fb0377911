"""A number as the lists of office programs write it: 三, 甲, ③, iv (ISO/IEC 29500 17.18.59)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_OLD_LEGAL = "零壹貳參肆伍陸柒捌玖"
_UNITS, _LEGAL_UNITS = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN, _LETTERS, _MOST_LETTERS = 4000, 26, 780
_FULL_WIDTH = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)})


def write_number(number: int, form: str) -> str:
    """A number in one of Word's forms; what has no sign in it is written in digits."""
    if form == "none":
        return ""
    write = _FORMS.get(form)
    return (write(number) if write is not None and number >= 0 else "") or str(number)


def _thousands(number: int, digits: str, units: tuple[str, ...], zero: str = "零") -> str:
    """二百零五; nothing beyond 9999, where no list ends."""
    if number >= 10 ** len(units):
        return ""
    said, skipped = "", False
    for place in reversed(range(len(units))):
        digit = number // 10**place % 10
        if digit:
            said += (zero if skipped and said else "") + digits[digit] + units[place]
        skipped = not digit
    return said or digits[0]


def _counted(number: int, zero: str = "零") -> str:
    """一百零一, and 十二, not 一十二."""
    said = _thousands(number, _DIGITS, _UNITS, zero)
    return said[1:] if said.startswith("一十") else said


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number // 10 % 10 == 1 else ending}"


def _short_counted(number: int) -> str:
    """Up to 九十九 as it is said, then digit by digit."""
    return _counted(number) if number < 100 else _by_digit(number, "○")


def _japanese(number: int) -> str:
    said = _thousands(number, _DIGITS, _UNITS, zero="")
    for unit in _UNITS[1:]:
        said = said.replace(f"一{unit}", unit)
    return said


def _by_digit(number: int, zero: str = "〇") -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number)).replace("〇", zero)


def _roman(number: int) -> str:
    said = ""
    for value, signs in _ROMAN if number < _MOST_ROMAN else ():
        said += signs * (number // value)
        number %= value
    return said


def _letters(number: int) -> str:
    """Behind z comes aa, then bb, as Word counts; behind thirty z comes a again."""
    if number < 1:
        return ""
    times, letter = divmod((number - 1) % _MOST_LETTERS, _LETTERS)
    return chr(ord("a") + letter) * (times + 1)


def _of_row(signs: str) -> Callable[[int], str]:
    """One of some signs, the first for 1."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _run(first: int, count: int) -> Callable[[int], str]:
    return _of_row("".join(map(chr, range(first, first + count))))


def _sixty(number: int) -> str:
    """甲子, 乙丑 …"""
    at = number - 1
    return _STEMS[at % 10] + _BRANCHES[at % 12] if 0 < number <= 60 else ""


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "ordinal": _ordinal,
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "lowerRoman": _roman, "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters, "upperLetter": lambda number: _letters(number).upper(),
    "chineseCounting": _short_counted, "taiwaneseCounting": _short_counted,
    "chineseCountingThousand": lambda number: _counted(number, "〇"),
    "taiwaneseCountingThousand": _counted,
    "ideographDigital": _by_digit, "taiwaneseDigital": lambda number: _by_digit(number, "○"),
    "japaneseDigitalTenThousand": _by_digit, "japaneseCounting": _japanese,
    "chineseLegalSimplified": lambda number: _thousands(number, _LEGAL, _LEGAL_UNITS),
    "ideographLegalTraditional": lambda number: _thousands(number, _OLD_LEGAL, _LEGAL_UNITS),
    "ideographTraditional": _of_row(_STEMS), "ideographZodiac": _of_row(_BRANCHES),
    "ideographZodiacTraditional": _sixty, "ideographEnclosedCircle": _run(0x3280, 10),
    "decimalEnclosedCircle": _run(0x2460, 20), "decimalEnclosedCircleChinese": _run(0x2460, 20),
    "decimalEnclosedParen": _run(0x2474, 20), "decimalEnclosedFullstop": _run(0x2488, 20),
}  # fmt: skip
