"""What documents issued before tell: each word on both sides of its edge."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from filler.form.case_history import PastForm
from filler.values.past_values import rows_of, runs_unseen
from tests.filler.one_rule import Issued, born, case, derived, paper, scope_of

D = dt.date

HOUSE = {"town": "钟宝镇", "village": "旧城村"}
ELDER = born(1949, 12, 31)

HELD = paper("DB-02", "DB-103200-2018-0001", id_no=ELDER)

ALLOWANCE = paper("GL-01", "GL-103200-2018-0001", id_no=ELDER)


def ended(form_id, words=None, field="decision"):
    """低保 after another paper of the same case."""
    answers = {} if words is None else {field: words}
    return (HELD, paper(form_id, HELD.case_no, **answers))


VISITED = (paper("ZF-01", "A", **HOUSE, id_no=ELDER, answers="2"),
           paper("ZF-01", "B", **HOUSE, id_no=ELDER, answers="1"),
           paper("ZF-01", "C", **HOUSE, answers="几个"),
           paper("ZF-01", "E", **HOUSE, id_no=born(1951)),
           paper("ZF-01", "D", town="钟宝镇", village="外村"))  # fmt: skip

LEDGERS = tuple(
    paper("ZF-03", town="钟宝镇", rows=rows)
    for rows in (
        [{"village": "旧城村", "status": "登记"}], [],
        [{"village": "旧城村", "status": "已销号"}, {"village": "旧城村", "status": "登记"},
         {"village": "旧城村", "status": "登记"}, {"village": "外村", "status": "登记"}],
    )
)  # fmt: skip

#: Call, what it gives, the fields.
CASES = [
    case("schemes_held(id_no)", "低保、高龄补贴", id_no=ELDER, past=(ALLOWANCE, HELD)),
    case("schemes_held(id_no)", None, id_no=born(1950), past=(HELD,)),
    case("schemes_held(id_no)", None, id_no="", past=(HELD,)),
    case("schemes_held(id_no)", None, id_no=ELDER, past=ended("COM-09", "停发")),
    case("schemes_held(id_no)", "低保", id_no=ELDER, past=ended("COM-09", "减发")),
    case("schemes_held(id_no)", None, id_no=ELDER, past=ended("COM-07", "停发")),
    case("schemes_held(id_no)", None, id_no=ELDER, past=ended("COM-07", "终止")),
    case("schemes_held(id_no)", "低保", id_no=ELDER, past=ended("COM-07", "予以批准")),
    case("schemes_held(id_no)", "低保", id_no=ELDER,
         past=(HELD, paper("COM-09", "DB-103200-2018-0002", decision="停发"))),
    *(case("schemes_held(id_no)", None, id_no=ELDER, past=ended(form_id))
      for form_id in ("TK-06", "CB-06", "ET-08", "YF-07")),
    *(case("schemes_held(id_no)", benefit, id_no=ELDER, past=(paper(form_id, "X", id_no=ELDER),))
      for form_id, benefit in (("TK-03", "特困"), ("CB-01", "残疾人两项补贴"), ("YF-01", "优抚"))),
    case("confirmed_in(id_no, say=不予确认, TK-03, DB-02)", HELD.case_no, id_no=ELDER,
         past=(HELD,)),
    case("confirmed_in(id_no, say=不予确认, TK-03)", None, id_no=ELDER, past=(HELD,)),
    case("confirmed_in(id_no, say=不予确认, DB-02)", None, id_no="", past=(HELD,)),
    case("confirmed_in(id_no, say=不予确认, DB-02)", None, id_no=ELDER,
         past=ended("COM-09", "停发")),
    case("confirmed_in(id_no, say=不予确认, ZF-10)", None, id_no=ELDER,
         past=(paper("ZF-10", "ZF-1", id_no=ELDER, say="不予确认"),)),
    case("letter_no(镇民受字, d)", "镇民受字〔2018〕12号", d=D(2018, 5, 7),
         case_no="DB-103200-2018-0012"),
    case("letter_no(镇民受字, d)", "镇民受字〔2018〕12-2号", d=D(2018, 5, 7),
         case_no="DB-103200-2018-0012", past=(paper("XX-01", "DB-103200-2018-0012"),)),
    case("letter_no(镇民受字, d)", "镇民受字〔2018〕12号", d=D(2018, 5, 7), case_no="0012"),
    case("letter_no(镇民受字, d)", None, d=D(2018, 5, 7)),
    case("letter_no(镇民受字, d)", None, d=D(2018, 5, 7), case_no="□是 □否"),
    case("letter_no(镇民受字, d)", None, d=D(2018, 5, 7), case_no="DB-103200-2018-00X"),
    case("letter_no(镇民受字, d)", None, d=D(2018, 5, 7), case_no="9" * 5000),
    case("letter_no(镇民受字, d)", None, d=None, case_no="DB-103200-2018-0012"),
    case("form_version()", "1.0"),
    case("form_version()", "2.1", version="2.1"),
    *(case("named_in(COM-08, objects.obj_id, id_no)", expected, id_no=number,
           past=(paper("COM-08", objects=[{"obj_id": born(1950)}, {"obj_id": filed}]),))
      for number, filed, expected in ((ELDER, ELDER, "是"), (ELDER, "", None), ("", "", None))),
    *(case("people_in(ZF-01, village)", expected, town="钟宝镇", village=village, past=VISITED)
      for village, expected in (("旧城村", 3), ("外村", 1), ("空村", None), ("", None))),
    *(case("rows_in(ZF-04, rows, village)", expected, town="钟宝镇", village=village,
           past=(paper("ZF-04", **HOUSE, rows=[{"q": "一"}, {"q": "二"}]),
                 paper("ZF-04", **HOUSE, rows=[{"q": "三"}])))
      for village, expected in (("旧城村", 3), ("外村", 0), ("", 0))),
    *(case("total_in(ZF-01, answers, village)", expected, town="钟宝镇", village=village,
           past=VISITED)
      for village, expected in (("旧城村", 3), ("外村", None))),
    *(case(f"ledger_rows(ZF-03, rows, village{state})", expected, town=town, village=village,
           past=LEDGERS)
      for town, village, state, expected in (
          ("钟宝镇", "旧城村", "", 3), ("钟宝镇", "旧城村", ", status, 登记", 2),
          ("钟宝镇", "空村", ", status, 登记", 0), ("曾家镇", "旧城村", "", None))),
    *(case(call, expected, case_no=number, past=(
        paper("COM-02", "A", result="受理"), paper("COM-02", "A", result="补正"),
        paper("COM-02", "B", result="补正")))
      for call, number, expected in (
          ("issued(COM-02)", "A", 2), ("issued(COM-02, result, 补正)", "A", 1),
          ("issued(COM-02, result, 退回)", "A", 0), ("issued(COM-02)", "C", 0),
          ("issued(COM-02)", "", 0))),
    *(case("earlier(DB-01, told)", expected, case_no=number,
           past=(paper("DB-01", "A", told="先前"), paper("DB-01", "A", told=told)))
      for told, number, expected in (
          ("2018-05-07", "A", dt.date(2018, 5, 7)), ("295.50", "A", Decimal("295.50")),
          ("0", "A", Decimal(0)), ("受理", "A", "受理"), ("", "A", None), ("受理", "B", None),
          ("受理", "", None))),
]  # fmt: skip


@pytest.mark.parametrize("one", CASES, ids=str)
def test_a_derivation_gives_what_follows_from_the_form(one):
    """Just so much, and nothing while it cannot be known."""
    assert derived(one) == one.expected


UNSEEN = paper("DB-02", "DB-103200-2018-0002", id_no=ELDER)


class Half(Issued):
    """A history of which some papers may not be shown."""

    def __init__(self, hidden, *shown):
        super().__init__(tuple(shown))
        object.__setattr__(self, "hidden", tuple(hidden))

    def with_unseen(self):
        return Issued((*self.papers, *self.hidden))


def numbered(*papers):
    return [PastForm(one.form_id, one.case_no, one.answers, number)
            for number, one in enumerate(papers, start=1)]  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "hidden", "but_for", "runs"),
    [
        ([], [], "", False), ([], [UNSEEN], "", True), ([UNSEEN], [], "", False),
        ([HELD], [UNSEEN], "", True), ([], [UNSEEN], UNSEEN.case_no, False),
        ([], [UNSEEN], HELD.case_no, True),
        ([], [UNSEEN, paper("COM-09", UNSEEN.case_no, decision="停发")], "", False),
        ([], [UNSEEN, paper("COM-09", UNSEEN.case_no, decision="减发")], "", True),
        ([], [UNSEEN, paper("COM-09", HELD.case_no, decision="停发")], "", True),
        ([], [paper("DB-02", "X", id_no=born(1950))], "", False),
        ([], [paper("DB-01", "X", id_no=ELDER)], "", False),
    ],
)  # fmt: skip
def test_a_case_that_may_not_be_shown_is_known_to_run(shown, hidden, but_for, runs):
    """Unless it was stopped, or is the one at hand."""
    every = numbered(*shown, *hidden)
    history = Half(every[len(shown) :], *every[: len(shown)])
    scope = SimpleNamespace(history=history, facts=scope_of(case("form_version()", "")).facts)
    assert runs_unseen(scope, "DB-02", ELDER, but_for) == runs


def test_rows_of_a_paper_are_those_it_has():
    """What is no row is none."""
    assert rows_of(paper("X", rows=[{"a": 1}, "kein", {}]), "rows") == ({"a": 1}, {})
    assert rows_of(paper("X"), "rows") == rows_of(paper("X", rows=None), "rows") == ()
