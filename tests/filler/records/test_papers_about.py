"""Issued papers about some cases alone."""

import pytest

from filler.models import Issued
from filler.records.issued_papers import PaperReader
from filler.records.named_people import note_named
from filler.records.papers_about import Whom, lists_naming, papers_about, people_of
from filler.records.people_store import note_person

pytestmark = pytest.mark.django_db
CASE, OTHER, LIST = "DB-103200-2018-0001", "DB-103200-2019-0004", "GS-103200-2018-0001"
ID = "11010519491231002X"
READER = PaperReader()
FORMS = ("COM-05", "COM-06", "GS-04")


def keep(form_id: str, case_no: str, **answers: object) -> Issued:
    given = {"town": "钟宝镇", "village": "旧城村"} | answers
    issued = Issued.objects.create(form_id=form_id, case_no=case_no, answers=given, sha256="0")
    note_person(issued)
    note_named(issued)
    return issued


def test_people_are_those_the_papers_of_a_case_are_about():
    """By name and number; of another case nobody."""
    keep("DB-01", CASE, name="测试甲", id_no=ID)
    keep("DB-01", OTHER, name="测试乙")
    assert people_of([CASE]) == Whom(frozenset({"测试甲"}), frozenset({ID}), frozenset({CASE}))
    assert people_of([]) == Whom()


def test_other_cases_of_the_same_people_are_told_too():
    """Which year a list is of is told by the next case of its person."""
    own, later = keep("DB-01", CASE, name="测试甲"), keep("DB-01", OTHER, name="测试甲")
    keep("DB-01", "DB-103200-2020-0009", name="测试乙")
    found = papers_about(READER, people_of([CASE]))
    assert [one.number for one in found] == [own.pk, later.pk]


@pytest.mark.parametrize(
    ("row", "is_named"),
    [
        ({"name": "测试甲"}, True),
        ({"name": "测试甲（乙）"}, True),
        ({"name": "测试甲(3组)"}, True),
        ({"name": "测试甲丙"}, False),
        ({"name": "测试乙"}, False),
        ({"name": "测试乙", "id_no": ID}, True),
    ],
)
def test_a_list_is_told_when_it_names_them(row, is_named):
    """By name, with a bracket behind it, or by number; its other lines are not."""
    keep("DB-01", CASE, name="测试甲", id_no=ID)
    keep("GS-04", LIST, rows=[row, {"name": "测试丁"}])
    found = lists_naming(READER, FORMS, people_of([CASE]))
    assert [one.name for one in found] == ([row["name"]] if is_named else [])


def test_a_report_on_a_list_that_names_them_is_told():
    """It names nobody, its number leads to the list; one on another list is not."""
    keep("COM-05", LIST, rows=[{"name": "测试甲"}])
    report = keep("COM-06", LIST)
    keep("COM-06", "GS-103200-2018-0002")
    keep("DB-02", LIST)
    found = lists_naming(READER, FORMS, Whom(names=frozenset({"测试甲"})))
    assert [(one.form_id, one.name) for one in found] == [("COM-05", "测试甲"), ("COM-06", "")]
    assert found[1].number == report.pk


def test_a_list_that_was_corrected_or_stopped_is_none():
    """Nor is one that waits for somebody's opinion."""
    old = keep("GS-04", LIST, rows=[{"name": "测试甲"}])
    Issued.objects.filter(pk=old.pk).update(waits_for="c")
    assert lists_naming(READER, FORMS, Whom(names=frozenset({"测试甲"}))) == []
