"""The table of what forms take over from one another."""

from pathlib import Path

import pytest

from filler.form.forms import Call, Field, FormSpec, Section
from filler.spec.taken_from import (
    Gather,
    Take,
    TakingOver,
    find_wrong_takes,
    read_table,
    read_taking_over,
)


def wrong_in(folder, forms):
    """The mistakes of a table, against some forms."""
    table = read_table(folder, [])
    return list(find_wrong_takes(read_taking_over(table), table, forms))


def test_every_mistake_in_the_table_is_named(catalogue, tmp_path):
    """A form or field that is not there, and what a notice must not show."""
    file = tmp_path / "copies.toml"
    file.write_text(
        '[[copy]]\nto = "DB-02"\nfrom = "XX-99"\nfields = ["nothing", "hh_size"]\n'
        '[[gather]]\nto = "GS-01"\nrows = "rows"\nfrom = "DB-02"\n'
        'columns = { name = "name", remark = "id_no", no_column = "name" }\n',
        "utf-8",
    )
    problems = wrong_in(tmp_path, catalogue.by_id)
    assert [problem.field for problem in problems] == [
        "nothing", "hh_size", "XX-99", "no_column", "remark", "GS-01",
    ]  # fmt: skip
    assert "公示表" in problems[4].what


def form(form_id, *fields, layout="L-TABLE"):
    section = Section("", fields)
    return FormSpec(form_id, "表", "1", "制式", layout, "", (section,), Path("x.docx"))


COLUMNS = (Field("name", "姓名", "text"), Field("remark", "备注", "text"))


def forms(layout):
    """A list `N` and the form `S` its rows come from, with each kind of secret."""
    own = (Field("village", "村", "text"), Field("day", "日", "date"),
           Field("sum", "合计", "int", derived=Call("x")),
           Field("list", "名单", "rows", columns=COLUMNS))  # fmt: skip
    asked = (Field("village", "村", "text"), Field("day", "日", "date"),
             Field("name", "姓名", "text"), Field("id_no", "身份证号", "idcard"),
             Field("card", "账号", "bank"), Field("tel", "电话", "phone"),
             Field("ill", "病情", "text", sensitive=True))  # fmt: skip
    return {"N": form("N", *own, layout=layout), "S": form("S", *asked)}


def told(tmp_path, entry, layout="L-NOTICE", kind="gather"):
    """What is wrong with one entry of the table, by the slugs it names."""
    lines = "\n".join(f"{key} = {value}" for key, value in entry.items())
    (tmp_path / "copies.toml").write_text(f"[[{kind}]]\n{lines}\n", encoding="utf-8")
    return [problem.field for problem in wrong_in(tmp_path, forms(layout))]


GATHER = {"to": '"N"', "rows": '"list"', "from": '"S"', "columns": '{name = "name"}',
          "person": '"id_no"'}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, []), ({"rows": '"other"'}, ["other", "name"]), ({"rows": '"village"'}, ["name"]),
        ({"when": '{village = "旧城村"}'}, []), ({"when": '{place = "x"}'}, ["place"]),
        ({"when": '{sum = "1"}'}, ["sum"]), ({"match": '["village"]'}, []),
        ({"match": '["place"]'}, ["place", "place"]), ({"match": '["list"]'}, ["list"]),
        ({"as_of": '"day"'}, []), ({"as_of": '"month"'}, ["month"]),
        ({"approved": '"day"'}, []), ({"approved": '"month"'}, ["month"]),
        ({"key": '["name", "remark"]'}, []), ({"key": '["number"]'}, ["number"]),
        ({"columns": '{name = "ghost"}'}, ["ghost"]), ({"columns": '{name = "=1"}'}, []),
        ({"columns": '{name = "S.name"}'}, []), ({"columns": '{name = "S.ghost"}'}, ["ghost"]),
        ({"columns": '{name = "T.name"}'}, ["T"]), ({"columns": '{number = "name"}'}, ["number"]),
        ({"columns": '{name = "id_no"}'}, ["name"]), ({"columns": '{name = "card"}'}, ["name"]),
        ({"columns": '{name = "tel"}'}, ["name"]), ({"columns": '{name = "ill"}'}, ["name"]),
        ({"columns": '{name = "S.id_no"}'}, ["name"]), ({"person": '""'}, ["N"]),
        ({"person": '"somebody"'}, ["somebody"]), ({"to": '"T"'}, ["T", "name"]),
        ({"from": '"T"', "person": '"id_no"'}, ["T", "T"]),
    ],
)  # fmt: skip
def test_what_a_rule_of_gathering_speaks_of_is_there(tmp_path, change, wrong):
    """And a notice shows nothing it must not."""
    assert told(tmp_path, GATHER | change) == wrong


@pytest.mark.parametrize(
    "change",
    [{"columns": '{name = "id_no"}'}, {"columns": '{name = "ill"}'}, {"person": '""'}],
)
def test_a_list_that_is_no_notice_may_show_it(tmp_path, change):
    """It is not put up in the village."""
    assert told(tmp_path, GATHER | change, "L-LIST") == []


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({"to": '"N"', "from": '"S"', "fields": '["village"]'}, []),
        ({"to": '"N"', "from": '"S"', "fields": '["name"]'}, ["name"]),
        ({"to": '"N"', "from": '"S"', "renamed": '{village = "name"}'}, []),
        ({"to": '"N"', "from": '"S"', "renamed": '{village = "ghost"}'}, ["ghost"]),
        ({"to": '"N"', "from": '"S"', "renamed": '{sum = "name"}'}, ["sum"]),
        ({"to": '"S"', "from": '"N"', "renamed": '{name = "sum"}'}, []),
    ],
)
def test_fields_taken_over_are_there(tmp_path, entry, wrong):
    """A form may take over what another computed, into what is typed."""
    assert told(tmp_path, entry, kind="copy") == wrong


@pytest.mark.parametrize(
    ("kind", "entry", "wrong"),
    [
        ("benefit", {"form": '"S"', "name": '"低保"'}, []),
        ("benefit", {"form": '"T"', "name": '"低保"'}, ["T"]),
        ("change", {"form": '"S"', "since": '"day"'}, []),
        ("change", {"form": '"S"', "since": '"month"'}, ["month"]),
        ("change", {"form": '"S"', "since": '"day"', "ends": '{result = ["停发"]}'}, ["result"]),
        ("change", {"form": '"S"', "since": '"day"', "becomes": '{old = "new"}'}, ["new"]),
    ],
)
def test_what_begins_and_ends_a_benefit_is_there(tmp_path, kind, entry, wrong):
    """Forms, and what they answer."""
    assert told(tmp_path, entry, kind=kind) == wrong


def test_a_table_that_cannot_be_read_says_where(tmp_path):
    """And nothing is taken over."""
    (tmp_path / "copies.toml").write_text("[[copy]\n", encoding="utf-8")
    problems = []
    assert read_taking_over(read_table(tmp_path, problems)).takes == ()
    assert [problem.where for problem in problems] == ["copies.toml"]


def test_who_takes_from_whom_is_known():
    """In both directions, and whose rows are gathered when."""
    first = Gather("N", "list", "S", {"kind": "新增"}, (), (), {})
    always = Gather("N", "list", "A", {}, (), (), {})
    known = TakingOver((Take("B", "A", {}), Take("C", "A", {}), Take("C", "B", {})),
                       (first, always))  # fmt: skip
    assert known.takers_of("A") == {"B", "C"}
    assert known.takers_of("C") == frozenset()
    assert known.sources_of("C") == {"A", "B"}
    assert known.sources_of("A") == frozenset()
    assert (known.does_gather("N"), known.does_gather("A")) == (True, False)
    assert known.gather_for("N", {"kind": "新增"}) is first
    assert known.gather_for("N", {"kind": "停发"}) is always
    assert known.gather_for("A", {"kind": "新增"}) is None
    assert TakingOver(gathers=(first,)).gather_for("N", {}) is None


def test_the_tables_that_list_people_are_those_of_cases(catalogue):
    """Those who met to judge stand in another one."""
    tables = catalogue.taking_over.people_tables()
    assert tables["COM-04"] == {"cases"}
    assert all(
        one in {field.slug for field in catalogue.form(form_id).fields}
        for form_id, slugs in tables.items()
        for one in slugs
    )


def test_the_rules_of_a_form_stand_in_the_order_of_the_table(catalogue):
    """Whoever looks for those of one form reads no others."""
    rules, form_ids = catalogue.taking_over, (*catalogue.by_id, "没有")
    for form_id in form_ids:
        assert [*rules.takes_of(form_id)] == [one for one in rules.takes if one.to == form_id]
        assert [*rules.listed_in(form_id)] == [one for one in rules.listed if one.to == form_id]
        assert [*rules.lists_of(form_id)] == [one for one in rules.listed if one.source == form_id]
