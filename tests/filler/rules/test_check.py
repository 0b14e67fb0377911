"""Each named rule, shown by sample answers with one thing changed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from filler.fill_form import read_form
from filler.form.county_facts import CountyFacts
from filler.form.form_data import FormData
from filler.form.forms import Call, Condition, Field
from filler.rules.check import check, holds
from filler.values.derive import derive
from minzheng.county.errors import Problem
from minzheng.county.publicity import Publicity
from tests.filler.one_rule import COUNTY, form_of

TODAY = dt.date(2026, 11, 23)
Answers = dict[str, Any]


def with_row(table: str, index: int = 0, **changes: Any) -> Callable[[Answers], Answers]:
    """The answers with one row changed."""

    def change(answers: Answers) -> Answers:
        rows = [dict(row) for row in answers[table]]
        rows[index] |= changes
        return {**answers, table: rows}

    return change


def without(table: str) -> Callable[[Answers], Answers]:
    """The answers without a table's rows."""
    return lambda answers: {**answers, table: []}


def with_(**changes: Any) -> Callable[[Answers], Answers]:
    """The answers with some fields changed."""
    return lambda answers: {**answers, **changes}


#: Form, what is changed, the field that is refused, words of the message.
REFUSED = [
    ("DB-01", with_(phone="", no_phone="否"), "phone", "没有填写"),
    ("DB-01", with_(phone="", no_phone="是"), "near_phone", "没有填写"),
    ("DB-01", with_(bank_holder="测试外人"), "bank_holder", "不是"),
    ("CB-01", with_(bank_holder="测试外人"), "bank_holder", "不是"),
    ("COM-04", with_(chair_post="旧城村村主任"), "chair_post", "不是镇里的职务"),
    ("COM-04", with_(group_total=12), "group_total", "少于"),
    ("COM-04", with_(group_total=30), "present", "不到"),
    ("COM-04", with_(present_reps=5), "present_reps", "不到"),
    ("COM-04", with_(agenda=["宣讲政策"]), "agenda", "缺少"),
    ("COM-05", with_row("rows", hh_size=1), "rows[0].insured", "大于"),
    ("COM-06", with_(down_date="2018-05-20", mid_check="2018-05-18"), "days", "少于"),
    ("COM-06", with_(down_date=""), "down_date", "没有填写"),
    ("COM-06", with_(result=""), "result", "没有填写"),
    ("COM-06", with_(mid_check="2018-05-16"), "mid_check", "早于"),
    ("COM-06", with_(objections="2"), "result", "异议 2 件"),
    ("COM-07", with_(decision="不予确认"), "decision", "不予批准"),
    ("COM-07", with_(decide_date="2021-07-05", issue_date="2021-07-06", receive_date="2021-07-06"),
     "decision", "不予确认"),
    ("COM-08", with_(visit_date=""), "visit_date", "没有填写"),
    ("COM-09", with_(new_amount="700.00"), "new_amount", "减发"),
    ("COM-09", with_(decision="停发", stop_cause="死亡", new_amount="0"), "death_date", "没有填写"),
    ("COM-09", with_(decision="停发", stop_cause="死亡", new_amount="0", death_date="2018-10-03"),
     "effective_month", "次月"),
    ("DB-02", with_(vote_summary=""), "vote_summary", "2018年"),
    ("DB-04", with_row("rows", 3, new_a="10.00"), "rows[3].new_a", "停发"),
    ("DB-04", with_row("rows", 3, new_n=1), "rows[3].new_n", "应为 0"),
    ("DB-04", with_row("rows", 0, village="城关村外"), "rows[0].village", "没有"),
    ("DB-02", with_(t_date="2018-05-20"), "c_date", "早于"),
    ("CB-05", with_(alive="否"), "result", "停发"),
    ("ET-08", with_(reason="年满18周岁"), "reason", "不符"),
    ("LS-04", with_row("rows", 0, bank_no=""), "rows[0].bank_no", "没有填写"),
    ("YF-04", with_(upper="是"), "upper_no", "没有填写"),
    ("DB-04", with_row("rows", 1, new_a="200.00"), "rows[1].new_a", "增发"),
    ("TK-01", with_(labor_reason="未满16周岁"), "labor_reason", "不符"),
    ("TK-01", with_(labor_reason="重度残疾"), "labor_reason", "不符"),
    ("TK-01", with_(support_state="有但无履行能力"), "supporters", "没有填写"),
    ("TK-03", with_(pub_start=""), "pub_start", "成年人须公示"),
    ("TK-04", with_(to_date="2019-06-30"), "to_date", "超过 12 个月"),
    ("TK-06", with_(end_month="2018-08"), "end_month", "次月"),
    ("TK-06", with_(pub_date=""), "pub_date", "须公示"),
    ("LS-01", without("med_rows"), "med_rows", "没有填写"),
    ("LS-01", without("edu_rows"), "edu_rows", "没有填写"),
    ("LS-01", with_(surveyors="测试陈国安"), "surveyors", "只写了 1 人"),
    ("LS-01", with_(ok_amount="30000.00"), "ok_amount", "大于"),
    ("LS-01", with_(pay_date="2018-05-01"), "pay_date", "早于"),
    ("LS-01", with_(apply_mode="委托他人"), "agent_name", "没有填写"),
    ("LS-02", with_(id_no=""), "id_no", "没有填写"),
    ("LS-02", with_(id_no="", id_unknown="是"), "looks", "没有填写"),
    ("LS-02", with_(relief_amount="1500.00"), "relief_amount", "大于"),
    ("LS-03", with_(ok_amount="1200.00"), "ok_amount", "大于"),
    ("LS-03", with_(fund_before="500.00"), "fund_after", "少于"),
    ("LS-03", with_(filed_date=""), "filed_date", "没有填写"),
    ("LS-05", with_row("rows", 1, amount_out="99000.00"), "rows[1].balance", "少于"),
    ("YL-01", with_(med_ins_paid="60000.00"), "self_paid", "少于"),
    ("YL-01", with_(year_paid="31000.00"), "year_cap_left", "少于"),
    ("CB-01", with_(other_benefits=["特困供养"]), "kinds", "特困供养"),
    ("CB-01", with_(other_benefits=["孤儿基本生活费"]), "kinds", "孤儿"),
    ("CB-01", with_(family_class="其他"), "kinds", "只发给"),
    ("CB-01", with_(dibao_cert=""), "dibao_cert", "没有填写"),
    ("GL-04", with_row("rows", 2, death_date=""), "rows[2].death_date", "没有填写"),
    ("GL-04", with_row("rows", 1, band_before=""), "rows[1].band_before", "没有填写"),
    ("YF-01", with_(grade=""), "grade", "没有填写"),
    ("GS-07", with_(s_head="测试高永顺"), "s_head", "相同"),
    ("GS-08", with_row("rows", checked="否"), "rows[0].checked", "不得盖章"),
    ("GS-09", with_row("rows", 2, why=""), "rows[2].why", "没有填写"),
]  # fmt: skip

#: The same for warnings, which do not refuse the form.
WARNED = [
    ("DB-01", with_(apply_mode="委托他人"), "apply_mode", "代办"),
    ("COM-09", with_(), "decision", "减发"),
    ("DB-05", with_(review_date="2018-06-20"), "review_date", "超过 6 个月"),
    ("LS-02", with_(supp_date="2018-06-20"), "supp_date", "晚于"),
    ("GS-06", with_(reply_date="2018-06-20"), "reply_date", "晚于"),
    ("LS-01", with_row("enjoyed", e_scheme="临时救助"), "times_year", "本年已救助 1 次"),
    ("YL-01", with_(**{"class": "低保"}), "class", "直接办理"),
    ("JZ-03", with_(as_of="2018-11-02"), "as_of", "已过 10 月"),
    ("TK-05", with_row("rows", 1, v_date="2018-04-20"), "rows", "5 月没有记录"),
]


def judged(catalogue, answers: Answers, form_id: str):
    return read_form(catalogue.form(form_id), answers, today=TODAY, catalogue=catalogue)


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_answer_is_refused_where_it_stands(catalogue, answers_of, case):
    """The sample is right; what is changed is refused, by field and in words."""
    form_id, change, field, words = case
    answers = answers_of(form_id)
    assert not judged(catalogue, answers, form_id).problems
    problems = judged(catalogue, change(answers), form_id).problems
    assert any(problem.field == field and words in str(problem) for problem in problems)


@pytest.mark.parametrize("case", WARNED)
def test_a_doubtful_answer_is_only_warned_of(catalogue, answers_of, case):
    """The form can still be issued."""
    form_id, change, field, words = case
    shown = judged(catalogue, change(answers_of(form_id)), form_id)
    assert any(one.field == field and words in str(one) for one in shown.warnings)
    assert field not in [problem.field for problem in shown.problems]


#: Every public notice, and a free text of it.
NOTICES = [("COM-05", "place"), ("GS-01", "complaint_box"), ("GS-03", "place"), ("GS-04", "batch")]


@pytest.mark.parametrize("number", ["13991500001", "139 9150 0001", "１３９－９１５０－０００１"])
@pytest.mark.parametrize(("form_id", "slug"), NOTICES)
def test_nobodys_telephone_stands_on_a_notice(catalogue, answers_of, form_id, slug, number):
    """Wherever it was written; the telephones of the offices stay."""
    answers = answers_of(form_id)
    told = read_form(
        catalogue.form(form_id), answers | {slug: f"电话{number}"}, today=TODAY, catalogue=catalogue
    )
    assert [problem.field for problem in told.problems] == [slug]
    office = answers | dict.fromkeys(("phone_v", "phone_t", "phone_c"), "13991500001")
    assert not read_form(catalogue.form(form_id), office, today=TODAY, catalogue=catalogue).problems


def test_nobodys_telephone_stands_in_a_row_of_a_notice(catalogue, answers_of):
    """In no column of GS-01."""
    answers = with_row("rows", 2, remark="电话13991500001")(answers_of("GS-01"))
    told = read_form(catalogue.form("GS-01"), answers, today=TODAY, catalogue=catalogue)
    assert [problem.field for problem in told.problems] == ["rows[2].remark"]


FACTS = CountyFacts(COUNTY, Publicity(7, "natural", COUNTY.calendar))


def problems(fields, values=None, rows=None) -> tuple[list[Problem], list[Problem]]:
    scope = derive(form_of(*fields), FormData(values or {}, rows or {}), FACTS, TODAY)
    wrong, warnings = check(scope)
    return list(wrong), list(warnings)


@pytest.mark.parametrize(
    ("value", "condition", "is_met"),
    [
        ("甲", Condition("a", ("甲", "乙")), True), ("丙", Condition("a", ("甲", "乙")), False),
        ("丙", Condition("a", ("甲",), True), True), ("甲", Condition("a", ("甲",), True), False),
        (None, Condition("a", ("甲",), True), False), (("丙", "甲"), Condition("a", ("甲",)), True),
        (("丙",), Condition("a", ("甲",)), False),
    ],
)  # fmt: skip
def test_a_condition_holds_once_its_field_is_filled(value, condition, is_met):
    """While it is blank nothing follows from it."""
    kind = "multi" if isinstance(value, tuple) else "text"
    field = Field("a", "甲栏", kind)
    needed = Field("b", "乙栏", "text", required_if=condition)
    scope = derive(form_of(field, needed), FormData({"a": value}), FACTS, TODAY)
    assert holds(scope, condition) == is_met
    assert [one.field for one in check(scope)[0]] == (["b"] if is_met else [])


@pytest.mark.parametrize(("count", "told"), [(0, "至少要 2 行"), (1, "至少要 2 行"), (2, ""),
(3, ""),
                                             (4, "最多 3 行")])  # fmt: skip
def test_a_table_has_its_least_and_most_rows(count, told):
    """Both may just be there."""
    table = Field("t", "表", "rows", least=2, most=3, columns=(Field("c", "列", "text"),))
    wrong, _ = problems([table], rows={"t": ({"c": "甲"},) * count})
    assert len(wrong) == bool(told)
    assert told in "".join(one.what for one in wrong)


@pytest.mark.parametrize(("required", "count", "is_wrong"), [(True, 0, True), (True, 1, False),
                                                             (False, 0, False)])  # fmt: skip
def test_a_required_table_has_a_row(required, count, is_wrong):
    """Another may be empty."""
    table = Field("t", "表", "rows", required=required, columns=(Field("c", "列", "text"),))
    wrong, _ = problems([table], rows={"t": ({"c": "甲"},) * count})
    assert [one.field for one in wrong] == (["t"] if is_wrong else [])


def test_a_required_cell_is_named_with_its_row():
    """A choice shows what may be chosen, eight at most."""
    choices = tuple(f"项{n}" for n in range(9))
    columns = (Field("c", "列", "text", required=True), Field("d", "选", "choice", required=True,
                                                             choices=choices))  # fmt: skip
    wrong, _ = problems([Field("t", "表", "rows", columns=columns)],
                        rows={"t": ({"c": "甲", "d": "项0"}, {"c": None, "d": None})})  # fmt: skip
    assert [(one.where, one.field) for one in wrong] == [
        ("表第 2 行列", "t[1].c"), ("表第 2 行选", "t[1].d")
    ]  # fmt: skip
    assert [one.do for one in wrong] == ["请填写", f"从{'、'.join(choices[:8])}…中选"]
    few = Field("d", "选", "choice", required=True, choices=choices[:8])
    assert problems([few])[0][0].do == f"从{'、'.join(choices[:8])}中选"


def test_each_name_of_a_table_stands_there_once():
    """Twice is one too many."""
    named = Field("t", "表", "rows", one_row_each="c",
                  columns=(Field("c", "列", "choice", choices=("甲", "乙")),))  # fmt: skip
    wrong, _ = problems([named], rows={"t": ({"c": "甲"}, {"c": "乙"})})
    assert wrong == []
    wrong, _ = problems([named], rows={"t": ({"c": "甲"}, {"c": "甲"})})
    assert [one.what for one in wrong] == ["“甲”填了 2 行"]


def test_rules_come_with_a_type_and_with_the_field():
    """A planned day may lie ahead; what is computed is not held to its type's rules."""
    ahead = {"d": TODAY + dt.timedelta(days=1)}
    assert [one.field for one in problems([Field("d", "日", "date")], ahead)[0]] == ["d"]
    planned = Field("d", "日", "date", rules=(Call("planned"),))
    assert problems([planned], ahead)[0] == []
    computed = Field("d", "日", "date", derived=Call("formula", ("a + 1",)))
    assert problems([Field("a", "日", "date"), computed], {"a": TODAY})[0] == []
    region = Field("i", "证", "text", rules=(Call("known_region"),))
    wrong, warnings = problems([region], {"i": "00"})
    assert (wrong, [one.field for one in warnings]) == ([], ["i"])


@pytest.mark.parametrize(
    ("reference", "day", "is_wrong"),
    [
        ("apply_date", dt.date(2018, 5, 8), True), ("apply_date", dt.date(2018, 5, 7), False),
        ("start_date", dt.date(2018, 5, 8), False),
    ],
)  # fmt: skip
def test_opinions_come_after_the_application(reference, day, is_wrong):
    """Village, town, county, each not before the one in front of it."""
    fields = [Field(slug, slug, "date") for slug in (reference, "v_date", "t_date", "c_date")]
    spec = form_of(*fields, reference_date=reference)
    values = {reference: day, "v_date": dt.date(2018, 5, 7), "c_date": dt.date(2018, 5, 7)}
    wrong, _ = check(derive(spec, FormData(values), FACTS, TODAY))
    assert [one.field for one in wrong] == (["v_date"] if is_wrong else [])
    early = {**values, reference: dt.date(2018, 5, 7), "c_date": dt.date(2018, 5, 6)}
    wrong, _ = check(derive(spec, FormData(early), FACTS, TODAY))
    assert [one.field for one in wrong] == ["c_date"]
