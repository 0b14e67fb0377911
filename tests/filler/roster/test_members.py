"""Rows of second sheets go to their household."""

import pytest

from filler.roster.layout import find_tables
from filler.roster.members import read_members
from filler.roster.read_spreadsheet import Sheet
from filler.roster.roster import RowKind
from filler.roster.row_kinds import kinds_of_rows
from minzheng.county.errors import Problem

PERSON = "610927195304120016"


def read_row(table, fields, row, year, prefix):
    """The names of a row; one that is spoilt is a fault."""
    name = str(table.sheet.value(row, 1))
    return {"p_name": name}, [Problem(name, "坏", "改", prefix + "p_name")] if name == "坏" else []


@pytest.fixture
def members(catalogue):
    def run(*rows, heading="所属序号", merged=(), is_hidden=False):
        sheet = Sheet("应享与已享", ((heading, "政策", "应享"), *rows), is_hidden, merged)
        spec = catalogue.form("ZF-01")
        (table,) = find_tables(spec, [sheet])
        kinds = kinds_of_rows(table, spec)
        read = sorted(row for row, kind in kinds.items() if kind is RowKind.READ)
        return read_members([(table, read)], read_row)

    return run


def names(joined):
    return [row["p_name"] for row in joined.answers.get("policies", ())]


def test_rows_are_taken_by_the_running_number(members):
    """In their order, each with its place; a number as Excel keeps it, too."""
    joined = members(("1", "低保"), (2.0, "养老"), (1, "医保")).take("1", "")
    assert names(joined) == ["低保", "医保"]
    assert [str(place) for place in joined.rows["policies"]] == ["第 2 行", "第 4 行"]


def test_rows_are_taken_by_the_heads_id_number(members):
    """Where the second sheet has no running number."""
    found = members((PERSON, "低保"), ("别人", "养老"), heading="户主身份证号")
    assert names(found.take("1", PERSON)) == ["低保"]


def test_a_household_without_rows_has_none(members):
    """Nor are there places."""
    joined = members(("1", "低保")).take("9", PERSON)
    assert (joined.answers, joined.faults, joined.rows) == ({}, (), {})


def test_a_merged_key_counts_for_all_its_rows(members):
    """A blank one that is not merged belongs to nobody."""
    rows = (("1", "低保"), ("", "养老"), ("", "医保"))
    found = members(*rows, merged=(((1, 0), (2, 0)),))
    assert names(found.take("1", "")) == ["低保", "养老"]
    assert [note.text for note in found.left_over()] == ["没有填写属于哪一户，这一行没有用"]


def test_a_merged_key_that_is_blank_is_not_that_of_the_row_above(members):
    """It counts for its own rows, and says nothing."""
    rows = (("1", "低保"), ("", "养老"), ("2", "医保"))
    found = members(*rows, merged=(((2, 0), (2, 1)),))
    assert names(found.take("1", "")) == ["低保"]


def test_rows_of_nobody_are_named(members):
    """Each with its place; those that were taken are not."""
    found = members(("1", "低保"), ("99", "养老"), ("99", "医保"))
    found.take("1", "")
    notes = list(found.left_over())
    assert [str(note.place) for note in notes] == ["第 3 行", "第 4 行"]
    assert all(note.is_problem and "“99”在主表中找不到" in note.text for note in notes)


def test_a_spoilt_cell_is_a_fault_of_its_row(members):
    """Counted within the household."""
    joined = members(("2", "低保"), ("1", "养老"), ("1", "坏")).take("1", "")
    assert [fault.field for fault in joined.faults] == ["policies[1].p_name"]


def test_blank_rows_and_hidden_sheets_are_passed_over(members):
    """Nothing is said of them."""
    found = members(("1", "低保"), ("", ""), ("5", " "))
    found.take("1", "")
    assert list(found.left_over()) == []
    assert names(found.take("1", "")) == ["低保"]
    hidden = members(("1", "低保"), is_hidden=True)
    assert (names(hidden.take("1", "")), list(hidden.left_over())) == ([], [])


@pytest.mark.parametrize(
    ("merged", "joined"),
    [
        (((1, 0), (2, 0)), ["低保", "养老"]), (((1, 0), (3, 0)), ["低保", "养老", "医保"]),
        (((2, 0), (3, 0)), ["低保"]), (((1, 1), (3, 1)), ["低保"]), (((0, 0), (1, 0)), ["低保"]),
    ],
)  # fmt: skip
def test_a_merged_cell_reaches_from_its_first_row_to_its_last(members, merged, joined):
    """In the column of the key only; the first row is its own."""
    found = members(("1", "低保"), ("", "养老"), ("", "医保"), merged=(merged,))
    assert names(found.take("1", "")) == joined


def test_a_blank_number_gives_way_to_the_heads(members, catalogue):
    """Where a sheet has both columns; spaces in a number are none."""
    rows = (("所属序号", "户主身份证号", "政策", "应享"), ("1", "别人", "低保", "是"),
            ("", f" {PERSON[:6]} {PERSON[6:]}", "养老", "是"))  # fmt: skip
    tables = find_tables(catalogue.form("ZF-01"), [Sheet("应享与已享", rows)])
    found = read_members(
        [(table, (1, 2)) for table in tables],
        lambda table, fields, row, year, prefix: ({"row": row}, []),
    )
    assert found.take("1", "").answers == {"policies": [{"row": 1}]}
    assert found.take("9", PERSON).answers == {"policies": [{"row": 2}]}
    assert list(found.left_over()) == []


def test_one_household_may_be_named_in_both_ways(members):
    """Its rows are taken once; nobody is named by nothing."""
    found = members(("1", "低保"), ("", "养老"))
    assert names(found.take("1", "1")) == ["低保"]
    assert names(found.take("", "")) == []
