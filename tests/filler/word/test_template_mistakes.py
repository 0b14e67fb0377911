"""What in a template's sources does not fit its form."""

import jinja2
import pytest

from filler.word.name_book import NameBook
from filler.word.template_mistakes import find_name_problems, place_name, read_trees
from filler.word.template_tags import TagNames

BOOK = NameBook(frozenset({"name", "id_no"}), {"姓名": ("name",)})


def read(**sources):
    names = TagNames()
    parts = {f"word/{part}.xml": source for part, source in sources.items()}
    trees, problems = read_trees("x", parts, jinja2.Environment(autoescape=True), BOOK, names)
    return trees, problems, names


def test_labels_become_names_and_all_are_taken_in():
    """Of every part."""
    trees, problems, names = read(document="{{ 姓名 }}", header1="{{ id_no }}")
    assert list(trees) == ["word/document.xml", "word/header1.xml"]
    assert (problems, names.printed) == ([], {"name", "id_no"})


def test_a_broken_part_is_named_and_the_others_are_read():
    """One mistake hides no other."""
    trees, problems, _ = read(document="{% if a %}", header1="{ name }", footer1="{{ name }}")
    assert list(trees) == ["word/header1.xml", "word/footer1.xml"]
    assert [problem.where for problem in problems] == ["x 正文", "x 页眉"]


def test_names_that_are_no_field_and_fields_without_a_place_are_named():
    """With the nearest one there is."""
    _, _, names = read(document="{{ nam }}{{ name|e }}")
    problems = list(find_name_problems("x", names, BOOK, {"id_no": "身份证号"}))
    assert [problem.what for problem in problems] == [
        "没有“|e”这个过滤器",
        "“nam”不是本表字段",
        "没有地方印“身份证号”",
    ]


def test_a_template_without_a_form_may_use_any_name():
    """Nothing is known to compare with."""
    _, _, names = read(document="{{ nam }}")
    assert list(find_name_problems("x", names, NameBook(frozenset(), {}), {})) == []


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("word/document.xml", "正文"),
        ("word/header2.xml", "页眉"),
        ("word/footer1.xml", "页脚"),
        ("word/footnotes.xml", "脚注"),
        ("docProps/core.xml", "文档属性"),
    ],
)
def test_a_part_is_called_as_a_person_calls_it(part, words):
    """Messages name no file inside a file."""
    assert place_name(part) == words
