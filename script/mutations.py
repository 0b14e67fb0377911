"""The mutants of a module: each changes one operator or condition of its source.

Comparisons (moved by one, and turned), and/or, `not`, signs, conditions, returned truths.
Numbers are left alone: those of the law stand in registry/, the others are sizes and seconds.
Docstrings, annotations, decorators and what is only logged are no behaviour.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: What stands there → what may stand there instead.
COMPARISONS: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">=")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}
SIGNS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
}
LOGS = {"log", "_log", "logger", "logging"}

Change = tuple[int, int, str]  #: bytes from, bytes to, what stands there instead


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module."""

    file: str  #: relative to the tree
    line: int
    before: str  #: the first line that changes, as it stands
    after: str
    source: str  #: the whole module, changed


def changes_of(source: str) -> list[Change]:
    """Every place of a module that can be changed, and how."""
    raw = source.encode()
    starts = _line_starts(raw)
    nodes = _behaviour(ast.parse(source))
    return [change for node in nodes for change in _changes(node, raw, starts)]


def mutant_of(file: str, source: str, change: Change) -> Mutant | None:
    """The module with one change; none when it is no Python or says what it said."""
    start, end, text = change
    raw = source.encode()
    changed = (raw[:start] + text.encode() + raw[end:]).decode()
    if not _says_something_else(changed, source):
        return None
    pairs = zip(source.splitlines(), changed.splitlines(), strict=True)
    line, (before, after) = next(
        (number, pair) for number, pair in enumerate(pairs, start=1) if pair[0] != pair[1]
    )
    return Mutant(file, line, before.strip(), after.strip(), changed)


def _says_something_else(changed: str, source: str) -> bool:
    try:
        return ast.dump(ast.parse(changed)) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


def _behaviour(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that do something; places inside f-strings are not known to Python 3.11."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else (value,):
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                yield child
                yield from _behaviour(child)


def _is_left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        is_logged = not node.orelse and all(map(_is_log, node.body))
        return is_logged or ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.JoinedStr) or _is_log(node)


def _is_log(node: ast.AST) -> bool:
    """`_log.info(…)`, as a call or a line of its own."""
    call = node.value if isinstance(node, ast.Expr) else node
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    return isinstance(call.func.value, ast.Name) and call.func.value.id in LOGS


def _changes(node: ast.AST, raw: bytes, starts: list[int]) -> Iterator[Change]:
    match node:
        case ast.Compare():
            yield from _turned_comparisons(node, raw, starts)
        case ast.BoolOp():
            words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield from _between(_end(left, starts), _start(right, starts), raw, *words)
        case ast.BinOp() if type(node.op) in SIGNS:
            gap = _end(node.left, starts), _start(node.right, starts)
            yield from _between(*gap, raw, *SIGNS[type(node.op)])
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            word = "not" if isinstance(node.op, ast.Not) else "-"
            gap = _start(node, starts), _start(node.operand, starts)
            yield from _between(*gap, raw, word, "")
        case ast.Return(value=ast.Constant(value=bool() as truth)) if node.value:
            yield _start(node.value, starts), _end(node.value, starts), str(not truth)
    yield from _turned_conditions(node, raw, starts)


def _turned_comparisons(node: ast.Compare, raw: bytes, starts: list[int]) -> Iterator[Change]:
    sides = [node.left, *node.comparators]
    for left, right, operator in zip(sides, sides[1:], node.ops, strict=False):
        old, others = COMPARISONS[type(operator)]
        for new in others:
            yield from _between(_end(left, starts), _start(right, starts), raw, old, new)


def _turned_conditions(node: ast.AST, raw: bytes, starts: list[int]) -> Iterator[Change]:
    for test in _conditions(node):
        if isinstance(test, ast.Compare | ast.UnaryOp):  # these are turned on their own
            continue
        start, end = _start(test, starts), _end(test, starts)
        yield start, end, f"not ({raw[start:end].decode()})"


def _conditions(node: ast.AST) -> Iterable[ast.expr]:
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        return (node.test,)
    return node.ifs if isinstance(node, ast.comprehension) else ()


def _between(start: int, end: int, raw: bytes, old: str, new: str) -> Iterator[Change]:
    """The operator in the gap between two expressions, which holds but brackets beside it."""
    word = re.search(rf"(?<!\w){re.escape(old)}(?!\w)".encode(), raw[start:end])
    word = word or re.search(re.escape(old).encode(), raw[start:end])
    if word:
        yield start + word.start(), start + word.end(), new


def _line_starts(raw: bytes) -> list[int]:
    starts = [0]
    for line in raw.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _start(node: ast.AST, starts: list[int]) -> int:
    assert isinstance(node, ast.expr)
    return starts[node.lineno - 1] + node.col_offset


def _end(node: ast.AST, starts: list[int]) -> int:
    assert isinstance(node, ast.expr)
    assert node.end_lineno is not None and node.end_col_offset is not None
    return starts[node.end_lineno - 1] + node.end_col_offset
