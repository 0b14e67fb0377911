"""A choice that a pen ticked on an issued paper is told."""

import pytest

from minzheng.inspection.checks.scans.added_ticks import added_ticks
from minzheng.inspection.checks.unlike_issued import ReadText, Unlike

ISSUED = {
    "kind_boxes": "☑农村低保 □城市低保 □特困供养",
    "rows": [{"aid_boxes": "☑是 □否"}, {"aid_boxes": "□是 ☑否"}],
    "cause_boxes": "□因病 □因残",
}


def told(*texts: str, sure: float = 0.99) -> list[Unlike]:
    return list(added_ticks(ISSUED, [ReadText(text, sure) for text in texts]))


def test_a_paper_as_it_was_issued_tells_nothing():
    """Nor one whose ticks are not seen, or whose 是 and 否 stand anywhere."""
    assert told("救助类别：☑农村低保 □城市低保□特困供养", "□因病□因残", "☑是□否") == []
    assert told("□农村低保□城市低保", "☑否 □是") == []


@pytest.mark.parametrize(
    ("line", "issued", "read"),
    [
        ("类别：☑农村低保☑城市低保 □特困供养", "农村低保", "城市低保"),
        ("□农村低保 □城市低保 ☑特困供养", "农村低保", "特困供养"),
        ("☑因病☑因残", "", "因病、因残"),
        ("□农村低保 ☒城市低保 □特困供养", "农村低保", "城市低保"),
    ],
)
def test_a_box_that_was_printed_empty_and_is_ticked_is_told(line, issued, read):
    """With what was chosen when the paper was issued."""
    assert told(line) == [Unlike("勾选", read, issued)]
    assert told(line, sure=0.8) == []


@pytest.mark.parametrize("line", ["☑城市低保", "☑同意□不同意", "☑城市低保户□特困"])
def test_a_choice_alone_or_of_another_list_tells_nothing(line):
    """A blank form has boxes of its own."""
    assert told(line) == []
