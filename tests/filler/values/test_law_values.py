"""What the law of the day says on a form."""

import datetime as dt

import pytest

from tests.filler.one_rule import case, derived

D = dt.date


@pytest.mark.parametrize(
    "one",
    [
        case("in_force(jiuzhufa, d)", "否", d=D(2026, 6, 30)),
        case("in_force(jiuzhufa, d)", "是", d=D(2026, 7, 1)),
        case("in_force(jiuzhufa, d)", "否", d=None),
        case("in_force(meiyou, d)", "否", d=D(2026, 7, 1)),
        case("decider(低保, d)", "县民政局", d=D(2026, 7, 1)),
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
    ],
    ids=str,
)
def test_the_law_of_the_day(one):
    """From its first day on, and not before."""
    assert derived(one) == one.expected
