"""A row of a register."""

from minzheng.registers.row import Row


def test_a_row_is_told_apart_by_what_it_is():
    """Not by what it says: the same things make the very same row."""
    one, other = Row({"town": "钟宝镇"}, "有"), Row({"town": "钟宝镇"}, "有")
    assert one != other
    assert (one.town, one.village) == ("钟宝镇", "")
