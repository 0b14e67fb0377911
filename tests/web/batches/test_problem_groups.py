"""What a check found, as it is read."""

from filler.batch_job import ShownProblem
from minzheng.web.batches.problem_groups import count_kinds, group_problems


def told(kind: str, row: int, what: str = "现有 1 字", where: str = "意见") -> ShownProblem:
    """A line about a row."""
    return ShownProblem(kind, "名单", f"F{row}", f"测试{row}", where, what, "补充", row)


def test_what_stops_a_row_is_read_first():
    """Then what is to be heeded, then what became of the rows."""
    found = [told("说明", 0), told("留意", 2), told("更正", 3, "空着"), told("更正", 4)]
    assert [one.first.kind for one in group_problems(found)] == ["更正", "更正", "留意", "说明"]


def test_the_same_fault_of_many_rows_is_told_once():
    """With all its rows; of two rows, or another column, each by itself."""
    found = [told("更正", row) for row in range(2, 92)]
    found += [told("更正", 2, where="别处"), told("更正", 3, where="别处")]
    groups = group_problems(found)
    assert [len(one.rows) for one in groups] == [90, 1, 1]
    assert [one.is_folded for one in groups] == [True, False, False]
    assert groups[0].rows == tuple(found[:90])


def test_one_kind_can_be_looked_at_alone():
    """A kind that is none shows all."""
    found = [told("留意", 2), told("更正", 3)]
    assert [one.first.kind for one in group_problems(found, "更正")] == ["更正"]
    assert len(group_problems(found, "别的")) == 2
    assert count_kinds(found) == {"更正": 1, "留意": 1}
