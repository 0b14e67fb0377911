"""How a contradiction is told."""

import pytest

from filler.carry_over.two_places import Disagreements, named, shown_value
from filler.form.forms import Field
from filler.form.taken import GivingPaper
from minzheng.county.errors import Problem


@pytest.mark.parametrize(
    ("kind", "is_sensitive", "text", "shown"),
    [
        ("idcard", True, "11010519491231002X", "110105********002X"),
        ("phone", True, "13991500001", "139****0001"),
        ("bank", True, "6217000000000000012", "***************0012"),
        ("text", True, "61092719530412002442", "****************2442"),
        ("text", True, "高血压", "高血压"), ("money", False, "143.62", "143.62"),
        ("text", False, "长" * 40, "长" * 24),
    ],
)  # fmt: skip
def test_a_message_shows_no_whole_number_of_a_person(kind, is_sensitive, text, shown):
    """Whatever kind of number it is; a long text is cut."""
    assert shown_value(Field("x", "x", kind, sensitive=is_sensitive), text) == shown


def test_a_paper_is_named_by_its_number():
    """So that it can be found and corrected."""
    assert named(GivingPaper("DB-02", 7)) == "DB-02（文书号 7）"


def test_what_is_said_twice_is_told_once():
    """Two papers may both speak against a field in the same words."""
    one, other = Problem("甲", "乙", "丙"), Problem("甲", "乙", "丁")
    both = Disagreements((one,), (other,)).plus([Disagreements((one, other))])
    assert both == Disagreements((one, other), (other,))
