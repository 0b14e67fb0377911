"""What the tags of a template speak of, and what in it is no proper tag."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from minzheng.county.errors import Problem

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_XML = re.compile(r"<[^>]+>")
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|[｛｝]|\{\s*\w{1,40}\s*\}")
_AROUND = 12
#: Nodes a form needs; anything else (calls, filters, macros, includes) is refused.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For,
    nodes.If, nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip


@dataclass(slots=True)
class TagNames:
    """Names used in tags, columns as `members.m_age`; `printed` ones come out on paper."""

    used: set[str] = field(default_factory=set)
    printed: set[str] = field(default_factory=set)
    forbidden: set[str] = field(default_factory=set)
    looped: set[str] = field(default_factory=set)  #: what loops go over
    nested: int = 0  #: loops within loops, at most

    def add(self, node: nodes.Node, loops: Mapping[str, str], in_output: bool = False) -> None:
        """Take in all names below a node."""
        if not isinstance(node, _ALLOWED):
            self.forbidden.add(type(node).__name__)
        elif isinstance(node, nodes.For):
            self._add_loop(node, loops)
        elif isinstance(node, nodes.Getattr | nodes.Name):
            self._add_name(node, loops, in_output)
        else:
            inside = in_output or isinstance(node, nodes.Output)
            for child in node.iter_child_nodes():
                self.add(child, loops, inside)

    def _add_loop(self, node: nodes.For, loops: Mapping[str, str]) -> None:
        self.add(node.iter, loops)
        self.nested = max(self.nested, _count_nested(node))
        inner = dict(loops)
        if isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name):
            inner[node.target.name] = node.iter.name
            self.looped.add(node.iter.name)
        else:
            self.forbidden.add("For")
        inner["loop"] = ""
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            self.add(child, inner)

    def _add_name(
        self, node: nodes.Getattr | nodes.Name, loops: Mapping[str, str], in_output: bool
    ) -> None:
        name = _full_name(node, loops)
        if name is None:
            return
        self.used.add(name)
        if in_output:
            self.printed.add(name)


def _count_nested(node: nodes.Node) -> int:
    inner = max(map(_count_nested, node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


def _full_name(node: nodes.Getattr | nodes.Name, loops: Mapping[str, str]) -> str | None:
    """None for `loop.index` and for the row itself."""
    if isinstance(node, nodes.Name):
        return None if node.name in loops else node.name
    owner = node.node
    if not isinstance(owner, nodes.Name):
        return f"?.{node.attr}"
    if owner.name not in loops:
        return f"{owner.name}.{node.attr}"
    table = loops[owner.name]
    return f"{table}.{node.attr}" if table else None


def find_unclear_tags(where: str, source: str) -> Iterator[Problem]:
    """Braces that a person meant as a tag but that are none."""
    text = _XML.sub("", _TAG.sub("", source))
    for match in _LEFTOVER.finditer(text):
        around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        yield Problem(
            where,
            f"“{around}”中的括号不是完整的标签",
            "标签写成半角的 {{字段}}，接受修订后在一处连续输入",
        )
