"""Whether every rendering of a template is well-formed XML, proved once when it is compiled.

The proof: each body of a loop or a condition is a balanced fragment, and each printed
value stands as text inside a run's text. Values are escaped and hold no control
characters, so whatever they are and however often a body comes, the whole stays sound.
A template that cannot be proved sound is checked at each rendering instead.
"""

import xml.parsers.expat
from collections.abc import Iterator, Sequence

from jinja2 import nodes

_VALUE, _BRANCH, _TEXT = "value", "branch", "w:t"
#: Stand where a value or a branch comes: not allowed in attributes, so those are not proved.
_MARK_VALUE, _MARK_BRANCH = f"<{_VALUE}/>", f"<{_BRANCH}/>"


def is_always_well_formed(template: nodes.Template) -> bool:
    """Whether no values can damage the output."""
    return _is_sound(template.body, "")


def _is_sound(body: Sequence[nodes.Node], around: str) -> bool:
    """`around` is the element the body stands in; empty for the whole document."""
    try:
        fragment = _fragment(body)
        parents = _Parents(f"<{around}>{fragment}</{around}>" if around else fragment)
    except (ValueError, xml.parsers.expat.ExpatError):
        return False
    branching = [node for node in body if isinstance(node, nodes.For | nodes.If)]
    found = (len(parents.of_branches), len(parents.of_values))
    if found != (len(branching), fragment.count(_MARK_VALUE)):
        return False  # some stand in a comment
    return set(parents.of_values) <= {_TEXT} and all(
        _is_sound(branch, parent)
        for node, parent in zip(branching, parents.of_branches, strict=True)
        for branch in _branches(node)
    )


class _Parents:
    """In which elements values and branches stand."""

    def __init__(self, fragment: str) -> None:
        self.of_values: list[str] = []
        self.of_branches: list[str] = []
        self._open: list[str] = [""]
        parser = xml.parsers.expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(fragment, True)

    def _start(self, name: str, _: object) -> None:
        if name == _VALUE:
            self.of_values.append(self._open[-1])
        elif name == _BRANCH:
            self.of_branches.append(self._open[-1])
        self._open.append(name)

    def _end(self, _: str) -> None:
        self._open.pop()


def _fragment(body: Sequence[nodes.Node]) -> str:
    return "".join(piece for node in body for piece in _pieces(node))


def _pieces(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.For | nodes.If):
        yield _MARK_BRANCH
    elif isinstance(node, nodes.Output):
        for child in node.nodes:
            yield child.data if isinstance(child, nodes.TemplateData) else _MARK_VALUE
    else:
        raise ValueError(f"no proof for {type(node).__name__}")


def _branches(node: nodes.For | nodes.If) -> Iterator[Sequence[nodes.Node]]:
    yield node.body
    yield node.else_
    if isinstance(node, nodes.If):
        for other in node.elif_:
            yield other.body
