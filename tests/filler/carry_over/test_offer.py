"""What papers issued before offer to a fresh form."""

import pytest

from filler.carry_over.earlier import Earlier
from filler.carry_over.offer import offer_answers
from filler.form.form_data import Refused
from filler.spec.offered import Offer, Offers
from tests.filler.conftest import TODAY

PLACE = {"town": "钟宝镇", "village": "旧城村"}


@pytest.fixture
def offered(catalogue, store):
    def run(form_id, offers=None, **answers):
        earlier = Earlier(catalogue.by_id, catalogue.taking_over, catalogue.facts, store, TODAY)
        found = offer_answers(catalogue.form(form_id), answers, earlier, offers or catalogue.offers)
        return {slug: answer for slug, (answer, _) in found.items()}

    return run


@pytest.fixture
def issue(fill, answers_of):
    def run(form_id, **changes):
        document = fill(form_id, answers_of(form_id) | changes)
        assert not isinstance(document, Refused), [str(one) for one in document.problems]
        return document

    return run


def test_the_survey_is_offered_what_was_declared(issue, offered, answers_of):
    """Household, income, property of the application: to be verified, so not locked."""
    application = answers_of("DB-01")
    given = offered("COM-03", case_no=issue("DB-01").case_no)
    assert [row["m_id"] for row in given["members"]] == [
        row["m_id"] for row in application["members"]
    ]
    for slug in ("phone", "marital", "health", "inc_farm", "cause", "supporters"):
        assert given[slug], slug
    assert given["survey_place"] == given["live_addr"]
    assert "photo_out" not in given
    assert "hh_size" not in given


def test_the_adults_of_a_household_authorise(issue, offered, answers_of):
    """And those who have to support it; children do not sign."""
    application = answers_of("DB-01")
    child = application["members"][0] | {
        "m_name": "测试小孩", "m_id": "61092720150125007X", "m_rel": "孙子女",
    }  # fmt: skip
    case_no = issue("DB-01", members=[*application["members"], child]).case_no
    names = [row["a_name"] for row in offered("COM-01", case_no=case_no)["members"]]
    assert application["name"] in names
    assert "测试小孩" not in names
    assert {one["s_name"] for one in application.get("supporters", [])} <= set(names)


def test_a_report_knows_its_notice(issue, offered):
    """Number, place, day."""
    notice = issue("COM-05")
    given = offered("COM-06", case_no=notice.case_no)
    assert given["notice_no"] == notice.case_no
    assert given["scheme"] == "低保"
    assert given["post_date"] == "2018年5月17日"


def test_the_approval_is_offered_votes_and_publicity_by_name(issue, offered, answers_of):
    """Of lists that name the person, whatever case they stand in; of others nothing."""
    meeting = answers_of("COM-04")
    name = meeting["cases"][0]["c_name"]
    issue("COM-04")
    issue("COM-05")
    given = offered("DB-02", name=name, **PLACE)
    assert f"同意{meeting['cases'][0]['c_yes']}票" in given["vote_summary"]
    assert "通过" in given["vote_summary"]
    stranger = offered("DB-02", name="测试外人", **PLACE)
    assert "vote_summary" not in stranger
    assert "pub_start" not in stranger
    listed = offered("DB-02", name=answers_of("COM-05")["rows"][0]["name"], **PLACE)
    assert listed["pub_start"] == "2018年5月17日"


def test_the_next_meeting_begins_with_the_last(issue, offered, answers_of):
    """Chair, recorder and group of the village; not another village's."""
    issue("COM-04")
    given = offered("COM-04", **PLACE)
    assert given["chair"] == answers_of("COM-04")["chair"]
    assert len(given["attendees"]) == len(answers_of("COM-04")["attendees"])
    assert offered("COM-04", town="钟宝镇", village="民主村") == {}


def test_a_payment_list_is_offered_the_cases_that_run(issue, offered):
    """On its day, as approved; not before the approval."""
    approval = issue("DB-02")
    asked = {**PLACE, "scheme": "低保", "pay_date": "2026-06-15"}
    (row,) = offered("GS-04", **asked)["rows"]
    assert row["name"]
    assert row["amount"]
    assert offered("GS-04", **asked | {"pay_date": "2010-01-01"}) == {}
    assert offered("GS-04", **asked | {"pay_date": "2018-05-31"}) == {}  # paid from June on
    assert offered("GS-04", **asked | {"scheme": "特困"}) == {}
    assert approval.case_no.startswith("DB-")


def test_a_list_brings_whoever_was_approved_by_any_form(issue, offered):
    """Helped first, or by the town alone, they stand on the town's roster like the others."""
    issue("LS-02")
    (row,) = offered("LS-04", town="钟宝镇", pay_to="2018-05-31")["rows"]
    assert (row["name"], row["relief_type"], row["amount"]) == ("测试何明山", "急难", "800.00")
    assert row["decide_date"]


@pytest.mark.parametrize(
    ("form_id", "scheme", "amount"),
    [("CB-01", "残疾人两项补贴", "140.00"), ("GL-01", "高龄补贴", "50.00")],
)
def test_a_notice_before_the_decision_lists_who_waits_for_it(
    issue, offered, form_id, scheme, amount
):
    """The town publishes what lies with the county; whoever is decided is not published again."""
    asked = {**PLACE, "scheme": scheme, "pub_start": "2018-05-22"}
    case_no = issue(form_id, c_date="").case_no
    (row,) = offered("COM-05", **asked)["rows"]
    assert (row["amount"], row["insured"]) == (amount, "1")
    issue(form_id, case_no=case_no)
    assert "rows" not in offered("COM-05", **asked)


def test_who_lives_alone_is_the_household(issue, offered):
    """An application without a table of members gives its person as the one row."""
    case_no = issue("TK-01").case_no
    (member,) = offered("COM-03", case_no=case_no)["members"]
    assert (member["m_rel"], member["m_health"]) == ("户主", "患慢性病")
    (signer,) = offered("COM-01", case_no=case_no)["members"]
    assert (signer["a_rel"], signer["a_id"]) == ("本人", member["m_id"])


def test_a_letter_knows_what_it_tells(issue, offered, store):
    """Who died is told of no hearing, and the end is an end."""
    approval = issue("TK-03")
    same = {slug: store.issued[0].answers[slug] for slug in ("name", "id_no", "cert_no")}
    days = {"apply_date": "2018-12-05", "death_date": "2018-12-01", "end_date": "2018-12-01",
            "end_month": "2019-01", "pub_date": "2018-12-10", "v_date": "2018-12-06",
            "t_date": "2018-12-07", "c_date": "2018-12-11"}  # fmt: skip
    case_no = issue("TK-06", case_no=approval.case_no, **same, **days).case_no
    given = offered("COM-07", case_no=case_no)
    assert (given["decision"], given["heard_mode"]) == ("终止", "本人已死亡")


def test_a_notice_of_results_lists_those_decided_that_day(issue, offered, answers_of):
    """No other day's."""
    issue("DB-02")
    day = str(answers_of("DB-02")["c_date"])
    asked = {**PLACE, "scheme": "低保"}
    assert len(offered("GS-03", **asked, decide_date=day)["rows"]) == 1
    assert offered("GS-03", **asked, decide_date="2026-01-05") == {}


def test_a_notice_before_the_decision_leaves_out_whom_it_was_made_for(issue, offered, answers_of):
    """`unless`: a case with an approval is not made public again."""
    survey = issue("COM-03")
    asked = {**PLACE, "scheme": "低保", "pub_start": "2026-06-01"}
    assert len(offered("COM-05", **asked)["rows"]) == 1
    told = answers_of("COM-03")
    same = {slug: told[slug] for slug in ("name", "id_no", "group_no")}
    issue("DB-02", case_no=survey.case_no, members="", inc_total="", survey_date="", **same)
    assert offered("COM-05", **asked) == {}


def test_nothing_is_offered_without_place_or_case(issue, offered):
    """A fresh page of nobody is empty."""
    issue("DB-01")
    assert offered("COM-03") == {}
    assert offered("GS-04", scheme="低保") == {}


def test_a_value_that_the_form_would_refuse_is_not_offered(catalogue):
    """Whatever is offered can be read by the field it is offered to."""
    for offer in catalogue.offers.papers:
        known = {one.slug for one in catalogue.form(offer.to).fields if one.is_typed}
        assert offer.fields.keys() <= known, (offer.to, offer.fields.keys() - known)


def test_a_notice_leaves_out_who_was_surveyed_for_another_scheme(issue, offered):
    """`of`: the survey must be for what the notice is about."""
    issue("COM-03")
    asked = {**PLACE, "pub_start": "2026-06-01"}
    assert len(offered("COM-05", **asked, scheme="低保")["rows"]) == 1
    assert offered("COM-05", **asked, scheme="特困") == {}


@pytest.mark.parametrize(
    ("remark", "is_offered"), [("公示期满，无人提出异议。", True), ("长" * 41, False)]
)
def test_what_is_too_long_for_a_field_is_not_offered(issue, offered, catalogue, remark, is_offered):
    """A county may offer what does not always fit: 40 characters are room enough there."""
    case_no = issue("DB-01").case_no
    issue("COM-06", case_no=case_no, notice_no=case_no, remark=remark)
    assert offered("DB-02", case_no=case_no)["pub_note"] == remark
    own = Offers((Offer("DB-02", "COM-06", fields={"spot_note": "remark"}),))
    assert ("spot_note" in offered("DB-02", offers=own, case_no=case_no)) is is_offered


@pytest.mark.parametrize(
    ("decision", "amount", "is_offered"), [("减发", "175.00", True), ("继续", "285.62", False)]
)
def test_a_paper_gives_only_what_it_was_made_for(issue, offered, decision, amount, is_offered):
    """`of`: a review after which all goes on asks for no letter, and gives it no reason."""
    approved = ("town", "village", "group_no", "name", "id_no", "old_amount", "old_insured")
    told = {**dict.fromkeys(approved, ""), "decision": decision, "new_amount": amount}
    case_no = issue("DB-02").case_no
    issue("COM-09", case_no=case_no, **told)
    assert ("facts" in offered("COM-07", case_no=case_no)) is is_offered
