"""Titles, departments, seals and amounts follow the form's day."""

import datetime as dt

import pytest

from filler.values.derive import derive
from filler.values.read_answers import read_answers
from filler.word.page_texts import page_texts

TODAY = dt.date(2026, 11, 23)


def texts(catalogue, form_id, answers):
    spec = catalogue.form(form_id)
    data, problems = read_answers(spec, answers)
    assert not problems
    return page_texts(derive(spec, data, catalogue.facts, TODAY))


@pytest.mark.parametrize(
    "by_day",
    [("2021-06-30", "审核审批表"), ("2021-07-01", "审核确认表")],
)
@pytest.mark.parametrize("form_id", ["DB-02", "TK-03"])
def test_the_county_confirms_since_july_2021(catalogue, answers_of, form_id, by_day):
    """What was accepted before is 审批, what came after is 确认."""
    accepted, title = by_day
    answers = answers_of(form_id) | {"accept_date": accepted}
    assert texts(catalogue, form_id, answers)["title"].endswith(title)


@pytest.mark.parametrize(
    "case",
    [
        ("YL-01", "apply_date", "民政局", "医疗保障局"),
        ("YL-04", "pay_date", "民政局", "医疗保障局"),
        ("YF-04", "apply_date", "民政局", "退役军人事务局"),
        ("YF-07", "fill_date", "民政局", "退役军人事务局"),
        ("JZ-02", "apply_date", "民政局", "应急管理局"),
    ],
)
def test_the_department_in_charge_seals(catalogue, answers_of, case):
    """The seal is the one of the department in charge on the form's day."""
    form_id, day, before, since = case
    slug = {"YL": "b_seal", "JZ": "e_seal"}.get(form_id[:2], "c_seal")
    for when, name in (("2018-12-31", before), ("2019-01-01", since)):
        shown = texts(catalogue, form_id, answers_of(form_id) | {day: when})
        assert shown[slug] == f"镇坪县{name}"


@pytest.mark.parametrize(
    ("day", "law"), [("2021-06-30", "民发〔2012〕220号"), ("2021-07-01", "民发〔2021〕57号")]
)
def test_the_legal_basis_is_the_one_in_force(catalogue, answers_of, day, law):
    """A letter names the law of its day, a notice the one of its data."""
    letter = texts(catalogue, "COM-07", answers_of("COM-07") | {"decide_date": day, "basis": ""})
    assert law in letter["basis"]
    notice = texts(catalogue, "GS-01", answers_of("GS-01") | {"as_of": day})
    assert law in notice["policy_note"]


def test_amounts_come_from_the_registry(catalogue, answers_of):
    """Limits, ratios and standards are looked up, never typed."""
    assert texts(catalogue, "LS-03", answers_of("LS-03"))["town_limit"] == "1000.00"
    medical = texts(catalogue, "YL-01", answers_of("YL-01"))
    assert (medical["ratio"], medical["aid_amount"]) == ("50.00", "8100.00")
    disabled = texts(catalogue, "CB-01", answers_of("CB-01"))
    assert (disabled["living_std"], disabled["care_std"]) == ("60.00", "80.00")
    assert disabled["start_month"] == "2018年5月"
    veteran = texts(catalogue, "YF-04", answers_of("YF-04"))
    assert (veteran["service_years"], veteran["month_amount"]) == ("5", "75.00")


def test_opinions_are_offered_with_the_case_in_them(catalogue, answers_of):
    """An opinion left blank says what was found and decided."""
    blank = {slug: "" for slug in ("v_opinion", "t_opinion", "c_opinion")}
    shown = texts(catalogue, "DB-02", answers_of("DB-02") | blank)
    assert "人均月收入152.19元，低于当地低保标准295.00元" in shown["t_opinion"]
    assert "自2018年6月起每月发放" in shown["c_opinion"]
