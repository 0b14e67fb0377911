"""Every name and label the tags of a form may use, and the one a misspelt tag most likely means.

Chinese labels are names, too: `{{ 姓名 }}` is `{{ name }}`, `{{ 成员.姓名 }}` a column.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import product

from jinja2 import nodes

from filler.form.forms import Field, FormSpec
from filler.values.print_value import has_boxes
from filler.word.page_texts import FIRST, MORE, template_names
from minzheng.county.writing.pinyin import syllables

Labels = Mapping[str, tuple[str, ...]]  #: label → names it may mean; columns as `members.姓名`

_FIXED = {
    "标题": "title", "表号": "form_id", "版本": "version", "案件编号": "case_no", "编号": "case_no",
    "代码行": "code_line",
}  # fmt: skip
_PARTS = {"": "", "_首页": FIRST, "_续表": MORE}
_BOXES = ("_勾选", "_boxes")
_NOT_IN_NAMES = re.compile(r"\W")


@dataclass(frozen=True)
class NameBook:
    """Every name and label the templates of a form may use."""

    known: frozenset[str]
    labels: Labels
    types: Mapping[str, str] = field(default_factory=dict)  #: name → type of its field

    @cached_property
    def by_spelling(self) -> Mapping[str, str]:
        """The name by itself, by its label, by the pinyin of that; asked for when one is wrong."""
        spellings = {name.lower(): name for name in sorted(self.known)}
        for label, names in self.labels.items():
            if len(names) == 1:
                spellings.setdefault(label, names[0])
                spellings.setdefault("".join(syllables(label)), names[0])
        return spellings

    def meaning(self, name: str) -> str:
        """The name a label stands for; else itself."""
        names = self.labels.get(name, ())
        return names[0] if len(names) == 1 else name

    def explain(self, name: str) -> tuple[str, str]:
        """What is wrong with an unknown name, and what to do."""
        shown = name.rpartition(".")[2]
        meant = self.labels.get(name, ())
        if len(meant) > 1:
            choices = "、".join(one.rpartition(".")[2] for one in meant)
            return f"“{shown}”对应几个字段（{choices}）", "改写成其中一个"
        near = get_close_matches(name.lower(), self.by_spelling, n=1, cutoff=0.6)
        if not near:
            return f"“{shown}”不是本表字段", "改正标签，或在说明文件中增加字段"
        right = self.by_spelling[near[0]]
        label = next((one for one, names in self.labels.items() if names == (right,)), "")
        named = "/".join(dict.fromkeys(one.rpartition(".")[2] for one in (right, label) if one))
        return f"“{shown}”不是本表字段", f"是否应为 {named}？改正标签"


@lru_cache(maxsize=256)
def name_book(spec: FormSpec) -> NameBook:
    """Every name and label of one form, and what each holds."""
    return NameBook(template_names(spec), template_labels(spec), dict(_types(spec)))


def _types(spec: FormSpec) -> Iterator[tuple[str, str]]:
    for one in spec.fields:
        yield one.slug, one.type
        for part, column in product(_PARTS.values(), one.columns):
            yield f"{one.slug}{part}.{column.slug}", column.type


def template_labels(spec: FormSpec) -> Labels:
    """Every label a template of this form may use, and what it means."""
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for one in spec.fields:
        for label, name in _labels_of(one):
            meanings[label].add(name)
        for label, name in _labels_of_table(one) if one.columns else ():
            meanings[label].add(name)
    fixed = {label: (name,) for label, name in _FIXED.items()}
    return fixed | {label: tuple(sorted(names)) for label, names in meanings.items()}


def rename_labels(node: nodes.Node, labels: Labels, loops: Mapping[str, str] | None = None) -> None:
    """Put names in place of labels that mean one thing only."""
    loops = loops or {}
    if isinstance(node, nodes.For):
        _rename_loop(node, labels, loops)
    elif isinstance(node, nodes.Getattr):
        table = loops.get(node.node.name, "") if isinstance(node.node, nodes.Name) else ""
        node.attr = _meaning(f"{table}.{node.attr}", labels).rpartition(".")[2]
        rename_labels(node.node, labels, loops)
    elif isinstance(node, nodes.Name):
        if node.name not in loops:
            node.name = _meaning(node.name, labels)
    else:
        for child in node.iter_child_nodes():
            rename_labels(child, labels, loops)


def _rename_loop(node: nodes.For, labels: Labels, loops: Mapping[str, str]) -> None:
    rename_labels(node.iter, labels, loops)
    inner = dict(loops)
    if isinstance(node.target, nodes.Name):
        inner[node.target.name] = node.iter.name if isinstance(node.iter, nodes.Name) else ""
    for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
        rename_labels(child, labels, inner)


def _meaning(name: str, labels: Labels) -> str:
    names = labels.get(name, ())
    return names[0] if len(names) == 1 else name


def _labels_of(field: Field) -> Iterator[tuple[str, str]]:
    label = _NOT_IN_NAMES.sub("", field.label)
    if label.isidentifier():
        yield label, field.slug
        if has_boxes(field):
            yield label + _BOXES[0], field.slug + _BOXES[1]


def _labels_of_table(field: Field) -> Iterator[tuple[str, str]]:
    label = _NOT_IN_NAMES.sub("", field.label)
    for ending, part in _PARTS.items():
        if ending and label.isidentifier():
            yield label + ending, field.slug + part
        for column in field.columns:
            for column_label, name in _labels_of(column):
                yield f"{field.slug}{part}.{column_label}", f"{field.slug}{part}.{name}"
