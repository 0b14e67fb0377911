"""Whatever stands on two papers of a chain: changed on one of them, it is refused or marked.

Unlike test_pairs.py this asks no table what two papers both tell: a text that stands on another
paper, an older one of the same form too, is taken for the same thing, and so is every number of
people. Where it is not the same, it is named here with the reason.
"""

import pytest

from tests.filler.one_case.other_schemes import OTHERS
from tests.filler.one_case.papers import issue_papers
from tests.filler.one_case.test_pairs import said, spots_of, with_changes
from tests.filler.one_case.typing_counted import is_telling, leaves_of, texts_on

__all__ = ["said"]  # a fixture of the neighbour

_PEOPLE = frozenset(
    {"hh_size", "insured", "persons", "obj_size", "c_size", "size", "insured_count"}
)
#: Address → why another value contradicts nothing, though the same text stands elsewhere.
OWN = {
    "CB-06.c_date": "本表自己的决定日期",
    "CB-06.recovered": "追回的钱，与月金额相同是凑巧",
    "CB-07.pay_date": "发放是发放的日期",
    "COM-01.sign_date": "签字的日期，不早于申请",
    "COM-03.enjoyed.e_amount": "已享受的一项，计入转移性收入的合计",
    "COM-03.members.m_income_month": "一个人的月收入，全家的合计另列",
    "COM-03.members.m_labor": "两张表的说法不同（无、无（未成年/老年）），由调查人核对",
    "COM-03.neighbours.nb_name": "邻居，凑巧也是别处的经办人",
    "COM-03.neighbours.nb_phone": "邻居的电话",
    "COM-03.survey_place": "各次在哪里办",
    "COM-03.surveyors.sv_name": "这一次由谁调查",
    "COM-03.surveyors.sv_unit": "这一次调查人的单位",
    "COM-04.attendees.p_name": "到会以签到为准",
    "COM-04.chair": "这一次由谁主持",
    "COM-04.recorder": "这一次由谁记录",
    "COM-05.rows.hh_size": "申请表上没有家庭人口的（两项补贴、高龄、医疗）",
    "COM-06.down_date": "撤下的日期，够天数即可",
    "COM-06.photo_time": "照片的日期，在张贴期间即可",
    "COM-06.v_date": "村里签字的日期",
    "COM-08.objects.obj_addr": "住址的写法",
    "COM-08.objects.obj_size": "申请表上没有家庭人口的",
    "COM-08.records.rc_date": "备案后复核的日期",
    "COM-08.staff_name": "干部本人，案件的表上没有",
    "COM-08.staff_phone": "干部本人的电话",
    "COM-08.staff_unit": "干部本人的单位",
    "COM-08.visit_date": "核查的日期",
    "COM-09.surveyors.sv_name": "这一次由谁调查",
    "COM-09.surveyors.sv_unit": "这一次调查人的单位",
    "DB-03.as_of": "名册统计到哪一天",
    "ET-05.officer": "儿童主任",
    "ET-05.until": "登记到哪一天",
    "ET-06.as_of": "名册统计到哪一天",
    "ET-06.rows.officer": "儿童主任",
    "GL-02.as_of": "名册统计到哪一天",
    "GL-03.as_of": "名册统计到哪一天",
    "GL-03.rows.certifier": "认证人",
    "GL-03.rows.d": "认证的日期",
    "GS-01.as_of": "名单到哪一天",
    "GS-01.scheme": "换了类别就是另一张公示表，各户照那一类重新取来",
    "GS-03.place": "张贴的地方",
    "GS-04.pay_date": "发放的日期，花名册上可以另是一批",
    "GS-04.rows.persons": "先行、小额救助的表上没有人数",
    "JZ-01.apply_date": "各表的日期，不早于受灾",
    "JZ-01.v_date": "村里签字的日期",
    "JZ-02.v_date": "村里签字的日期",
    "JZ-03.as_of": "核实到哪一天",
    "JZ-04.rows.d": "逐件领取的日期",
    "JZ-04.until": "登记到哪一天",
    "LR-01.carer": "照料人，凑巧也是结对人",
    "LR-01.emergency_phone": "紧急联系人的电话",
    "LR-01.fill_date": "登记的日期",
    "LR-02.rows.visitor": "这一次由谁探访",
    "LR-03.as_of": "名册统计到哪一天",
    "LR-03.rows.helper": "结对人",
    "LR-03.rows.helper_phone": "结对人的电话",
    "LS-01.med_rows.md_patient": "家里哪一个人看病",
    "LS-01.v_date": "村里签字的日期",
    "LS-02.v_date": "村里签字的日期",
    "LS-03.sug_amount": "建议的金额，批准的可以不同",
    "LS-04.pay_to": "名册统计到哪一天",
    "LS-04.rows.pay_date": "先行救助可以先发",
    "LS-06.visit_date": "回访的日期",
    "LS-06.visitor": "这一次由谁回访",
    "LS-07.end_date": "紧急情况解除的日期",
    "LS-07.note_by": "由谁说明",
    "TK-02.c_date": "评估表自己的日期",
    "TK-02.eval_place": "各次在哪里办",
    "TK-02.evaluators.ev_name": "这一次由谁评估",
    "TK-02.evaluators.ev_unit": "评估人的单位",
    "TK-03.t_date": "镇里签字的日期",
    "TK-04.c_addr": "照料人的住址",
    "TK-04.sign_date": "签协议的日期",
    "TK-07.as_of": "名册统计到哪一天",
    "YL-01.discharge_date": "出院的日期，票据可以另是一天",
    "YL-03.bills.bl_date": "票据的日期",
    "YL-03.survey_date": "调查的日期，可以与公示同一天",
    "YL-04.pay_date": "发放的日期",
    "ZF-10.disposable": "统计局公布的数，与申请的数相同是凑巧",
}


@pytest.mark.parametrize("scheme", OTHERS)
def test_what_stands_on_two_papers_is_changed_on_none_in_silence(  # noqa: PLR0917  # fixtures
    scheme, catalogue, fill, answers_of, store, said
):
    """Dates, names, numbers of people, of accounts and notices, whatever a table says of them."""
    numbers = issue_papers(OTHERS[scheme], fill, answers_of)
    stands = {number: store.issued[number - 1].answers for _, number in numbers}
    texts = {number: texts_on(catalogue.form(one), stands[number]) for one, number in numbers}
    silent, tried = set(), 0
    for form_id, number in numbers:
        spec, answers = catalogue.form(form_id), {**stands[number]}
        before, leaves = said(number, answers), dict(leaves_of(spec, answers))
        others = set().union(*(told for one, told in texts.items() if one != number))
        for spot, field in spots_of(spec):
            text = leaves.get(f"{spot.table}[0].{spot.slug}" if spot.table else spot.slug, "")
            is_same = is_telling(text) and text in others
            if not is_same and not (text and spot.slug in _PEOPLE):
                continue
            for other in with_changes(answers, spot, field, in_every_row=False):
                tried += 1
                silent |= {str(spot)} if not said(number, other) - before else set()
    assert tried
    unheard = sorted(silent - OWN.keys())
    assert not unheard, " ".join(unheard)
