"""A work and a step of it name the forms that do it."""

import pytest

from archive_indexer.asking.fitting import NamedForm
from archive_indexer.asking.step_forms import fitting_forms, forms_of_steps
from minzheng.county.county import read_county

COUNTY = read_county()
FORMS = tuple(
    NamedForm(form_id, title)
    for form_id, title in (
        ("DB-01", "最低生活保障申请书"),
        ("DB-05", "低保家庭定期核查记录表"),
        ("TK-03B", "特困人员救助供养证年审记录"),
        ("TK-07", "特困人员花名册"),
        ("CB-05", "残疾人两项补贴动态复核（年审）表"),
        ("CB-06", "残疾人两项补贴停发（终止）审批表"),
        ("YF-02", "优抚对象花名册"),
        ("ET-06", "困境儿童台账"),
        ("ET-08", "儿童保障终止审批表"),
        ("COM-09", "社会救助动态管理（复核）表"),
    )
)


@pytest.mark.parametrize(
    ("terms", "forms"),
    [
        (("低保年审",), ["DB-05", "COM-09"]),
        (("五保户年审",), ["TK-03B", "COM-09"]),
        (("残疾人", "复核"), ["CB-05"]),
        (("困境儿童停发",), ["ET-08"]),
        (("烈属名单",), ["YF-02"]),
        (("年审",), []),
        (("低保",), []),
        (("拖拉机年审",), []),
        ((), []),
    ],
)
def test_a_work_and_its_step_name_their_forms(terms, forms):
    """Its own before those of all works; one of the two alone names none."""
    assert [one.form_id for one in forms_of_steps([terms], FORMS, COUNTY)] == forms


def test_a_form_that_one_may_not_see_is_not_offered():
    """Only those that are handed in."""
    assert forms_of_steps([("困境儿童停发",)], FORMS[:2], COUNTY) == ()


def test_every_way_of_asking_names_its_forms():
    """What was typed beside what papers put it as: 备用金 is said of small relief, too."""
    ledgers = (
        NamedForm("LS-03", "小额临时救助（镇级备用金）审批表"),
        NamedForm("LS-05", "临时救助备用金使用台账"),
    )
    asked = [("小额临时救助", "台账"), ("备用金台账",)]
    assert {one.form_id for one in fitting_forms(asked, ledgers, COUNTY)} == {"LS-03", "LS-05"}


def test_a_title_that_says_it_goes_before_steps():
    """And the steps before what a title only hints at."""
    assert [one.form_id for one in fitting_forms([("低保申请书",)], FORMS, COUNTY)] == ["DB-01"]
    found = fitting_forms([("困境儿童停发",)], FORMS, COUNTY)
    assert [one.form_id for one in found][:1] == ["ET-08"]
