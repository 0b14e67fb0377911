"""Rules that compare a form with other people's documents."""

import pytest

from filler.form.form_data import RenderedDocument
from tests.filler.rules.test_history import fields


def issued(fill, form_id, answers):
    made = fill(form_id, answers)
    assert isinstance(made, RenderedDocument), made.problems
    return made


def row(given, table, index, /, **changes):
    rows = [dict(one) for one in given[table]]
    rows[index] |= changes
    return given | {table: rows}


def test_no_child_stands_on_a_notice(fill, answers_of):
    """Who applied in the village as a child is refused by name."""
    child = answers_of("ET-01")
    issued(fill, "ET-01", child)
    notice = row(answers_of("COM-05"), "rows", 0, name=child["name"])
    assert "rows[0].name" in fields(fill("COM-05", notice))
    assert isinstance(fill("COM-05", answers_of("COM-05")), RenderedDocument)


def test_a_relative_does_not_survey(fill, answers_of):
    """Who filed the household on COM-08 stands aside."""
    filed = answers_of("COM-08")
    issued(fill, "COM-08", filed)
    survey = answers_of("COM-03S") | {"id_no": filed["objects"][0]["obj_id"]}
    survey = row(survey, "surveyors", 1, sv_name=filed["staff_name"])
    assert "surveyors[1].sv_name" in fields(fill("COM-03S", survey))


def test_what_is_paid_was_decided(fill, answers_of):
    """A roster that pays another amount than LS-01 is refused."""
    decided = answers_of("LS-01")
    issued(fill, "LS-01", decided)
    roster = row(answers_of("LS-04"), "rows", 0, id_no=decided["id_no"], amount="2500.00")
    assert "rows[0].amount" in fields(fill("LS-04", roster))
    right = row(roster, "rows", 0, amount=decided["ok_amount"])
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
    opened = row(ledger, "rows", 0, status="待验收", close_date="", verify_date="")
    assert "rows[0].status" in fields(fill("ZF-03", opened))
    back = row(ledger, "rows", 1, status="交办")
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
    counted = issued(fill, "ZF-08", row(table, "rows", 0, **blank))
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
    filed = row(answers_of("COM-08"), "objects", 0, obj_id=answers_of("DB-02")["id_no"])
    issued(fill, "COM-08", filed)
    decision = answers_of("DB-02") | {"relative_filed": "", "spot_check": "未抽查"}
    assert {"spot_check"} <= set(fields(fill("DB-02", decision)))
