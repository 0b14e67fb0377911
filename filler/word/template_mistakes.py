"""What in a template's sources does not fit its form, part by part."""

from collections.abc import Iterator, Mapping

import jinja2
from jinja2 import nodes

from filler.word.name_book import NameBook, rename_labels
from filler.word.page_texts import ways_to_print
from filler.word.template_tags import TagNames, find_unclear_tags
from minzheng.county.errors import Problem
from minzheng.external.files.file_properties import CORE


def read_trees(
    where: str,
    sources: Mapping[str, str],
    environment: jinja2.Environment,
    book: NameBook,
    names: TagNames,
) -> tuple[dict[str, nodes.Template], list[Problem]]:
    """The sources parsed, labels replaced, and all their names taken in."""
    trees: dict[str, nodes.Template] = {}
    problems: list[Problem] = []
    for name, source in sources.items():
        place = f"{where} {place_name(name)}"
        problems += find_unclear_tags(place, source)
        try:
            tree = environment.parse(source)
        except jinja2.TemplateSyntaxError as error:
            what = f"标签写法有误（{error.message}）"
            problems.append(Problem(place, what, "检查 {% for %}、{% if %} 是否成对、完整"))
            continue
        except RecursionError:
            problems.append(Problem(place, "标签里一层套一层太多", "标签只写字段、for、if"))
            continue
        rename_labels(tree, book.labels)
        printed = set(names.printed)
        names.add(tree, {})
        if name == CORE:
            names.printed = printed  # properties are set anew, and stand on no paper
        trees[name] = tree
    return trees, problems


def find_name_problems(
    where: str, names: TagNames, book: NameBook, required: Mapping[str, str]
) -> Iterator[Problem]:
    """Forbidden words, unknown names, and fields that stand nowhere."""
    for kind in sorted(names.forbidden):
        yield Problem(where, f"标签中用了不允许的写法（{kind}）", "标签只写字段、for、if")
    for name in sorted(names.used - book.known) if book.known else ():
        yield Problem(where, *book.explain(name), name)
    for name, label in required.items():
        if not any(way <= names.printed for way in ways_to_print(name)):
            yield Problem(where, f"没有地方印“{label}”", f"在模板中加上 {{{{{name}}}}}", name)


def place_name(part: str) -> str:
    """How a person calls a part of the file: 正文, 页眉, 页脚, 脚注."""
    for start, words in (("document", "正文"), ("header", "页眉"), ("footer", "页脚")):
        if start in part:
            return words
    return "文档属性" if part == CORE else "脚注"
