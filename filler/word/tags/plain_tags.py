"""Parts whose tags only print, ask and go through tables: all values are put in at once.

Jinja hands a part over in hundreds of pieces, each asked for, counted and encoded. Nearly all
templates say no more than `{{ field }}`, `{{ row.column or '无' }}`, `for row in table` and
`if field`; what such a part says is known when it is compiled.
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
Test = Callable[[Context], Any]


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
                if not step.print(context, made):
                    return None
            values = _GAP.join(made.texts).encode().split(_GAP.encode())
        except (KeyError, TypeError):  # said by name there
            return None
        values = values if made.texts else []
        if len(values) != len(made.texts):
            return None
        return Printed(b"".join(made.around) % tuple(values), made.texts)


class _Tag(NamedTuple):
    """What is printed at one place: a value, or words where it is empty."""

    name: str
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of a part: printed once, or for each row of a table."""

    table: str  #: empty: it is printed once
    around: bytes  #: with `%b` in place of each value
    tags: tuple[_Tag, ...]
    get: Callable[[Context], Any]
    defaults: tuple[tuple[int, str], ...]  #: places of values that may be empty, and words

    @classmethod
    def of(cls, table: str, pieces: Sequence[str | _Tag]) -> "_Block":
        """Of what stands there in its order."""
        tags = tuple(one for one in pieces if isinstance(one, _Tag))
        data = (one.replace("%", "%%") if isinstance(one, str) else "%b" for one in pieces)
        defaults = ((at, one.otherwise) for at, one in enumerate(tags) if one.otherwise)
        names = [one.name for one in tags]
        return cls(table, "".join(data).encode(), tags, _getter(names), tuple(defaults))

    @property
    def full_names(self) -> Iterator[str]:
        """Whose values its tags print."""
        for tag in self.tags:
            yield f"{self.table}.{tag.name}" if self.table else tag.name

    def print(self, context: Context, made: _Making) -> bool:
        """Add what stands there; False: there are too many rows."""
        rows = context[self.table] if self.table else (context,)
        if len(rows) > _MOST_ROWS:
            return False
        made.around += [self.around] * len(rows)
        for row in rows:
            made.texts += self._filled(self.get(row)) if self.defaults else self.get(row)
        return True

    def _filled(self, texts: Sequence[str]) -> Sequence[str]:
        filled = list(texts)
        for at, words in self.defaults:
            filled[at] = filled[at] or words
        return filled


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is printed in one case, and in the other."""

    test: Test
    then: "tuple[_Step, ...]"
    otherwise: "tuple[_Step, ...]"
    full_names: tuple[str, ...] = ()  #: none comes out in any case

    def print(self, context: Context, made: _Making) -> bool:
        """Add what stands there; False: there are too many rows."""
        steps = self.then if self.test(context) else self.otherwise
        return all(step.print(context, made) for step in steps)


_Step = _Block | _Choice


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


def _steps(body: Sequence[nodes.Node]) -> list[_Step] | None:
    steps: list[_Step] = []
    pieces: list[str | _Tag] = []
    for node in body:
        more = _pieces([node], "")
        if more is not None:
            pieces += more
            continue
        step = _loop(node) if isinstance(node, nodes.For) else _choice(node)
        if step is None:
            return None
        steps += [_Block.of("", pieces), step]
        pieces = []
    return [*steps, _Block.of("", pieces)]


def _loop(node: nodes.For) -> _Block | None:
    """A loop that only goes through a table."""
    if not isinstance(node.target, nodes.Name) or not isinstance(node.iter, nodes.Name):
        return None
    inside = _pieces(node.body, node.target.name)
    is_more = node.else_ or node.test or node.recursive
    return None if inside is None or is_more else _Block.of(node.iter.name, inside)


def _choice(node: nodes.Node) -> _Choice | None:
    if not isinstance(node, nodes.If) or node.elif_:
        return None
    test, then, otherwise = _test(node.test), _steps(node.body), _steps(node.else_)
    if test is None or then is None or otherwise is None:
        return None
    return _Choice(test, tuple(then), tuple(otherwise))


def _test(node: nodes.Node) -> Test | None:
    """Whether something was answered."""
    if isinstance(node, nodes.Name):
        name = node.name
        return lambda context: context[name]
    if isinstance(node, nodes.Not):
        inner = _test(node.node)
        return None if inner is None else (lambda context: not inner(context))
    if isinstance(node, nodes.And | nodes.Or):
        left, right = _test(node.left), _test(node.right)
        if left is None or right is None:
            return None
        if isinstance(node, nodes.And):
            return lambda context: left(context) and right(context)
        return lambda context: left(context) or right(context)
    return None


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
    if isinstance(node, nodes.Or) and isinstance(node.right, nodes.Const):
        left, words = _tag(node.left, row), node.right.value
        is_one = left is not None and not left.otherwise and isinstance(words, str)
        return _Tag(left.name, words) if left and is_one else None
    if row and isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return _Tag(node.attr) if node.node.name == row != _LOOP else None
    return _Tag(node.name) if isinstance(node, nodes.Name) and not row else None
