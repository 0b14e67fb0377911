"""Rows taken, split, joined, placed; one register written for each truth."""

import datetime as dt

import pytest

from minzheng.registers.issued_rows import ReadDocument
from minzheng.registers.make_rows import Archive, MakeRows
from minzheng.registers.register import Column, Join, Register, Source, State

TODAY = dt.date(2018, 7, 20)
_ANY = (State("有"),)


def document(
    number, form_id="ZF-01", *, town="钟宝镇", village="旧城村", rows=(), case="", **cells
):
    """A document as it was read."""
    return ReadDocument(
        number, form_id, case or f"ZF-103200-2018-{number:04d}", "1", "2018-05-07", "p0", "",
        town, village, cells, {"rows": tuple(rows)},
    )  # fmt: skip


@pytest.fixture
def made(catalogue):
    """The rows of a register over documents."""

    def run(documents, sources, columns=("name",), states=_ANY, **more):
        forbidden = more.pop("forbidden", frozenset())
        known = tuple(one if isinstance(one, Column) else Column(one, one) for one in columns)
        register = Register("one", "走访", "甲", "乙", tuple(sources), known, states, **more)
        make = MakeRows(register, catalogue.by_id, catalogue.facts, TODAY, forbidden)
        by_form = {}
        for one in documents:
            by_form.setdefault(one.form_id, []).append(one)
        return make.rows(by_form, Archive())

    return run


NAMED = Source("ZF-01", columns={"name": "name"})


def test_a_row_is_of_the_village_it_names(made):
    """A list of a town tells the village in its rows; old names are the present ones."""
    rows = [{"village": "旧城村"}, {"village": "不知何村"}]
    source = Source("ZF-03", "rows", {"village": "village"})
    found = made([document(1, "ZF-03", town="", village="", rows=rows)], [source], ())
    assert [(row.town, row.village) for row in found] == [("钟宝镇", "旧城村"), ("", "不知何村")]


@pytest.mark.parametrize(
    ("text", "count"), [("旧城村、金岭村", 2), ("旧城村，金岭村", 2), ("全镇", 9), ("旧城村", 1)]
)
def test_several_in_one_cell_are_several_rows(made, catalogue, text, count):
    """全镇 is each village of the town."""
    source = Source("ZF-03", "rows", {"village": "village"}, split=("village",))
    found = made([document(1, "ZF-03", village="", rows=[{"village": text}])], [source], ())
    villages = [one for one in catalogue.facts.places.villages_of("钟宝镇") if one.kind == "村"]
    assert len(found) == (len(villages) if text == "全镇" else count)


def test_a_row_without_a_key_stands_for_itself(made):
    """Two without a number are not one."""
    found = made([document(1, name=""), document(2, name="")], [NAMED], key=("name",))
    assert len(found) == 2
    found = made([document(1, name="甲"), document(2, name="甲")], [NAMED], key=("name",))
    assert [row.document.number for row in found] == [2]


def test_only_rows_of_the_same_place_are_joined(made):
    """A paper of no place speaks of all."""
    join = Join(
        ("name",), (Source("ZF-07", columns={"name": "object", "clue": "clue"}),), count="n"
    )
    base = document(1, name="甲")
    there = document(2, "ZF-07", object="甲", clue="线索")
    elsewhere = document(3, "ZF-07", village="金岭村", object="甲", clue="别的")
    nowhere = document(4, "ZF-07", town="", village="", object="甲", clue="全县")
    (row,) = made([base, elsewhere], [NAMED], ("name", "clue", "n"), joins=(join,))
    assert (row.cells.get("clue"), row.cells["n"]) == (None, "0")
    (row,) = made([base, there, elsewhere], [NAMED], ("name", "clue", "n"), joins=(join,))
    assert (row.cells["clue"], row.cells["n"]) == ("线索", "1")
    (row,) = made([base, nowhere], [NAMED], ("name", "clue", "n"), joins=(join,))
    assert row.cells["clue"] == "全县"


def test_a_join_never_overwrites(made):
    """What the row itself says stands."""
    other = Source("ZF-07", columns={"name": "object", "clue": "clue"})
    base = Source("ZF-01", columns={"name": "name", "clue": "=自己的"})
    papers = [document(1, name="甲"), document(2, "ZF-07", object="甲", clue="别的")]
    (row,) = made(papers, [base], ("name", "clue"), joins=(Join(("name",), (other,)),))
    assert row.cells["clue"] == "自己的"


def test_papers_of_forbidden_cases_give_nothing(made):
    """Though their form is open to all: a notice of children is theirs."""
    papers = [document(1, name="甲", case="ET-103200-2018-0001")]
    assert made(papers, [NAMED], forbidden=frozenset({"ET"})) == ()
    assert len(made(papers, [NAMED])) == 1


def test_the_first_state_that_holds_counts(made):
    """The last one is for the rest."""
    states = (State("甲", "name = 甲"), State("有名", "filled(name)"), State("没有名"))
    papers = [document(1, name="甲"), document(2, name="乙"), document(3, name="")]
    found = made(papers, [NAMED], states=states)
    assert [row.state for row in found] == ["甲", "有名", "没有名"]


def test_what_a_document_itself_tells(made):
    """Its case, form, version, day, and whose hand it waits for."""
    own = {"a": "@case", "b": "@form", "c": "@version", "d": "@newest_version", "e": "@issued"}
    (row,) = made([document(1)], [Source("ZF-01", columns={**own, "f": "@waits"})], tuple("abcdef"))
    assert [row.cells[one] for one in "abcdef"] == [
        "ZF-103200-2018-0001", "ZF-01", "1", "1", "2018-05-07", "",
    ]  # fmt: skip


def test_weeks_and_formulas_are_worked_out(made):
    """Of what was joined, too."""
    columns = (
        Column("name", "姓名"),
        Column("day", "日", "date"),
        Column("week", "周", week_of="day"),
    )
    (row,) = made(
        [document(1, name="甲", visit_date="2018-05-09")],
        [Source("ZF-01", columns={"name": "name", "day": "visit_date"})], columns,
    )  # fmt: skip
    assert row.cells["week"] == "2018-05-07 起一周"


def test_every_village_must_be_there(made, catalogue):
    """Those without a row are lacking; communities need none."""
    found = made([document(1, name="甲")], [NAMED], must_villages=True, lacking="缺")
    lacking = [row for row in found if row.state == "缺"]
    assert len(lacking) == len(catalogue.facts.places.villages) - 1
    assert all(row.document is None for row in lacking)
    assert "旧城村" not in {row.village for row in lacking}


def test_what_is_made_of_the_same_things_is_made_once(catalogue):
    """A new visit makes one row anew; the others are the very same."""
    other = Source("ZF-07", columns={"name": "object", "clue": "clue"})
    columns = (Column("name", "姓名"), Column("clue", "线索"))
    joins = (Join(("name",), (other,)),)
    register = Register("one", "走访", "甲", "乙", (NAMED,), columns, _ANY, joins=joins)
    make = MakeRows(register, catalogue.by_id, catalogue.facts, TODAY)
    papers = {"ZF-01": (document(1, name="甲"), document(2, name="乙"))}
    before = make.rows(papers, Archive())
    clue = {"ZF-07": (document(3, "ZF-07", object="乙", clue="新的"),)}
    after = make.rows({**papers, **clue}, Archive())
    assert after[0] is before[0]
    assert after[1].cells["clue"] == "新的"
    assert make.rows(papers, Archive())[1].cells.get("clue") is None
