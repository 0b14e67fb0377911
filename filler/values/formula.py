"""Formulas of specs, as in a spreadsheet: `= max(0, (std_month - per_capita) * persons)`.

A field's name is its value, a name of registry/terms.toml its number on the form's day, any
other Chinese word a text. `a = x|y`: any of these; `and or not` join conditions; `&` joins
texts; a day less a day is a number of days. What rests on a blank field is not known: None,
neither true nor false.
"""

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Annotated, NamedTuple

from filler.form.form_data import Value
from filler.form.forms import Call
from filler.values.formula_parts import (
    FUNCTIONS,
    LEVELS,
    Node,
    arithmetic,
    comparison,
    condition_faults,
    faults_of,
    field_value,
    joined,
    literal,
    negation,
    printed,
    term,
    word_call,
)
from filler.values.language import (
    ArgumentKind,
    Around,
    derivation,
    split_arguments,
)
from filler.values.scope import Scope
from minzheng.county.registry.terms import is_term

_TOKEN = re.compile(
    r'\s*(?:"(?P<text>[^"]*)"|(?P<number>\d+(?:\.\d+)?)(?![\w.])'
    r"|(?P<name>[^\W\d][\w·]*(?:\.[a-z_]\w*)?)|(?P<sign><=|>=|!=|[=<>+\-*/&|(),]))"
)
_SLUG = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_]\w*)?")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_CENT = Decimal("0.01")
_THIS = "this"  #: in a stated check, the field at which its problem stands


class FormulaError(ValueError):
    """What of a formula cannot be read, in Chinese."""


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
    return _PLACEHOLDER.sub(lambda match: printed(read_formula(match[1], this), scope), pattern)


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
        yield from faults_of(read_formula(text, this), around)
    except FormulaError as error:
        yield str(error)


def find_condition_faults(text: str, around: Around, this: str = "") -> Iterator[str]:
    """The same of a formula that must be a condition."""
    try:
        node = read_formula(text, this)
    except FormulaError as error:
        yield str(error)
        return
    yield from condition_faults(node)
    yield from faults_of(node, around)


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
        return found[0] if len(found) == 1 else joined(word, tuple(found))

    def _negated(self) -> Node:
        return negation(self._negated()) if self._takes("not") else self._comparison()

    def _comparison(self) -> Node:
        left = self._binary(0)
        sign = self._takes("=", "!=", "<", "<=", ">", ">=")
        if not sign:
            return left
        others = [self._binary(0)]
        while sign in ("=", "!=") and self._takes("|"):
            others.append(self._binary(0))
        return comparison(sign, left, tuple(others))

    def _binary(self, level: int) -> Node:
        if level == len(LEVELS):
            return self._atom()
        node = self._binary(level + 1)
        while sign := self._takes(*LEVELS[level]):
            node = arithmetic(sign, node, self._binary(level + 1))
        return node

    def _atom(self) -> Node:
        if self._takes("-"):
            return arithmetic("-", literal(Decimal(0)), self._atom())
        if self._takes("("):
            node = self._either()
            self._needs(")")
            return node
        token = self._next()
        if token.kind == "text":
            return literal(token.text)
        if token.kind == "number":
            return literal(Decimal(token.text))
        if token.kind == "sign":
            self.at -= 1
            self._refuse()
        return self._call(token) if self._takes("(") else self._named(token.text)

    def _named(self, name: str) -> Node:
        if name == _THIS and self.this:
            return field_value(self.this)
        if _SLUG.fullmatch(name):
            return field_value(name)
        return term(name) if is_term(name) else literal(name)

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
        return word_call(name, split_arguments(self.text[start : token.start]))

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
