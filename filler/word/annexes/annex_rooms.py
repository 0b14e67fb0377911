"""Where a template takes a whole Word file: `{{p 调查报告 }}`, in a paragraph of its own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes
from lxml import etree
from markupsafe import Markup

from filler.form.photo_names import named_annex
from filler.word.annexes.join_annexes import MARK, join_annexes, marked
from filler.word.word_names import qn
from minzheng.county.errors import Problem

_TAG = re.compile(r"\{\{p\s+(\w+)\s*\}\}")
_HOLDERS = tuple(map(qn, ("w:body", "w:tc", "w:sdtContent", "w:txbxContent")))
_BODY = "word/document.xml"


def names_in(body: Any) -> dict[str, str]:
    """The names that stand in such tags; for a template that is not of any form."""
    return {
        match[1]: match[1]
        for paragraph in body.iter(qn("w:p"))
        for match in _TAG.finditer(_text(paragraph))
    }


class AnnexRooms:
    """The annexes a template may hold."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def draw(self, context: dict[str, Any], texts: Mapping[str, Any]) -> None:
        """Put a mark in place of each annex's name."""
        for name in self.labels:
            annex = named_annex(str(texts.get(name, "")))
            context[name] = Markup(marked(annex.sha256) if annex else "")

    def members(
        self,
        texts: Mapping[str, Any],
        files: Mapping[str, bytes],
        contents: Mapping[str, bytes],
        *,
        told_apart: bool = True,
    ) -> dict[str, bytes]:
        """The parts that change when annexes come where their marks stand.

        `told_apart`: not of a document issued before pictures for bullets were.
        """
        named = (named_annex(str(texts.get(name, ""))) for name in self.labels)
        given = {one.sha256: files[one.sha256] for one in named if one}
        return join_annexes(contents, given, told_apart=told_apart) if given else {}

    def find_faults(
        self, body: Any, trees: Mapping[str, nodes.Template], where: str
    ) -> Iterator[Problem]:
        """Tags beside which other words would be lost, and such as stand outside the body."""
        for paragraph in body.iter(qn("w:p")):
            text = _text(paragraph)
            match = _TAG.search(text)
            if match and text.strip() != match[0]:
                what = f"{match[0]} 与其他文字同段，这些文字会丢失"
                yield Problem(where, what, "让标签单独占一段")
        for part, tree in trees.items():
            for name in sorted(set(_printed(tree)) & set(self.labels)) if part != _BODY else ():
                what = f"附件“{self.labels[name]}”写在正文之外"
                yield Problem(where, what, f"移到正文，写成 {{{{p {self.labels[name]} }}}}")

    def find_displaced(self, made: Mapping[str, bytes], where: str) -> Iterator[Problem]:
        """Annexes that a trial print has in the middle of a text."""
        if not self.labels or _BODY not in made:
            return
        root: Any = etree.fromstring(made[_BODY])
        if any(one.getparent().tag not in _HOLDERS for one in root.iter(MARK)):
            what = "附件的标签写在文字中间"
            yield Problem(where, what, "单独占一段，写成 {{p 字段 }}")


def _printed(tree: nodes.Template) -> Iterable[str]:
    for output in tree.find_all(nodes.Output):
        yield from (name.name for name in output.find_all(nodes.Name))


def _text(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
