"""What the page of a case shows."""

import pytest

from filler.models import Issued
from minzheng.web.forms.cases_shown import is_ended, person_of


def paper(form_id: str, **answers: object) -> Issued:
    return Issued(form_id=form_id, answers=answers)


def test_the_person_is_the_first_that_the_papers_name():
    """A list or a letter after it changes nothing."""
    told = person_of(
        [
            paper("COM-04", town="钟宝镇", village="旧城村", cases=[{"c_name": "测试别人"}]),
            paper("DB-01", name="测试甲", id_no="11010519491231002X"),
            paper("COM-07", addressee="测试乙", id_no="610927197011200169"),
        ]
    )
    assert (told.name, told.id_no) == ("测试甲", "11010519491231002X")
    assert (told.town, told.village) == ("钟宝镇", "旧城村")


def test_a_letter_names_whom_no_form_names():
    """And a case of nobody has no name."""
    assert person_of([paper("COM-07", addressee="测试乙")]).name == "测试乙"
    assert person_of([]).name == ""


@pytest.mark.parametrize(
    ("form_id", "decision", "ended"),
    [
        ("COM-07", "停发", True),
        ("COM-07", "不予确认", True),
        ("COM-07", "减发", False),
        ("COM-09", "停发", True),
        ("COM-09", "继续", False),
        ("TK-06", "", True),
        ("DB-02", "", False),
    ],
)
def test_what_ends_a_case_says_the_registry(form_id, decision, ended):
    """registry/copies.toml."""
    assert is_ended([paper("DB-01"), paper(form_id, decision=decision)]) == ended
