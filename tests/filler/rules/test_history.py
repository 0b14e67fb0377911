"""Rules that ask what was issued before: at their edges, and as a clerk meets them."""

import datetime as dt
from decimal import Decimal

import pytest

from filler.form.form_data import Refused, RenderedDocument
from tests.filler.one_rule import born, case, paper, refused

D = dt.date

M = Decimal

DAY = D(2018, 5, 7)

CASE_NO = "DB-103200-2018-0001"

ADULT, CHILD = born(2000, 5, 7), born(2000, 5, 8)  #: on DAY: 18 that day, 17 still

HOUSE = {"town": "钟宝镇", "village": "旧城村"}


def rows(*texts, **columns):
    """Rows of one column, or one row of several."""
    return [columns] if columns else [{"a": text} for text in texts]


STATES = ("登记", "交办", "整改中", "待验收", "退回", "已销号")

RUNNING = paper("DB-02", CASE_NO, id_no=ADULT)

STOPPED = (RUNNING, paper("COM-09", CASE_NO, decision="停发"))

APPLIED = paper("DB-01", CASE_NO, accept_date="2018-05-07",
                members=[{"m_name": "甲", "m_id": ADULT}, {"m_name": "乙", "m_id": CHILD}],
                supporters=[{"s_name": "丙", "s_id": born(1980)}])  # fmt: skip

PAID = (paper("LS-01", "A", id_no=ADULT, ok_amount="500"),
        paper("LS-02", "B", id_no=ADULT, relief_amount="300"))  # fmt: skip


def reviewed(day, *papers, kind="定期复核"):
    return {"kind": kind, "d": day, "case_no": CASE_NO, "past": papers}


DECIDED = paper("DB-02", CASE_NO, c_date="2018-05-07")

BY_CLASS = (
    "case_review_in_time(kind, 定期复核, d, 低保核查, DB-05=class, DB-02=c_date,"
    " DB-05=review_date, COM-09=review_date)"
)

SIGNED = "all_adults_sign(rows, a, DB-01, members=m_name+m_id, supporters=s_name+s_id)"
RELATIVES = "surveyors_not_relatives(rows.name, id_no, COM-08, staff_name, objects.obj_id)"
AS_DECIDED = "amount_as_decided(rows, id_no, amount, LS-01=ok_amount, LS-02=relief_amount)"
#: Call, addresses refused (none when it is silent), the fields.
CHECKED = [
    case("states_go_on(rows, no, status)", "",
         rows=rows(no="1", status="登记"), choices=("登记", "整改中", "已销号"), **HOUSE),
    *(case("states_go_on(rows, no, status)", expected,
           rows=rows(no="1", status=now), choices=STATES,
           past=(paper("XX-01", town="钟宝镇", rows=rows(no="1", status=last)),), **HOUSE)
      for last, now, expected in (
          ("整改中", "整改中", ""), ("整改中", "待验收", ""), ("整改中", "交办", "rows[0].status"),
          ("已销号", "已销号", ""), ("已销号", "退回", "rows[0].status"),
          ("退回", "整改中", ""), ("退回", "交办", "rows[0].status"), ("外", "登记", ""))),
    case("states_go_on(rows, no, status)", "",
         rows=rows(no="1", status="登记"), choices=("登记", "已销号"),
         past=(paper("XX-01", town="曾家镇", rows=rows(no="1", status="已销号")),
               paper("XX-01", town="钟宝镇", rows=rows(no="2", status="已销号"))), **HOUSE),
    *(case(f"{name}(id_no, TK-03, DB-02)", expected, id_no=ADULT, past=past, case_no=case_no)
      for name in ("no_open_case", "maybe_open_case")
      for past, case_no, expected in (
          ((RUNNING,), "", "id_no"), ((RUNNING,), CASE_NO, ""), (STOPPED, "", ""), ((), "", ""),
          ((RUNNING, paper("TK-03", "TK", id_no=ADULT)), "", "id_no id_no"))),
    case("no_open_case(id_no, DB-02)", "", id_no="", past=(RUNNING,)),
    case("no_open_case(id_no, DB-02)", "", id_no=CHILD, past=(RUNNING,)),
    *(case(SIGNED, expected, rows=rows(*signers), day=day, past=(APPLIED,),
           case_no=CASE_NO)
      for signers, day, expected in (
          ((ADULT, born(1980)), DAY, ""), ((ADULT,), DAY, "rows"), ((born(1980),), DAY, "rows"),
          ((born(1980),), D(2018, 5, 6), ""), ((ADULT, born(1980)), D(2018, 5, 8), "rows"))),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 7), DECIDED)),
    case(BY_CLASS, "d", **reviewed(D(2019, 5, 8), DECIDED)),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8), DECIDED, kind="变化申报")),
    case(BY_CLASS, "", **reviewed(None, DECIDED)),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8))),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8), paper("DB-02", CASE_NO))),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8), DECIDED,
                                  paper("DB-05", CASE_NO, review_date="2018-05-08"))),
    case(BY_CLASS, "", **reviewed(D(2019, 5, 8), DECIDED,
                                  paper("COM-09", CASE_NO, review_date="2018-11-07"))),
    case(BY_CLASS, "d", **reviewed(D(2019, 5, 8), DECIDED,
                                   paper("COM-09", CASE_NO, review_date="2019-05-08"))),
    *(case(BY_CLASS, expected, **reviewed(
        day, DECIDED, paper("DB-05", CASE_NO, review_date="2018-11-07", **{"class": "每季度"})))
      for day, expected in ((D(2019, 2, 7), ""), (D(2019, 2, 8), "d"))),
    *(case(RELATIVES, expected, rows=rows(name=name),
           id_no=number,
           past=(paper("COM-08", staff_name="测试甲", objects=[{"obj_id": ADULT}]),))
      for name, number, expected in (
          ("测试甲", ADULT, "rows[0].name"), ("测试乙", ADULT, ""), ("测试甲", CHILD, ""),
          ("测试甲", "", ""))),
    *(case(AS_DECIDED, expected, past=PAID,
           rows=rows(id_no=number, amount=amount))
      for number, amount, expected in (
          (ADULT, M(500), ""), (ADULT, M(300), ""), (ADULT, M(501), "rows[0].amount"),
          (CHILD, M(501), ""), ("", M(501), ""), (ADULT, None, ""))),
    *(case("held_is_told(held, id_no)", expected, held=held, id_no=number, past=past)
      for held, number, past, expected in (
          (("优抚",), ADULT, (RUNNING,), "held"), (("低保", "优抚"), ADULT, (RUNNING,), ""),
          (None, ADULT, (RUNNING,), ""), (("优抚",), CHILD, (RUNNING,), ""),
          (("优抚",), ADULT, STOPPED, ""))),
]  # fmt: skip


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_check_speaks_beyond_its_edge_and_not_before(one):
    """Where the fault is, and nothing when all is right."""
    assert " ".join(refused(one)) == one.expected


def fields(outcome) -> list[str]:
    found = outcome.problems if isinstance(outcome, Refused) else outcome.warnings
    return [problem.field for problem in found]


def test_a_person_has_one_case_that_runs(fill, answers_of, review_of):
    """A second 低保 decision under another number is refused until the first is stopped."""
    first = fill("DB-02", answers_of("DB-02"))
    assert isinstance(first, RenderedDocument)
    assert "id_no" in fields(fill("DB-02", answers_of("DB-02")))
    again = fill("DB-02", answers_of("DB-02") | {"case_no": first.case_no})
    assert isinstance(again, RenderedDocument)
    stop = review_of(first.case_no, decision="停发", stop_cause="自愿退出", new_amount="0")
    assert isinstance(fill("COM-09", stop), RenderedDocument)
    assert isinstance(fill("DB-02", answers_of("DB-02")), RenderedDocument)


def test_nobody_has_subsistence_and_destitute_support(fill, answers_of):
    """特困 and 低保 exclude one another."""
    person = answers_of("DB-02")["id_no"]
    assert isinstance(fill("DB-02", answers_of("DB-02")), RenderedDocument)
    assert "id_no" in fields(fill("TK-03", answers_of("TK-03") | {"id_no": person}))


def test_missing_papers_are_asked_for_once(fill, answers_of):
    """A second 补正 of the same case is refused; 受理 is not."""
    first = fill("COM-02", answers_of("COM-02"))
    assert isinstance(first, RenderedDocument)
    again = answers_of("COM-02") | {"case_no": first.case_no}
    assert fields(fill("COM-02", again)) == ["result"]
    assert isinstance(fill("COM-02", again | {"result": "受理", "missing": []}), RenderedDocument)


def test_a_letter_names_what_the_review_decided(fill, answers_of):
    """Other amounts than those of COM-09 are refused; the right ones end its warning."""
    review = fill("COM-09", answers_of("COM-09"))
    letter = answers_of("COM-07") | {
        "case_no": review.case_no, "decision": "减发", "old_amount": "615.00",
        "new_amount": "300.00", "effective_month": "2018-12", "decide_date": "2018-11-20",
        "issue_date": "2018-11-21", "receive_date": "2018-11-22",
        "addressee": "", "id_no": "",
    }  # fmt: skip
    assert "decision" in fields(review)
    assert fields(fill("COM-07", letter)) == ["new_amount"]
    assert isinstance(fill("COM-07", letter | {"new_amount": "375.00"}), RenderedDocument)
    again = fill("COM-09", answers_of("COM-09") | {"case_no": review.case_no})
    assert "decision" not in fields(again)


def test_every_adult_of_the_application_signs(fill, answers_of):
    """The adults of DB-01 stand among the signers of COM-01."""
    applied = fill("DB-01", answers_of("DB-01"))
    own = {slug: answers_of("DB-01")[slug] for slug in ("name", "id_no", "phone")}
    authority = answers_of("COM-01") | own | {"case_no": applied.case_no, "sign_date": "2018-04-04"}
    assert set(fields(fill("COM-01", authority))) == {"members"}
    late = fields(fill("COM-01", authority | {"sign_date": "2018-04-05"}))
    assert "sign_date" in late


@pytest.fixture
def approved(fill, answers_of):
    """Fills forms, and the number of a case of 低保."""
    return fill, fill("DB-02", answers_of("DB-02")).case_no


@pytest.mark.parametrize(
    ("kind", "day", "is_late"),
    [
        ("定期复核", "2019-05-07", False), ("定期复核", "2019-07-01", True),
        ("变化申报", "2019-07-01", False),
    ],
)  # fmt: skip
def test_a_regular_review_comes_within_the_interval_of_the_class(
    approved, review_of, kind, day, is_late
):
    """A year after the decision where no class was written down."""
    fill, case_no = approved
    review = review_of(
        case_no, review_type=kind, review_date=day, effective_month="2019-08", new_amount="175.00"
    )
    outcome = fill("COM-09", review)
    found = outcome.problems if isinstance(outcome, Refused) else outcome.warnings
    assert any("超过 12 个月" in problem.what for problem in found) == is_late


def issued(fill, form_id, answers):
    made = fill(form_id, answers)
    assert isinstance(made, RenderedDocument), made.problems
    return made


def changed(given, table, index, /, **changes):
    rows = [dict(one) for one in given[table]]
    rows[index] |= changes
    return given | {table: rows}


def test_no_child_stands_on_a_notice(fill, answers_of):
    """Who applied in the village as a child is refused by name."""
    child = answers_of("ET-01")
    issued(fill, "ET-01", child)
    notice = changed(answers_of("COM-05"), "rows", 0, name=child["name"])
    assert "rows[0].name" in fields(fill("COM-05", notice))
    assert isinstance(fill("COM-05", answers_of("COM-05")), RenderedDocument)


def test_a_relative_does_not_survey(fill, answers_of):
    """Who filed the household on COM-08 stands aside."""
    filed = answers_of("COM-08")
    issued(fill, "COM-08", filed)
    survey = answers_of("COM-03S") | {"id_no": filed["objects"][0]["obj_id"]}
    survey = changed(survey, "surveyors", 1, sv_name=filed["staff_name"])
    assert "surveyors[1].sv_name" in fields(fill("COM-03S", survey))


def test_what_is_paid_was_decided(fill, answers_of):
    """A roster that pays another amount than LS-01 is refused."""
    decided = answers_of("LS-01")
    issued(fill, "LS-01", decided)
    roster = changed(answers_of("LS-04"), "rows", 0, id_no=decided["id_no"], amount="2500.00")
    assert "rows[0].amount" in fields(fill("LS-04", roster))
    right = changed(roster, "rows", 0, amount=decided["ok_amount"])
    assert "rows[0].amount" not in fields(fill("LS-04", right))


def test_what_the_dead_still_get_is_found(fill, answers_of):
    """Benefits come from issued forms, and none of them may be left out."""
    elder = answers_of("GL-01")
    issued(fill, "GL-01", elder)
    dead = answers_of("BZ-01") | {"name": elder["name"], "id_no": elder["id_no"]}
    found = issued(fill, "BZ-01", dead | {"held": ""})
    assert "☑高龄补贴" in found.printed.texts["held_boxes"]
    assert "held" in fields(fill("BZ-01", dead | {"held": ["低保"]}))


def test_a_problem_never_goes_back(fill, answers_of):
    """What was closed stays closed; what was handed in is not merely registered again."""
    ledger = answers_of("ZF-03")
    issued(fill, "ZF-03", ledger)
    opened = changed(ledger, "rows", 0, status="待验收", close_date="", verify_date="")
    assert "rows[0].status" in fields(fill("ZF-03", opened))
    back = changed(ledger, "rows", 1, status="交办")
    assert "rows[1].status" in fields(fill("ZF-03", back))
    assert isinstance(fill("ZF-03", ledger), RenderedDocument)


def test_progress_is_counted_from_the_forms(fill, answers_of):
    """Blank numbers come from the forms issued; others that differ are warned of."""
    issued(fill, "ZF-01", answers_of("ZF-01"))
    issued(fill, "ZF-04", answers_of("ZF-04"))
    issued(fill, "ZF-03", answers_of("ZF-03"))
    table = answers_of("ZF-08")
    assert "rows[0].visited" in fields(fill("ZF-08", table))
    blank = {"visited": "", "problems": "", "closed": "", "answers": ""}
    counted = issued(fill, "ZF-08", changed(table, "rows", 0, **blank))
    first = counted.printed.texts["rows"][0]
    numbers = [first[slug] for slug in ("visited", "problems", "closed", "answers")]
    assert numbers == ["1", "3", "1", "2"]


def test_each_letter_has_its_number(fill, answers_of):
    """镇民受字〔2018〕1号; the second of the case is told apart."""
    first = issued(fill, "COM-02", answers_of("COM-02"))
    assert first.printed.texts["notice_no"] == "镇民受字〔2018〕1号"
    second = answers_of("COM-02") | {"case_no": first.case_no, "result": "受理", "missing": []}
    assert issued(fill, "COM-02", second).printed.texts["notice_no"] == "镇民受字〔2018〕1-2号"


@pytest.mark.parametrize(("amount", "refused"), [("800.00", False), ("3000.00", True)])
def test_what_the_town_may_not_decide_goes_to_the_county(fill, answers_of, amount, refused):
    """Above the town's limit the county's opinion and day are needed."""
    answers = answers_of("LS-01") | {"sug_amount": amount, "ok_amount": amount, "c_opinion": ""}
    outcome = fill("LS-01", answers | {"c_date": "", "pay_date": ""})
    assert ("ok_amount" in fields(outcome)) == refused


def test_a_filed_relative_is_known(fill, answers_of):
    """DB-02 says 是 by itself, and the county must have visited."""
    filed = changed(answers_of("COM-08"), "objects", 0, obj_id=answers_of("DB-02")["id_no"])
    issued(fill, "COM-08", filed)
    decision = answers_of("DB-02") | {"relative_filed": "", "spot_check": "未抽查"}
    assert {"spot_check"} <= set(fields(fill("DB-02", decision)))
