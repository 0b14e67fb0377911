"""What contradicts another paper of its case is refused, or issued and pointed out."""

import datetime as dt

from filler.form.form_data import Refused


def refused(outcome) -> str:
    """What a refusal says, whole."""
    assert isinstance(outcome, Refused)
    return "\n".join(map(str, outcome.problems))


def of_case(answers_of, form_id, case_no, *blank, **other):
    """Answers of a form in a case; what the case gives is left blank."""
    return answers_of(form_id) | dict.fromkeys(blank, "") | {"case_no": case_no} | other


def test_who_has_too_much_is_not_approved_with_nothing(fill, answers_of, store):
    """521.04 a head is above 448.00: no 0.00 is approved, and nothing gathered into a notice."""
    members = answers_of("DB-02")["members"][:1]
    days = {
        slug: dt.date(2026, 5, day)
        for slug, day in (("apply_date", 4), ("accept_date", 5), ("survey_date", 8),
                          ("pub_start", 11), ("v_date", 19), ("t_date", 20), ("c_date", 25))
    }  # fmt: skip
    rich = answers_of("DB-02") | days | {
        "inc_total": "6252.50", "members": members, "c_amount": "0.00",
    }  # fmt: skip
    said = refused(fill("DB-02", rich))
    assert "521.04 高于“保障标准”（448.00）" in said
    assert "0.00" in said
    assert "COM-07" in said
    notice = answers_of("GS-01") | {"as_of": "2026-06-30", "post_date": "2026-07-01", "rows": []}
    assert "公示对象" in refused(fill("GS-01", notice))


def test_a_payment_notice_pays_what_was_approved(fill, answers_of):
    """999.00 against an approved amount: both papers, fields and values are named."""
    approved = fill("DB-02", answers_of("DB-02"))
    row = {"name": "测试周桂兰", "group_no": 3, "persons": 2, "amount": "999.00"}
    said = refused(fill("GS-04", answers_of("GS-04") | {"rows": [row]}))
    assert "第 1 行金额：填的是“999.00”" in said
    assert f"DB-02（文书号 {approved.number}）“户月保障金额”是“285.62”" in said
    for paid, months in (("285.62", "2018-06-15"), ("571.24", "2018-07-15")):
        rows = {"pay_date": months, "rows": [row | {"amount": paid}]}
        assert not isinstance(fill("GS-04", answers_of("GS-04") | rows), Refused)
    early = answers_of("GS-04") | {"rows": [row | {"amount": "571.24"}]}
    assert "整月数" in refused(fill("GS-04", early))


def test_a_payment_over_a_change_is_the_sum_of_its_months(fill, answers_of, review_of):
    """Two months of the old amount and one of the new."""
    case_no = fill("DB-02", answers_of("DB-02")).case_no
    review = review_of(case_no, new_amount="175.00", effective_month="2018-12")
    assert not isinstance(fill("COM-09", review), Refused)
    row = {"name": "测试周桂兰", "group_no": 3, "persons": 3, "amount": "746.24"}
    notice = answers_of("GS-04") | {"pay_date": "2018-12-15", "rows": [row]}
    assert not isinstance(fill("GS-04", notice), Refused)
    assert "“175.00”" in refused(fill("GS-04", notice | {"rows": [row | {"amount": "746.25"}]}))


def test_who_was_stopped_is_paid_no_more(fill, answers_of, review_of):
    """The row names the paper that ended the case."""
    case_no = fill("DB-02", answers_of("DB-02")).case_no
    stop = review_of(case_no, decision="停发", stop_cause="自愿退出", new_amount="0")
    ended = fill("COM-09", stop)
    row = {"name": "测试周桂兰", "group_no": 3, "persons": 2, "amount": "285.62"}
    notice = answers_of("GS-04") | {"pay_date": "2018-12-15", "rows": [row]}
    assert f"COM-09（文书号 {ended.number}）终止" in refused(fill("GS-04", notice))


def test_a_review_takes_the_amount_it_changes_from_the_approval(fill, answers_of, review_of):
    """777.00 is refused; blank it is taken over, and the letter takes it from the review."""
    approved = fill("DB-02", answers_of("DB-02"))
    said = refused(fill("COM-09", review_of(approved.case_no, old_amount="777.00")))
    assert f"填的是“777.00”，本案 DB-02（文书号 {approved.number}）“户月保障金额”是“285.62”" in said
    review = fill("COM-09", review_of(approved.case_no, new_amount="175.00"))
    assert review.printed.texts["old_amount"] == "285.62"
    later = review_of(
        approved.case_no, new_amount="100.00", review_date="2019-05-06",
        effective_month="2019-06", v_date="2019-05-07", t_date="2019-05-08", c_date="2019-05-09",
    )  # fmt: skip
    assert fill("COM-09", later).printed.texts["old_amount"] == "175.00"


def test_an_approval_is_what_was_published(fill, answers_of):
    """143.62 stood on the notice: 285.62 is refused, with the notice's row."""
    row = {"name": "测试周桂兰", "group_no": 3, "hh_size": 2, "insured": 2, "amount": "143.62"}
    notice = answers_of("COM-05") | {"pub_start": "2018-04-18", "rows": [row]}
    published = fill("COM-05", notice)
    said = refused(fill("DB-02", answers_of("DB-02")))
    place = f"COM-05（文书号 {published.number}）“拟救助对象第 1 行拟救助金额（元）”是“143.62”"
    assert f"户月保障金额：填的是“285.62”，{place}" in said
    later = answers_of("DB-02") | {"pub_start": "2018-04-19"}
    assert "公示开始：填的是“2018年4月19日”" in refused(fill("DB-02", later))


def test_a_message_shows_no_whole_number_of_a_person(fill, answers_of):
    """Masked in both places."""
    first = fill("DB-01", answers_of("DB-01"))
    other = of_case(answers_of, "COM-01", first.case_no, sign_date="2018-04-03")
    said = refused(fill("COM-01", other))
    assert "610927********0024" in said
    assert "110105********002X" in said
    assert "11010519491231002X" not in said


def test_the_survey_differs_and_is_marked(fill, answers_of):
    """It may have found another income than was declared: issued, and pointed out."""
    case_no = fill("DB-01", answers_of("DB-01")).case_no
    survey = fill("COM-03", answers_of("COM-03") | {"case_no": case_no, "inc_wage": "1200"})
    told = [str(one) for one in survey.warnings]
    assert any("工资性收入：填的是“1200.00”，DB-01" in one for one in told)
