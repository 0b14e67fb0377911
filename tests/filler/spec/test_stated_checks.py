"""`[[check]]` of a spec: read as it is written, its mistakes named at start."""

import pytest

from filler.errors import CatalogueError
from filler.form.forms import Call, StatedCheck
from filler.spec.form_catalogue import load_catalogue
from filler.spec.stated_checks import calls_of, read_stated

HEAD = """
id = "XX-01"
title = "试表"
version = "1"
kind = "制式"
layout = "L-TABLE"

"""
FIELDS = """
[[section]]
title = "一"
field = [
  { slug = "state", label = "状态", type = "choice", choices = ["登记", "销号"] },
  { slug = "done", label = "办结", type = "date" },
  { slug = "rows", label = "各行", type = "rows", column = [
    { slug = "kind", label = "类", type = "choice", choices = ["增", "减"] },
  ] },
]
"""


def problems_of(tmp_path, check: str) -> str:
    (tmp_path / "XX-01.toml").write_text(HEAD + check + FIELDS, encoding="utf-8")
    try:
        load_catalogue(tmp_path, needs_templates=False)
    except CatalogueError as error:
        return str(error)
    return ""


def check(at='"done"', when="state = 登记", what="没有办结", do="办结", more=""):
    return f'[[check]]\nat = {at}\nwhen = "{when}"\nwhat = "{what}"\ndo = "{do}"\n{more}\n'


@pytest.mark.parametrize(
    "right",
    [
        check(),
        check(at='["done", "state"]', when="blank(this)", what="{label(this)}没有填写"),
        check(at='"rows.kind"', when="kind = 增 and state = 登记", what="{this}"),
        check(more="warning = true"),
    ],
)
def test_a_check_that_can_be_asked_is_taken(tmp_path, right):
    """Of a field, of several, of every row."""
    assert problems_of(tmp_path, right) == ""


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (check(at='"dome"'), "at“dome”不是本表字段"),
        (check(at='"rows.kinds"'), "at“rows.kinds”不是本表字段"),
        (check(at='"done.kind"'), "at“done.kind”不是本表字段"),
        (check(when="state = 已登记"), "“已登记”不是“state”的可选项"),
        (check(when="stat = 登记"), "“stat”不是本表字段"),
        (check(when="kind = 增"), "“kind”不是本表字段"),
        (check(when="state ="), "没有写完"),
        (check(when="state"), "条件“state”：应为条件"),
        (check(when="month(done) > 冬春核实截至月"), "“冬春核实截至月”既不是本表字段、数字"),
        (check(what="{dome}"), "“dome”不是本表字段"),
        (check(do="{month(dome)}"), "“dome”不是本表字段"),
        (check(what=""), "没有写全"),
        (check(at="[]"), "没有写全"),
        (check(more='says = "x"'), "“says”"),
    ],
)
def test_every_mistake_of_a_check_is_named(tmp_path, wrong, words):
    """With the form and the check in which it stands."""
    found = problems_of(tmp_path, wrong)
    assert words in found
    assert "XX-01.toml" in found


def test_a_check_is_read_as_it_is_written():
    """One field or several; it refuses unless it says otherwise."""
    entry = {"at": "a", "when": "b", "what": "c", "do": "d"}
    assert read_stated(entry) == StatedCheck(("a",), "b", "c", "d")
    several = read_stated(entry | {"at": ["a", "r.c"], "warning": True})
    assert several == StatedCheck(("a", "r.c"), "b", "c", "d", is_warning=True)


def test_the_derivations_a_check_calls():
    """In its condition and in its words."""
    stated = StatedCheck(("a",), "age_on(b) > 3", "{issued(COM-02)} 份", "{a}改")
    assert list(calls_of(stated)) == [Call("age_on", ("b",)), Call("issued", ("COM-02",))]
