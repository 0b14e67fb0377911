"""Counts, sums, shares and standards, in yuan to the cent."""

from decimal import ROUND_HALF_UP, Decimal

from filler.form.form_data import Value
from filler.values.language import Column, Number, Rows, Slug, Text, Word, derivation
from filler.values.scope import Scope
from minzheng.county.registry.standards import Limit, Standard
from minzheng.county.writing import money_words

_CENT = Decimal("0.01")


@derivation
def amount_words(scope: Scope, slug: Slug) -> Value:
    """The amount in 大写."""
    amount = scope.number(slug)
    return money_words.amount_words(amount) if amount is not None and amount >= 0 else None


@derivation
def row_count(scope: Scope, rows: Rows) -> Value:
    """How many rows are filled."""
    return len(scope.rows(rows)) or None


@derivation
def count_where(scope: Scope, rows: Rows, column: Column, value: Text) -> Value:
    """How many rows hold a value in a column."""
    if not scope.rows(rows):
        return None
    return sum(row.text(column) == value for row in scope.rows(rows))


@derivation
def row_sum(scope: Scope, rows: Rows, column: Column) -> Value:
    """The sum of a column."""
    numbers = [row.number(column) for row in scope.rows(rows)]
    return sum((number for number in numbers if number is not None), Decimal(0))


@derivation
def sum_of(scope: Scope, *args: Number) -> Value:
    """The sum of several amounts; blank ones count as nothing."""
    numbers = [scope.number(arg) for arg in args]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None


@derivation
def subtract(scope: Scope, first: Number, *others: Number) -> Value:
    """The first amount less the others."""
    start = scope.number(first)
    return None if start is None else start - sum(scope.number(arg) or 0 for arg in others)


@derivation
def standard_month(scope: Scope, scheme: Word, hukou: Word) -> Value:
    """The monthly standard of a scheme on the reference date."""
    found = standard_row(scope, scheme, hukou)
    return found.month_amount if found else None


@derivation
def limit(scope: Scope, name: Word, *kinds: Word) -> Value:
    """A limit or ratio of the county on the reference date: `limit(医疗救助封顶)`."""
    found = limit_row(scope, name, *kinds)
    return found.amount if found else None


@derivation
def years_up(scope: Scope, months: Slug, least: Number) -> Value:
    """Years of service; so many months over count as one more year."""
    count, over = scope.number(months), scope.number(least)
    if count is None or over is None:
        return None
    years, rest = divmod(int(count), 12)
    return years + (rest >= over)


@derivation
def standard_note(scope: Scope, scheme: Word) -> Value:
    """The standards of a scheme on the reference date, as a notice names them."""
    notes = [
        f"{standard.label}：{standard.month_amount}元/人·月"
        for standard in standard_rows(scope, scheme)
    ]
    return "；".join(notes) or None


@derivation
def policy_note(scope: Scope, scheme: Word, day: Slug = "") -> Value:
    """The regulations a scheme rests on, on a day of the form, else the reference date."""
    word = _scheme_word(scope.literal_or_text(scheme))
    on = scope.date(day) if day else scope.day
    laws = scope.county.laws.on(word, on) if on else ()
    return "、".join(str(law) for law in laws) or None


def standard_row(scope: Scope, scheme: str, hukou: str) -> Standard | None:
    """The standard of a scheme on the reference date, as the county wrote it down."""
    word = _scheme_word(scope.literal_or_text(scheme))
    return scope.county.standards.on(word, scope.literal_or_text(hukou), scope.day)


def standard_rows(scope: Scope, scheme: str) -> list[Standard]:
    """All standards of a scheme on the reference date."""
    word = _scheme_word(scope.literal_or_text(scheme))
    return scope.county.standards.all_on(word, scope.day) if word else []


def limit_row(scope: Scope, name: str, *kinds: str) -> Limit | None:
    """A limit or ratio on the reference date; None while a word of its name is blank."""
    texts = [scope.literal_or_text(word) for word in (name, *kinds)]
    return scope.county.limits.row("·".join(texts), scope.day) if all(texts) else None


def _scheme_word(text: str) -> str:
    """农村低保 and 城市低保 are one scheme with two standards; 低保边缘家庭 is another."""
    if "边缘" in text:
        return text
    return "低保" if "低保" in text or "最低生活保障" in text else text


def _to_cent(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)


@derivation
def running_balance(
    scope: Scope, opening: Slug, rows: Rows, income: Column, expense: Column
) -> Value:
    """What is left after this row: opening balance, plus income, less expenses so far."""
    balance = scope.number(opening) or Decimal(0)
    for row in scope.rows(rows)[: scope.row_number]:
        balance += (row.number(income) or 0) - (row.number(expense) or 0)
    return balance
