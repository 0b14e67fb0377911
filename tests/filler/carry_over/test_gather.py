"""Lists made of a village's approved cases."""

import pytest
from stdnum.cn import ric

from filler.carry_over import gather
from filler.carry_over.gather import _order, _told_apart
from filler.fill_form import read_form
from filler.form.form_data import Refused
from filler.print_run.preflight import check_roster
from filler.roster.read_roster import read_roster
from minzheng.county.writing.id_card import age_on
from tests.filler.conftest import TODAY
from tests.filler.rosters import PEOPLE, as_bytes, fill_template


@pytest.fixture
def approve(fill, answers_of):
    """Issues a 低保 approval of a household of 旧城村."""

    def run(name="测试李大山", number=PEOPLE[0], group="3", **other):
        answers = answers_of("DB-02")
        members = [{**row} for row in answers["members"]]
        members[0] |= {"m_name": name, "m_id": number}
        ids = set()
        members = [row for row in members if not (row["m_id"] in ids or ids.add(row["m_id"]))]
        answers |= {"name": name, "id_no": number, "group_no": group, "members": members}
        issued = fill("DB-02", answers | other)
        assert not isinstance(issued, Refused), issued.problems
        return issued

    return run


@pytest.fixture
def listed(catalogue, store, answers_of):
    """The rows a list would have, by name; and what is wrong."""

    def run(form_id="GS-01", rows=(), **other):
        answers = answers_of(form_id) | {"rows": list(rows), "as_of": "2019-06-30"} | other
        if form_id == "GS-01":
            answers["post_date"] = "2019-07-01"
        return read_form(
            catalogue.form(form_id), answers, today=TODAY, catalogue=catalogue, history=store
        )

    return run


def names(shown):
    return [row.get("name") or row.get("head") for row in shown.answers["rows"]]


def test_a_notice_lists_the_approved_cases(approve, listed):
    """With what the approvals say, by group, each with its document; nothing but that."""
    second = approve("测试乙", PEOPLE[1], "2")
    first = approve("测试甲", PEOPLE[0], "10")
    shown = listed()
    assert names(shown) == ["测试乙", "测试甲"]
    assert [source.number for source in shown.taken.sources] == [second.number, first.number]
    row = shown.answers["rows"][0]
    assert set(row) == {
        "name", "group_no", "insured", "class", "month_amount", "start_month", "relative_filed",
    }  # fmt: skip
    assert not any(number in str(shown.answers["rows"]) for number in PEOPLE)
    assert not [one for one in shown.problems if one.field.startswith("rows")]


@pytest.mark.parametrize(
    "other", [{"village": "民主村"}, {"as_of": "2018-01-31"}, {"scheme": "高龄补贴"}, {"as_of": ""}]
)
def test_other_villages_days_and_schemes_have_other_rows(approve, listed, other):
    """What was approved later, elsewhere or for another scheme does not stand there."""
    approve()
    assert listed(**other).answers["rows"] == []


def test_a_corrected_approval_counts_once(approve, fill, listed, store):
    """As its newest edition says."""
    first = approve("测试甲")
    answers = dict(store.issued[-1].answers) | {"category": "C类"}
    again = fill("DB-02", answers, corrects=first.number)
    assert not isinstance(again, Refused), again.problems
    (row,) = listed().answers["rows"]
    assert row["class"] == "C类"


def test_a_stopped_case_is_listed_until_its_month(approve, fill, review_of, listed):
    """From the month on in which a review or a letter ends it."""
    case_no = approve().case_no
    stop = review_of(
        case_no, decision="停发", stop_cause="自愿退出", new_amount="0", effective_month="2019-06"
    )
    assert not isinstance(fill("COM-09", stop), Refused)
    assert listed(as_of="2019-05-31").answers["rows"]
    assert listed(as_of="2019-06-30").answers["rows"] == []


def test_a_review_changes_amount_and_persons(approve, fill, review_of, listed):
    """The list says what is paid now."""
    case_no = approve().case_no
    review = review_of(case_no, effective_month="2019-03", new_amount="175.00")
    assert not isinstance(fill("COM-09", review), Refused)
    (row,) = listed().answers["rows"]
    assert row["month_amount"] == "175.00"
    assert listed(as_of="2019-02-28").answers["rows"][0]["month_amount"] != "175.00"


def test_two_of_one_name_and_group_are_told_apart(approve, listed):
    """The second is （乙）."""
    approve("测试甲", PEOPLE[0])
    approve("测试甲", PEOPLE[1])
    assert names(listed()) == ["测试甲", "测试甲（乙）"]


def test_children_stand_on_no_notice(fill, answers_of, catalogue, listed):
    """An orphan's support is listed in the roster of the office, never in public."""
    answers = answers_of("TK-03") | {
        "name": "测试小雨", "id_no": _child(), "labor_reason": "未满16周岁",
        "pub_start": "", "pub_result": "",
    }  # fmt: skip
    issued = fill("TK-03", answers)
    assert not isinstance(issued, Refused), issued.problems
    place = {slug: answers[slug] for slug in ("town", "village")}
    assert listed(scheme="特困", **place).answers["rows"] == []
    assert names(listed("TK-07", **place)) == ["测试小雨"]


def test_a_roster_takes_accounts_from_the_application(approve, fill, answers_of, listed, store):
    """What the approval does not ask stands in another form of the case."""
    applied = fill("DB-01", answers_of("DB-01"))
    answers = answers_of("DB-02") | {"case_no": applied.case_no}
    for slug in ("name", "id_no", "members", "phone", "apply_date", "accept_date", "group_no"):
        answers.pop(slug, None)
    approved = fill("DB-02", answers)
    assert not isinstance(approved, Refused), approved.problems
    (row,) = listed("DB-03").answers["rows"]
    assert (row["bank_no"], row["id_no"]) == (
        answers_of("DB-01")["bank_no"], answers_of("DB-01")["id_no"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "shown"), [("建档立卡", "是"), ("监测户", "是"), ("脱贫户", "是"), ("否", "否")]
)
def test_a_roster_takes_every_household_as_it_asks(fill, answers_of, listed, answer, shown):
    """DB-03 asks 是 or 否, DB-01 knows kinds: nothing gathered is then refused."""
    case_no = fill("DB-01", answers_of("DB-01") | {"is_poor": answer}).case_no
    assert not isinstance(fill("DB-02", answers_of("DB-02") | {"case_no": case_no}), Refused)
    roster = listed("DB-03")
    assert roster.answers["rows"][0]["is_poor"] == shown
    assert not roster.problems, [str(one) for one in roster.problems]


def test_households_of_before_the_system_are_typed_below(approve, listed):
    """A gathered row is locked, its free columns stay; an unknown row is pointed out."""
    approve("测试甲")
    typed = {"name": "测试老户", "group_no": "1", "insured": "1", "month_amount": "100",
             "start_month": "2015-01"}  # fmt: skip
    known = {"name": "测试甲", "group_no": "3", "remark": "新增"}
    shown = listed(rows=[typed, known])
    assert names(shown) == ["测试甲", "测试老户"]
    assert shown.answers["rows"][0]["remark"] == "新增"
    assert [one.where for one in shown.warnings if one.field == "rows"] == ["公示对象第 2 行"]
    changed = listed(rows=[known | {"month_amount": "1"}])
    assert [one.field for one in changed.problems] == ["rows[0].month_amount"]


def test_a_gathered_list_is_issued_without_typing(approve, fill, answers_of):
    """The document holds the rows; they are kept with it."""
    approve("测试甲")
    answers = answers_of("GS-01") | {"as_of": "2019-06-30", "post_date": "2019-07-01"}
    del answers["rows"]
    issued = fill("GS-01", answers)
    assert not isinstance(issued, Refused), issued.problems
    assert issued.printed.texts["rows"][0]["name"] == "测试甲"


def test_a_roster_of_villages_gathers_each_ones_rows(approve, catalogue, store, answers_of):
    """A row a village, no households typed: pre-flight has them, and says where none is."""
    approve("测试甲")
    single = {slug: value for slug, value in answers_of("GS-01").items() if slug != "rows"}
    single |= {"as_of": "2019-06-30", "post_date": "2019-07-01"}
    book = fill_template(catalogue, "GS-01", [single, single | {"village": "民主村"}])
    spec = catalogue.form("GS-01")
    roster = read_roster(as_bytes(book), "村.xlsx", spec)
    good, bad = check_roster(roster, spec, catalogue, TODAY, history=store).checked
    assert not good.problems
    assert [placed.problem.field for placed in bad.problems] == ["rows"]


def _child() -> str:
    body = "61092720150412123"
    number = body + ric.calc_check_digit(body + "0")
    assert age_on(number, TODAY) < 18
    return number


def test_rows_of_one_name_are_told_apart_up_to_the_tenth():
    """By the whole key; without a key nothing is changed."""
    rows = [({"name": "甲", "group": "1"}, None)] * 12 + [({"name": "甲", "group": "2"}, None)]
    told = [cells["name"] for cells, _ in _told_apart(rows, ("name", "group"))]
    assert told == ["甲", *(f"甲（{one}）" for one in "乙丙丁戊己庚辛壬癸癸癸"), "甲"]
    assert [cells for cells, _ in _told_apart(rows[:2], ())] == [rows[0][0]] * 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"group": "2"}, {"group": "10"}), ({"group": ""}, {"group": "1"}),
        ({"group": "一"}, {"group": "1"}),
        ({"group": "1", "name": "乙"}, {"group": "2", "name": "甲"}),
    ],
)  # fmt: skip
def test_rows_are_sorted_by_their_group_as_a_number(first, second):
    """Then by their case, not by their name."""
    key = ("name", "group")
    assert _order(first, key, "9") < _order(second, key, "1")
    assert _order(first, key, "1") < _order(first, key, "2")


def test_other_papers_are_asked_for_in_the_order_of_the_columns(listed, monkeypatch):
    """Not as a set gives them: what was asked is compared between versions and machines."""
    asked = []
    monkeypatch.setattr(gather, "_newest", lambda form_id, *_: asked.append(form_id) or {})
    listed("TK-07")
    assert asked == ["TK-01", "TK-04"]
