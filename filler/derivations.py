"""One small function for each value a form computes; specs call them by name.

A function gets the scope of its form or row and the arguments of the spec. It returns
None while something it needs is missing: the form is still being filled.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from county import chinese_dates, id_card, money_words, standards
from filler.form_data import Value

if TYPE_CHECKING:
    from filler.derive import Scope

_CENT = Decimal("0.01")
_DISABILITY = {
    "1": "视力", "2": "听力", "3": "言语", "4": "肢体", "5": "智力", "6": "精神", "7": "多重",
}  # fmt: skip
_LEVELS = {"1": "一级", "2": "二级", "3": "三级", "4": "四级"}


@dataclass(frozen=True, slots=True)
class Named:
    """A function a spec may call, and the kinds of its arguments.

    Kinds: `slug`, `rows`, `column` (of the rows before it), `number` (a slug or a number),
    `word` (a slug or any text), `text`. `?` marks an optional, `*` a repeated last one.
    """

    function: Callable[..., Value]
    kinds: tuple[str, ...] = ()


def id_birth_date(scope: "Scope", slug: str) -> Value:
    """The date of birth in an ID number."""
    return id_card.birth_date(scope.text(slug))


def id_sex(scope: "Scope", slug: str) -> Value:
    """男 or 女, from an ID number."""
    return id_card.sex(scope.text(slug)) or None


def age_on(scope: "Scope", id_slug: str, date_slug: str = "") -> Value:
    """Full years (周岁) on a day of the form."""
    day = scope.date(date_slug) if date_slug else scope.day
    return id_card.age_on(scope.text(id_slug), day) if day else None


def disability_type(scope: "Scope", slug: str) -> Value:
    """The kind of disability in a certificate number."""
    number = scope.text(slug)
    return _DISABILITY.get(number[18:19])


def disability_level(scope: "Scope", slug: str) -> Value:
    """The level of disability in a certificate number."""
    return _LEVELS.get(scope.text(slug)[19:20])


def amount_words(scope: "Scope", slug: str) -> Value:
    """The amount in 大写."""
    amount = scope.number(slug)
    return money_words.amount_words(amount) if amount is not None and amount >= 0 else None


def row_count(scope: "Scope", rows: str) -> Value:
    """How many rows are filled."""
    return len(scope.rows(rows)) or None


def count_where(scope: "Scope", rows: str, column: str, value: str) -> Value:
    """How many rows hold a value in a column."""
    if not scope.rows(rows):
        return None
    return sum(row.text(column) == value for row in scope.rows(rows))


def row_sum(scope: "Scope", rows: str, column: str) -> Value:
    """The sum of a column."""
    numbers = [row.number(column) for row in scope.rows(rows)]
    return sum((number for number in numbers if number is not None), Decimal(0))


def sum_of(scope: "Scope", *args: str) -> Value:
    """The sum of several amounts; blank ones count as nothing."""
    numbers = [scope.number(arg) for arg in args]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None


def subtract(scope: "Scope", first: str, *others: str) -> Value:
    """The first amount less the others."""
    start = scope.number(first)
    return None if start is None else start - sum(scope.number(arg) or 0 for arg in others)


def times(scope: "Scope", first: str, second: str) -> Value:
    """The product of two numbers, to the cent."""
    a, b = scope.number(first), scope.number(second)
    return None if a is None or b is None else _to_cent(a * b)


def divide(scope: "Scope", amount: str, *divisors: str) -> Value:
    """An amount divided, rounded half up to the cent."""
    result = scope.number(amount)
    for divisor in divisors:
        number = scope.number(divisor)
        if result is None or not number:
            return None
        result /= number
    return None if result is None else _to_cent(result)


def support_year(scope: "Scope", rows: str, column: str) -> Value:
    """Twelve times the monthly support of all supporters."""
    total = row_sum(scope, rows, column)
    return total * 12 if isinstance(total, Decimal) else None


def standard_month(scope: "Scope", scheme: str, hukou: str) -> Value:
    """The monthly standard of a scheme on the reference date."""
    scheme_word = _scheme_word(scope.literal_or_text(scheme))
    found = standards.standard_on(scheme_word, scope.literal_or_text(hukou), scope.day)
    return found.month_amount if found else None


def standard_note(scope: "Scope", scheme: str) -> Value:
    """The standards of a scheme on the reference date, as a notice names them."""
    word = _scheme_word(scope.literal_or_text(scheme))
    found = [
        standard
        for standard in standards.load_standards()
        if standard.scheme == word and standard.start <= scope.day <= standard.end
    ]
    notes = [
        f"{standard.hukou_type}{standard.scheme}标准：{standard.month_amount}元/人·月"
        for standard in found
    ]
    return ";".join(notes) or None


def policy_note(scope: "Scope", scheme: str) -> Value:
    """The regulations a scheme rests on, on the reference date."""
    word = _scheme_word(scope.literal_or_text(scheme))
    laws = standards.laws_on(word, scope.day)
    return "、".join(str(law) for law in laws) or None


def shortfall(scope: "Scope", standard: str, per_capita: str, persons: str) -> Value:
    """max(0, (standard - per-capita income) x persons)."""
    numbers = [scope.number(arg) for arg in (standard, per_capita, persons)]
    if None in numbers:
        return None
    a, b, n = (number or Decimal(0) for number in numbers)
    return max(Decimal("0.00"), _to_cent((a - b) * n))


def month_after(scope: "Scope", slug: str) -> Value:
    """The month after a day's."""
    day = scope.date(slug)
    return chinese_dates.month_after(day) if day else None


def quarter_text(scope: "Scope", slug: str) -> Value:
    """2018年第2季度."""
    day = scope.date(slug)
    return f"{day.year}年第{(day.month + 2) // 3}季度" if day else None


def month_text(scope: "Scope", slug: str) -> Value:
    """2018年5月."""
    day = scope.date(slug)
    return chinese_dates.print_month(day) if day else None


def era_word(scope: "Scope", slug: str = "") -> Value:
    """审批 or 确认, by the day."""
    return standards.era_word((scope.date(slug) if slug else None) or scope.day)


def publicity_end(scope: "Scope", slug: str) -> Value:
    """The last day of a publicity that starts on a day."""
    start = scope.date(slug)
    if start is None:
        return None
    if scope.facts.publicity_counting == "working":
        return scope.facts.calendar.add_working_days(start, scope.facts.publicity_days)
    return start + dt.timedelta(days=scope.facts.publicity_days)


def village_code(scope: "Scope") -> Value:
    """The 12-digit code of the form's village."""
    village = scope.facts.places.village(scope.text("village"), scope.text("town"))
    return (village.code or None) if village else None


def town_code(scope: "Scope") -> Value:
    """The 9-digit code of the form's town."""
    town = scope.facts.places.town(scope.text("town"))
    return town.code if town else None


def committee(scope: "Scope") -> Value:
    """The full name of the village's committee, as on its seal."""
    village = scope.facts.places.village(scope.text("village"), scope.text("town"))
    return village.committee if village else None


def seq(scope: "Scope") -> Value:
    """The number of the row, from 1."""
    return scope.row_number or None


def case_no(scope: "Scope") -> Value:
    """The case number; none before the form is issued."""
    return scope.case_no or None


def form_title(scope: "Scope") -> Value:
    """The title of the form, filled."""
    return scope.title


def copy(scope: "Scope", slug: str) -> Value:
    """Another field's value."""
    return scope.value(slug)


def first_of(scope: "Scope", *slugs: str) -> Value:
    """The first field that is not blank."""
    values = (scope.value(slug) for slug in slugs)
    return next((value for value in values if value is not None), None)


def fixed(scope: "Scope", text: str) -> Value:
    """A text that never changes."""
    return text


def later(scope: "Scope") -> Value:
    """Left blank: filled in on paper, later."""
    return None


def _scheme_word(text: str) -> str:
    """农村低保 and 城市低保 are one scheme with two standards."""
    return "低保" if "低保" in text or "最低生活保障" in text else text


def _to_cent(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


DERIVATIONS: dict[str, Named] = {
    "id_birth_date": Named(id_birth_date, ("slug",)),
    "id_sex": Named(id_sex, ("slug",)),
    "age_on": Named(age_on, ("slug", "slug?")),
    "disability_type": Named(disability_type, ("slug",)),
    "disability_level": Named(disability_level, ("slug",)),
    "amount_words": Named(amount_words, ("slug",)),
    "row_count": Named(row_count, ("rows",)),
    "count_where": Named(count_where, ("rows", "column", "text")),
    "row_sum": Named(row_sum, ("rows", "column")),
    "sum_of": Named(sum_of, ("number*",)),
    "subtract": Named(subtract, ("number", "number*")),
    "times": Named(times, ("number", "number")),
    "divide": Named(divide, ("number", "number*")),
    "support_year": Named(support_year, ("rows", "column")),
    "standard_month": Named(standard_month, ("word", "word")),
    "standard_note": Named(standard_note, ("word",)),
    "policy_note": Named(policy_note, ("word",)),
    "shortfall": Named(shortfall, ("number", "number", "number")),
    "month_after": Named(month_after, ("slug",)),
    "quarter_text": Named(quarter_text, ("slug",)),
    "month_text": Named(month_text, ("slug",)),
    "era_word": Named(era_word, ("slug?",)),
    "publicity_end": Named(publicity_end, ("slug",)),
    "village_code": Named(village_code),
    "town_code": Named(town_code),
    "committee": Named(committee),
    "seq": Named(seq),
    "case_no": Named(case_no),
    "form_title": Named(form_title),
    "copy": Named(copy, ("slug",)),
    "first_of": Named(first_of, ("slug*",)),
    "fixed": Named(fixed, ("text",)),
    "later": Named(later),
}
