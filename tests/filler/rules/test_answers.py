"""Texts and choices that call for one another: each word on both sides of its edge."""

import pytest

from tests.filler.one_rule import case, fault, refused


def rows(*texts, **columns):
    """Rows of one column, or one row of several."""
    return [columns] if columns else [{"a": text} for text in texts]


#: Call, addresses refused (none when it is silent), the fields.
CHECKED = [
    case("rows_needed(rows, state, 有, 多)", "rows", rows=[], state="多"),
    case("rows_needed(rows, state, 有, 多)", "", rows=rows("甲"), state="多"),
    case("rows_needed(rows, state, 有, 多)", "", rows=[], state="无"),
    case("rows_needed(rows, kinds, 有)", "rows", rows=[], kinds=("无", "有")),
    case("must_include(kinds, 甲, 乙)", "kinds", kinds=("甲", "丙")),
    case("must_include(kinds, 甲, 乙)", "", kinds=("丙", "乙", "甲")),
    case("answer_follows(alive, 否, result, 停发, 终止)", "result", alive="否", result="继续"),
    case("answer_follows(alive, 否, result, 停发, 终止)", "", alive="否", result="终止"),
    case("answer_follows(alive, 否, result, 停发, 终止)", "", alive="是", result="继续"),
    case("answer_follows(alive, 否, result, 停发, 终止)", "", alive="否", result=""),
]  # fmt: skip

#: Call, words of the fault (none when the value is taken), the value given, the fields.
RULED = [
    case("length(2, 4)", "现有 1 字", given="甲 "),
    case("length(2, 4)", "", given="甲 乙"),
    case("length(2, 4)", "", given="甲乙\n丙丁"),
    case("length(2, 4)", "现有 5 字", given="甲乙丙丁戊"),
    case("tells_why", "", given="同意"),
    case("tells_why", "", given="经核实，情况属实，同意上报。"),
    case("tells_why", "没有写理由", given="不同意。"),
    case("tells_why", "没有写理由", given="经研究，不予批准"),
    case("tells_why", "", given="不同意，家庭月人均收入高于标准"),
    case("differs_from(other)", "与“other”相同", given="测试甲", other="测试甲"),
    case("differs_from(other)", "", given="测试甲", other="测试乙"),
    case("differs_from(other)", "", given="", other=""),
]  # fmt: skip


@pytest.mark.parametrize("one", RULED, ids=str)
def test_a_rule_takes_what_just_keeps_it_and_refuses_the_next(one):
    """What is taken has no fault; what is refused says why."""
    found = fault(one)
    assert bool(found) == bool(one.expected)
    assert one.expected in found


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_check_speaks_beyond_its_edge_and_not_before(one):
    """Where the fault is, and nothing when all is right."""
    assert " ".join(refused(one)) == one.expected
