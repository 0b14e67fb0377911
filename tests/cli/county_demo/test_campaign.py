"""The campaign of the small county: its registers show what was planned."""

from minzheng.cli.county_demo.plan import SMALL


def test_everybody_is_visited_once(states):
    """By the team of the village, within the three months; who got something lately is not."""
    assert states("visits") == {"已走访": SMALL.visited}
    assert states("visit-list") == {"已走访": SMALL.visited, "还没走访": SMALL.unvisited}
    assert len(states.whole("visits").people) == SMALL.visited
    assert states("teams").keys() == {"已分组"}


def test_answers_are_counted_on_lists_and_on_visits(states):
    """The same number on both."""
    assert states("answers") == {"已解答": SMALL.answers}
    assert states.whole("visits").sum_of("answers") == SMALL.answers


def test_figures_of_all_origins_agree(states):
    """What was decided, listed and seen."""
    assert states("origins").keys() == {"一致"}


def test_problems_are_closed_as_planned(states):
    """Only with a scan that bears their number."""
    assert states("problems") == {
        "已销号": SMALL.solved, "销号没有依据": SMALL.unproved, "逾期": SMALL.late,
        "整改中": SMALL.running,
    }  # fmt: skip
