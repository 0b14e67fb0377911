"""Everything a spec speaks of is there: fields, words, forms and their answers."""

from dataclasses import replace
from pathlib import Path

import pytest

from filler.form.forms import Call, Condition, Field, FormSpec, Section, StatedCheck
from filler.spec.spec_references import (
    _is_known,
    calls_of,
    find_reference_problems,
    find_unknown_forms,
)


@pytest.fixture
def forms(catalogue):
    return dict(catalogue.by_id)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (Call("no_open_case", ("id_no", "DB-02")), ""),
        (Call("no_open_case", ("id_no", "DB-92")), "“DB-92”：没有这张表"),
        (Call("amount_as_decided", ("rows", "a", "b", "DB-02=c_date")), ""),
        (Call("amount_as_decided", ("rows", "a", "b", "DB-02=c_data")), "“DB-02=c_data”"),
        (Call("formula", ("issued(COM-92)",)), "“COM-92”"),
    ],
)
def test_forms_a_word_is_told_of_are_there(forms, call, words):
    """And so are their answers."""
    spec = replace(forms["COM-02"], checks=(call,) if call.name != "formula" else (), stated=())
    if call.name == "formula":
        spec = replace(spec, stated=(StatedCheck(("result",), f"{call.args[0]} > 0", "x", "y"),))
    found = [str(problem) for problem in find_unknown_forms({**forms, "COM-02": spec})]
    assert [words in one for one in found] == ([True] if words else [])


def test_every_word_of_a_form_is_found(catalogue):
    """Of fields, columns, checks, formulas and what a check says."""
    names = {call.name for call in calls_of(catalogue.form("CB-01"))}
    assert {"length", "formula", "standard_month", "is_severe", "no_open_case"} <= names


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "{nobody}的表"}, "“{nobody}”不是本表字段"),
        ({"file_name": "{nobody}"}, "“{nobody}”不是本表字段"),
        ({"reference_date": "someday"}, "reference_date“someday”不是本表字段"),
        ({"checks": (Call("unique", ("rows",)),)}, "unique 应有 2 个参数，读到 1 个"),
        ({"checks": (Call("uniqe", ("rows", "a")),)}, "是否为“unique”"),
        ({"checks": (Call("unique", ("name", "a")),)}, "“name”不是本表的表格字段"),
        ({"checks": (Call("unique", ("members", "m_no")),)}, "“m_no”不是该表格的列"),
        ({"checks": (Call("formula", ("1",)),)}, "没有名为“formula”"),
    ],
)
def test_what_is_not_there_is_named(catalogue, change, words):
    """With the form."""
    spec, terms = replace(catalogue.form("DB-01"), **change), catalogue.county.terms
    found = [str(problem) for problem in find_reference_problems(spec, "DB-01.toml", terms)]
    assert [one for one in found if words in one and "DB-01.toml" in one]
    assert not list(find_reference_problems(catalogue.form("DB-01"), "DB-01.toml", terms))


A, B = Field("a", "甲", "text"), Field("b", "乙", "text")
COLUMN = Field("c", "丙", "choice", choices=("一",))


def wrong(catalogue, *fields, **options):
    """What is wrong with a form of these fields, by the words that are told."""
    spec = FormSpec("XX-01", "表", "1", "制式", "L-TABLE", "", (Section("", fields),), Path("x"),
                    **options)  # fmt: skip
    found = find_reference_problems(spec, "XX-01.toml", catalogue.county.terms)
    return [problem.what for problem in found]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []), ({"required_if": Condition("b", ("是",))}, []),
        ({"required_if": Condition("z", ("是",))}, ["required_if 中的“z”不是本表字段"]),
        ({"default": "{b}"}, []), ({"default": "{case_no}"}, []),
        ({"default": "{z}"}, ["“{z}”不是本表字段"]),
        ({"type": "seal", "seal_name": "{z}"}, ["“{z}”不是本表字段"]),
        ({"type": "choice"}, ["没有写可选项"]), ({"type": "multi"}, ["没有写可选项"]),
        ({"type": "choice", "choices": ("一",)}, []),
        ({"type": "choice", "derived": Call("form_version")}, []),
        ({"type": "choice", "choices": ("一",), "default": "一"}, []),
        ({"type": "choice", "choices": ("一",), "default": "二"}, ["default“二”不在可选项中"]),
        ({"type": "choice", "choices": ("一",), "default": "{b}"}, []),
        ({"default": "二"}, []), ({"type": "rows"}, ["表格字段（rows）与列（column）不相符"]),
        ({"columns": (COLUMN,)}, ["表格字段（rows）与列（column）不相符"]),
        ({"type": "rows", "columns": (COLUMN,)}, []),
        ({"type": "rows", "columns": (COLUMN,), "one_row_each": "c"}, []),
        ({"type": "rows", "columns": (COLUMN,), "one_row_each": "z"},
         ["one_row_each“z”不是有可选项的列"]),
        ({"type": "rows", "columns": (B,), "one_row_each": "b"},
         ["one_row_each“b”不是有可选项的列"]),
        ({"type": "rows", "columns": (COLUMN, COLUMN)}, ["字段“c”重复"]),
        ({"type": "rows", "columns": (Field("d", "丁", "text", required_if=Condition("c", ("一",))),
                                      COLUMN)}, []),
        ({"derived": Call("no_such_thing")}, ["没有名为“no_such_thing”的规则或算法"]),
        ({"rules": (Call("no_such_thing"),)}, ["没有名为“no_such_thing”的规则或算法"]),
        ({"rules": (Call("not_before", ("b",)),)}, []),
        ({"rules": (Call("not_before", ("z",)),)}, ["not_before 的参数“z”不是本表字段"]),
    ],
)  # fmt: skip
def test_a_field_speaks_of_what_is_there(catalogue, change, told):
    """Its own form's fields, columns and choices."""
    field = Field(**{"slug": "a", "label": "甲", "type": "text"} | change)
    assert wrong(catalogue, field, B) == told


def test_twins_are_named_once(catalogue):
    """Each, in order."""
    assert wrong(catalogue, B, A, B, A, A) == ["字段“a”重复", "字段“b”重复"]
    assert wrong(catalogue, A, B) == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"reference_date": "a"}, []), ({"reference_date": ""}, []),
        ({"reference_date": "z"}, ["reference_date“z”不是本表字段"]),
        ({"file_name": "{form_id}_{a}_{case_no}_{title}_{version}"}, []),
        ({"file_name": "{z}"}, ["“{z}”不是本表字段"]),
    ],
)  # fmt: skip
def test_a_form_is_named_by_what_it_has(catalogue, options, told):
    """Its fields, and what every form has."""
    assert wrong(catalogue, A, **options) == told


@pytest.mark.parametrize(
    ("text", "is_known"),
    [("DB-02", True), ("DB-92", False), ("DB-02=c_date", True), ("DB-92=c_date", False),
     ("DB-02=", True)],
)  # fmt: skip
def test_an_answer_of_a_form_is_known_with_its_form(forms, text, is_known):
    """The form alone is enough."""
    assert _is_known(text, forms) == is_known
