"""Whether the tags of a template are written right and speak of fields there are."""

import re
from collections.abc import Iterator, Mapping

import jinja2

from filler.word.faults.tag_blocks import Blocks, TagAt, find_tags
from filler.word.faults.template_text import Fault, PlacedText
from filler.word.name_book import NameBook, rename_labels
from filler.word.tags.cell_tags import CELL_TAGS
from filler.word.tags.value_filters import find_wrong_filter
from filler.word.template_mistakes import explain_syntax, explain_wrong_filter
from filler.word.template_tags import (
    BRACES,
    INSTEAD_OF_OTHERS,
    OTHERS,
    TagNames,
    explain_forbidden,
    explain_strange_filter,
    has_full_width,
)

_AROUND = 8
_QUOTES = str.maketrans("“”‘’", "\"\"''")  #: Word puts them of itself
_MERGES = ("vm", "hm")  #: a cell in a loop that is merged with those of the other rows
_FULL_WIDTH = re.compile(r"[｛{]*｛[^｛｝{}]{0,40}｝[｝}]*|[｛｝]")
_SINGLE = re.compile(r"(?<!\{)\{\s*\w{1,40}(?:\.\w{1,40})?\s*\}(?!\})")
_REMARK = re.compile(r"\{#(?!\s*\w{1,40}\s*\}).*?#\}", re.DOTALL)
_UNCLOSED = re.compile(r"\{#")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|[{}]%|%[{}]")
_ENVIRONMENT = jinja2.Environment(autoescape=True)
_TYPE_ANEW = "接受全部修订后，用半角在一处连续输入 {{字段}}"


def find_written_faults(text: PlacedText) -> Iterator[Fault]:
    """Braces that are no proper tag, and tags that tracked changes cut."""
    tags = list(find_tags(text))
    for tag in tags:
        if any(text.tracked[tag.start : tag.end]):
            yield Fault(f"标签 {tag.written} 被修订记录切断", _TYPE_ANEW, text)
        elif text.holders[tag.start] is not text.holders[tag.end - 1]:  # docxtpl drops whole ones
            what = f"标签 {tag.written} 被超链接、域或内容控件切断"
            yield Fault(what, "删去后在一处重新输入", text)
        if has_full_width(tag.words):
            yield Fault(f"标签 {tag.written} 里有全角字符", "改用半角输入字段名和符号", text)
        if tag.has_gap:
            right = tag.written.replace(tag.prefix, "", 1).replace("{%", "{%" + tag.prefix, 1)
            what = f"{tag.written} 中 {tag.prefix} 前多了空格"
            yield Fault(what, f"写成 {re.sub(r' +', ' ', right)}", text)
    yield from _find_leftovers(text, _without(text.text, tags))


def _find_leftovers(text: PlacedText, rest: str) -> Iterator[Fault]:
    rest = BRACES.sub("\u00a0", _REMARK.sub("\u00a0", rest))
    for pattern, what, do in (
        (OTHERS, "是别的软件的写法", INSTEAD_OF_OTHERS),
        (_UNCLOSED, "没有对应的 #}，后面的内容都不会印出", "删去 {#，或补上 #}"),
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
    except jinja2.TemplateSyntaxError as error:
        what, do = explain_syntax(error.message or "")
        yield Fault(f"标签 {tag.written} 写法有误：{what}", do, tag.text)
        return
    if book:
        rename_labels(tree, book.labels, _meant(loops, book))
    here = TagNames()
    here.add(tree, _meant(loops, book) if book else loops)
    refused = list(_find_refused(tag, here))
    yield from refused
    if not refused:
        names.used |= here.used
        names.printed |= here.printed
        yield from _find_wrong_names(tag, here, book) if book else ()


def _find_refused(tag: TagAt, here: TagNames) -> Iterator[Fault]:
    """What a tag may not say, whatever the fields are called."""
    told = [explain_strange_filter(min(here.strange))] if here.strange else []
    told += [explain_forbidden(here.forbidden)] if here.forbidden and not told else []
    for what, do in told:
        yield Fault(f"标签 {tag.written} {what}", do, tag.text)
    if tag.keyword in CELL_TAGS and tag.text.cell is None and not told:
        what = f"{tag.written} 没有写在表格的格子里"
        yield Fault(what, "移到格子里，一格写一个", tag.text)


def _find_wrong_names(tag: TagAt, here: TagNames, book: NameBook) -> Iterator[Fault]:
    for name in sorted(here.used - book.known):
        yield Fault(*book.explain(name), tag.text)
    for name, used in sorted(here.filtered):
        if kind := find_wrong_filter(used, book.types.get(name, "")):
            yield Fault(*explain_wrong_filter(name, used, kind), tag.text)


def _meant(loops: Mapping[str, str], book: NameBook) -> dict[str, str]:
    """Loop variables with the names of their tables, where a label was written."""
    return {variable: book.meaning(table) for variable, table in loops.items()}


def _alone(tag: TagAt) -> str:
    """The tag as a whole template, its other half added, quotes as they are read."""
    words = tag.words.translate(_QUOTES)
    if not tag.is_block:
        return "{{ " + words + " }}"
    if tag.keyword == "for":
        return "{% " + words + " %}{% endfor %}"
    if tag.keyword in ("if", "elif"):
        return "{% " + words.removeprefix("el") + " %}{% endif %}"
    if tag.keyword in ("else", "endif", "endfor") or words in _MERGES:
        return ""
    if tag.keyword in CELL_TAGS and words != tag.keyword:
        return f"{{{{ ({words.removeprefix(tag.keyword)})|{CELL_TAGS[tag.keyword]} }}}}"
    return "{% " + words + " %}"


def _without(text: str, tags: list[TagAt]) -> str:
    letters = list(text)
    for tag in reversed(tags):
        letters[tag.start : tag.end] = ["\u00a0"]
    return "".join(letters)
