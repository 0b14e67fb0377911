"""All that is held of a person, each piece with its fate."""

from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.persons.look_up import calendar_of, look_up, of_keys
from tests.persons.conftest import ID, NAME, WHOM, put_paper, stock

CASE = "TK-103200-2005-0001"


def test_every_kind_is_looked_through_and_decided(keep):
    """Papers of the person's case are sure without a number."""
    keep("TK-01", CASE, name=NAME, id_no=ID)
    put_paper("钟宝镇", "旧城村", f"探访 {NAME}", dossier="TK", case_no=CASE)
    found = look_up(WHOM, stock())
    assert [(one.kind, one.is_sure, one.fate) for one in found] == [
        (Kind.DOCUMENT, True, Fate.STOP),
        (Kind.PAPER, True, Fate.STOP),
    ]
    assert found[0].place == "钟宝镇旧城村"


def test_a_case_ends_with_the_paper_that_ends_it(keep, dated):
    """Of several years the last; an adjustment ends nothing."""
    dated(keep("TK-06", CASE, name=NAME, id_no=ID), 2010)
    dated(keep("COM-09", "DB-103200-2005-0001", decision="停发"), 2011)
    dated(keep("COM-09", "DB-103200-2005-0002", decision="调整"), 2012)
    cases = [CASE, "DB-103200-2005-0001", "DB-103200-2005-0002"]
    calendar = calendar_of(stock(), cases)
    assert calendar.ended == {CASE: 2010, "DB-103200-2005-0001": 2011}
    assert calendar.newest["DB-103200-2005-0002"] == 2012
    assert calendar.age == 18


def test_what_is_not_sure_is_taken_only_when_somebody_says_so():
    """By the key the page gave it."""
    sure = Holding(Kind.PAPER, 1, "甲", "")
    unsure = Holding(Kind.PAPER, 2, "乙", "", is_sure=False)
    assert of_keys((sure, unsure), ()) == (sure,)
    assert of_keys((sure, unsure), (unsure.key,)) == (sure, unsure)


def test_what_somebody_said_names_others_is_only_blanked():
    """A piece of which nothing can be kept for others is not."""
    paper = Holding(Kind.PAPER, 1, "会议记录", "", fate=Fate.ERASE)
    saved = Holding(Kind.SAVED, 1, "查", "", fate=Fate.ERASE)
    left = of_keys((paper, saved), (), (paper.key, saved.key))
    assert [one.fate for one in left] == [Fate.BLANK, Fate.ERASE]
    assert "经办认定" in left[0].why
