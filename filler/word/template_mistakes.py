"""What in a template's sources does not fit its form, part by part."""

import re
from collections.abc import Iterator, Mapping

import jinja2
from jinja2 import nodes

from filler.word.name_book import NameBook, rename_labels
from filler.word.page_texts import ways_to_print
from filler.word.tags.value_filters import find_wrong_filter
from filler.word.template_tags import (
    WHOLE,
    TagNames,
    explain_forbidden,
    explain_strange_filter,
    find_foreign_tags,
    find_unclear_tags,
    find_whole_tables,
)
from minzheng.county.errors import Problem
from minzheng.external.files.file_properties import CORE

_QUOTED = re.compile(r"'([^']+)'")
_PAIRED = "检查 {% for %}、{% if %} 是否成对、完整"
_SYNTAX = (
    (
        "missing end of comment",
        "{{# 没有对应的 #}}，后面的内容都不会印出",
        "删去 {#；循环用 {%tr for 行 in 表 %}",
    ),
    ("unexpected end of template", "标签没有写完，缺少{}", _PAIRED),
    (
        "unknown tag 'cellbg'",
        "{{% cellbg %}} 没有写在表格的格子里",
        "移到格子里，一格写一个",
    ),
    ("unknown tag 'colspan'", "{{% colspan %}} 没有写在表格的格子里", "移到格子里，一格写一个"),
    ("unknown tag", "不认识的标签{}", "标签只写字段、for、if；循环、条件要成对"),
    ("unexpected char", "标签里有不能用的字符{}", "用半角输入，删去多余的符号"),
    ("expected token", "{}附近的写法有误", "一个标签只写一个字段，检查引号、括号"),
)


def read_trees(
    where: str,
    sources: Mapping[str, str],
    environment: jinja2.Environment,
    book: NameBook,
    names: TagNames,
    *,
    is_new: bool = True,
) -> tuple[dict[str, nodes.Template], list[Problem]]:
    """The sources parsed, labels replaced, and all their names taken in.

    Args:
        where: the template's name.
        sources: its parts.
        environment: what parses them.
        book: the names and labels of the form.
        names: takes in those that are used.
        is_new: not the template of a document issued before: all is asked of it.
    """
    trees: dict[str, nodes.Template] = {}
    problems: list[Problem] = []
    for name, source in sources.items():
        place = f"{where} {place_name(name)}"
        problems += find_unclear_tags(place, source)
        problems += find_foreign_tags(place, source) if is_new else ()
        try:
            tree = environment.parse(source)
        except jinja2.TemplateSyntaxError as error:
            problems.append(Problem(place, *explain_syntax(error.message or "")))
            continue
        except RecursionError:
            problems.append(Problem(place, "标签里一层套一层太多", "标签只写字段、for、if"))
            continue
        rename_labels(tree, book.labels)
        printed, plain, filtered = set(names.printed), set(names.plain), set(names.filtered)
        names.add(tree, {})
        if not is_new:
            names.forbidden -= {"Compare", WHOLE}  # the one was always untrue, the other printed
        if name == CORE:
            # properties are set anew, and stand on no paper
            names.printed, names.plain, names.filtered = printed, plain, filtered
        trees[name] = tree
    return trees, problems


def find_name_problems(
    where: str, names: TagNames, book: NameBook, required: Mapping[str, str]
) -> Iterator[Problem]:
    """Forbidden words, unknown names, and fields that stand nowhere."""
    whole = {WHOLE} if any(find_whole_tables(names, book.types)) else set()
    if names.forbidden | whole:
        what, do = explain_forbidden(names.forbidden | whole)
        yield Problem(where, f"标签中{what}", do)
    yield from (Problem(where, *explain_strange_filter(one)) for one in sorted(names.strange))
    for name in sorted(names.used - book.known) if book.known else ():
        yield Problem(where, *book.explain(name), name)
    for name, used in sorted(names.filtered):
        if kind := find_wrong_filter(used, book.types.get(name, "")):
            yield Problem(where, *explain_wrong_filter(name, used, kind), name)
    for name, label in required.items():
        if not any(way <= names.printed for way in ways_to_print(name)):
            yield Problem(where, f"没有地方印“{label}”", f"在模板中加上 {{{{{name}}}}}", name)


def explain_wrong_filter(name: str, used: str, kind: str) -> tuple[str, str]:
    """A filter at a field of another kind."""
    return f"“{name}”不是{kind}，不能用“|{used}”", "删去过滤器，或换一个字段"


def explain_syntax(message: str) -> tuple[str, str]:
    """What Jinja says of a tag, in Chinese, and what to do."""
    quoted = "、".join(f"“{word}”" for word in _QUOTED.findall(message))
    for start, words, do in _SYNTAX:
        if start in message.lower():
            return words.format(quoted or "标签"), do
    return f"{quoted or '标签'}附近的写法有误", "标签只写字段、for、if，检查引号、括号是否成对"


def place_name(part: str) -> str:
    """How a person calls a part of the file: 正文, 页眉, 页脚, 脚注."""
    for start, words in (("document", "正文"), ("header", "页眉"), ("footer", "页脚")):
        if start in part:
            return words
    return "文档属性" if part == CORE else "脚注"
