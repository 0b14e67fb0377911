"""What the tags of a template speak of, and what in it is no proper tag."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from jinja2 import nodes
from markupsafe import escape

from filler.word.tags.cell_tags import COLOUR, COUNT, SPAN
from filler.word.tags.rich_tags import RUNS
from filler.word.tags.value_filters import FILTERS
from minzheng.county.errors import Problem

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_XML = re.compile(r"<[^>]+>")
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\}|[｛｝]|\{\s*\w{1,40}(?:\.\w{1,40})?\s*\}|\{#")
_AROUND = 12
#: Braces that shall be printed as such: `{_{ 字段 }_}`.
BRACES = re.compile(r"\{_[{%]|[}%]_\}")
#: docxtemplater, poi-tl, mustache, handlebars: other programs' loops, pictures and fields.
OTHERS = re.compile(r"\{{1,2}[#/^@?*+>]\s*[\w.]{1,40}\s*\}{1,2}|\$\{[^{}]{1,40}\}")
INSTEAD_OF_OTHERS = "字段写成 {{字段}}；循环用 {%tr for 行 in 表 %} 和 {%tr endfor %}"
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|‘[^’]*’")
_FULL_WIDTH = re.compile(r"[！-～]")
_SAME_OR_IN = frozenset(("eq", "ne", "in", "notin"))
_COMPARE = "Compare"
WHOLE = "Row"  #: a row, a table or the loop itself, which is no text
_RUNS = re.compile(rf"{RUNS}\d+")
#: What to do instead of what templates may not say.
_INSTEAD = {
    "colspan": "colspan 后写整数，或 表|count",
    _COMPARE: "比大小在说明文件（.toml）里做成一个字段，标签里只写 == 或 !=，并给文字加引号",
    WHOLE: "写出要印的列：{{ 行.列 }}；第几行写 {{ loop.index }}",
    "Filter": "过滤器单用一个，写在字段后面、印出的标签里",
    "Call": "不能调用函数；算数在说明文件里做成一个字段",
    "Assign": "不能赋值；在说明文件里做成一个字段",
    "Include": "不能引用别的文件；附件另做一张表",
    "Import": "不能引用别的文件；附件另做一张表",
    "CondExpr": "写成 {% if 条件 %}甲{% else %}乙{% endif %}",
}
_ONLY = "标签只写字段、for、if"
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
    words: dict[str, list[str]] = field(default_factory=dict)  #: what names are compared with
    plain: set[str] = field(default_factory=set)  #: printed as they are, without a filter
    filtered: set[tuple[str, str]] = field(default_factory=set)  #: names and their filters
    strange: set[str] = field(default_factory=set)  #: filters that there are not

    def add(self, node: nodes.Node, loops: Mapping[str, str], in_output: bool = False) -> None:
        """Take in all names below a node."""
        if isinstance(node, nodes.Filter):
            self._add_filter(node, loops, in_output)
        elif not isinstance(node, _ALLOWED) or (
            isinstance(node, nodes.Compare) and not _is_of_texts(node)
        ):
            self.forbidden.add(type(node).__name__)
        elif isinstance(node, nodes.For):
            self._add_loop(node, loops)
        elif isinstance(node, nodes.Getattr | nodes.Name):
            self._add_name(node, loops, in_output)
        else:
            if isinstance(node, nodes.Compare):
                self._learn_words(node, loops)
            inside = in_output or isinstance(node, nodes.Output)
            for child in node.iter_child_nodes():
                self.add(child, loops, inside)

    def _learn_words(self, node: nodes.Compare, loops: Mapping[str, str]) -> None:
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        names = [
            name
            for side in sides
            if isinstance(side, nodes.Getattr | nodes.Name) and (name := _full_name(side, loops))
        ]
        words = [side.value for side in sides if isinstance(side, nodes.Const)]
        for name in names:
            self.words.setdefault(name, []).extend(word for word in words if isinstance(word, str))

    def _add_loop(self, node: nodes.For, loops: Mapping[str, str]) -> None:
        is_list = isinstance(node.iter, nodes.List) and all(
            isinstance(one, nodes.Const) for one in node.iter.items
        )
        if not is_list:
            self.add(node.iter, loops)
        self.nested = max(self.nested, _count_nested(node))
        inner = dict(loops)
        if isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name):
            inner[node.target.name] = node.iter.name
            self.looped.add(node.iter.name)
        elif isinstance(node.target, nodes.Name) and is_list:
            inner[node.target.name] = ""
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
            is_row = isinstance(node, nodes.Name) and (loops[node.name] or node.name == "loop")
            self.forbidden |= {WHOLE} if in_output and is_row else set()
            return
        self.used.add(name)
        if in_output:
            self.printed.add(name)
            self.plain.add(name)

    def _add_filter(self, node: nodes.Filter, loops: Mapping[str, str], in_output: bool) -> None:
        """One of ours, or what stands for a tag of a cell: that prints nothing."""
        inner = node.node
        if inner is None or node.args or node.kwargs:
            self.forbidden.add("Filter")
        elif node.name == COLOUR:
            self.add(inner, loops)
        elif node.name == SPAN:
            self._add_span(inner, loops)
        elif node.name not in FILTERS and not _RUNS.fullmatch(node.name):
            self.strange.add(node.name)
            self.add(inner, loops, in_output)
        elif not in_output or not isinstance(inner, nodes.Getattr | nodes.Name):
            self.forbidden.add("Filter")
        elif name := _full_name(inner, loops):
            self.used.add(name)
            self.printed.add(name)
            self.filtered.add((name, node.name))

    def _add_span(self, node: nodes.Node, loops: Mapping[str, str]) -> None:
        """A number, or how many rows a table has, or a loop turns."""
        if isinstance(node, nodes.Mul):
            self._add_span(node.left, loops)
            self._add_span(node.right, loops)
        elif isinstance(node, nodes.Filter) and node.name == COUNT:
            if isinstance(node.node, nodes.Name):
                self.add(node.node, loops)
            else:
                self.forbidden.add("colspan")
        elif not (isinstance(node, nodes.Const) and isinstance(node.value, int)):
            is_turns = isinstance(node, nodes.Getattr) and _is_loop(node.node)
            self.forbidden |= set() if is_turns else {"colspan"}


def find_whole_tables(names: TagNames, types: Mapping[str, str]) -> Iterator[str]:
    """Tables that a tag prints as if they were texts."""
    with_columns = {name.partition(".")[0] for name in names.used if "." in name}
    for name in sorted(names.printed & names.used):
        if name in names.looped | with_columns or types.get(name) == "rows":
            yield name


def explain_forbidden(kinds: Collection[str]) -> tuple[str, str]:
    """What a tag may not say, and what to do instead."""
    others = sorted(set(kinds) - {_COMPARE, WHOLE})
    told = ["不能比大小，也不能与数字比"] if _COMPARE in kinds else []
    told += ["印的是整行、整张表"] if WHOLE in kinds else []
    told += [f"用了不允许的写法（{'、'.join(others)}）"] if others else []
    instead = [_INSTEAD[kind] for kind in sorted(kinds) if kind in _INSTEAD]
    return "；".join(told), "；".join(instead) or _ONLY


def explain_strange_filter(name: str) -> tuple[str, str]:
    """A filter that is none, and the one most likely meant."""
    near = get_close_matches(name, FILTERS, 1, cutoff=0.4)
    meant = f"是否为 |{near[0]}？" if near else ""
    others = "、".join(FILTERS)
    return f"没有“|{name}”这个过滤器", f"{meant}可用：{others}；别的写法在说明文件里做成一个字段"


def has_full_width(words: str) -> bool:
    """Whether a tag's words, quoted texts apart, hold letters or signs of full width."""
    return bool(_FULL_WIDTH.search(_QUOTED.sub("", words)))


def _is_of_texts(node: nodes.Compare) -> bool:
    """Values are texts: equal or not, within or not. Only a row's number can be less."""
    sides = [node.expr, *(operand.expr for operand in node.ops)]
    if any(isinstance(side, nodes.Getattr) and _is_loop(side.node) for side in sides):
        return True
    is_text = all(isinstance(side.value, str) for side in sides if isinstance(side, nodes.Const))
    return is_text and all(operand.op in _SAME_OR_IN for operand in node.ops)


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


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


def write_braces(tree: nodes.Template) -> None:
    """`{_{` and `%_}` stand for braces that are printed."""
    for node in tree.find_all(nodes.TemplateData):
        node.data = printed_braces(node.data)


def prints_special_words(tree: nodes.Template) -> bool:
    """Whether words written in a tag hold what must be escaped when they are printed."""
    printing = [*tree.find_all(nodes.Output), *(one.iter for one in tree.find_all(nodes.For))]
    words = (word.value for one in printing for word in one.find_all(nodes.Const))
    return any(isinstance(word, str) and escape(word) != word for word in words)


def printed_braces(text: str) -> str:
    """What stands between tags as it is printed."""
    return BRACES.sub(lambda match: match[0].replace("_", ""), text)


def find_unclear_tags(where: str, source: str) -> Iterator[Problem]:
    """Braces that a person meant as a tag but that are none."""
    text = BRACES.sub("", _XML.sub("", _TAG.sub("", source)))
    for match in _LEFTOVER.finditer(text):
        around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        yield Problem(
            where,
            f"“{around}”中的括号不是完整的标签",
            "标签写成半角的 {{字段}}，接受修订后在一处连续输入",
        )


def find_foreign_tags(where: str, source: str) -> Iterator[Problem]:
    """Tags in letters of full width, which name nothing, and those of other programs."""
    for tag in _TAG.findall(source):
        if not tag.startswith("{#") and has_full_width(_XML.sub("", tag)):
            yield Problem(where, f"标签 {tag} 里有全角字符", "改用半角输入字段名和符号")
    for match in OTHERS.finditer(_XML.sub("", _TAG.sub("", source))):
        yield Problem(where, f"“{match[0]}”是别的软件的写法", INSTEAD_OF_OTHERS)
