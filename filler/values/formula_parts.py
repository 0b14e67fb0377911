"""What formulas are made of: values, conditions, functions, and what is wrong with each."""

import datetime as dt
import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import repeat
from typing import NamedTuple

from filler.form.form_data import Value
from filler.form.forms import Call
from filler.values.language import Around, find_argument_faults
from filler.values.scope import Scope
from minzheng.county.writing.chinese_dates import print_date

#: Types that are never compared with a word.
_FIGURES = frozenset({"int", "money", "date", "month"})
_NOTHING = (None, "", ())
Result = Value | bool


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula: what it comes to, what it is made of, what is wrong with it."""

    value: Callable[[Scope], Result]
    parts: tuple["Node", ...] = ()
    faults: Callable[[Around], Iterable[str]] = lambda around: ()
    slug: str = ""  #: of a field
    call: Call | None = None  #: of a derivation
    of_rows: tuple["Node", ...] = ()  #: parts that are asked of each row
    literal: Decimal | str | None = None
    is_condition: bool = False  #: it holds, or does not
    is_name: bool = False  #: a literal that may be a term of the registry

    def is_text(self, around: Around) -> bool:
        """Whether it is a text, and no number of the registry."""
        is_term = self.is_name and around.terms.knows(str(self.literal))
        return isinstance(self.literal, str) and not is_term


class Function(NamedTuple):
    """A function of formulas, and the number of its arguments."""

    make: Callable[..., Node]
    least: int
    most: int


def faults_of(node: Node, around: Around) -> Iterator[str]:
    """What is wrong with a part and with all it is made of."""
    yield from node.faults(around)
    for part in node.parts:
        yield from faults_of(part, around)


def literal(given: Decimal | str) -> Node:
    """A number or a text as it is written."""
    return Node(lambda scope: given, literal=given)


def named(name: str) -> Node:
    """A number of the registry on the form's day; a word it does not know is a text."""

    def value(scope: Scope) -> Result:
        if name not in scope.term_names:
            return name
        found = scope.county.terms.on(name, scope.day)
        return None if found is None else Decimal(found)

    return Node(value, literal=name, is_name=True)


def field_value(slug: str) -> Node:
    """What a field, or the column of a row, holds."""

    def faults(around: Around) -> Iterator[str]:
        if slug not in around.fields:
            yield f"“{slug}”不是本表字段"

    return Node(lambda scope: scope.value(slug), faults=faults, slug=slug)


def word_call(name: str, arguments: tuple[str, ...]) -> Node:
    """A derivation with the arguments it takes alone, too."""

    def faults(around: Around) -> Iterator[str]:
        word = around.words.get(name)
        if word is None:
            yield f"没有名为“{name}”的算法"
        else:
            yield from find_argument_faults(name, arguments, word.arguments, around)

    def value(scope: Scope) -> Result:
        return scope.background.derivations[name](scope, *arguments)

    return Node(value, faults=faults, call=Call(name, arguments))


def arithmetic(sign: str, left: Node, right: Node) -> Node:
    """Two numbers put together, two days parted, two texts joined."""

    def value(scope: Scope) -> Result:
        if sign == "&":
            texts = printed(left, scope), printed(right, scope)
            return "".join(texts) if all(texts) else None
        a, b = left.value(scope), right.value(scope)
        if sign == "-" and isinstance(a, dt.date) and isinstance(b, dt.date):
            return (a - b).days
        first, second = _number(a), _number(b)
        if first is None or second is None or (sign == "/" and not second):
            return None
        return _SIGNS[sign](first, second)

    def faults(around: Around) -> Iterator[str]:
        return iter(()) if sign == "&" else _word_faults(around, left, right)

    return Node(value, (left, right), faults)


def comparison(sign: str, left: Node, others: tuple[Node, ...]) -> Node:
    """One side compared with the other, or with any of several."""
    is_equal = sign == "="
    is_of_equals = is_equal or sign == "!="

    def value(scope: Scope) -> Result:
        mine, theirs = left.value(scope), [other.value(scope) for other in others]
        if mine in _NOTHING or None in theirs:
            return None
        if is_of_equals:
            return any(map(_is_same, repeat(mine), theirs)) == is_equal
        return _ordered(sign, mine, theirs[0])

    def faults(around: Around) -> Iterator[str]:
        field = around.fields.get(left.slug)
        if sign not in ("=", "!=") or (field and field.type in _FIGURES):
            yield from _word_faults(around, left, *others)
            return
        yield from _word_faults(around, left)
        choices = field.choices if field else ()
        for other in others:
            if choices and other.is_text(around) and other.literal not in choices:
                yield f"“{other.literal}”不是“{left.slug}”的可选项"

    return Node(value, (left, *others), faults, is_condition=True)


def joined(word: str, conditions: tuple[Node, ...]) -> Node:
    """Conditions joined by `and` or `or`."""

    def value(scope: Scope) -> Result:
        found = [condition.value(scope) for condition in conditions]
        if (word == "or") in found:
            return word == "or"
        return None if None in found else word == "and"

    return Node(value, conditions, lambda around: condition_faults(*conditions), is_condition=True)


def negation(condition: Node) -> Node:
    """A condition that must not hold."""

    def value(scope: Scope) -> Result:
        found = condition.value(scope)
        return None if found is None else not found

    return Node(value, (condition,), lambda around: condition_faults(condition), is_condition=True)


def _if(condition: Node, then: Node, otherwise: Node | None = None) -> Node:
    def value(scope: Scope) -> Result:
        found = condition.value(scope)
        if found is None:
            return None
        chosen = then if found else otherwise
        return chosen.value(scope) if chosen else None

    parts = tuple(part for part in (condition, then, otherwise) if part)
    return Node(value, parts, lambda around: condition_faults(condition))


def _extreme(choose: Callable[[list[Decimal]], Decimal]) -> Callable[..., Node]:
    def make(*arguments: Node) -> Node:
        def value(scope: Scope) -> Result:
            numbers = [_number(argument.value(scope)) for argument in arguments]
            known = [number for number in numbers if number is not None]
            return choose(known) if len(known) == len(numbers) else None

        return Node(value, arguments, lambda around: _word_faults(around, *arguments))

    return make


def _sum(column: Node, condition: Node | None = None) -> Node:
    table, _, slug = column.slug.partition(".")

    def value(scope: Scope) -> Result:
        rows = (row for row in scope.rows(table) if _counts(condition, row))
        return sum((row.number(slug) or Decimal(0) for row in rows), Decimal(0))

    faults = _row_faults(table, slug or "?", condition)
    return Node(value, faults=faults, of_rows=(condition,) if condition else ())


def _count(table: Node, condition: Node | None = None) -> Node:
    slug = table.slug

    def value(scope: Scope) -> Result:
        if slug in scope.fields and scope.fields[slug].type == "rows":
            return sum(_counts(condition, row) for row in scope.rows(slug))
        return len(scope.texts(slug))

    def faults(around: Around) -> Iterator[str]:
        field = around.fields.get(slug)
        if field is None or field.type not in ("rows", "multi"):
            yield f"“{slug}”既不是表格字段，也不是多选字段"
        elif field.type == "rows":
            yield from _row_faults(slug, "", condition)(around)

    return Node(value, faults=faults, of_rows=(condition,) if condition else ())


def condition_faults(*nodes: Node) -> Iterator[str]:
    """A number or a text where a condition should stand."""
    if not all(node.is_condition for node in nodes):
        yield "应为条件，如 state = 停发"


def _word_faults(around: Around, *nodes: Node) -> Iterator[str]:
    """A text where a number or a day should stand: a term of the registry, mistyped."""
    for node in nodes:
        if node.is_text(around):
            yield f"“{node.literal}”既不是本表字段、数字，也不是 registry/terms.toml 中的名称"


def _counts(condition: Node | None, row: Scope) -> bool:
    return condition is None or condition.value(row) is True


def _row_faults(
    table: str, column: str, condition: Node | None
) -> Callable[[Around], Iterator[str]]:
    """A table that is none, a column it does not have, a condition asked of its rows."""

    def faults(around: Around) -> Iterator[str]:
        field = around.fields.get(table)
        if field is None or field.type != "rows":
            yield f"“{table}”不是本表的表格字段"
            return
        columns = {one.slug: one for one in field.columns}
        if column and column not in columns:
            yield f"“{column}”不是表格“{table}”的列"
        if condition:
            yield from condition_faults(condition)
            fields = {**around.fields, **columns}
            yield from faults_of(condition, around._replace(fields=fields, table=field))

    return faults


def _of_field(
    answer: Callable[[Scope, str], Result], *, is_condition: bool = False
) -> Callable[[Node], Node]:
    """A function of one field."""

    def make(field: Node) -> Node:
        def faults(around: Around) -> Iterator[str]:
            if not field.slug:
                yield "blank、filled、label 的参数应为字段"

        def value(scope: Scope) -> Result:
            return answer(scope, field.slug)

        return Node(value, (field,), faults, is_condition=is_condition)

    return make


def _is_blank(scope: Scope, slug: str) -> bool:
    if slug in scope.fields and scope.fields[slug].type == "rows":
        return not scope.rows(slug)
    return scope.value(slug) is None


def _is_filled(scope: Scope, slug: str) -> bool:
    return not _is_blank(scope, slug)


def _has(text: Node, word: Node) -> Node:
    def value(scope: Scope) -> Result:
        whole = printed(text, scope)
        return printed(word, scope) in whole if whole else None

    return Node(value, (text, word), is_condition=True)


def _without(chosen: Node, word: Node) -> Node:
    def value(scope: Scope) -> Result:
        left_out = printed(word, scope)
        return "、".join(one for one in scope.texts(chosen.slug) if one != left_out) or None

    return Node(value, (chosen, word))


def _month(day: Node) -> Node:
    def value(scope: Scope) -> Result:
        found = day.value(scope)
        return found.month if isinstance(found, dt.date) else None

    return Node(value, (day,))


def printed(node: Node, scope: Scope) -> str:
    """What a part comes to, as it is printed."""
    if node.slug:
        return scope.text(node.slug)
    value = node.value(scope)
    if isinstance(value, dt.date):
        return print_date(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


def _number(value: Result) -> Decimal | None:
    if type(value) is Decimal:
        return value
    return Decimal(value) if type(value) is int else None  # neither 是 nor 否


def _is_same(mine: Result, other: Result) -> bool:
    if isinstance(mine, tuple):
        return other in mine
    if type(mine) is str or type(other) is str:
        return mine == other
    first, second = _number(mine), _number(other)
    if first is not None and second is not None:
        return first == second
    return mine == other


def _ordered(sign: str, mine: Result, other: Result) -> bool | None:
    if isinstance(mine, dt.date) and isinstance(other, dt.date):
        return bool(_ORDERS[sign](mine, other))
    first, second = _number(mine), _number(other)
    return None if first is None or second is None else bool(_ORDERS[sign](first, second))


LEVELS = (("&",), ("+", "-"), ("*", "/"))
_SIGNS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip
_ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
#: What formulas know besides the derivations.
FUNCTIONS = {
    "if": Function(_if, 2, 3),
    "max": Function(_extreme(max), 1, 99),
    "min": Function(_extreme(min), 1, 99),
    "sum": Function(_sum, 1, 2),
    "count": Function(_count, 1, 2),
    "blank": Function(_of_field(_is_blank, is_condition=True), 1, 1),
    "filled": Function(_of_field(_is_filled, is_condition=True), 1, 1),
    "label": Function(_of_field(lambda scope, slug: scope.fields[slug].label), 1, 1),
    "has": Function(_has, 2, 2),
    "without": Function(_without, 2, 2),
    "month": Function(_month, 1, 1),
}
