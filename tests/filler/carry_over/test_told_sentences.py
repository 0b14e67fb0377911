"""A sentence made of another paper's figures tells those figures."""

import pytest

from filler.form.form_data import Refused

_CASE = {
    "c_name": "测试周桂兰", "c_scheme": "低保", "c_size": 2, "c_brief": "祖孙二人，年老多病",
    "c_yes": 14, "c_no": 0, "c_abs": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("summary", "lacks"),
    [
        ("4月12日评议，到会15人，同意14票，不同意0票，弃权0票，通过。", []),
        ("应到21人，实到19人，同意18票，反对0票，弃权0票，通过。", ["15", "14"]),
        ("全体到会人员同意。", []),
    ],
)
def test_other_votes_than_the_minutes_have_are_pointed_out(fill, answers_of, summary, lacks):
    """As many came, as many agreed; own words without a figure contradict nothing."""
    minutes = fill("COM-04", answers_of("COM-04") | {"meet_date": "2018-04-12", "cases": [_CASE]})
    assert not isinstance(minutes, Refused), [str(one) for one in minutes.problems]
    made = fill("DB-02", answers_of("DB-02") | {"vote_summary": summary})
    told = [one for one in made.warnings if one.field == "vote_summary"]
    assert [one.what.rpartition(" ")[2] for one in told] == lacks
    assert all("COM-04" in one.what for one in told)
