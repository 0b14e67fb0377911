"""Whether the tags of a template are written right and speak of fields there are."""

import re
from collections.abc import Iterator, Mapping

import jinja2

from filler.word.faults.tag_blocks import Blocks, TagAt, find_tags
from filler.word.faults.template_text import Fault, PlacedText
from filler.word.name_book import NameBook, rename_labels
from filler.word.template_tags import TagNames

_AROUND = 8
_FULL_WIDTH = re.compile(r"[｛{]*｛[^｛｝{}]{0,40}｝[｝}]*|[｛｝]")
_SINGLE = re.compile(r"(?<!\{)\{\s*\w{1,40}(?:\.\w{1,40})?\s*\}(?!\})")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|[{}]%|%[{}]")
_ENVIRONMENT = jinja2.Environment(autoescape=True)
_TYPE_ANEW = "接受全部修订后，用半角在一处连续输入 {{字段}}"


def find_written_faults(text: PlacedText) -> Iterator[Fault]:
    """Braces that are no proper tag, and tags that tracked changes cut."""
    tags = list(find_tags(text))
    for tag in tags:
        if any(text.tracked[tag.start : tag.end]):
            yield Fault(f"标签 {tag.written} 被修订记录切断", _TYPE_ANEW, text)
        if tag.has_gap:
            right = tag.written.replace(tag.prefix, "", 1).replace("{%", "{%" + tag.prefix, 1)
            what = f"{tag.written} 中 {tag.prefix} 前多了空格"
            yield Fault(what, f"写成 {re.sub(r' +', ' ', right)}", text)
    yield from _find_leftovers(text, _without(text.text, tags))


def _find_leftovers(text: PlacedText, rest: str) -> Iterator[Fault]:
    for pattern, what, do in (
        (_FULL_WIDTH, "用了全角括号", "换成半角 {{字段}}"),
        (_SINGLE, "只有一层括号", "写成两层 {{字段}}"),
        (_HALF, "不是完整的标签", _TYPE_ANEW),
    ):
        for match in pattern.finditer(rest):
            around = rest[max(0, match.start() - _AROUND) : match.end() + _AROUND].strip()
            yield Fault(f"“{around}”{what}", do, text)
        rest = pattern.sub("\u00a0", rest)


def find_block_faults(blocks: Blocks) -> Iterator[Fault]:
    """Starts without ends, and ends without starts."""
    for tag in blocks.unclosed:
        yield Fault(f"{tag.written} 没有对应的 end{tag.keyword}", "补上结束标签", tag.text)
    for tag in blocks.unopened:
        yield Fault(f"{tag.written} 前面没有对应的开始标签", "补上开始标签，或删去它", tag.text)


def find_name_faults(
    tag: TagAt, loops: Mapping[str, str], book: NameBook | None, names: TagNames
) -> Iterator[Fault]:
    """Names that are no field, and what a tag may not say; `names` collects all."""
    try:
        tree = _ENVIRONMENT.parse(_alone(tag))
    except jinja2.TemplateSyntaxError:
        yield Fault(f"标签 {tag.written} 写法有误", "标签只写字段、for、if", tag.text)
        return
    if book:
        rename_labels(tree, book.labels, _meant(loops, book))
    here = TagNames()
    here.add(tree, _meant(loops, book) if book else loops)
    if here.forbidden:
        kinds = "、".join(sorted(here.forbidden))
        what = f"标签 {tag.written} 用了不允许的写法（{kinds}）"
        yield Fault(what, "标签只写字段、for、if", tag.text)
        return
    names.used |= here.used
    names.printed |= here.printed
    if book:
        for name in sorted(here.used - book.known):
            yield Fault(*book.explain(name), tag.text)


def _meant(loops: Mapping[str, str], book: NameBook) -> dict[str, str]:
    """Loop variables with the names of their tables, where a label was written."""
    return {variable: book.meaning(table) for variable, table in loops.items()}


def _alone(tag: TagAt) -> str:
    """The tag as a whole template, its other half added."""
    if not tag.is_block:
        return "{{ " + tag.words + " }}"
    if tag.keyword == "for":
        return "{% " + tag.words + " %}{% endfor %}"
    if tag.keyword in ("if", "elif"):
        return "{% " + tag.words.removeprefix("el") + " %}{% endif %}"
    if tag.keyword in ("else", "endif", "endfor"):
        return ""
    return "{% " + tag.words + " %}"


def _without(text: str, tags: list[TagAt]) -> str:
    letters = list(text)
    for tag in reversed(tags):
        letters[tag.start : tag.end] = ["\u00a0"]
    return "".join(letters)
