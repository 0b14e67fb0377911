"""How far a case has come is told in one way, whoever asks."""

import datetime as dt

import pytest

from minzheng.county.registry.required_papers import Scheme, Step
from minzheng.inspection.case_steps import (
    CaseFacts,
    Measure,
    Opened,
    OwedLetter,
    Proof,
    Waiting,
    dossier_spoken_of,
    forms_of,
    is_of_many,
    last_of,
    step_told,
    steps_of,
)
from tests.inspection.papers import COUNTY, SCHEMES

D = dt.date
NONE = frozenset[str]()
#: 2018-05-07 is a Monday; ten working days later is the 21st.
SCHEME = Scheme("DB", (Step("申请", NONE), Step("调查", NONE, within=("线索办结",)),
                       Step("公布", NONE, needed_from=D(2018, 5, 7)),
                       Step("停发", NONE, only_if_needed=True)))  # fmt: skip
OPENED = Opened(D(2018, 5, 7), D(2018, 5, 7))


def judge(today, *proofs, opened=OPENED, ended=None, scheme=SCHEME, waiting=None, owed=None):
    measure = Measure(today, COUNTY.terms, COUNTY.calendar, COUNTY.desks)
    found = steps_of(scheme, CaseFacts(proofs, opened, ended, waiting, owed), measure)
    return {one.name: one for one in found}


def look(today: dt.date, *proofs: Proof, **more) -> dict[str, str]:
    return {one.name: one.state for one in judge(today, *proofs, **more).values() if one.is_shown}


def issued(step: str, day: dt.date | None = None) -> Proof:
    return Proof(step, day, is_scan=False)


@pytest.mark.parametrize(
    ("today", "state", "is_lacking"),
    [(D(2018, 5, 21), "还没到", False), (D(2018, 5, 22), "没做", True)],
)
def test_a_step_is_not_due_until_its_term_is_over(today, state, is_lacking):
    """On the last day there is still time; a step without a term is due at once."""
    assert look(today) == {"申请": "没做", "调查": state, "公布": "没做"}
    assert judge(today)["调查"].is_lacking is is_lacking


def test_a_scan_is_there_and_an_issued_document_is_only_issued():
    """It lacks its scan when the term is over, not before."""
    assert look(D(2018, 5, 8), Proof("申请"), Proof("停发"))["申请"] == "已归档"
    assert look(D(2018, 5, 8), issued("停发"))["停发"] == "已出具"
    told = judge(D(2018, 5, 21), Proof("申请", D(2018, 5, 9)), issued("调查", D(2018, 5, 8)))
    assert [(one.told, one.told_due) for one in told.values()] == [
        ("已归档 2018-5-9", ""), ("已出具 2018-5-8", "2018-5-21 到期"), ("没做", "2018-5-7 已过期"),
        ("按需要", ""),
    ]  # fmt: skip
    assert not told["调查"].is_lacking
    late = judge(D(2018, 5, 22), issued("调查", D(2018, 5, 8)))["调查"]
    assert late.is_lacking
    assert (late.told, late.told_due) == ("已出具 2018-5-8，没有扫描件", "2018-5-21 已过期")


SENT = Waiting("审批", "c", D(2018, 5, 7))


def test_a_case_known_by_its_draft_alone_lies_on_its_desk():
    """With since when and until when; the application is wanting, but not what is done next."""
    scheme = Scheme("DB", (Step("申请", NONE), Step("审批", NONE), Step("发放", NONE)))
    told = judge(D(2018, 5, 8), scheme=scheme, waiting=SENT)
    assert (told["审批"].state, told["审批"].is_next) == ("在办", True)
    assert told["审批"].told == "在办：送审稿在县民政局，2018-5-7 起"
    assert told["审批"].told_due == "2018-5-14 到期"
    assert told["审批"].is_shown
    assert [one.is_next for one in told.values()].count(True) == 1
    assert (told["申请"].state, told["申请"].is_lacking) == ("没做", True)
    assert judge(D(2018, 5, 15), scheme=scheme, waiting=SENT)["审批"].told_due == "2018-5-14 已过期"


def test_with_its_application_the_order_of_the_work_says_what_is_next():
    """What the town forgot comes before the county's hand."""
    scheme = Scheme("DB", (Step("申请", NONE), Step("公示", NONE), Step("审批", NONE)))
    told = judge(D(2018, 5, 8), issued("申请"), scheme=scheme, waiting=SENT)
    assert (told["公示"].is_next, told["审批"].state) == (True, "在办")
    told = judge(D(2018, 5, 8), issued("申请"), issued("公示"), scheme=scheme, waiting=SENT)
    assert told["审批"].is_next


def test_a_paper_that_decides_ends_the_waiting():
    """A scan of the approval counts more than the draft of it."""
    scheme = Scheme("DB", (Step("申请", NONE), Step("审批", NONE)))
    told = judge(D(2018, 5, 8), Proof("审批"), scheme=scheme, waiting=SENT)
    assert told["审批"].state == "已归档"
    assert judge(D(2018, 5, 8), scheme=scheme)["审批"].state == "没做"


def test_what_is_issued_if_needed_lacks_no_scan():
    """Nobody must have it, so its scan is never overdue."""
    stop = judge(D(2020, 1, 1), issued("停发"), opened=Opened())["停发"]
    assert (stop.state, stop.is_lacking) == ("已出具", False)


def test_whoever_may_be_older_than_a_rule_is_not_accused():
    """A case of which only the year is known may have begun on its first day."""
    assert "公布" not in look(D(2019, 1, 1), opened=Opened.within("2018"))
    assert "公布" in look(D(2020, 1, 1), opened=Opened.within("2019"))
    assert "公布" not in look(D(2020, 1, 1), opened=Opened())


URGENT = Scheme("LS", (
    Step("申请", frozenset({"LS-01", "LS-02"})),
    Step("公示", NONE, frozenset({"COM-05"}), unless=frozenset({"LS-02"})),
    Step("发放", NONE, frozenset({"LS-04"})),
))  # fmt: skip


@pytest.mark.parametrize(
    ("forms", "state", "following"),
    [(("LS-02",), "不需要", "发放"), (("LS-01",), "没做", "公示"),
     (("LS-02", "LS-01"), "没做", "公示"), (("",), "没做", "公示")],
)  # fmt: skip
def test_who_applied_by_another_form_is_not_asked_for_a_step(forms, state, following):
    """Help first is not published before; whoever applied in the ordinary way, too, is."""
    day = D(2018, 5, 7)
    proofs = [Proof("申请", day, is_scan=False, form_id=one) for one in forms]
    told = judge(D(2020, 1, 1), *proofs, scheme=URGENT)
    assert (told["公示"].state, told["公示"].is_lacking) == (state, state == "没做")
    assert next(one.name for one in told.values() if one.is_next) == following


def test_a_draft_tells_by_which_form_somebody_applied():
    """The case whose only paper lies on a desk is not late with what it needs not."""
    waiting = Waiting("申请", "c", D(2018, 5, 7), "LS-02")
    assert judge(D(2020, 1, 1), scheme=URGENT, waiting=waiting)["公示"].state == "不需要"


@pytest.mark.parametrize(
    ("forms", "state"),
    [(("LS-02",), "没做"), (("LS-01",), "不需要"), (("LS-01", "LS-02"), "没做"), (("",), "按需要")],
)
def test_what_only_one_kind_of_application_asks_is_asked_of_no_other(forms, state):
    """Who was helped first owes the explanation afterwards; of an unknown paper nobody knows."""
    after = Step("补充说明", NONE, needed_from=D(2018, 5, 7), only=frozenset({"LS-02"}))
    scheme = Scheme("LS", (URGENT.steps[0], after))
    proofs = [Proof("申请", D(2018, 5, 7), is_scan=False, form_id=one) for one in forms]
    assert judge(D(2020, 1, 1), *proofs, scheme=scheme)["补充说明"].state == state


def test_the_usual_paper_of_a_step_comes_first():
    """As the table has them: 公布 is done on GS-03 before it is added to GS-01."""
    assert forms_of(SCHEMES["LS"].step_named("公布")) == ("GS-03", "GS-01")
    assert forms_of(SCHEMES["LS"].step_named("发放"))[0] == "LS-04"
    assert forms_of(Step("发放", frozenset({"B"}), frozenset({"A"}))) == ("B", "A")


def test_a_year_ends_when_its_first_paper_came():
    """The rest of the year is no time to wait."""
    assert Opened.within("2026", D(2026, 3, 5)).last == D(2026, 3, 5)
    assert Opened.within("2018", D(2026, 3, 5)).last == D(2018, 12, 31)
    assert Opened.within("不明") == Opened()
    assert (last_of("2018"), last_of("0000"), last_of("")) == (D(2018, 12, 31), None, None)


#: As the county's own, so short that every state can be seen.
LONG = Scheme(
    "DB",
    (
        Step("申请", frozenset({"DB-01"}), within=("办结·低保",)),
        Step("受理", frozenset({"COM-02"}), only_if_needed=True),
        Step("评议", NONE, frozenset({"COM-04"}), until=D(2021, 6, 30), within=("办结·低保",)),
        Step("审批", frozenset({"DB-02"}), within=("办结·低保",)),
        Step("发放", NONE, frozenset({"GS-04", "DB-03"}), within=("办结·低保", "首次发放")),
        Step("复核", frozenset({"DB-05", "COM-09"}), within=("办结·低保", "低保核查·每年"),
             again="低保核查·每年"),
        Step("停发", frozenset({"COM-07"}), only_if_needed=True),
    ),
)  # fmt: skip
BEGUN = Opened(D(2022, 4, 11), D(2022, 4, 11))
APPLIED = (issued("申请", D(2022, 4, 11)),)
APPROVED = (*APPLIED, issued("审批", D(2022, 5, 10)))
PAID = (*APPROVED, issued("发放", D(2022, 6, 10)))


def states(today, *proofs, **more) -> str:
    found = judge(today, *proofs, scheme=LONG, opened=BEGUN, **more).values()
    return " ".join(f"{one.name}:{one.state}{'!' if one.is_next else ''}" for one in found)


@pytest.mark.parametrize(
    ("proofs", "said"),
    [
        ((), "申请:没做! 受理:按需要 评议:不需要 审批:还没到 发放:还没到 复核:还没到 停发:按需要"),
        (
            APPLIED,
            "申请:已出具 受理:按需要 评议:不需要 审批:没做! 发放:还没到 复核:还没到 停发:按需要",
        ),
        (
            APPROVED,
            "申请:已出具 受理:按需要 评议:不需要 审批:已出具 发放:没做! 复核:还没到 停发:按需要",
        ),
        (
            PAID,
            "申请:已出具 受理:按需要 评议:不需要 审批:已出具 发放:已出具 复核:还没到 停发:按需要",
        ),
    ],
)
def test_the_first_needed_step_without_paper_is_the_next(proofs, said):
    """What comes after it has not come yet; what the law no longer asks is not needed."""
    assert states(D(2022, 4, 20), *proofs) == said


def test_of_several_missing_steps_the_first_is_the_next():
    """The others are to be done as well."""
    assert "审批:没做! 发放:没做 复核" in states(D(2023, 1, 3), *APPLIED)


def test_a_review_comes_again_after_its_term():
    """Counted from the decision, then from the last review; lists do not put it off."""
    assert "复核:还没到 " in states(D(2023, 5, 8), *PAID)
    assert "复核:没做! " in states(D(2023, 5, 9), *PAID)
    again = (*PAID, issued("复核", D(2023, 5, 9)))
    assert "复核:已出具 " in states(D(2024, 5, 7), *again)
    assert "复核:没做! " in states(D(2024, 5, 8), *again)


def test_a_review_that_is_due_again_lacks_the_next_day():
    """A scan of a later year may be that review; nobody is accused."""
    again = (*PAID, Proof("复核", D(2023, 5, 9)))
    review = judge(D(2024, 5, 8), *again, scheme=LONG, opened=BEGUN)["复核"]
    assert (review.due, review.is_lacking, review.papers) == (D(2024, 5, 8), False, 1)
    assert judge(D(2024, 5, 9), *again, scheme=LONG, opened=BEGUN)["复核"].is_lacking
    scanned = (*again, Proof("复核", year="2024"))
    assert "复核:已归档" in states(D(2026, 1, 1), *scanned)


def test_an_ended_case_needs_nothing_that_was_not_due():
    """What was due before and has no paper is still a gap, and nothing is next."""
    stopped = (*APPROVED, issued("停发", D(2022, 5, 20)))
    said = states(D(2026, 1, 1), *stopped, ended=D(2022, 5, 20))
    assert said.endswith("审批:已出具 发放:不需要 复核:不需要 停发:已出具")
    assert "受理:不需要" in said
    late = states(D(2026, 1, 1), *APPROVED, issued("停发"), ended=D(2023, 1, 1))
    assert "发放:没做 复核:不需要" in late


def test_a_case_scanned_only_that_ended_in_its_year_was_decided_before():
    """Of its days nobody knows more than the year."""
    found = judge(D(2026, 1, 1), Proof("申请", year="2022"), Proof("停发", year="2022"),
                  scheme=LONG, opened=Opened.within("2022"), ended=last_of("2022"))  # fmt: skip
    assert (found["审批"].is_lacking, found["复核"].is_lacking) == (True, False)


def test_the_cases_own_forms_come_before_lists():
    """As they are offered."""
    assert judge(D(2022, 4, 20), scheme=LONG)["复核"].forms == ("COM-09", "DB-05")


def test_the_countys_review_has_a_term():
    """registry/completeness.toml names one that registry/terms.toml knows."""
    steps = [step for one in SCHEMES.values() for step in one.steps if step.again]
    assert [COUNTY.terms.on(step.again, D(2018, 8, 1)) for step in steps] == [12]


@pytest.mark.parametrize(
    ("dossier", "title", "about"),
    [
        ("DB", "低保审批表", "DB"),
        ("GS", "旧城村农村低保对象公示单", "DB"),
        ("GS", "公示情况报告", "GS"),
    ],
)
def test_a_notice_speaks_of_the_dossier_its_title_names(dossier, title, about):
    """Every other paper of its own."""
    assert dossier_spoken_of(dossier, title, COUNTY.dossiers) == about


@pytest.mark.parametrize(
    ("form_id", "title", "step"),
    [
        ("DB-01", "随便什么", "申请"),
        ("", "低保申请", "申请"),
        ("", "旧城村低保公示", "公示"),
        ("", "收据", ""),
        ("GS-06", "公示异议登记及处理表", ""),
        ("DB-04", "低保金增减停发人员汇总表", ""),
    ],
)
def test_a_paper_proves_a_step_by_its_form_else_by_its_title(form_id, title, step):
    """A known form of no step proves none: an objection is no notice, a summary no end."""
    assert step_told(form_id, title, SCHEMES["DB"], COUNTY.required) == step


@pytest.mark.parametrize(
    ("form_id", "step", "listed"),
    [("DB-03", "发放", True), ("DB-01", "申请", False), ("", "发放", True), ("", "申请", False),
     ("DB-03", "", False)],
)  # fmt: skip
def test_a_list_speaks_of_many(form_id, step, listed):
    """By its form, else by its step; without a step it is no list."""
    assert is_of_many(form_id, step, SCHEMES["DB"]) is listed
    assert not is_of_many(form_id, step, None)


PUBLISHED = Scheme("DB", (Step("审批", NONE), Step("公布", NONE, after="审批")))


@pytest.mark.parametrize(
    ("day", "state"), [(D(2018, 5, 6), "没做"), (D(2018, 5, 7), "已归档"), (None, "已归档")]
)
def test_a_list_from_before_the_decision_publishes_nothing(day, state):
    """One that hung already is not of this case; of a scan without a day nobody knows."""
    decided = issued("审批", D(2018, 5, 7))
    told = judge(D(2018, 6, 1), decided, Proof("公布", day), scheme=PUBLISHED)
    assert told["公布"].state == state


LETTERS = Scheme("DB", (
    Step("申请", NONE), Step("复核", NONE, again="低保核查·每年"),
    Step("停发", frozenset({"COM-07"}), only_if_needed=True),
))  # fmt: skip


@pytest.mark.parametrize("ended", [None, D(2018, 11, 19)])
def test_a_decision_that_is_not_told_yet_is_the_next_step(ended):
    """2018-11-19 is a Monday: three working days later the letter is late; so of what it ended."""
    reviewed = (Proof("申请"), Proof("复核", D(2018, 11, 19)))
    owed = OwedLetter("COM-07", D(2018, 11, 19))
    told = {}
    for day in (D(2018, 11, 22), D(2018, 11, 23)):
        step = judge(day, *reviewed, scheme=LETTERS, owed=owed, ended=ended)["停发"]
        told[day.day] = (step.state, step.is_next, step.is_lacking, step.told_due)
        assert step.told == step.found.split("，")[0] == "没做：2018-11-19 的决定须书面告知本人"
    assert told == {22: ("没做", True, False, "2018-11-22 到期"),
                    23: ("没做", True, True, "2018-11-22 已过期")}  # fmt: skip
    free = judge(D(2018, 11, 22), *reviewed, scheme=LETTERS)["停发"]
    assert (free.state, free.is_next) == ("按需要", False)


def test_what_is_due_again_tells_when_it_was_last_done():
    """Not «没做» alone beside the paper that did it."""
    step = judge(D(2019, 12, 2), Proof("申请"), Proof("复核", D(2018, 11, 20)), scheme=LETTERS)[
        "复核"
    ]
    assert (step.state, step.told) == ("没做", "没做，上一次 2018-11-20")
    assert step.found == "没做，上一次 2018-11-20，2019-11-19 已过期"


def test_a_stop_that_goes_round_is_gone_on_with_before_a_review():
    """The desk's paper and the next step are the same; the review is told, and not asked for."""
    seen = (Proof("申请"), Proof("复核", D(2017, 5, 7)))
    waiting = Waiting("停发", "t", D(2018, 12, 3))
    told = judge(D(2018, 12, 4), *seen, scheme=LETTERS, waiting=waiting)
    assert {name: one.is_next for name, one in told.items()} == {
        "申请": False, "复核": False, "停发": True,
    }  # fmt: skip
    assert told["停发"].state == "在办"
    assert told["复核"].is_overdue
