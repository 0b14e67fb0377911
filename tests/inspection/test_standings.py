"""What a subject has of what it must have."""

import pytest

from minzheng.inspection.standings import Need, Subject, compare

CASE = Subject("钟宝镇", "旧城村", "DB", "2018", "DB-103200-2018-0001", "测试甲")
APPLICATION = Need("申请", frozenset({"DB-01", "COM-01"}))
NOTICES = Need("公示", frozenset({"GS-01"}), times=4)


@pytest.mark.parametrize(
    ("found", "lacking", "named"),
    [
        ({}, 5, ["申请", "公示"]),
        ({"DB-01": 1}, 4, ["公示"]),
        ({"COM-01": 1, "GS-01": 3}, 1, ["公示"]),
        ({"DB-01": 1, "GS-01": 4}, 0, []),
        ({"DB-01": 3, "GS-01": 9}, 0, []),
    ],
)
def test_any_of_the_forms_will_do_so_many_times(found, lacking, named):
    """More than enough makes up for nothing else."""
    standing = compare(CASE, [APPLICATION, NOTICES], found)
    assert standing.needed == 5
    assert standing.lacking == lacking
    assert [lack.need.name for lack in standing.lacks] == named
    assert standing.found == tuple(sorted(found))


def test_what_must_not_be_there_is_named():
    """Only what is there."""
    standing = compare(CASE, [], {"COM-05": 1, "DB-01": 1}, frozenset({"COM-05", "COM-06"}))
    assert standing.forbidden == ("COM-05",)


@pytest.mark.parametrize(
    ("subject", "label", "is_case"),
    [
        (CASE, "DB-103200-2018-0001", True),
        (Subject("钟宝镇", "旧城村", "DB", "2018", person="测试甲"), "测试甲", True),
        (Subject("钟宝镇", "旧城村", "GS", "2018"), "2018 年度", False),
    ],
)
def test_a_subject_is_called_by_its_case_its_person_or_its_year(subject, label, is_case):
    """In this order."""
    assert subject.label == label
    assert subject.is_case is is_case
