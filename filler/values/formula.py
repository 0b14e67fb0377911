"""Formulas of specs, as in a spreadsheet: `= max(0, (std_month - per_capita) * persons)`.

A field's name is its value, a name of registry/terms.toml its number on the form's day, any
other Chinese word a text. `a = x|y`: any of these; `and or not` join conditions; `&` joins
texts; a day less a day is a number of days. What rests on a blank field is not known: None,
neither true nor false.
"""

import datetime as dt
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Annotated, NamedTuple

from filler.form.form_data import Value
from filler.form.forms import Call
from filler.values.language import (
    ArgumentKind,
    Around,
    derivation,
    find_argument_faults,
    split_arguments,
)
from filler.values.scope import Scope
from minzheng.county.registry.terms import is_term, term_on
from minzheng.county.writing.chinese_dates import print_date

_TOKEN = re.compile(
    r'\s*(?:"(?P<text>[^"]*)"|(?P<number>\d+(?:\.\d+)?)(?![\w.])'
    r"|(?P<name>[^\W\d][\w·]*(?:\.[a-z_]\w*)?)|(?P<sign><=|>=|!=|[=<>+\-*/&|(),]))"
)
_SLUG = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_]\w*)?")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_CENT = Decimal("0.01")
_THIS = "this"  #: in a stated check, the field at which its problem stands

Result = Value | bool


class FormulaError(ValueError):
    """What of a formula cannot be read, in Chinese."""


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


class Function(NamedTuple):
    """A function of formulas, and the number of its arguments."""

    make: Callable[..., Node]
    least: int
    most: int


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def calls_in(text: str) -> Iterator[Call]:
    """The derivations a formula calls."""
    nodes = [read_formula(text)]
    while nodes:
        node = nodes.pop()
        nodes += [*node.parts, *node.of_rows]
        if node.call:
            yield node.call


#: A formula, as an argument.
Formula = Annotated[
    str,
    ArgumentKind("formula", lambda text, around: "；".join(find_formula_faults(text, around))),
]


@derivation
def formula(scope: Scope, text: Formula) -> Value:
    """What a formula comes to: amounts to the cent, conditions as 是 or 否."""
    result = read_formula(text).value(scope)
    if isinstance(result, bool):
        return "是" if result else "否"
    return result.quantize(_CENT, ROUND_HALF_UP) if isinstance(result, Decimal) else result


def is_met(condition: str, scope: Scope, this: str = "") -> bool:
    """Whether a condition holds; while it is not known it does not."""
    return read_formula(condition, this).value(scope) is True


def fill_in(pattern: str, scope: Scope, this: str = "") -> str:
    """The pattern with each `{formula}` replaced by what it comes to, as printed."""
    return _PLACEHOLDER.sub(lambda match: _text(read_formula(match[1], this), scope), pattern)


def formulas_in(pattern: str) -> list[str]:
    """The formulas a pattern speaks of."""
    return _PLACEHOLDER.findall(pattern)


@lru_cache(maxsize=4096)
def read_formula(text: str, this: str = "") -> Node:
    """A formula ready to be asked.

    Raises:
        FormulaError: saying where it cannot be read.
    """
    return _Reader(text, this).read()


def find_formula_faults(text: str, around: Around, this: str = "") -> Iterator[str]:
    """Everything a formula speaks of that is not there, in Chinese."""
    try:
        yield from _faults_of(read_formula(text, this), around)
    except FormulaError as error:
        yield str(error)


def _faults_of(node: Node, around: Around) -> Iterator[str]:
    yield from node.faults(around)
    for part in node.parts:
        yield from _faults_of(part, around)


class _Reader:
    """Reads a formula from left to right, the loosest sign first."""

    def __init__(self, text: str, this: str) -> None:
        self.text, self.this, self.at = text, this, 0
        self.tokens = list(_tokens(text))

    def read(self) -> Node:
        node = self._either()
        if self.at < len(self.tokens):
            self._refuse()
        return node

    def _either(self) -> Node:
        return self._conditions("or", self._all)

    def _all(self) -> Node:
        return self._conditions("and", self._negated)

    def _conditions(self, word: str, inner: Callable[[], Node]) -> Node:
        found = [inner()]
        while self._takes(word):
            found.append(inner())
        return found[0] if len(found) == 1 else _joined(word, tuple(found))

    def _negated(self) -> Node:
        return _negation(self._negated()) if self._takes("not") else self._comparison()

    def _comparison(self) -> Node:
        left = self._binary(0)
        sign = self._takes("=", "!=", "<", "<=", ">", ">=")
        if not sign:
            return left
        others = [self._binary(0)]
        while sign in ("=", "!=") and self._takes("|"):
            others.append(self._binary(0))
        return _comparison(sign, left, tuple(others))

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._atom()
        node = self._binary(level + 1)
        while sign := self._takes(*_LEVELS[level]):
            node = _arithmetic(sign, node, self._binary(level + 1))
        return node

    def _atom(self) -> Node:
        if self._takes("-"):
            return _arithmetic("-", _literal(Decimal(0)), self._atom())
        if self._takes("("):
            node = self._either()
            self._needs(")")
            return node
        token = self._next()
        if token.kind == "text":
            return _literal(token.text)
        if token.kind == "number":
            return _literal(Decimal(token.text))
        if token.kind == "sign":
            self.at -= 1
            self._refuse()
        return self._call(token) if self._takes("(") else self._named(token.text)

    def _named(self, name: str) -> Node:
        if name == _THIS and self.this:
            return _field(self.this)
        if _SLUG.fullmatch(name):
            return _field(name)
        return _term(name) if is_term(name) else _literal(name)

    def _call(self, token: _Token) -> Node:
        function = FUNCTIONS.get(token.text)
        if function is None:
            return self._word(token.text)
        arguments = []
        if not self._takes(")"):
            arguments.append(self._either())
            while self._takes(","):
                arguments.append(self._either())
            self._needs(")")
        if not function.least <= len(arguments) <= function.most:
            raise FormulaError(f"{token.text} 的参数个数不对（读到 {len(arguments)} 个）")
        return function.make(*arguments)

    def _word(self, name: str) -> Node:
        """A derivation: its arguments are words of its own."""
        start, depth = self.tokens[self.at - 1].end, 1
        while depth:
            token = self._next()
            depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "sign" else 0
        return _word_call(name, split_arguments(self.text[start : token.start]))

    def _next(self) -> _Token:
        if self.at == len(self.tokens):
            raise FormulaError("没有写完")
        self.at += 1
        return self.tokens[self.at - 1]

    def _takes(self, *texts: str) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.kind == "text" or token.text not in texts:
            return ""
        self.at += 1
        return token.text

    def _needs(self, sign: str) -> None:
        if not self._takes(sign):
            self._next()
            self.at -= 1
            self._refuse()

    def _refuse(self) -> None:
        raise FormulaError(f"读到“{self.text[self.tokens[self.at].start :].strip()}”处不明白")


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise FormulaError(f"读到“{text[at:].strip()}”处不明白")
        yield _Token(match.lastgroup, match[match.lastgroup], match.start(), match.end())
        at = match.end()


def _literal(given: Decimal | str) -> Node:
    return Node(lambda scope: given, literal=given)


def _term(name: str) -> Node:
    def value(scope: Scope) -> Result:
        found = term_on(name, scope.day)
        return None if found is None else Decimal(found)

    return Node(value)


def _field(slug: str) -> Node:
    def faults(around: Around) -> Iterator[str]:
        if slug not in around.fields:
            yield f"“{slug}”不是本表字段"

    return Node(lambda scope: scope.value(slug), faults=faults, slug=slug)


def _word_call(name: str, arguments: tuple[str, ...]) -> Node:
    def faults(around: Around) -> Iterator[str]:
        word = around.words.get(name)
        if word is None:
            yield f"没有名为“{name}”的算法"
        else:
            yield from find_argument_faults(name, arguments, word.arguments, around)

    def value(scope: Scope) -> Result:
        return scope.background.derivations[name](scope, *arguments)

    return Node(value, faults=faults, call=Call(name, arguments))


def _arithmetic(sign: str, left: Node, right: Node) -> Node:
    def value(scope: Scope) -> Result:
        if sign == "&":
            texts = _text(left, scope), _text(right, scope)
            return "".join(texts) if all(texts) else None
        a, b = left.value(scope), right.value(scope)
        if sign == "-" and isinstance(a, dt.date) and isinstance(b, dt.date):
            return (a - b).days
        first, second = _number(a), _number(b)
        if first is None or second is None or (sign == "/" and not second):
            return None
        return _SIGNS[sign](first, second)

    return Node(value, (left, right))


def _comparison(sign: str, left: Node, others: tuple[Node, ...]) -> Node:
    def value(scope: Scope) -> Result:
        mine, theirs = left.value(scope), [other.value(scope) for other in others]
        if mine in (None, "", ()) or None in theirs:
            return None
        if sign in ("=", "!="):
            return any(_is_same(mine, other) for other in theirs) == (sign == "=")
        return _ordered(sign, mine, theirs[0])

    def faults(around: Around) -> Iterator[str]:
        field = around.fields.get(left.slug)
        choices = field.choices if field else ()
        for other in others:
            if choices and isinstance(other.literal, str) and other.literal not in choices:
                yield f"“{other.literal}”不是“{left.slug}”的可选项"

    return Node(value, (left, *others), faults)


def _joined(word: str, conditions: tuple[Node, ...]) -> Node:
    def value(scope: Scope) -> Result:
        found = [condition.value(scope) for condition in conditions]
        if (word == "or") in found:
            return word == "or"
        return None if None in found else word == "and"

    return Node(value, conditions)


def _negation(condition: Node) -> Node:
    def value(scope: Scope) -> Result:
        found = condition.value(scope)
        return None if found is None else not found

    return Node(value, (condition,))


def _if(condition: Node, then: Node, otherwise: Node | None = None) -> Node:
    def value(scope: Scope) -> Result:
        found = condition.value(scope)
        if found is None:
            return None
        chosen = then if found else otherwise
        return chosen.value(scope) if chosen else None

    return Node(value, tuple(part for part in (condition, then, otherwise) if part))


def _extreme(choose: Callable[[list[Decimal]], Decimal]) -> Callable[..., Node]:
    def make(*arguments: Node) -> Node:
        def value(scope: Scope) -> Result:
            numbers = [_number(argument.value(scope)) for argument in arguments]
            known = [number for number in numbers if number is not None]
            return choose(known) if len(known) == len(numbers) else None

        return Node(value, arguments)

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
            fields = {**around.fields, **columns}
            yield from _faults_of(condition, around._replace(fields=fields, table=field))

    return faults


def _of_field(answer: Callable[[Scope, str], Result]) -> Callable[[Node], Node]:
    """A function of one field."""

    def make(field: Node) -> Node:
        def faults(around: Around) -> Iterator[str]:
            if not field.slug:
                yield "blank、filled、label 的参数应为字段"

        return Node(lambda scope: answer(scope, field.slug), (field,), faults)

    return make


def _is_blank(scope: Scope, slug: str) -> bool:
    if slug in scope.fields and scope.fields[slug].type == "rows":
        return not scope.rows(slug)
    return scope.value(slug) is None


def _has(text: Node, word: Node) -> Node:
    def value(scope: Scope) -> Result:
        whole = _text(text, scope)
        return _text(word, scope) in whole if whole else None

    return Node(value, (text, word))


def _without(chosen: Node, word: Node) -> Node:
    def value(scope: Scope) -> Result:
        left_out = _text(word, scope)
        return "、".join(one for one in scope.texts(chosen.slug) if one != left_out) or None

    return Node(value, (chosen, word))


def _month(day: Node) -> Node:
    def value(scope: Scope) -> Result:
        found = day.value(scope)
        return found.month if isinstance(found, dt.date) else None

    return Node(value, (day,))


def _text(node: Node, scope: Scope) -> str:
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
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return Decimal(value) if is_number else None  # type: ignore[arg-type]


def _is_same(mine: Result, other: Result) -> bool:
    if isinstance(mine, tuple):
        return other in mine
    first, second = _number(mine), _number(other)
    if first is not None and second is not None:
        return first == second
    return mine == other


def _ordered(sign: str, mine: Result, other: Result) -> bool | None:
    if isinstance(mine, dt.date) and isinstance(other, dt.date):
        return bool(_ORDERS[sign](mine, other))
    first, second = _number(mine), _number(other)
    return None if first is None or second is None else bool(_ORDERS[sign](first, second))


_LEVELS = (("&",), ("+", "-"), ("*", "/"))
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
    "blank": Function(_of_field(_is_blank), 1, 1),
    "filled": Function(_of_field(lambda scope, slug: not _is_blank(scope, slug)), 1, 1),
    "label": Function(_of_field(lambda scope, slug: scope.fields[slug].label), 1, 1),
    "has": Function(_has, 2, 2),
    "without": Function(_without, 2, 2),
    "month": Function(_month, 1, 1),
}
