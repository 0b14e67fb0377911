"""Everything a spec speaks of is there: fields, words, forms and their answers."""

from dataclasses import replace

import pytest

from filler.form.forms import Call, StatedCheck
from filler.spec.spec_references import calls_of, find_reference_problems, find_unknown_forms


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
    spec = replace(catalogue.form("DB-01"), **change)
    found = [str(problem) for problem in find_reference_problems(spec, "DB-01.toml")]
    assert [one for one in found if words in one and "DB-01.toml" in one]
    assert not list(find_reference_problems(catalogue.form("DB-01"), "DB-01.toml"))
