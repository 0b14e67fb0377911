"""What was decided for whom, from when to when."""

from minzheng.inspection.checks.decided import by_person, insured_in, what_is_held
from tests.inspection.checks.made_papers import A, B, decided, record, scan, village


def test_a_decision_holds_from_its_month_until_it_ends():
    """By the letter that stops it; a letter of more money stops nothing."""
    letter = {"case_no": decided().case_no, "id_no": A, "scheme": "低保"}
    stop = record("COM-07", "2018-09-20", decision="停发", effective_month="2018年10月", **letter)
    more = record("COM-07", "2018-07-20", decision="增发", effective_month="2018年8月", **letter)
    (held,) = what_is_held(village(decided(), more, stop))
    assert held.on((2018, 5)) is None
    assert str(held.on((2018, 9)).amount) == "195.00"
    assert held.on((2018, 10)) is None
    assert held.until == (2018, 10)


def test_a_scan_of_an_issued_decision_is_that_decision():
    """What was typed holds; one without a decision's day is none yet."""
    copy = scan("DB-02", "2018-05-07", month_amount="999.00", id_no=A, case_no=decided().case_no)
    (held,) = what_is_held(village(decided(), copy))
    assert str(held.steps[0].amount) == "195.00"
    assert what_is_held(village(decided(c_date=""))) == []


def test_the_insured_of_a_household():
    """Those marked; of a paper that names no members its head."""
    members = [
        {"m_name": "测试甲", "m_id": A, "m_insured": "是"},
        {"m_name": "测试乙", "m_id": B, "m_insured": "否"},
    ]
    (held,) = what_is_held(
        village(record("DB-02", "2018-05-07", members, "members", **decided().values))
    )
    assert list(insured_in(held)) == [(A, "测试甲")]
    (alone,) = what_is_held(village(decided()))
    assert list(insured_in(alone)) == [(A, "测试甲")]
    assert by_person([alone]) == {(A, "DB"): [alone]}
