"""What a form checks itself: each check on both sides of its edge, and how it is told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from filler.form.case_history import PastForm
from filler.form.forms import StatedCheck
from filler.rules.stated import judge_stated
from filler.values.derive import derive
from filler.values.read_answers import read_answers

TODAY = dt.date(2026, 11, 23)
CASE = "ZH-103200-2018-0001"
CHILD, ADULT = "610927200005080012", "610927200005070012"  # 18 on 2018-05-08 and 2018-05-07
LIMBS, EARS = "61092719540304003743", "61092719540304003721"  # 肢体三级, 听力一级


class Issued:
    """Documents issued before, whoever asks: form → answers of each."""

    def __init__(self, papers: Mapping[str, list[dict[str, Any]]]) -> None:
        self.papers = papers

    def with_unseen(self):
        return self

    def issued_for(self, form_id, case_no="", id_no="", where=None) -> tuple[PastForm, ...]:
        return tuple(PastForm(form_id, CASE, one) for one in self.papers.get(form_id, ()))


def of(table: str, index: int = 0, **changes: Any) -> dict[str, Any]:
    """One row of the sample changed."""
    return {"row": (table, index, changes)}


def told(catalogue, answers: dict[str, Any], form_id: str, change: dict[str, Any]) -> list:
    """Address and words of every stated check that is met."""
    change = dict(change)
    history = Issued(change.pop("issued", {}))
    if "row" in change:
        table, index, changes = change.pop("row")
        rows = [dict(row) for row in answers[table]]
        rows[index] |= changes
        answers = answers | {table: rows}
    spec = catalogue.form(form_id)
    data, problems = read_answers(spec, answers | change)
    assert not problems
    scope = derive(spec, replace(data, case_no=CASE), catalogue.facts, TODAY, history)
    return [
        (problem.field, problem.what) for one in spec.stated for problem in judge_stated(scope, one)
    ]


#: Form, a change at which a check holds, where and in what words, one beside it at which not.
EDGES = [
    ("BZ-01", {"report_date": "2018-05-09", "note": ""}, "report_date",
     "距死亡日期 4 天，超过 3 天", {"report_date": "2018-05-08", "note": ""}),
    ("BZ-01", {"report_date": "2018-05-09", "note": ""}, "report_date", "超过 3 天",
     {"report_date": "2018-05-09", "note": "路远"}),
    ("BZ-01", {"held": ["无", "低保"]}, "held", "同时选了“无”和低保", {"held": ["无"]}),
    ("BZ-01", {"held": ["低保"], "stop_sent": "否"}, "stop_sent", "生前享受低保，还没有发停发提示",
     {"held": ["无"], "stop_sent": "否"}),
    ("CB-01", {"dis_cert": LIMBS, "id_no": LIMBS[:18]}, "kinds", "肢体三级不属于重度残疾",
     {"dis_cert": LIMBS[:19] + "2", "id_no": LIMBS[:18]}),
    ("CB-01", {"id_no": CHILD, "apply_date": "2018-05-07", "guardian": ""}, "guardian", "没有填写",
     {"id_no": ADULT, "apply_date": "2018-05-07", "guardian": ""}),
    ("CB-01", {"id_no": CHILD, "apply_date": "2018-05-07", "guardian_id": ""}, "guardian_id",
     "没有填写", {"id_no": ADULT, "apply_date": "2018-05-07", "guardian_id": ""}),
    ("COM-02", {"issued": {"COM-02": [{"result": "补正"}]}}, "result", f"{CASE} 已发过补正通知",
     {"issued": {"COM-02": [{"result": "受理"}]}}),
    ("COM-02", {"issued": {"COM-02": [{"result": "补正"}]}}, "result", "已发过",
     {"result": "受理", "issued": {"COM-02": [{"result": "补正"}]}}),
    ("COM-04", {"group_total": 23}, "present", "15 不到“评议小组总人数”（23）的 2/3",
     {"group_total": 22}),
    ("COM-04", {"present_reps": 9}, "present_reps", "9 不到", {"present_reps": 10}),
    ("COM-04", of("cases", 0, c_yes=13), "cases[0].c_yes", "票数共 13，应为实到", {}),
    ("COM-04", of("cases", 0, c_yes=15), "cases[0].c_yes", "票数共 15，应为实到", {}),
    ("COM-04", {"chair_post": "旧城村主任"}, "chair_post", "“旧城村主任”不是镇里的职务", {}),
    ("COM-06", {"objections": "1"}, "result", "异议 1 件，结果为“无异议”", {}),
    ("COM-06", {"result": "有异议"}, "result", "异议 0 件，结果为“有异议”",
     {"result": "有异议", "objections": "1"}),
    ("COM-06", {"stage": "张贴后"}, "down_date", "报告时间为“张贴后”，还没有撤下", {}),
    ("COM-06", {"stage": "张贴后"}, "down_time", "还没有撤下",
     {"stage": "张贴后", "down_time": ""}),
    ("COM-06", {"stage": "张贴后"}, "result", "还没有撤下", {"stage": "张贴后", "result": ""}),
    ("COM-06", {"down_date": "2018-05-23"}, "days", "公示 6 天，少于规定（应到2018年5月24日）",
     {"down_date": "2018-05-24"}),
    ("COM-07", {"old_amount": "600", "issued": {"COM-09": [{"old_amount": "601.00"}]}},
     "old_amount", "与动态管理表（COM-09）的 601 不一致",
     {"old_amount": "600", "issued": {"COM-09": [{"old_amount": "600.00"}]}}),
    ("COM-07", {"new_amount": "60",
                "issued": {"COM-09": [{"new_amount": "6"}, {"new_amount": "61"}]}}, "new_amount",
     "（COM-09）的 61 不一致",
     {"new_amount": "61", "issued": {"COM-09": [{"new_amount": "6"}, {"new_amount": "61"}]}}),
    ("COM-07", {"decide_date": "2021-07-01"}, "decision", "2021年7月1日作出的决定不写“不予批准”",
     {"decide_date": "2021-06-30"}),
    ("COM-07", {"decision": "不予确认", "decide_date": "2021-06-30"}, "decision", "不写“不予确认”",
     {"decision": "不予确认", "decide_date": "2021-07-01"}),
    ("COM-07", {"issuer": "镇人民政府"}, "issuer", "作决定的机关是县民政局",
     {"issuer": "县民政局"}),
    *((form, of("members", 0, m_health="健康"), "members[0].m_health",
       "填的是“健康”，上面健康状况是“患慢性病”", of("members", 0, m_id="", m_health="健康"))
      for form in ("DB-01", "COM-03")),
    *(("LS-04", of("rows", at, relief_type=kind, pay_date="2018-05-30"), f"rows[{at}].pay_date",
       "早于批准日期 2018年5月31日", of("rows", at, relief_type=kind, pay_date="2018-05-31"))
      for at, kind in enumerate(("支出", "急难"))),
    ("COM-09", {"decision": "停发"}, "decision", "结论为“停发”",
     {"decision": "停发", "issued": {"COM-07": [{}]}}),
    ("COM-09", {"decision": "减发"}, "decision", "结论为“减发”", {"decision": "继续"}),
    ("DB-01", {"members": [{"m_name": "测试", "m_insured": "否"}]}, "members",
     "没有一行的保障为“是”", {"members": []}),
    ("DB-01", {"single_apply": "是"}, "single_apply", "单人户申请须为",
     {"single_apply": "是", "health": "患重病"}),
    ("DB-01", {"relative_decl": "是"}, "relative_decl", "申报了近亲属关系",
     {"relative_decl": "否"}),
    ("DB-02", {"accept_date": "2021-06-30", "vote_summary": ""}, "vote_summary",
     "没有填写（2021年6月30日受理的须填）", {"accept_date": "2021-07-01", "vote_summary": ""}),
    ("DB-02", {"accept_date": "2021-06-30", "v_opinion": "", "pub_result": ""}, "v_opinion",
     "没有填写", {"accept_date": "2021-07-01", "v_opinion": "", "pub_result": ""}),
    ("DB-02", {"inc_total": "90000"}, "month_amount", "户月保障金额是 0.00", {}),
    ("DB-02", {"members": [{"m_name": "测试", "m_insured": "否"}]}, "members",
     "没有一行的保障为“是”", {}),
    ("DB-02", {"check_result": "不符合"}, "check_result", "结论是“不符合”",
     {"check_result": "需复核"}),
    ("DB-02", {"issued": {"COM-03": [{"suggest": "不符合"}]}}, "survey_summary",
     "入户调查表（COM-03）的“调查意见”是“不符合”", {"issued": {"COM-03": [{"suggest": "符合"}]}}),
    ("COM-09", {"decision": "继续", "issued": {"DB-05": [{"advice": "停发"}]}}, "decision",
     "核查记录表（DB-05）的“核查意见”是“停发”",
     {"decision": "继续", "grace": "3", "issued": {"DB-05": [{"advice": "停发"}]}}),
    ("DB-05", {"inc_wage": "99999", "issued": {"DB-02": [{"hukou_type": "农村"}]}}, "advice",
     "“继续”，人均月收入", {"issued": {"DB-02": [{"hukou_type": "农村"}]}}),
    ("TK-03", {"check_result": "不符合"}, "check_result", "结论是“不符合”", {}),
    ("TK-03", {"issued": {"COM-03": [{"suggest": "不符合"}]}}, "survey_summary",
     "入户调查表（COM-03）的“调查意见”是“不符合”", {}),
    ("LS-01", {"issued": {"COM-03S": [{"suggest": "不符合"}]}}, "survey",
     "入户调查表（COM-03S）的“调查意见”是“不符合”", {"issued": {"COM-03S": [{"suggest": "符合"}]}}),
    ("LS-01", {"issued": {"COM-03": [{"suggest": "不符合"}]}}, "survey",
     "入户调查表（COM-03）的“调查意见”是“不符合”", {"issued": {"COM-03": [{"suggest": "符合"}]}}),
    ("ZH-12B", {"result": "已整改", "mended_date": ""}, "mended_date", "没有填写整改日期",
     {"result": "已整改", "mended_date": "2018-06-20"}),
    ("DB-04", of("rows", 3, new_n=1), "rows[3].new_n", "为 1，变动类型为“停发”时应为 0", {}),
    ("DB-04", of("rows", 0, old_n=1), "rows[0].old_n", "为 1，变动类型为“新增”时应为 0", {}),
    ("ET-02", {"father_state": "死亡", "mother_state": "失踪"}, "mother_state",
     "父亲死亡、母亲失踪，应按孤儿认定", {"father_state": "死亡", "mother_state": "失联"}),
    ("ET-02", {"father_state": "失踪", "mother_state": "死亡"}, "mother_state", "应按孤儿认定",
     {"father_state": "服刑", "mother_state": "死亡"}),
    ("ET-08", {"reason": "年满18周岁", "id_no": CHILD, "event_date": "2018-05-07"}, "reason",
     "“年满18周岁”与年龄（17 周岁）不符",
     {"reason": "年满18周岁", "id_no": CHILD, "event_date": "2018-05-08"}),
    ("GS-08", of("rows", 2, checked="否"), "rows[2].checked", "与县台账不一致，不得盖章", {}),
    ("JZ-03", {"as_of": "2018-11-01"}, "as_of", "2018年11月1日已过 10 月", {"as_of": "2018-10-31"}),
    ("LS-01", {"ok_amount": "1000.01", "c_date": ""}, "ok_amount", "1000.01 超过限额 1000.00",
     {"ok_amount": "1000", "c_date": ""}),
    ("LS-01", {"accept_date": "2021-06-30", "vote": ""}, "vote",
     "没有填写（2021年6月30日受理的须填）", {"accept_date": "2021-07-01", "vote": ""}),
    ("TK-01", {"id_no": "610927195805080012", "apply_date": "2018-05-07"}, "labor_reason",
     "“60周岁以上”与年龄（59 周岁）", {"id_no": "610927195805070012", "apply_date": "2018-05-07"}),
    ("TK-01", {"labor_reason": "未满16周岁", "id_no": "610927200205070012",
               "apply_date": "2018-05-07"}, "labor_reason", "“未满16周岁”与年龄（16 周岁）",
     {"labor_reason": "未满16周岁", "id_no": "610927200205080012", "apply_date": "2018-05-07"}),
    ("TK-01", {"labor_reason": "重度残疾", "dis_cert": EARS, "id_no": EARS[:18]}, "labor_reason",
     "残疾证不符",
     {"labor_reason": "重度残疾", "dis_cert": EARS[:18] + "11", "id_no": EARS[:18]}),
    ("TK-03", {"id_no": CHILD, "accept_date": "2018-05-07"}, "pub_start", "未成年人不公示",
     {"id_no": ADULT, "accept_date": "2018-05-07"}),
    ("TK-03", {"id_no": ADULT, "accept_date": "2018-05-07", "pub_result": ""}, "pub_result",
     "没有填写", {"id_no": CHILD, "accept_date": "2018-05-07", "pub_result": ""}),
    ("TK-04", {"c_id": "610927194705060012", "sign_date": "2018-05-07"}, "c_id",
     "已 71 周岁，超过 70 周岁", {"c_id": "610927194705080012", "sign_date": "2018-05-07"}),
    ("TK-06", {"id_no": CHILD, "apply_date": "2018-05-07"}, "pub_date", "未成年人不公示",
     {"id_no": ADULT, "apply_date": "2018-05-07"}),
    ("TK-06", {"id_no": ADULT, "apply_date": "2018-05-07", "pub_date": ""}, "pub_date", "没有填写",
     {"id_no": CHILD, "apply_date": "2018-05-07", "pub_date": ""}),
    ("YL-01", {"class": "特困"}, "class", "特困对象的医疗救助直接办理", {"class": "低收入"}),
    ("ZF-01", of("policies", 3, p_problem=""), "policies[3].p_problem", "应享未享，没有写问题", {}),
    ("ZF-01", of("policies", 1, p_has="是"), "policies[1].p_problem", "不应享却已享，没有写问题",
     of("policies", 1, p_has="是", p_problem="多领")),
    ("ZF-01", {"visit_mode": "电话"}, "visit_mode", "建档立卡以“电话”方式走访",
     {"visit_mode": "电话", "is_poor": "否"}),
    ("ZF-03", of("rows", 1, close_date="2018-07-01"), "rows[1].close_date",
     "状态为“待验收”，却填写了“2018年7月1日”", of("rows", 0, close_date="2018-07-01")),
    ("ZF-03", of("rows", 1, verify_date="2018-07-01"), "rows[1].verify_date", "状态为“待验收”",
     of("rows", 3, verify_date="2018-07-01")),
    ("ZZ-01", of("topics", 0, tp_yes=11), "topics[0].tp_yes", "票数共 11，应为实到 12", {}),
    ("ZZ-01", {"due": 19}, "present", "村民代表会议须 2/3 以上到会", {"due": 18}),
    ("ZZ-01", {"kind": "村民会议", "due": 24}, "present",
     "应到 24 人，实到 12 人，村民会议须过半数", {"kind": "村民会议", "due": 23}),
    ("ZZ-03", {"present": 123}, "present", "须 2/3 以上到会", {"present": 124}),
    ("ZZ-03", {"meeting": "村民会议", "present": 93}, "present", "须过半数到会",
     {"meeting": "村民会议", "present": 94}),
    ("ZZ-04", {"returned": 306}, "returned", "登记 612 人，投票 306 人，没有过半数",
     {"returned": 307}),
    ("ZZ-04", {"returned": 606}, "candidates[3].cd_result",
     "得 303 票，没有超过投票人数 606 的一半", {"returned": 605}),
    ("COM-09", {"c_date": "2026-07-01"}, "heard_mode", "没有填写（2026年7月1日起",
     {"c_date": "2026-06-30"}),
    ("COM-09", {"heard_mode": "本人已死亡", "stop_cause": "迁出"}, "heard_mode",
     "填写了“本人已死亡”", {"heard_mode": "本人已死亡", "stop_cause": "死亡"}),
    ("COM-07", {"decision": "终止", "decide_date": "2026-07-01"}, "heard_mode",
     "没有填写（2026年7月1日起", {"decision": "终止", "decide_date": "2026-06-30"}),
    ("COM-01", {"relative_decl": "否", "rel_post": "村主任"}, "relative_decl", "写了“否”，又填了",
     {"relative_decl": "是", "rel_post": "村主任"}),
    ("COM-02", {"result": "受理"}, "missing", "又列了要补正的材料", {"result": "补正"}),
    ("COM-02", {"result": "受理", "refuse_reason": "不合条件"}, "refuse_reason",
     "又写了不予受理的理由", {"result": "不予受理", "refuse_reason": "不合条件"}),
    ("COM-07", {"heard_mode": "本人已死亡", "heard_date": "2018-06-01"}, "heard_mode",
     "没有写怎样听取的", {"heard_mode": "当面", "heard_date": "2018-06-01"}),
    ("COM-07", {"decision": "终止", "old_amount": "5"}, "old_amount",
     "终止的告知书不写原金额", {"decision": "停发", "old_amount": "5"}),
    ("COM-07", {"decision": "不予批准", "effective_month": "2018-06"}, "effective_month",
     "不写执行月份", {"decision": "终止", "effective_month": "2018-06"}),
    ("LS-01", {"apply_date": "2026-07-01", "residence_kind": "居住证"}, "residence_kind",
     "应向急难发生地的镇提出", {"apply_date": "2026-06-30", "residence_kind": "居住证"}),
    ("LS-07", {"note_date": "2026-08-25"}, "late_reason", "晚于期限2026年8月24日",
     {"note_date": "2026-08-24"}),
    ("LS-07", {"end_date": "2026-06-30"}, "end_date", "还没有补充说明的规定",
     {"end_date": "2026-07-01"}),
    ("ZF-09", {"apply_date": "2026-06-30"}, "apply_date", "还没有这两类家庭的认定",
     {"apply_date": "2026-07-01"}),
    ("ZF-09", {"consent": "否"}, "consent", "没有同意核查", {}),
    ("ZF-09", {"rigid_med": "0", "rigid_edu": "0"}, "rigid_total", "没有填写医疗、教育",
     {"rigid_med": "0", "rigid_edu": "0", "kind": "低保边缘家庭"}),
    ("ZF-10", {"kind": "低保边缘家庭", "apply_date": "2027-01-04"}, "edge_line",
     "没有填写低保边缘家庭标准", {"kind": "低保边缘家庭"}),
    *(("ZF-10", {slug: "", "apply_date": "2027-01-04"}, slug, "没有填写", {slug: ""})
      for slug in ("disposable", "share_line")),
    ("ZF-10", {"kind": "低保边缘家庭", "edge_line": "1000.00"}, "c_result", "月人均收入 1000.00 元",
     {"kind": "低保边缘家庭", "edge_line": "1000.01"}),
    ("ZF-10", {"disposable": "12000.00"}, "c_result", "年人均收入 12000.00 元",
     {"disposable": "12000.01"}),
    ("ZF-10", {"rigid_total": "12000.00"}, "c_result", "必需支出占 50.00%",
     {"rigid_total": "12003.00"}),
    ("ZF-10", {"kind": "低保边缘家庭", "edge_line": "700.00"}, "edge_line",
     "与登记的标准 672.00 元不一致", {"kind": "低保边缘家庭", "edge_line": "672.00"}),
    ("ZF-10", {"disposable": "15000.00"}, "disposable",
     "与登记的上年度居民人均可支配收入 16000.00 元不一致", {"disposable": "16000.00"}),
    ("ZF-10", {"share_line": "40.00"}, "share_line", "与登记的比例 50.00% 不一致",
     {"share_line": "50.00"}),
    ("YL-03", {"survey_date": "2026-07-01", "issued": {"DB-02": [{}]}}, "burden",
     f"已由民政部门确认（{CASE}）", {"survey_date": "2026-06-30", "issued": {"DB-02": [{}]}}),
    ("ZF-10", {"check_result": "不符合"}, "c_result", "核对结论为“不符合”",
     {"check_result": "不符合", "c_result": "不予确认"}),
    *((("COM-01"), {"sign_date": "2018-05-08", "issued": {form: [{"accept_date": "2018-05-07"}]}},
       "sign_date", "2018年5月8日晚于受理日期（2018年5月7日）",
       {"sign_date": "2018-05-07", "issued": {form: [{"accept_date": "2018-05-07"}]}})
      for form in ("DB-01", "TK-01", "LS-01")),
    *(("ZF-08", {"issued": {"ZF-03": [{"rows": [{"village": "旧城村", "status": "已销号"}]}],
                            "ZF-01": [{"id_no": "1", "answers": "2"}]}},
       f"rows[0].{slug}", f"填写 {typed}，系统中已登记 {known}", {})
      for slug, typed, known in (("visited", 142, 1), ("problems", 9, 1), ("closed", 7, 1),
                                 ("answers", 21, 2))),
    ("COM-03", {"neighbours": [{"nb_name": "测试"}]}, "neighbours", "填写了 1 行，建议至少 2 行",
     {}),
]  # fmt: skip


@pytest.mark.parametrize(
    "edge", EDGES, ids=[f"{edge[0]}-{edge[2]}-{number}" for number, edge in enumerate(EDGES)]
)
def test_a_check_holds_on_one_side_of_its_edge(catalogue, answers_of, edge):
    """There in these words, and not on the other side."""
    form_id, wrong, address, words, right = edge
    found = told(catalogue, answers_of(form_id), form_id, wrong)
    assert any(where == address and words in what for where, what in found), found
    others = told(catalogue, answers_of(form_id), form_id, right)
    assert not any(where == address and words in what for where, what in others), others


def test_every_stated_check_has_an_edge_in_the_table(catalogue, answers_of):
    """Whoever states a check adds its edge here."""
    met = set()
    for form_id, wrong, *_ in EDGES:
        spec = catalogue.form(form_id)
        for _, what in told(catalogue, answers_of(form_id), form_id, wrong):
            met |= {(form_id, at, one.when) for one in spec.stated for at in one.at
                    if what.startswith(one.what.partition("{")[0])}  # fmt: skip
    stated = {
        (spec.id, at, one.when) for spec in catalogue.forms for one in spec.stated for at in one.at
    }
    assert stated <= met


def test_a_problem_stands_in_its_row(catalogue, answers_of):
    """Named by table, number and column, for the page by its address."""
    spec = catalogue.form("GS-08")
    answers = answers_of("GS-08")
    answers["rows"][1]["checked"] = "否"
    scope = derive(spec, read_answers(spec, answers)[0], catalogue.facts, TODAY)
    check = StatedCheck(("rows.checked",), "checked = 否", "{label(this)}为“{this}”", "改")
    (problem,) = judge_stated(scope, check)
    table = next(field for field in spec.fields if field.slug == "rows")
    label = next(column.label for column in table.columns if column.slug == "checked")
    assert problem.where == f"{table.label}第 2 行{label}"
    assert (problem.what, problem.field) == (f"{label}为“否”", "rows[1].checked")
