"""Who was paid and should not have been."""

import pytest

from minzheng.inspection.payment_doubts import paid_after_death, paid_without_approval
from tests.inspection.papers import SCHEMES, A, B, paper, reader

ROSTER = "镇坪县钟宝镇旧城村{}农村低保对象花名册"
DEATH = f"姓名 测试甲 身份证号 {A}\n性别 女 年龄 68 死亡日期 2018年5月31日\n报告日期 2018年6月2日"


@pytest.mark.parametrize(("month", "doubts"), [("2018年5月", 0), ("2018年6月", 1)])
def test_who_died_is_paid_until_the_month_ends(month, doubts):
    """A list of the month of death is right, one of the next month is a doubt."""
    roster = paper("DB-03", f"1 测试甲 {A} 245.00", 2, title=ROSTER.format(month))
    found = list(paid_after_death(reader(paper("BZ-01", DEATH), roster), SCHEMES))
    assert len(found) == doubts
    for one in found:
        assert one.about == "测试甲"
        assert [proof.number for proof in one.papers] == [2, 1]


def test_who_lives_is_no_doubt():
    """Another number is another person."""
    roster = paper("DB-03", f"1 测试甲 {B} 245.00", title=ROSTER.format("2018年6月"))
    assert list(paid_after_death(reader(paper("BZ-01", DEATH), roster), SCHEMES)) == []


def test_a_listed_person_without_approval_is_told_once():
    """An approval of another village does not count."""
    approval = paper("DB-02", f"测试甲 {A}")
    elsewhere = paper("DB-02", f"测试乙 {B}", village="红星村")
    rosters = [paper("DB-03", f"1 测试甲 {A}\n2 测试乙 {B}", number) for number in (2, 3)]
    found = list(paid_without_approval(reader(approval, elsewhere, *rosters), SCHEMES))
    assert [(one.about, one.papers[0].number) for one in found] == [("测试乙", 2)]
