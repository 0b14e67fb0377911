"""The papers of one village: records first, scans second."""

from minzheng.inspection.checks.village_papers import VillagePapers, name_in
from tests.inspection.checks.made_papers import PLACE, A, B, decided, record, roster, scan, village


def test_a_scan_with_the_code_of_a_document_is_that_document():
    """It counts beside it, not again; copies of a scan count once, reviews each."""
    issued = decided()
    back, copy = (scan("DB-02", case_no=issued.case_no) for _ in range(2))
    here = village(issued, back, copy)
    assert list(here.of("DB-02")) == [issued]
    assert here.scans_of(issued) == [back, copy]
    old = [scan("DB-01", case_no="DB-1-2016-1") for _ in range(2)]
    assert list(village(*old).of("DB-01")) == old[:1]
    reviews = [scan("COM-09", case_no="DB-1-2016-1") for _ in range(2)]
    assert list(village(*reviews).of("COM-09")) == reviews
    loose = scan("DB-01")
    assert village(loose).scans_of(loose) == [loose] and village().scans_of(record("DB-01")) == []


def test_a_name_is_somebody_where_only_one_bears_it():
    """Two of one name are nobody."""
    here = village(decided(), roster(6))
    assert here.id_of({"name": "测试甲"}) == A and here.id_of({"id_no": B}) == B
    two = village(decided(), decided(id_no=B, case_no="DB-2"))
    assert two.id_of({"name": "测试甲"}) == ""
    assert name_in({"head": "测试甲"}) == "测试甲" and name_in({}) == ""


def test_a_towns_rows_are_sorted_out():
    """The village's own paper is all its own."""
    rows = [{"name": "甲", "id_no": A, "village": one} for one in ("旧城村", "红星村")]
    sheet = record("LS-04", "2018-06-30", rows, village="")
    here = village(sheet)
    assert [row["village"] for row in here.rows_here(sheet)] == ["旧城村"]
    assert [one.row["village"] for one in here.mentions[A]] == ["旧城村"]
    assert here.by_case == {} and here.place == PLACE
    assert isinstance(here, VillagePapers)
