"""What the law of the day says on a form."""

import datetime as dt

import pytest

from tests.filler.one_rule import case, derived

D = dt.date


CASES = [
    case("in_force(jiuzhufa, d)", "否", d=D(2026, 6, 30)),
    case("in_force(jiuzhufa, d)", "是", d=D(2026, 7, 1)),
    case("in_force(jiuzhufa, d)", "否", d=None),
    case("in_force(meiyou, d)", "否", d=D(2026, 7, 1)),
    case("decider(低保, d)", "县民政局", d=D(2026, 7, 1)),
    case("decider(低保, d)", None, d=None),
    case("decider(低保, d, e)", "县民政局", d=None, e=D(2026, 7, 1)),
    case("publicity_days(审核公示, d)", "7 天", d=D(2026, 7, 1), publicity=(0, "natural")),
    case(
        "publicity_days(审核公示, d)", "7 个工作日", d=D(2026, 7, 1), publicity=(0, "working")
    ),
    case("publicity_days(村务公开, d)", None, d=D(2025, 12, 31)),
    case("publicity_days(村务公开, d)", "15 天", d=D(2026, 1, 1)),
    case("publicity_days(村务公开, d)", None, d=None),
    case("publicity_note()", "审核公示7天", day=D(2018, 5, 7)),
    case("publicity_note()", "审核公示7天；公布的事项张贴不少于15天", day=D(2026, 1, 1)),
    case("law_basis()", None, day=D(2026, 1, 1)),
    case("law_basis(ZZ)", "《中华人民共和国村民委员会组织法》（2018年修正）第十一条（任期五年）、"
         "第二十二条、第二十五条至第二十七条、第三十二条至第三十四条", day=D(2025, 12, 31)),
    case("law_basis(GL)", "1．《中华人民共和国老年人权益保障法》（2018年修正）第三十三条\n"
         "2．陕西省高龄老人生活保健补贴制度；县实施办法（标准和起发月份由县确定）",
         day=D(2026, 8, 3)),
]  # fmt: skip


@pytest.mark.parametrize("one", CASES, ids=str)
def test_the_law_of_the_day(one):
    """From its first day on, and not before."""
    assert derived(one) == one.expected
