"""Which form, question of the inspectors, check or page is meant."""

from dataclasses import replace

import pytest

from archive_indexer.asking.fitting import (
    NamedForm,
    fitting_signs,
    forms_hinted,
    forms_named,
)
from minzheng.county.county import read_county

COUNTY = read_county()
FORMS = (
    NamedForm("DB-01", "最低生活保障申请书"),
    NamedForm("DB-02", "最低生活保障审核审批（确认）表"),
    NamedForm("JZ-03", "冬春生活救助花名册"),
    NamedForm("COM-07", "不予批准、停发（减发、增发）告知书", ("决定", "送达回证")),
)


@pytest.mark.parametrize(
    ("terms", "forms"),
    [
        (("低保申请书",), ["DB-01"]),
        (("低保", "申请书"), ["DB-01"]),
        (("低保公示",), []),
        (("冬春救助",), ["JZ-03"]),
        (("送达回证",), ["COM-07"]),
        (("停保告知书",), ["COM-07"]),
        (("填好的冬春生活救助花名册",), ["JZ-03"]),
        (("拖拉机",), []),
        ((), []),
        (("填过的低保申请书", "复印"), ["DB-01"]),
    ],
)
def test_a_form_is_known_by_most_of_its_title_or_the_title_of_a_part(terms, forms):
    """Words that mean the same count as one word."""
    found = forms_named(terms, FORMS, COUNTY.synonyms)
    found = found or forms_hinted(terms, FORMS, COUNTY.synonyms)
    assert [one.form_id for one in found] == forms


@pytest.mark.parametrize(
    ("terms", "number"),
    [
        (("村干部近亲属",), 10),
        (("死亡后", "发放"), 11),
        (("去世", "领钱"), 11),
        (("销号", "问题"), 17),
        (("照料协议",), 19),
        (("送达回证",), 13),
        (("低保申请书",), None),
        (("拖拉机",), None),
        ((), None),
    ],
)
def test_a_question_is_known_by_its_text_or_by_how_else_it_is_asked(terms, number):
    """registry/questions.toml; rare words weigh more."""
    question = fitting_signs([terms], COUNTY).question
    assert (question.no if question else None) == number


@pytest.mark.parametrize(
    ("said", "check", "page"),
    [
        ("缺签字", "signatures_missing", ""),
        ("残疾证到期的", "certificates_ended", ""),
        ("去世的人还在领高龄补贴", "paid_after_death", ""),
        ("一户两个低保", "held_twice", ""),
        ("村里没有公示的年份", "", "completeness"),
        ("谁被停了低保", "", "month"),
        ("低保", "", ""),
        ("拖拉机", "", ""),
    ],
)
def test_a_check_or_a_page_is_known_by_how_people_ask_for_it(said, check, page):
    """registry/checks.toml, registry/questions.toml; a scheme's name alone asks for none."""
    found = fitting_signs([(said,)], COUNTY)
    assert (found.check.id if found.check else "") == check
    assert (found.page.address if found.page else "") == page


def test_a_check_is_not_offered_beside_the_question_it_answers():
    """第 11 问 is answered by paid_after_death."""
    found = fitting_signs([("死亡后仍在发放",)], COUNTY)
    assert found.question is not None
    assert (found.question.doubts, found.check) == ("paid_after_death", None)


def test_a_part_of_a_title_is_enough_when_no_other_title_says_more():
    """Of a question with words that no title has; what many titles say alike names none."""
    forms = (*FORMS, NamedForm("YF-02", "优抚对象花名册"), NamedForm("TK-07", "特困人员花名册"))
    found = forms_hinted(("退役军人优抚花名册",), forms, COUNTY.synonyms)
    assert [one.form_id for one in found] == ["YF-02"]
    assert forms_hinted(("军人的花名册本",), forms, COUNTY.synonyms) == ()


def test_what_stands_in_brackets_of_a_title_may_be_left_out():
    """Forms whose titles say nearly as much are offered beside the best."""
    forms = (
        NamedForm("LR-01", "农村留守（独居、空巢）老年人信息登记表"),
        NamedForm("LR-03", "留守老年人帮扶责任人登记（结对）表"),
        NamedForm("GL-01", "高龄老人生活保健补贴申请审批表"),
    )
    found = forms_named(("留守老人登记表",), forms, COUNTY.synonyms)
    assert {one.form_id for one in found} == {"LR-01", "LR-03"}


@pytest.mark.parametrize("said", ["死了还在领", "死了还领", "低保户死了还领着钱"])
def test_little_words_inside_a_saying_do_not_part_it(said):
    """第 11 问, however it is put."""
    question = fitting_signs([(said,)], COUNTY).question
    assert question is not None
    assert question.no == 11


def test_without_questions_none_fits():
    """A county may have none."""
    bare = replace(COUNTY, questions=(), asked_pages=())
    assert fitting_signs([("送达回证",)], bare).question is None
