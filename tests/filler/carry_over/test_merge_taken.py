"""Answers with what was taken over in its place."""

import pytest

from filler.carry_over.merge_taken import merge_taken
from filler.form.taken import GatheredRow, GivingPaper, TakenOver

FIRST, SECOND = GivingPaper("DB-02", 1), GivingPaper("DB-02", 2)


@pytest.fixture
def listed(catalogue):
    """GS-01 with these rows typed, and these gathered: their columns in full."""

    def run(typed, *gathered):
        rows = tuple(GatheredRow(cells, source) for cells, source in gathered)
        taken = TakenOver({}, "rows", ("name", "group_no"), rows)
        return merge_taken(catalogue.form("GS-01"), {"rows": typed}, taken)

    return run


@pytest.mark.parametrize(
    ("given", "is_wrong"),
    [("2018年4月2日", False), ("2018-04-02", False), ("2018-04-03", True), ("", False)],
)
def test_what_is_taken_over_is_not_retyped(catalogue, given, is_wrong):
    """The same day in another writing is the same; another day is a problem."""
    taken = TakenOver({"apply_date": ("2018年4月2日", GivingPaper("DB-01"))})
    merged = merge_taken(catalogue.form("DB-02"), {"apply_date": given}, taken)
    assert bool(merged.problems) == is_wrong
    assert all("DB-01" in problem.what for problem in merged.problems)


def test_a_blank_answer_gives_way(catalogue):
    """The taken one stands there, with nothing said."""
    taken = TakenOver({"name": ("测试甲", FIRST)})
    for blank in ({}, {"name": ""}, {"name": None}):
        merged = merge_taken(catalogue.form("DB-02"), blank, taken)
        assert (merged.answers["name"], merged.problems) == ("测试甲", ())


def test_rows_taken_over_are_compared_by_what_is_printed(catalogue):
    """A row more or another cell is a problem; blank rows are none."""
    row = {"m_name": "测试甲", "m_id": "610927195304120016"}
    taken = TakenOver({"members": ([row], FIRST)})

    def problems(*typed):
        return merge_taken(catalogue.form("DB-02"), {"members": list(typed)}, taken).problems

    assert not problems(row)
    assert not problems(row, {"m_name": ""})
    assert problems(row, row)
    assert problems(row | {"m_name": "测试乙"})


def test_gathered_rows_come_first_and_what_was_typed_stays_with_its_household(listed):
    """A remark of the clerk's own is kept in the gathered row."""
    merged = listed(
        [
            {"name": "测试外", "group_no": "1"},
            {"name": "测试甲", "group_no": "3", "remark": "新增"},
        ],
        ({"name": "测试甲", "group_no": "3", "insured": "2"}, FIRST),
    )
    assert merged.answers["rows"] == [
        {"name": "测试甲", "group_no": "3", "insured": "2", "remark": "新增"},
        {"name": "测试外", "group_no": "1"},
    ]
    assert merged.problems == ()
    assert len(merged.warnings) == 1
    assert "第 2 行" in merged.warnings[0].where


def test_a_cell_typed_otherwise_is_named_with_its_document(listed):
    """At its row as it stands on the list."""
    merged = listed(
        [{"name": "测试乙", "group_no": "4", "insured": "9"}],
        ({"name": "测试甲", "group_no": "3", "insured": "2"}, FIRST),
        ({"name": "测试乙", "group_no": "4", "insured": "3"}, SECOND),
    )
    (problem,) = merged.problems
    assert problem.field == "rows[1].insured"
    assert "DB-02" in problem.what
    assert merged.warnings == ()


def test_rows_without_a_key_stand_for_themselves(listed):
    """Two unnamed households are two rows."""
    merged = listed([{"insured": "1"}, {"insured": "1"}, {}], ({"name": "测试甲"}, FIRST))
    assert merged.answers["rows"][1:] == [{"insured": "1"}, {"insured": "1"}]
    assert len(merged.warnings) == 2
