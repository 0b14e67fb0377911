"""One spec becomes a form; groups are laid in, every mistake is collected."""

from pathlib import Path

import pytest

from filler.form.forms import Call, Condition
from filler.spec.spec_file import SpecReader

GROUPS = {
    "APPL": [
        {"slug": "name", "label": "姓名", "type": "text", "required": True},
        {"slug": "phone", "label": "电话", "type": "phone", "required_if": "no_phone != 是"},
        {"slug": "no_phone", "label": "无电话", "type": "choice", "choices": ["是", "否"]},
        {"slug": "addr", "label": "住址", "type": "text", "default": "{name}家"},
    ]
}
HEAD = {"id": "XX-01", "title": "试表", "version": "1", "kind": "制式", "layout": "L-TABLE"}


def read(*fields, **more):
    reader = SpecReader(Path("XX-01.toml"), "XX-01.toml", GROUPS, {"@towns": ("钟宝镇",)})
    spec = reader.read(HEAD | more | {"section": [{"title": "一", "field": list(fields)}]})
    return spec, [str(problem) for problem in reader.problems]


def test_a_group_is_laid_in():
    """Without what is omitted; a default that spoke of it is none, a need becomes plain."""
    spec, problems = read({"group": "APPL", "omit": ["no_phone"]})
    assert not problems
    assert [field.slug for field in spec.fields] == ["name", "phone", "addr"]
    assert (spec.fields[1].required, spec.fields[1].required_if) == (True, None)
    whole, _ = read({"group": "APPL"})
    assert whole.fields[1].required_if == Condition("no_phone", ("是",), negated=True)
    alone, _ = read({"group": "APPL", "only": ["addr"]})
    assert alone.fields[0].default == ""


def test_a_group_may_be_given_other_defaults():
    """For its own fields only."""
    spec, problems = read({"group": "APPL", "defaults": {"addr": "村中"}})
    assert (spec.fields[3].default, problems) == ("村中", [])
    _, problems = read({"group": "APPL", "only": ["name"], "defaults": {"addr": "村中"}})
    assert ["“addr”不在本表" in one for one in problems] == [True]


def test_calls_formulas_and_checks_are_read():
    """Each where it stands."""
    field = {"slug": "n", "label": "数", "type": "int", "derived": "= 1 + 2"}
    stated = {"at": "n", "when": "n > 3", "what": "多", "do": "少", "warning": True}
    spec, problems = read(field, checks=["in_order(n)"], check=[stated])
    assert not problems
    assert spec.fields[0].derived == Call("formula", ("1 + 2",))
    assert spec.checks == (Call("in_order", ("n",)),)
    assert (spec.stated[0].at, spec.stated[0].is_warning) == (("n",), True)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"slug": "a", "label": "甲", "type": "txt"}, "a.type 读到“txt”"),
        ({"slug": "a", "type": "text"}, "label 没有填写"),
        ({"slug": "a", "label": "甲", "type": "text", "reqired": True}, "是否为“required”"),
        ({"slug": "a", "label": "甲", "type": "text", "required": "是"}, "应为 true 或 false"),
        ({"slug": "a", "label": "甲", "type": "text", "required_if": "b"}, "required_if 读到“b”"),
        ({"slug": "a", "label": "甲", "type": "text", "derived": "a b"}, "derived 读到“a b”"),
        ({"slug": "a", "label": "甲", "type": "choice", "choices": "@wns"}, "没有名单“@wns”"),
        ({"group": "NONE"}, "NONE"),
        ({"group": "APPL", "only": ["nme"]}, "没有“nme”"),
    ],
)
def test_a_mistake_is_told_with_its_place(field, words):
    """And what could be meant."""
    _, problems = read(field)
    assert [one for one in problems if words in one and "XX-01.toml" in one]


def test_a_form_without_its_head_is_none():
    """All that is missing is named."""
    spec, problems = read(title=None, kind="制")
    assert spec is None
    assert any("title 没有填写" in one for one in problems)
    assert any("kind 读到“制”" in one for one in problems)
