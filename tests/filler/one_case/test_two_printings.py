"""Approval forms in two printings: 送审稿 for the next hand, 定稿 after the decision."""

import re

import pytest

from filler.form.form_data import Refused
from filler.form.opinions import levels_of
from filler.form.printings import printing_of
from filler.reissue import reissue
from script.golden import dump
from tests.shipped_forms import shipped_forms

#: DB-02: what the county writes.
COUNTY = ("c_opinion", "c_date", "c_amount", "cert_no")
APPROVALS = [spec.id for spec in shipped_forms().forms if levels_of(spec)]


@pytest.fixture
def send(fill, answers_of):
    """Issues DB-02 for the county's decision."""

    def run(**other):
        sent = fill("DB-02", answers_of("DB-02") | dict.fromkeys(COUNTY, "") | other)
        assert not isinstance(sent, Refused), sent.problems
        return sent

    return run


@pytest.mark.parametrize("form_id", APPROVALS)
def test_every_approval_form_is_printed_for_the_next_hand(catalogue, fill, answers_of, form_id):
    """Found by its fields: what the last level writes is blank, all else may be issued."""
    spec = catalogue.form(form_id)
    answers = answers_of(form_id)
    top = levels_of(spec)[-1]
    blank = {f"{top}_{part}": "" for part in ("opinion", "date")} | {
        slug: "" for slug in ("ok_amount", "c_amount", "cert_no", "pay_date") if slug in answers
    }
    waits = printing_of(spec, answers | blank)
    sent = fill(form_id, answers | dict.fromkeys(waits.blank, ""))
    assert not isinstance(sent, Refused), [str(one) for one in sent.problems]
    if waits.is_draft:
        assert sent.waits_for == waits.waits_for
        assert sent.file_name.endswith("_送审稿.docx")
        assert all(not sent.printed.texts.get(slug) for slug in (f"{top}_opinion", f"{top}_date"))


def test_the_next_hands_part_is_lines_to_sign(send):
    """No opinion of the county, no amount of its, room for day and signature."""
    sent, blank = send(), re.compile(r"镇坪县民政局[(（]盖章[)）]\s*年\s*月\s*日")
    printed = dump(sent.docx)
    assert blank.search(printed)
    assert "285.62" in printed
    assert "同意自" not in printed
    assert sent.printed.texts["start_month"] == ""


def test_that_it_is_not_decided_is_said(send):
    """To whom it goes now."""
    (told,) = send().warnings
    assert "送审稿" in told.what
    assert "县民政局" in told.what


def test_the_decision_replaces_what_was_sent(send, fill, store, answers_of):
    """Same case, same document, a new edition; what the town wrote need not be typed again."""
    sent = send()
    decided = fill("DB-02", {"case_no": sent.case_no, "c_date": "2018-05-07", "c_amount": "285.62"})
    assert not isinstance(decided, Refused), [str(one) for one in decided.problems]
    assert (decided.case_no, decided.waits_for) == (sent.case_no, "")
    assert decided.printed.qr == sent.printed.qr
    assert store.issued[decided.number - 1].corrects == sent.number
    assert decided.printed.texts["t_opinion"] == answers_of("DB-02")["t_opinion"]
    assert decided.file_name == sent.file_name.replace("_送审稿", "")
    (newest,) = store.issued_for("DB-02", case_no=sent.case_no)
    assert newest.number == decided.number


def test_the_county_does_not_change_what_the_town_wrote(send, fill):
    """It sends it back, or corrects it openly."""
    sent = send()
    decision = {"case_no": sent.case_no, "c_date": "2018-05-07", "c_amount": "285.62"}
    refused = fill("DB-02", decision | {"category": "A类"})
    assert isinstance(refused, Refused)
    (problem,) = refused.problems
    assert problem.field == "category"
    assert f"DB-02（文书号 {sent.number}）“保障类别”是“B类”" in problem.what


def test_the_town_sends_it_again(send, fill, store):
    """Mended before anybody decided: a new edition that still waits."""
    sent = send()
    again = fill("DB-02", {"case_no": sent.case_no, "category": "A类"})
    assert not isinstance(again, Refused), [str(one) for one in again.problems]
    assert (again.waits_for, again.printed.texts["category"]) == ("c", "A类")
    assert store.issued[again.number - 1].corrects == sent.number


def test_half_a_decision_is_none(send, fill):
    """Who has begun to decide is asked for the rest."""
    sent = send()
    refused = fill("DB-02", {"case_no": sent.case_no, "c_amount": "285.62"})
    assert isinstance(refused, Refused)
    assert "c_date" in {one.field for one in refused.problems}


def test_what_waits_is_not_approved(send, fill, answers_of):
    """It stands on no notice, no roster, and stops nothing."""
    sent = send()
    notice = answers_of("GS-01") | {"as_of": "2018-06-30", "post_date": "2018-07-01", "rows": []}
    assert isinstance(fill("GS-01", notice), Refused)
    payment = answers_of("GS-04")
    payment["rows"] = [{"name": "测试周桂兰", "group_no": 3, "persons": 2, "amount": "285.62"}]
    assert [one.field for one in fill("GS-04", payment).warnings] == ["rows[0].name"]
    fill("DB-02", {"case_no": sent.case_no, "c_date": "2018-05-07", "c_amount": "285.62"})
    assert not fill("GS-04", payment).warnings


def test_a_review_that_waits_changes_nothing(fill, answers_of, review_of):
    """Until the county has decided it, the old amount is paid."""
    case_no = fill("DB-02", answers_of("DB-02")).case_no
    waiting = review_of(case_no, decision="停发", stop_cause="自愿退出", new_amount="0", c_date="")
    assert fill("COM-09", waiting).waits_for == "c"
    row = {"name": "测试周桂兰", "group_no": 3, "persons": 2, "amount": "285.62"}
    paid = answers_of("GS-04") | {"pay_date": "2018-12-15", "rows": [row]}
    assert not isinstance(fill("GS-04", paid), Refused)


def test_within_its_limit_the_town_decides(fill, answers_of):
    """Above it the paper waits for the county, and the amount with it."""
    town = answers_of("LS-01") | {"sug_amount": "800", "ok_amount": "800", "c_date": ""}
    assert fill("LS-01", town | {"pay_date": "2018-06-05"}).waits_for == ""
    sent = fill("LS-01", answers_of("LS-01") | {"ok_amount": "", "c_date": "", "pay_date": ""})
    assert sent.waits_for == "c"
    assert sent.printed.texts["ok_amount"] == ""


def test_help_first_is_printed_before_its_papers_are_made_up(fill, answers_of):
    """On the day of the help nobody knows when the rest is handed in: that half is blank."""
    later = ("supp_date", "materials", "v_date", "t_date", "c_date")
    sent = fill("LS-02", answers_of("LS-02") | dict.fromkeys(later, ""))
    assert not isinstance(sent, Refused), [str(one) for one in sent.problems]
    assert (sent.waits_for, sent.printed.texts["supp_date"]) == ("t", "")
    made_up = {slug: answers_of("LS-02")[slug] for slug in later}
    done = fill("LS-02", {"case_no": sent.case_no} | made_up)
    assert not isinstance(done, Refused), [str(one) for one in done.problems]
    assert done.waits_for == ""
    lacking = fill("LS-02", {"case_no": "新案件"} | answers_of("LS-02") | {"supp_date": ""})
    assert [one.field for one in lacking.problems] == ["supp_date"]


def test_both_printings_are_issued_again_to_the_letter(send, fill):
    """Each as it was."""
    sent = send()
    decided = fill("DB-02", {"case_no": sent.case_no, "c_date": "2018-05-07", "c_amount": "285.62"})
    for one in (sent, decided):
        assert reissue(one.printed, one.sha256) == one.docx
