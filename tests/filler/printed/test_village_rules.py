"""Rules of children, elders, visits, deaths, assemblies, seals and the cabinet."""

import datetime as dt
import functools
import io

import docx
import pytest

from filler.fill_form import blank_form
from minzheng.county.registry.dossiers import load_dossiers

DOSSIERS = [one.short_name for one in load_dossiers().all]


def changed(answers, path, value):
    """The answers with one value set: `rows.0.status`."""
    copied = {**answers}
    place, *rest = path.split(".")
    if rest:
        rows = [dict(row) for row in answers[place]]
        rows[int(rest[0])][rest[1]] = value
        copied[place] = rows
    else:
        copied[place] = value
    return {key: one for key, one in copied.items() if one is not None}


@pytest.fixture
def try_out(fill, answers_of):
    """Fill a form with its sample answers and a few changes."""

    def run(form_id, changes):
        return fill(
            form_id, functools.reduce(lambda made, one: changed(made, *one), changes.items(),
                                      answers_of(form_id))
        )  # fmt: skip

    return run


REFUSED = [
    ("ET-05", {"rows.0.child": "测试周小芳"}, "rows[0].child", "不是儿童代号"),
    ("ET-05", {"rows.0.child": "zxf-0012"}, "rows[0].child", "不是儿童代号"),
    ("ET-05", {"rows.0.follow": ""}, "rows[0].follow", "状态为“高”"),
    ("ET-06", {"rows.0.code": "周小芳0012"}, "rows[0].code", "不是儿童代号"),
    ("ET-06", {"rows.1.code": "ZXF-0012"}, "rows[1].code", "重复"),
    ("ET-02", {"father_state": "死亡", "mother_state": "失踪"}, "mother_state", "按孤儿认定"),
    ("LR-02", {"rows.3.need": "", "rows.3.solved": ""}, "rows[3].need", "状态为“差”"),
    ("LR-03", {"rows.0.helper": "测试周桂兰"}, "rows[0].helper", "同时是老人"),
    ("ZF-01", {"policies.3.p_problem": ""}, "policies[3].p_problem", "应享未享"),
    ("ZF-01", {"policies.0.p_should": "否"}, "policies[0].p_problem", "不应享却已享"),
    ("ZF-01", {"policies.0.p_name": "优抚"}, "policies", "填了 2 行"),
    ("ZF-03", {"rows.0.evidence": ""}, "rows[0].evidence", "状态为“已销号”"),
    ("ZF-03", {"rows.0.verifier": ""}, "rows[0].verifier", "状态为“已销号”"),
    ("ZF-03", {"rows.0.measure": ""}, "rows[0].measure", "状态为“已销号”"),
    ("ZF-03", {"rows.0.close_date": ""}, "rows[0].close_date", "状态为“已销号”"),
    ("ZF-03", {"rows.1.close_date": dt.date(2018, 7, 30)}, "rows[1].close_date", "待验收"),
    ("ZF-03", {"rows.2.progress": ""}, "rows[2].progress", "逾期"),
    ("ZF-03", {"rows.0.verify_date": dt.date(2018, 6, 1)}, "rows[0].verify_date", "早于"),
    ("ZF-03", {"rows.1.problem_no": "ZB-2018-001"}, "rows[1].problem_no", "重复"),
    ("ZF-08", {"rows.1.village": "旧城村"}, "rows[1].village", "重复"),
    ("BZ-01", {"death_date": dt.date(2018, 5, 1), "note": ""}, "report_date", "超过 3 天"),
    ("BZ-01", {"held": ["无", "低保"]}, "held", "同时选了"),
    ("BZ-01", {"stop_sent": "不需要"}, "stop_sent", "还没有发停发提示"),
    ("ZZ-01", {"due": 19}, "present", "2/3 以上"),
    ("ZZ-01", {"due": 24, "kind": "村民会议"}, "present", "过半数"),
    ("ZZ-03", {"due": 300}, "present", "2/3 以上"),
    ("ZZ-04", {"voters": 1062}, "returned", "没有过半数"),
    ("ZZ-04", {"candidates.3.cd_votes": 265}, "candidates[3].cd_result", "不得当选"),
    ("ZZ-04", {"valid": 532}, "valid", "大于"),
    ("ZZ-06", {"rows.0.approver": "测试李长福"}, "rows[0].approver", "印章保管人"),
    ("ZH-01", {"location": "村委会二楼"}, "location_reason", "没有填写"),
    ("ZH-12", {"scores.0.sc_dossier": "优抚"}, "scores", "填了 2 行"),
]


@pytest.mark.parametrize(("form_id", "changes", "field", "what"), REFUSED)
def test_what_the_law_or_the_house_forbids_is_refused(try_out, form_id, changes, field, what):
    """The field is named, and what is wrong with it."""
    outcome = try_out(form_id, changes)
    told = [problem.what for problem in outcome.problems if problem.field == field]
    assert any(what in one for one in told), outcome.problems


ALLOWED = [
    ("ET-05", {"rows.0.child": "ZXF0012"}),
    ("ET-02", {"father_state": "死亡", "mother_state": "失联"}),
    ("LR-02", {"rows.3.state": "一般", "rows.3.need": ""}),
    ("ZF-03", {"rows.4.status": "登记"}),
    ("ZF-03", {"rows.0.verify_date": dt.date(2018, 6, 12)}),
    ("BZ-01", {"death_date": dt.date(2018, 5, 4), "note": ""}),
    ("BZ-01", {"held": ["无"], "stop_sent": "不需要"}),
    ("ZZ-01", {"due": 18}),
    ("ZZ-01", {"due": 23, "kind": "村民会议"}),
    ("ZZ-04", {"voters": 1061}),
    ("ZZ-04", {"candidates.3.cd_votes": 266}),
    ("ZH-01", {"location": "村委会二楼", "location_reason": "大厅正在翻修"}),
]


@pytest.mark.parametrize(("form_id", "changes"), ALLOWED)
def test_what_just_keeps_the_rule_is_taken(try_out, form_id, changes):
    """Limits belong to what is allowed."""
    assert hasattr(try_out(form_id, changes), "docx")


WARNED = [
    ("ZF-01", {"visit_mode": "电话"}, "visit_mode"),
    ("LR-02", {"rows.1.d": dt.date(2018, 5, 15)}, "rows[1].d"),
    ("ET-05", {"rows.1.d": dt.date(2019, 12, 10)}, "rows[1].d"),
]


@pytest.mark.parametrize(("form_id", "changes", "field"), WARNED)
def test_what_should_be_seen_to_is_a_warning(try_out, form_id, changes, field):
    """The form is issued, and the clerk is told."""
    assert field in [problem.field for problem in try_out(form_id, changes).warnings]


def test_policies_left_out_are_printed_for_the_pen(try_out, answers_of):
    """A roster brings three; the visitor asks for the other twelve."""
    few = answers_of("ZF-01")["policies"][:3]
    document = docx.Document(io.BytesIO(try_out("ZF-01", {"policies": few}).docx))
    asked = [row.cells for one in document.tables for row in one.rows if len(row.cells) == 5]
    asked = [cells for cells in asked if cells[0].text in DOSSIERS]
    assert {cells[0].text for cells in asked} == set(DOSSIERS)
    assert [bool(cells[1].text) for cells in asked] == [True] * 3 + [False] * 12


@pytest.mark.parametrize("form_id", ["ZF-01", "LR-02", "ET-05"])
def test_what_is_in_order_warns_of_nothing(try_out, form_id):
    """Visits in time, face to face."""
    fields = [problem.field for problem in try_out(form_id, {}).warnings]
    assert not [field for field in fields if field.endswith((".d", "visit_mode"))]


def test_the_fifteen_policies_stand_on_the_blank_visit_form(catalogue):
    """R-09: one row for each dossier, whatever the pen writes."""
    table = next(field for field in catalogue.form("ZF-01").fields if field.slug == "policies")
    blank = docx.Document(io.BytesIO(blank_form("ZF-01", catalogue, dt.date(2026, 11, 23))))
    first_cells = [row.cells[0].text for one in blank.tables for row in one.rows]
    assert [name for name in first_cells if name in table.row_names] == list(table.row_names)
    assert len(table.row_names) == table.min_rows == 15
