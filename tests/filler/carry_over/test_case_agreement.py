"""The papers of one case say the same of the same thing."""

import pytest

from filler.carry_over.case_agreement import compared_names
from filler.carry_over.running_cases import NEW_CASE
from filler.form.form_data import Refused

NEW = {"case_no": NEW_CASE}


@pytest.fixture
def letter_of(answers_of):
    """Answers of the letter on a review in a case; what the review gives is left blank."""

    def make(case_no, **other):
        given = ("addressee", "id_no", "scheme")
        days = {"decide_date": "2018-11-20", "issue_date": "2018-11-21"}
        letter = dict.fromkeys(given, "") | {"decision": "减发", "receive_date": "2018-11-22"}
        return answers_of("COM-07") | letter | days | {"case_no": case_no} | other

    return make


def test_a_field_is_the_same_thing_by_its_name(catalogue):
    """Or by the name the registry gives it; what is a paper's own is not compared."""
    same = catalogue.taking_over.same
    names = compared_names(catalogue.form("COM-07"), same)
    assert names["addressee"] == "name"
    assert "decide_date" not in names
    assert "facts" not in names
    assert not {"c_date", "v_opinion"} & compared_names(catalogue.form("DB-02"), same).keys()


@pytest.mark.parametrize(
    ("slug", "value", "is_refused"),
    [("group_no", 4, True), ("accept_date", "2018-04-05", True), ("marital", "已婚", False)],
)
def test_what_may_have_changed_is_only_pointed_out(fill, answers_of, slug, value, is_refused):
    """A day or a group of an earlier paper is refused, the family's state is marked."""
    case_no = fill("DB-01", answers_of("DB-01")).case_no
    other = fill("COM-03", answers_of("COM-03") | {"case_no": case_no, slug: value})
    assert isinstance(other, Refused) == is_refused
    told = other.problems if is_refused else other.warnings
    assert any(one.field == slug and "DB-01" in one.what for one in told)


def test_another_case_is_not_compared(fill, answers_of):
    """Two households need not agree."""
    fill("DB-01", answers_of("DB-01"))
    assert not isinstance(fill("COM-03", answers_of("COM-03") | NEW | {"group_no": 9}), Refused)


def test_a_later_paper_does_not_refuse_a_correction(fill, answers_of):
    """It must be corrected, too: which one, and where."""
    first = fill("DB-01", answers_of("DB-01"))
    survey = fill("COM-03", answers_of("COM-03") | {"case_no": first.case_no})
    mended = fill("DB-01", answers_of("DB-01") | {"group_no": 4}, corrects=first.number)
    assert not isinstance(mended, Refused)
    (told,) = (one for one in mended.warnings if one.field == "group_no")
    assert f"COM-03（文书号 {survey.number}）" in told.what
    assert told.do == "更正后那一份也要更正"


def test_members_of_two_papers_are_compared_by_their_number(fill, answers_of):
    """Who is missing, who is new, and whose figures differ."""
    case_no = fill("DB-01", answers_of("DB-01")).case_no
    members = [dict(row) for row in answers_of("COM-03")["members"]]
    members[0]["m_income_month"] = "301"
    members[1]["m_id"] = "610927201207110068"
    survey = fill("COM-03", answers_of("COM-03") | {"case_no": case_no, "members": members})
    told = "\n".join(map(str, survey.warnings))
    assert "第 1 行月收入：填的是“301.00”" in told
    assert "“610927********0068”不在 DB-01" in told
    assert "少了 DB-01 里的“610927********0056”" in told


def test_a_report_agrees_with_the_notice_it_names(fill, answers_of):
    """By the notice's number, whatever case the report itself belongs to."""
    notice = fill("COM-05", answers_of("COM-05"))
    report = answers_of("COM-06") | {"notice_no": notice.case_no}
    assert not isinstance(fill("COM-06", report), Refused)
    late = {"post_date": "2018-05-18", "photo_time": "2018-05-18"}
    refused = fill("COM-06", report | late)
    (problem,) = refused.problems
    assert problem.field == "post_date"
    assert f"COM-05（文书号 {notice.number}）“公示开始”是“2018年5月17日”" in problem.what
    assert isinstance(fill("COM-06", report | {"scheme": "特困"}), Refused)
    assert not isinstance(fill("COM-06", answers_of("COM-06") | late), Refused)


def test_a_second_review_is_not_held_against_the_letter_of_the_first(
    fill, answers_of, review_of, letter_of
):
    """What the letter took from the first review it says of that one; the person stays the same."""
    case_no = fill("DB-02", answers_of("DB-02")).case_no
    fill("COM-09", review_of(case_no, new_amount="175.00"))
    assert not isinstance(fill("COM-07", letter_of(case_no)), Refused)
    later = {
        "review_date": "2019-05-06", "v_date": "2019-05-08", "t_date": "2019-05-13",
        "effective_month": "2019-06", "new_amount": "100.00",
    }  # fmt: skip
    sent = fill("COM-09", review_of(case_no, **later, c_date=""))
    assert not isinstance(sent, Refused), [str(one) for one in sent.problems]
    decided = fill("COM-09", review_of(case_no, **later, c_date="2019-05-20"))
    assert not isinstance(decided, Refused), [str(one) for one in decided.problems]
    stranger = fill("COM-09", review_of(case_no, **later, id_no="610927196602030152"))
    assert isinstance(stranger, Refused)
