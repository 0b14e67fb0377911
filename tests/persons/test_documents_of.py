"""Issued documents that name a person."""

from minzheng.persons.documents_of import BY_CASE, as_text, documents_of
from minzheng.persons.holdings import Kind
from tests.persons.conftest import ID, NAME, OTHER_ID, WHOM


def test_subject_member_and_row_are_found(keep):
    """By number, or by name in a case of the person; somebody else of the name is not."""
    own = keep(name=NAME, id_no=ID)
    household = keep(
        case_no="DB-103200-2018-0002", name="测试王五", id_no=OTHER_ID,
        members=[{"m_name": NAME, "m_id": ID.lower()}],
    )  # fmt: skip
    letter = keep("COM-07", addressee=NAME)
    notice = keep("GS-01", "GS-103200-2018-0001", rows=[{"name": NAME}, {"name": "测试赵六"}])
    keep(case_no="DB-103200-2018-0003", name=NAME, id_no=OTHER_ID)
    keep(case_no="DB-103200-2018-0004", name="测试钱七")
    found = {one.number: one for one in documents_of(WHOM, {"DB-01": "低保申请"})}
    assert set(found) == {own.pk, household.pk, letter.pk, notice.pk}
    assert [found[one.pk].is_sure for one in (own, household, letter, notice)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert found[letter.pk].because == BY_CASE
    assert [found[one.pk].names_others for one in (own, household, letter, notice)] == [
        False, True, False, True,
    ]  # fmt: skip
    assert found[own.pk].title == "低保申请"
    assert (found[own.pk].kind, found[own.pk].dossier) == (Kind.DOCUMENT, "DB")


def test_answers_are_read_as_text():
    """Tables and lists too."""
    assert as_text({"a": "甲", "b": [{"c": 1}, None], "d": ["乙"]}) == "甲\n1\n\n乙"
