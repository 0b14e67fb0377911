"""Parts whose tags only print, ask and go through tables: all values are put in at once.

Jinja hands a part over in hundreds of pieces, each asked for, counted and encoded. Nearly all
templates say no more than `{{ field }}`, `{{ row.column or '无' }}`, `for row in table`,
`if field` and `if row.column == '一次'`; what such a part says is known when it is compiled.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from jinja2 import nodes

#: More rows than any paper of one case has; Jinja prints them and watches the time.
_MOST_ROWS = 1_000
_GAP = "\0"  #: stands in no text that XML can hold
_LOOP = "loop"
Context = Mapping[str, Any]
Said = Callable[[Context, Context], Any]  #: by the values of the form and those of the row


class Printed(NamedTuple):
    """A part with all values, and these."""

    data: bytes
    texts: Sequence[str]


class _Making:
    """A part while it is put together."""

    def __init__(self) -> None:
        self.around: list[bytes] = []
        self.texts: list[str] = []


class PlainTags:
    """A part as what stands in it, with room for texts that are escaped already."""

    def __init__(self, steps: Sequence["_Step"]) -> None:
        self._steps = tuple(steps)
        #: Names that come out whatever the values are, columns as `members.m_age`.
        self.names = frozenset(name for step in steps for name in step.full_names)

    def print(self, context: Context) -> Printed | None:
        """The part with all values; None: it is to be printed piece by piece."""
        made = _Making()
        try:
            for step in self._steps:
                if not step.print(context, context, made):
                    return None
            values = _GAP.join(made.texts).encode().split(_GAP.encode())
        except (KeyError, TypeError):  # said by name there
            return None
        values = values if made.texts else []
        if len(values) != len(made.texts):
            return None
        return Printed(b"".join(made.around) % tuple(values), made.texts)


class _Tag(NamedTuple):
    """What is printed at one place: a value, or what is said where it is empty."""

    name: str
    otherwise: "Said | None" = None


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of a part: printed once, or for each row of a table."""

    table: str  #: empty: it is printed once
    around: bytes  #: with `%b` in place of each value
    tags: tuple[_Tag, ...]
    get: Callable[[Context], Any]
    defaults: tuple[tuple[int, Said], ...]  #: places of values that may be empty
    full_names: tuple[str, ...]  #: whose values its tags print

    @classmethod
    def of(cls, table: str, pieces: Sequence[str | _Tag], around: str = "") -> "_Block":
        """Of what stands there in its order; `around` is the table in whose rows it does."""
        tags = tuple(one for one in pieces if isinstance(one, _Tag))
        data = (one.replace("%", "%%") if isinstance(one, str) else "%b" for one in pieces)
        defaults = ((at, one.otherwise) for at, one in enumerate(tags) if one.otherwise)
        names = [one.name for one in tags]
        told = "".join(data).encode(), tags, _getter(names), tuple(defaults)
        return cls(table, *told, tuple(f"{table or around}.{one}".lstrip(".") for one in names))

    def print(self, context: Context, values: Context, made: _Making) -> bool:
        """Add what stands there; False: there are too many rows."""
        rows = context[self.table] if self.table else (values,)
        if len(rows) > _MOST_ROWS:
            return False
        made.around += [self.around] * len(rows)
        for row in rows:
            texts = self.get(row)
            made.texts += self._filled(texts, context, row) if self.defaults else texts
        return True

    def _filled(self, texts: Sequence[str], context: Context, row: Context) -> Sequence[str]:
        filled = list(texts)
        for at, said in self.defaults:
            filled[at] = filled[at] or said(context, row)
        return filled


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is printed in one case, and in the other."""

    test: Said
    then: "tuple[_Step, ...]"
    otherwise: "tuple[_Step, ...]"
    full_names: tuple[str, ...] = ()  #: none comes out in any case

    def print(self, context: Context, values: Context, made: _Making) -> bool:
        """Add what stands there; False: there are too many rows."""
        steps = self.then if self.test(context, values) else self.otherwise
        return all(step.print(context, values, made) for step in steps)


@dataclass(frozen=True, slots=True)
class _Loop:
    """What is printed for each row of a table, where it asks something of the row."""

    table: str
    steps: "tuple[_Step, ...]"

    @property
    def full_names(self) -> Iterator[str]:
        """Whose values come out in any case."""
        for step in self.steps:
            yield from step.full_names

    def print(self, context: Context, values: Context, made: _Making) -> bool:
        """Add what stands there; False: there are too many rows."""
        rows = context[self.table]
        return len(rows) <= _MOST_ROWS and all(
            step.print(context, row, made) for row in rows for step in self.steps
        )


_Step = _Block | _Choice | _Loop


def plain_tags(tree: nodes.Template) -> PlainTags | None:
    """The part of a tree of tags; None when it says more than this."""
    steps = _steps(tree.body)
    return None if steps is None else PlainTags(steps)


def _getter(names: Sequence[str]) -> Callable[[Context], Any]:
    """The values of these names, however many they are."""
    if not names:
        return lambda row: ()
    if len(names) == 1:
        (name,) = names
        return lambda row: (row[name],)
    return itemgetter(*names)


def _steps(body: Sequence[nodes.Node], row: str = "", table: str = "") -> list[_Step] | None:
    """What stands there in its order; in a loop `row` is what it calls the rows of the table."""
    steps: list[_Step] = []
    pieces: list[str | _Tag] = []
    for node in body:
        more = _pieces([node], row)
        if more is not None:
            pieces += more
            continue
        step = _step(node, row, table)
        if step is None:
            return None
        steps += [_Block.of("", pieces, table), step]
        pieces = []
    return [*steps, _Block.of("", pieces, table)]


def _step(node: nodes.Node, row: str, table: str) -> _Step | None:
    if isinstance(node, nodes.For):
        return None if row else _loop(node)
    return _choice(node, row, table) if isinstance(node, nodes.If) else None


def _loop(node: nodes.For) -> _Step | None:
    """A loop that goes through a table from its beginning to its end."""
    if not isinstance(node.target, nodes.Name) or not isinstance(node.iter, nodes.Name):
        return None
    if node.else_ or node.test or node.recursive or _LOOP in (node.target.name, node.iter.name):
        return None
    inside = _pieces(node.body, node.target.name)
    if inside is not None:
        return _Block.of(node.iter.name, inside)
    steps = _steps(node.body, node.target.name, node.iter.name)
    return None if steps is None else _Loop(node.iter.name, tuple(steps))


def _choice(node: nodes.If, row: str, table: str) -> _Choice | None:
    otherwise = _steps(node.else_, row, table)
    for one in (*reversed(node.elif_), node):
        test, then = _said(one.test, row), _steps(one.body, row, table)
        if test is None or then is None or otherwise is None:
            return None
        otherwise = [_Choice(test, tuple(then), tuple(otherwise))]
    found = otherwise[0] if otherwise else None
    return found if isinstance(found, _Choice) else None


def _pieces(body: Sequence[nodes.Node], row: str) -> list[str | _Tag] | None:
    """What is printed there, in its order; None when it is not told by names alone.

    `row` is what a loop calls its rows; empty outside.
    """
    pieces: list[str | _Tag] = []
    for output in body:
        if not isinstance(output, nodes.Output):
            return None
        for one in output.nodes:
            piece = one.data if isinstance(one, nodes.TemplateData) else _tag(one, row)
            if piece is None:
                return None
            pieces.append(piece)
    return pieces


def _tag(node: nodes.Node, row: str) -> _Tag | None:
    if isinstance(node, nodes.Or):
        left, right = _tag(node.left, row), _said(node.right, row)
        if left is None or right is None:
            return None
        return _Tag(left.name, _either(left.otherwise, right) if left.otherwise else right)
    if row and isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return _Tag(node.attr) if node.node.name == row != _LOOP else None
    return _Tag(node.name) if isinstance(node, nodes.Name) and not row else None


def _said(node: nodes.Node, row: str) -> Said | None:
    """A text, a value, one of several as others are, or whether they are."""
    if isinstance(node, nodes.Const):
        words = node.value
        return lambda context, values: words
    if isinstance(node, nodes.Name | nodes.Getattr):
        return _value(node, row)
    if isinstance(node, nodes.Not):
        inner = _said(node.node, row)
        return None if inner is None else (lambda context, values: not inner(context, values))
    if isinstance(node, nodes.And | nodes.Or):
        pair = _said(node.left, row), _said(node.right, row)
        return _joined(pair, _all if isinstance(node, nodes.And) else _either)
    if isinstance(node, nodes.Compare) and [one.op for one in node.ops] == ["eq"]:
        return _joined((_said(node.expr, row), _said(node.ops[0].expr, row)), _equal)
    return None


def _value(node: nodes.Name | nodes.Getattr, row: str) -> Said | None:
    if isinstance(node, nodes.Name):
        name = node.name
        return None if name in (row, _LOOP) else (lambda context, values: context[name])
    column, is_of_row = node.attr, isinstance(node.node, nodes.Name) and node.node.name == row
    return (lambda context, values: values[column]) if row and is_of_row else None


def _joined(
    pair: tuple[Said | None, Said | None], join: Callable[[Said, Said], Said]
) -> Said | None:
    left, right = pair
    return None if left is None or right is None else join(left, right)


def _either(left: Said, right: Said) -> Said:
    return lambda context, values: left(context, values) or right(context, values)


def _all(left: Said, right: Said) -> Said:
    return lambda context, values: left(context, values) and right(context, values)


def _equal(left: Said, right: Said) -> Said:
    return lambda context, values: left(context, values) == right(context, values)
