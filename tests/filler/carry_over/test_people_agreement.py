"""One ID number, one name on all papers of a case."""

import pytest

from filler.form.form_data import Refused

ZHOU = "11010519491231002X"
SON = {"a_name": "测试李长福", "a_rel": "子", "a_id": "610927197906230035"}


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        ({}, ""),
        ({"a_name": "测试周桂蓝"}, "”是“测试周桂兰”"),
        ({"a_id": "610927195304120024"}, "同一个姓名的“身份证号”是“110105"),
    ],
)
def test_who_signs_is_called_as_on_the_application(signed, told, fill, answers_of):
    """In a row of another paper; the number is masked."""
    case_no = fill("DB-01", answers_of("DB-01")).case_no
    row = {"a_name": "测试周桂兰", "a_rel": "本人", "a_id": ZHOU} | signed
    letter = answers_of("COM-01") | {
        "name": "测试周桂兰", "id_no": ZHOU, "phone": "13991500001", "sign_date": "2018-04-03",
        "case_no": case_no, "members": [row, SON],
    }  # fmt: skip
    issued = fill("COM-01", letter)
    assert isinstance(issued, Refused) == ("a_id" in signed)  # then an adult has not signed
    said = [str(one) for one in issued.warnings if "第 1 行" in str(one)]
    assert any(told in one for one in said) == bool(told)
    assert not any(ZHOU in one for one in said)


def test_a_form_agrees_with_itself(fill, answers_of):
    """A household's own row beside its head; a namesake with another number is another person."""
    members = [dict(row) for row in answers_of("LS-01")["members"]]
    members[0]["m_name"] = "测试冯友财"
    issued = fill("LS-01", answers_of("LS-01") | {"members": members})
    assert any("同一个身份证号的“姓名”是“测试冯有财”" in str(one) for one in issued.warnings)


def test_two_members_of_one_name_are_two_people(fill, answers_of):
    """Only who applies is held to one number."""
    survey = answers_of("COM-03")
    members = [dict(row) for row in survey["members"]]
    members[1]["m_name"] = "测试重名"
    other = members[1] | {"m_id": "610927201207110068"}
    issued = fill("COM-03", survey | {"members": [*members, other]})
    assert not any("同一个姓名的" in str(one) for one in getattr(issued, "warnings", ()))
