"""What a register says of itself."""

from minzheng.registers.register import Column, Join, Register, Registers, Source, State


def _register(**more):
    given = {
        "id": "one", "group": "走访", "title": "甲", "about": "乙",
        "sources": (Source("DB-02", columns={"name": "name", "kind": "=低保", "case": "@case"}),),
        "columns": (Column("name", "姓名"), Column("kind", "对象", is_hidden=True)),
        "states": (State("有", "filled(name)"), State("其他")),
    }  # fmt: skip
    return Register(**(given | more))


def test_what_is_lacking_is_a_state_where_something_must_be():
    """The first, and the worst."""
    assert [one.name for one in _register().all_states] == ["有", "其他"]
    must = _register(must_villages=True, lacking="缺")
    assert must.all_states[0] == State("缺", level="none")


def test_hidden_columns_are_not_shown():
    """They only help to reckon."""
    assert [one.slug for one in _register().shown] == ["name"]
    assert _register().label_of("kind") == "对象"
    assert _register().label_of("village") == "村"


def test_a_source_asks_fields_only():
    """Not what is fixed, nor what the document itself is."""
    assert _register().sources[0].slugs == {"name"}


def test_forbidden_dossiers_give_no_rows_and_no_cells():
    """Whatever is left stays."""
    join = Join(("name",), (Source("ET-01"), Source("ZF-01")))
    less = _register(joins=(join,)).without(frozenset({"DB", "ET"}))
    assert less.sources == ()
    assert [one.form_id for one in less.joins[0].sources] == ["ZF-01"]
    whole = _register()
    assert whole.without(frozenset({"ET"})) is whole


def test_columns_that_tell_rows_apart_are_worked_out_first():
    """Others later, once all is joined."""
    columns = (Column("a", "甲", value="name"), Column("b", "乙", value="name"))
    assert [one.slug for one in _register(columns=columns, key=("b",)).early] == ["b"]


def test_registers_are_found_by_name():
    """And what all of them ask of a form is known."""
    known = Registers((_register(), _register(id="two", group="专栏")))
    assert known.named("two").group == "专栏"
    assert known.named("three") is None
    assert known.groups == ("走访", "专栏")
    assert len(known.sources["DB-02"]) == 2
