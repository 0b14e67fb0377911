"""Amounts of money: read from what people write, printed in figures and in 大写.

Rules of 大写: 票据填写规定 (中国人民银行); domain report 6.1.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_FIGURES = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
_AMOUNT = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+|\d{1,3}(\s\d{3})+)(\.\d{1,2})?")
_BETWEEN_GROUPS = re.compile(r"[,\s]")
_BEFORE = re.compile(r"^(?:人民币|RMB|CNY|[¥￥])[:\s]*", re.IGNORECASE)
_AS_WRITTEN = str.maketrans(
    "〇○一二两三四五六七八九十百千圆正", "零零壹贰贰叁肆伍陆柒捌玖拾佰仟元整"
)
_WORDS = re.compile(
    "[〇○零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆][整正角分〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖]*"
)
_WORDS_WITHIN = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]{2,}")
_SHAPES = str.maketrans("圆正〇", "元整零")
_VALUES = {sign: value for value, sign in enumerate(_DIGITS)}
_LARGEST = Decimal("9999999999.99")


def parse_money(text: str) -> Decimal | None:
    """An amount in yuan, to the cent, or None when the text is no amount.

    Commas and gaps stand between groups of three only: 3652,50 is no 365250.
    """
    if _FIGURES.fullmatch(text):  # nearly always
        return _to_the_cent(text)
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _BEFORE.sub("", plain)
    if _WORDS.fullmatch(plain):
        return _amount_of(plain.translate(_AS_WRITTEN))
    plain = re.sub(r"\s*元[整正]?$", "", plain)
    if not _AMOUNT.fullmatch(plain):
        return None
    return _to_the_cent(_BETWEEN_GROUPS.sub("", plain))


def _to_the_cent(plain: str) -> Decimal | None:
    try:
        return Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def print_money(amount: Decimal) -> str:
    """The amount in figures with two decimals: 1680.32."""
    return f"{amount:.2f}"


def amount_words(amount: Decimal) -> str:
    """The amount in 大写 without 人民币: 壹仟陆佰捌拾元叁角贰分.

    Raises:
        ValueError: for a negative amount or one above 9,999,999,999.99 yuan.
    """
    if not 0 <= amount <= _LARGEST:
        raise ValueError(amount)
    yuan, cents = divmod(int(amount * 100), 100)
    jiao, fen = divmod(cents, 10)
    words = _integer_words(yuan) + "元" if yuan else ""
    if not cents:
        return (words or "零元") + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif words:
        words += "零"
    return words + (_DIGITS[fen] + "分" if fen else "整")


def parse_amount_words(text: str) -> Decimal | None:
    """The one amount that stands in 大写 in a text; None when none is written by the rules."""
    found = _WORDS_WITHIN.findall("".join(text.split()).translate(_SHAPES))
    amounts = {amount for words in found if (amount := _amount_of(words)) is not None}
    return amounts.pop() if len(amounts) == 1 else None


def _amount_of(words: str) -> Decimal | None:
    """The amount of words in 大写; None when no paper writes it so."""
    amount, yuan, section, digit = 0, 0, 0, 0
    for sign in words:
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif sign in _UNITS:
            section, digit = section + digit * 10 ** _UNITS.index(sign), 0
        elif sign == "万":
            yuan, section, digit = yuan + (section + digit) * 10**4, 0, 0
        elif sign == "亿":
            yuan, section, digit = (yuan + section + digit) * 10**8, 0, 0
        elif sign == "元":
            amount, yuan, section, digit = (yuan + section + digit) * 100, 0, 0, 0
        elif sign in "角分":
            amount, digit = amount + digit * (10 if sign == "角" else 1), 0
    value = Decimal(amount) / 100
    is_by_the_rules = value <= _LARGEST and amount_words(value).rstrip("整") == words.rstrip("整")
    return value.quantize(Decimal("0.01")) if is_by_the_rules else None


def _integer_words(number: int) -> str:
    words, group_index, zero_pending = "", 0, False
    while number:
        number, group = divmod(number, 10_000)
        if group:
            part = _group_words(group) + _GROUPS[group_index]
            words = part + ("零" if zero_pending and words else "") + words
            zero_pending = group < 1_000 or number % 10 == 0
        else:
            zero_pending = bool(words)
        group_index += 1
    return words


def _group_words(group: int) -> str:
    words, zero = "", False
    for position in (3, 2, 1, 0):
        digit = group // 10**position % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _UNITS[position]
            zero = False
        else:
            zero = True
    return words
