"""Everybody an issued document names."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from filler.models import Issued, NamedPerson
from filler.records.named_people import (
    born_after,
    named_in,
    note_named,
    people_in,
    villages_told,
)

DAY = dt.date(2026, 11, 28)
CHILD, ADULT = "110105201501010033", "11010519491231002X"


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"name": "测试甲", "id_no": ADULT.lower()}, [("测试甲", ADULT, dt.date(1949, 12, 31))]),
        ({"姓名": "测试甲", "身份证号": ADULT}, [("测试甲", ADULT, dt.date(1949, 12, 31))]),
        (
            {"members": [{"m_name": "测试乙", "m_id": CHILD}, {"m_name": "测试丙", "m_id": ""}]},
            [("测试乙", CHILD, dt.date(2015, 1, 1)), ("测试丙", "", None)],
        ),
        ({"father": "测试丁", "father_id": ADULT}, [("测试丁", ADULT, dt.date(1949, 12, 31))]),
        ({"beneficiary": "测试戊", "ben_id": CHILD}, [("测试戊", CHILD, dt.date(2015, 1, 1))]),
        ({"child": "测试己"}, [("测试己", "", DAY)]),
        ({"rows": [{"name": "测试庚"}, {"name": "测试庚"}]}, [("测试庚", "", None)]),
        ({"bank_name": "农商银行", "case_no": "DB-103200-2018-0001", "x": 5, "y": None}, []),
        ({"name": "测试甲", "id_no": "12"}, [("测试甲", "", None)]),
        (
            {
                "policies": [
                    {"p_name": "低保", "p_should": "是"},
                    {"p_name": "特困供养", "p_should": "否"},
                ]
            },
            [],
        ),
        ({"attendees": [{"p_name": "测试辛", "p_ident": "村民"}]}, [("测试辛", "", None)]),
        ({"check_name": "死亡后仍在发放"}, []),
        ({"object": "测试壬", "duty_person": "测试癸"}, [("测试壬", "", None)]),
        (
            {"dead": "测试甲", "dead_id": ADULT, "guardian": "测试乙"},
            [("测试甲", ADULT, dt.date(1949, 12, 31)), ("测试乙", "", None)],
        ),
    ],
)
def test_a_number_belongs_to_the_name_beside_it(answers, named):
    """By slug or by label, in rows; a child without a number is as young as its paper."""
    found = [(one["name"], one["id_no"], one["born"]) for one in named_in(answers, DAY)]
    assert found == named


def test_children_are_known_by_their_day_of_birth_and_place(db):
    """Of an area, and those of whom no place is known."""
    issued = Issued.objects.create(
        form_id="DB-01",
        answers={
            "town": "钟宝镇", "village": "旧城村", "name": "测试甲", "id_no": ADULT,
            "members": [{"m_name": "测试乙", "m_id": CHILD}],
        },
    )  # fmt: skip
    note_named(issued)
    assert NamedPerson.objects.count() == 2
    since = dt.date(2008, 11, 28)
    assert born_after(since) == (("测试乙", "钟宝镇", "旧城村"),)
    assert born_after(since, "钟宝镇", "旧城村") == (("测试乙", "钟宝镇", "旧城村"),)
    assert born_after(since, "钟宝镇", "民主村") == ()
    assert born_after(since, "城关镇") == ()
    assert born_after(dt.date(2015, 1, 1)) == ()


def test_people_of_a_village_are_told_once_each_with_their_number(db):
    """However many documents name them; other villages have their own."""
    for village in ("旧城村", "旧城村", "民主村"):
        answers = {"town": "钟宝镇", "village": village, "name": "测试甲", "id_no": ADULT}
        note_named(Issued.objects.create(form_id="DB-01", answers=answers))
    assert people_in("钟宝镇", "旧城村") == (("测试甲", ADULT),)
    assert people_in("钟宝镇", "东风村") == ()


def test_rows_tell_the_village_of_whom_they_name():
    """With the number, when there is one; a list of one village tells none."""
    rows = [{"name": "测试甲", "id_no": ADULT, "village": "旧城村"}, {"name": "测试乙"}]
    assert villages_told({"rows": rows}) == {("测试甲", ADULT): ("旧城村",)}
    assert villages_told({"village": "旧城村", "rows": [{"name": "测试乙"}]}) == {}


def test_documents_issued_before_are_looked_through_once(db):
    """The migration finds what `note_named` would have noted."""
    answers = {"town": "钟宝镇", "name": "测试甲", "members": [{"m_name": "测试乙", "m_id": CHILD}]}
    issued = Issued.objects.create(form_id="DB-01", answers=answers)
    import_module("filler.migrations.0008_named_people").look_through(apps, None)
    found = set(issued.named.values_list("name", "id_no", "town"))
    assert found == {("测试甲", "", "钟宝镇"), ("测试乙", CHILD, "钟宝镇")}


def test_policies_noted_as_people_before_are_forgotten_and_nobody_else_is(db):
    """The migration leaves people of their names, and whom another paper names."""
    policies = [{"p_name": "低保", "p_should": "是"}, {"p_name": "高龄补贴", "p_should": "否"}]
    visit = Issued.objects.create(form_id="ZF-01", answers={"head": "测试甲", "policies": policies})
    other = Issued.objects.create(form_id="DB-01", answers={})
    for issued, name, id_no in (
        (visit, "测试甲", ""), (visit, "低保", ""), (visit, "高龄补贴", ADULT), (other, "低保", ""),
    ):  # fmt: skip
        NamedPerson.objects.create(issued=issued, name=name, id_no=id_no)
    doubt = Issued.objects.create(form_id="ZH-12B", answers={"check_name": "死亡后仍在发放"})
    NamedPerson.objects.create(issued=doubt, name="死亡后仍在发放")
    import_module("filler.migrations.0017_no_policies_as_people").forget_policies(apps, None)
    left = NamedPerson.objects.order_by("pk").values_list("issued__form_id", "name")
    assert list(left) == [("ZF-01", "测试甲"), ("ZF-01", "高龄补贴"), ("DB-01", "低保")]
