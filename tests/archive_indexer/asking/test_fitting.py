"""Which form or which of the inspectors' questions is meant."""

import pytest

from archive_indexer.asking.fitting import NamedForm, fitting_forms, fitting_question
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
    ],
)
def test_a_form_is_known_by_most_of_its_title_or_the_title_of_a_part(terms, forms):
    """Words that mean the same count as one word."""
    assert [one.form_id for one in fitting_forms(terms, FORMS, COUNTY.synonyms)] == forms


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
    question = fitting_question(terms, COUNTY.questions, COUNTY.synonyms)
    assert (question.no if question else None) == number


def test_without_questions_none_fits():
    """A county may have none."""
    assert fitting_question(("送达回证",), (), COUNTY.synonyms) is None
