"""One case of each scheme from the application to its stop, paper by paper."""

import datetime as dt

from tests.filler.one_case.papers import (
    _REPORT,
    DIBAO,
    GAOLING,
    LIANGBU,
    LINSHI,
    TEKUN,
    ZHAO,
    ZHOU,
    Answers,
    Paper,
    _row,
    _signers,
)

_D = dt.date
_ALONE = _row(
    m_name="测试赵明义", m_rel="户主", m_id=ZHAO["id_no"], m_health="患慢性病", m_labor="完全丧失",
    m_job="无业", m_income_month="155", m_insured="是",
)  # fmt: skip


def report(first: dt.date, last: dt.date, **other: object) -> Paper:
    """COM-06 of a notice that hung from one day to another."""
    days = {"post_date": first, "mid_check": first + dt.timedelta(days=2), "down_date": last,
            "photo_time": first, "v_date": last}  # fmt: skip
    return "COM-06", _REPORT | days | other, True


def _after(papers: list[Paper], form_id: str, *more: Paper) -> list[Paper]:
    """The same papers, and others behind the first of a form."""
    at = next(number for number, (one, _, _) in enumerate(papers) if one == form_id) + 1
    return [*papers[:at], *more, *papers[at:]]


_DIBAO_STOP: list[Paper] = [
    ("COM-09", {
        "name": ZHOU["name"], "id_no": ZHOU["id_no"], "review_type": "变化申报",
        "review_date": _D(2019, 5, 6), "decision": "停发",
        "stop_cause": "自愿退出", "old_insured": 2, "new_insured": 0, "old_amount": "175.00",
        "new_amount": "0.00", "effective_month": "2019-06",
        "reason": "孙女随其父迁往县城，本人书面申请退出低保。",
        "v_date": _D(2019, 5, 8), "t_date": _D(2019, 5, 13), "c_date": _D(2019, 5, 20),
        "changes": _row(ch_item="人口", ch_before="祖孙二人", ch_after="孙女迁出")}, True),
    ("COM-07", {
        "addressee": ZHOU["name"], "id_no": ZHOU["id_no"], "decision": "停发",
        "old_amount": "175.00", "new_amount": "0.00", "effective_month": "2019-06",
        "facts": "本人书面申请退出低保，经复核属实。",
        "decide_date": _D(2019, 5, 20), "issue_date": _D(2019, 5, 21),
        "receive_date": _D(2019, 5, 22)}, True),
]  # fmt: skip
_TEKUN_SURVEY: Answers = {
    **ZHAO, "scheme": "特困", "accept_date": _D(2018, 5, 8), "survey_date": _D(2018, 5, 10),
    "survey_place": "旧城村三组测试赵明义家中", "marital": "未婚", "labor": "完全丧失",
    "live_addr": "镇坪县钟宝镇旧城村三组", "inc_farm": "0", "inc_transfer": "1860.00",
    "cost_rigid": "0",
    "land_mu": "1.2", "forest_mu": "0", "rigid_med": "600", "cause": ["年老体弱"],
    "living": "独居两间土木房，冬季取暖靠柴火，口粮由侄子送来，能自己做饭。",
    "conclusion": "经入户查看并走访邻居，本人无子女、无劳动能力，只有养老金收入，符合条件。",
    "members": _ALONE, "supporters": [],
    "enjoyed": _row(e_scheme="养老金", e_amount="1860.00", e_period="年"),
}  # fmt: skip
_TEKUN_STOP: list[Paper] = [
    ("COM-07", {
        "addressee": ZHAO["name"], "id_no": ZHAO["id_no"], "scheme": "特困", "decision": "终止",
        "effective_month": "2019-01", "facts": "供养对象于2018年12月1日因病去世，终止救助供养。",
        "decide_date": _D(2018, 12, 11), "issue_date": _D(2018, 12, 12),
        "receive_date": _D(2018, 12, 13)}, True),
]  # fmt: skip
_TEKUN = _after(
    TEKUN, "TK-01",
    ("COM-01", ZHAO | {
        "scheme": ["特困"], "members": _signers(("测试赵明义", "本人", ZHAO["id_no"]))}, True),
    ("COM-03", _TEKUN_SURVEY, True),
)  # fmt: skip
_TEKUN = _after(_TEKUN, "COM-05", report(_D(2018, 5, 17), _D(2018, 5, 25), scheme="特困"))
_TEKUN = _after(
    _TEKUN, "GS-03",
    ("TK-07", {"as_of": _D(2018, 6, 30), "rows": []}, False),
    ("GS-04", {"scheme": "特困", "pay_date": _D(2018, 6, 15), "rows": _row(
        name="测试赵明义", group_no=3, persons=1, amount="740.00")}, False),
)  # fmt: skip
_LINSHI = _after(LINSHI, "COM-05", report(_D(2018, 5, 17), _D(2018, 5, 25), scheme="临时救助"))
_LINSHI = _after(
    _LINSHI, "COM-06",
    ("GS-03", {"scheme": "临时救助", "decide_date": _D(2018, 5, 31), "rows": _row(
        name="测试冯有财", group_no=3, insured=3, amount="3000.00")}, False),
)  # fmt: skip
HE = {"name": "测试何明山", "id_no": "610927195708010315"}
#: Helped first under the law of 2026, explained afterwards.
_URGENT: list[Paper] = [
    ("LS-02", {
        "occur_date": _D(2026, 8, 2), "report_date": _D(2026, 8, 2), "relief_date": _D(2026, 8, 3),
        "supp_date": _D(2026, 8, 11), "v_date": _D(2026, 8, 10), "t_date": _D(2026, 8, 11),
        "c_date": _D(2026, 8, 14)}, True),
    ("LS-07", {}, True),
    ("LS-06", HE | {
        "phone": "13991500008", "visit_date": _D(2026, 9, 3), "amount": "800.00",
        "usage": "购买口粮和日用品，余款用于看病。",
        "opinion": "已借住侄子家中，生活有着落，另按一般程序申请。"}, True),
]  # fmt: skip
_LIANGBU = _after(
    LIANGBU, "COM-05", report(_D(2018, 5, 10), _D(2018, 5, 18), scheme="残疾人两项补贴")
)
_GAOLING = _after(GAOLING, "COM-05", report(_D(2018, 5, 10), _D(2018, 5, 18), scheme="高龄补贴"))
_GAOLING_STOP: list[Paper] = [
    ("GL-03", {"as_of": _D(2018, 12, 31), "rows": _row(
        name="测试赵明义", id_no=ZHAO["id_no"], d=_D(2018, 11, 12), mode="见面", alive="是",
        certifier="测试王秀英")}, False),
    ("GL-04", {"month": "2019-01", "as_of": _D(2019, 1, 31), "rows": _row(
        name="测试赵明义", id_no=ZHAO["id_no"], kind="停发", band_before="70-79周岁",
        death_date=_D(2019, 1, 12), actual_stop="2019-02", std="50.00")}, False),
]  # fmt: skip
_DIBAO = _after(DIBAO, "COM-05", ("COM-06", _REPORT, True))
_DIBAO = _after(_DIBAO, "GS-04", ("DB-03", {"as_of": "2018-06-30", "rows": []}, False))
#: By what docs/typing.md calls them.
WHOLE: dict[str, list[Paper]] = {
    "低保": [*_DIBAO, *_DIBAO_STOP],
    "特困": [*_TEKUN, *_TEKUN_STOP],
    "临时救助": _LINSHI,
    "临时救助（先行救助）": _URGENT,
    "残疾人两项补贴": _LIANGBU,
    "高龄补贴": [*_GAOLING, *_GAOLING_STOP],
}
