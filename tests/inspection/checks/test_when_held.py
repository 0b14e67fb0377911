"""What one person holds, from when to when."""

import pytest

from minzheng.inspection.checks.papers import mentions_on
from minzheng.inspection.checks.when_held import stretches
from tests.inspection.checks.made_papers import A, B, decided, record


def held(*papers, number: str = A):
    return stretches([one for paper in papers for one in mentions_on(paper) if one.id_no == number])


def test_a_member_holds_what_is_insured():
    """And who is only named does not; a head counts once."""
    members = [
        {"m_name": "测试甲", "m_id": A, "m_insured": "是"},
        {"m_name": "测试乙", "m_id": B, "m_insured": "否"},
    ]
    paper = record("DB-02", "2018-05-07", members, "members", case_no="X", **{
        slug: text for slug, text in decided().values.items()
    })  # fmt: skip
    assert [(one.dossier, one.since) for one in held(paper)] == [("X", (2018, 6))]
    assert held(paper, number=B) == []


@pytest.mark.parametrize(
    ("until", "overlaps"), [("2018年8月", False), ("2018年9月", True), ("", True)]
)
def test_two_benefits_overlap_in_some_month(until, overlaps):
    """Not when one ended as the other began."""
    later = record("TK-03", "2018-07-20", case_no="TK-1", id_no=A, name="测试甲",
                   start_month="2018年8月", c_date="2018年7月20日")  # fmt: skip
    stop = record("COM-07", "2018-07-20", case_no=decided().case_no, id_no=A, addressee="测试甲",
                  scheme="低保", decision="停发", effective_month=until)  # fmt: skip
    papers = [decided(), later, *([stop] if until else [])]
    one, other = held(*papers)
    assert one.overlaps(other) == other.overlaps(one) == overlaps


def test_death_ends_all():
    """From the month after."""
    death = record("BZ-01", "2018-07-19", id_no=A, name="测试甲", death_date="2018年7月19日")
    (one,) = held(decided(), death)
    assert one.until == (2018, 8)
    assert one.is_renewed_by(one)
