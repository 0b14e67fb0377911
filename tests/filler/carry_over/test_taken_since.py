"""A correction names what later papers and rosters took from the paper before it."""

import pytest

from filler.fill_form import Corrected, read_form
from tests.filler.conftest import TODAY
from tests.filler.one_case.other_schemes import OTHERS
from tests.filler.one_case.papers import issue_case


@pytest.fixture
def told(catalogue, store, fill, answers_of):
    """What is pointed out when one answer of a case's paper is corrected."""

    def run(scheme, form_id, **other):
        number = issue_case(OTHERS[scheme], fill, answers_of)[form_id]
        issued = store.issued[number - 1]
        answers = {**issued.answers} | other
        corrects = Corrected(number, issued.document.case_no)
        read = read_form(catalogue.form(form_id), answers, today=TODAY, catalogue=catalogue,
                         history=store, corrects=corrects)  # fmt: skip
        return "\n".join(str(one) for one in read.warnings if "更正前的这一份" in str(one))

    return run


@pytest.mark.parametrize(
    ("scheme", "form_id", "other", "place"),
    [
        ("低保", "DB-01", {"bank_no": "6217000000000000996"}, "“名册第 1 行账号”是"),
        ("低保", "DB-01", {"is_poor": "否"}, "建档立卡”是“是”"),
        ("特困", "TK-03", {"cert_no": "TK2018-0099"}, "TK-06（文书号"),
        ("临时救助（先行救助）", "LS-02", {"place": "旧城村一组"}, "LS-07（文书号"),
        ("留守老年人", "LR-01", {"name": "测试周桂香"}, "LR-03（文书号"),
    ],
)
def test_what_took_the_old_value_is_named(scheme, form_id, other, place, told):
    """A roster's row, a later paper of the case, a list by the old name."""
    said = told(scheme, form_id, **other)
    assert place in said
    assert "更正后那一份也要更正" in said


def test_a_correction_of_something_else_names_nothing(told):
    """Nor does what is the same in the words of the roster: 脱贫户 is 是, too."""
    assert (
        told("低保", "DB-01", reason="孙女上学、老人看病开支大，收入只有养老金，生活困难，特申请。")
        == ""
    )
