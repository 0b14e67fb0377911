"""The fixture village (inspection 7.4): ten invented households, nine doubts, one clean.

Papers are issued through the product's own path; what it refuses to issue is filed as a scan
that was read.
"""

import datetime as dt
from typing import Any, NamedTuple

from minzheng.county.writing.id_card import to_eighteen
from tests.inspection.made.laid_papers import VILLAGE, Desk

TODAY = dt.date(2018, 7, 5)
_DAYS = {
    "apply_date": "2018-04-02", "accept_date": "2018-04-04", "survey_date": "2018-04-09",
    "pub_start": "2018-04-16", "v_date": "2018-04-25", "t_date": "2018-04-27",
    "c_date": "2018-05-07",
}  # fmt: skip
_INCOME = "1200.00"
_AMOUNT = "195.00"  #: 295.00 a month less 100.00 of income
_PHONES = {"phone_v": "0915-8820001", "phone_t": "0915-8821234", "phone_c": "0915-8822345"}


class Household(NamedTuple):
    """The head of a household, alone."""

    name: str
    id_no: str

    @classmethod
    def of(cls, name: str, born: str, number: int) -> "Household":
        """Somebody invented; 15 digits give the check digit."""
        return cls(f"测试{name}", to_eighteen(f"610927{born}{number:03d}"))


CLEAN = Household.of("周明德", "650312", 11)
UNSIGNED = Household.of("李应安", "620708", 13)
UNSEALED = Household.of("王培林", "630921", 15)
SHORT = Household.of("张道成", "681103", 17)
DEAD = Household.of("陈万才", "610406", 19)
WRONG = Household.of("赵启民", "710520", 21)
TWICE = Household.of("吴有德", "620218", 23)
RELATIVE = Household.of("郑家和", "660814", 25)
LATE = Household.of("冯时运", "700130", 27)
ORPHAN = Household("测试陈小梅", "610927201207110068")

#: Whose doubt is found by which check.
EXPECTED = {
    UNSIGNED.name: "signatures_missing",
    UNSEALED.name: "notices_without_seal",
    SHORT.name: "notices_too_short",
    DEAD.name: "paid_after_death",
    WRONG.name: "amounts_differ",
    TWICE.name: "held_twice",
    RELATIVE.name: "relatives_not_filed",
    LATE.name: "relief_irregular",
    ORPHAN.name: "notices_tell_too_much",
}


def lay_village(desk: Desk) -> dict[str, str]:
    """Lay all papers; gives the number of each household's notice, where it has its own."""
    together = (CLEAN, UNSIGNED, DEAD, WRONG, TWICE, RELATIVE)
    cases = {one: _begin(desk, one) for one in (*together, UNSEALED, SHORT)}
    _meet(desk, list(cases))
    _publish(desk, list(together))
    unsealed = _publish(desk, [UNSEALED], is_sealed=False)
    short = _publish(desk, [SHORT], down="2018-04-22")
    for one, case_no in cases.items():
        _decide(desk, one, case_no)
    _list(desk, list(cases))
    _lay_dead(desk)
    _lay_wrong_amount(desk, cases[WRONG])
    _lay_twice(desk)
    _lay_late(desk)
    _lay_orphan(desk)
    return {UNSEALED.name: unsealed, SHORT.name: short}


def _member(one: Household) -> dict[str, Any]:
    return {
        "m_name": one.name, "m_rel": "户主", "m_id": one.id_no, "m_health": "患慢性病",
        "m_labor": "部分丧失", "m_job": "务农", "m_income_month": "100", "m_insured": "是",
    }  # fmt: skip


def _begin(desk: Desk, one: Household) -> str:
    """Application, authorisation, survey."""
    who = {"name": one.name, "id_no": one.id_no}
    money = {"inc_farm": _INCOME, "inc_transfer": "0", "cost_rigid": "0", "rigid_med": "0"}
    days = {slug: _DAYS[slug] for slug in ("apply_date", "accept_date")}
    lonely = {"members": [_member(one)], "supporters": []}
    applied = desk.issue(
        "DB-01", **who, **money, **days, **lonely, bank_holder=one.name, single_apply="否",
        leave=("education",),
    )  # fmt: skip
    case_no = applied.case_no
    declared = {"relative_decl": "是", "rel_name": "测试何干部", "rel_post": "旧城村支书",
                "rel_kind": "兄弟"} if one == RELATIVE else {}  # fmt: skip
    desk.issue(
        "COM-01", case_no=case_no, **who, sign_date="2018-04-02",
        members=[{"a_name": one.name, "a_rel": "本人", "a_id": one.id_no}], **declared,
    )  # fmt: skip
    desk.issue(
        "COM-03", case_no=case_no, **who, **money, **lonely, accept_date=_DAYS["accept_date"],
        survey_date=_DAYS["survey_date"], leave=("enjoyed",),
    )  # fmt: skip
    return case_no


def _meet(desk: Desk, households: list[Household]) -> None:
    cases = [
        {"c_name": one.name, "c_scheme": "低保", "c_size": 1, "c_brief": "独居，长期服药",
         "c_yes": 14, "c_no": 0, "c_abs": 0}
        for one in households
    ]  # fmt: skip
    minutes = desk.issue("COM-04", meet_date="2018-04-12", cases=cases)
    desk.scan(minutes)


def _publish(
    desk: Desk, households: list[Household], *, is_sealed: bool = True, down: str = "2018-04-25"
) -> str:
    """A notice, its stamped scan, and the report on it."""
    rows = [
        {"name": one.name, "group_no": 3, "hh_size": 1, "insured": 1, "class": "B类",
         "amount": _AMOUNT, "relative_filed": "否"}
        for one in households
    ]  # fmt: skip
    notice = desk.issue("COM-05", pub_start=_DAYS["pub_start"], rows=rows)
    if is_sealed:
        desk.scan(notice, seals=2)
    if down == "2018-04-25":
        report = desk.issue(
            "COM-06", notice_no=notice.case_no, post_date=_DAYS["pub_start"],
            mid_check="2018-04-18", down_date=down, photo_time="2018-04-17",
            remark="公示期内没有群众提出异议，期满后撤下归档。", v_date=down,
        )  # fmt: skip
        desk.scan(report)
    else:  # the product issues no report on too short a notice
        text = (
            f"公示情况报告\n公示编号：{notice.case_no}\n张贴日期 2018年4月16日\n"
            f"撤下日期 2018年4月22日\n公示结果 无异议"
        )
        desk.file("COM-06", text, dossier="GS", case_no="GS-103200-2018-0099", seals=1)
    return notice.case_no


def _decide(desk: Desk, one: Household, case_no: str) -> None:
    decided = desk.issue(
        "DB-02", case_no=case_no, name=one.name, id_no=one.id_no, members=[_member(one)],
        inc_total=_INCOME, c_amount=_AMOUNT, cert_no=f"ZP2018-{one.id_no[-4:]}",
        **_DAYS,
    )  # fmt: skip
    desk.scan(decided, unsigned=("县负责人",) if one == UNSIGNED else ())


def _list(desk: Desk, households: list[Household]) -> None:
    """The roster of June, made before the death was told."""
    rows = [_roster_row(one) for one in households]
    desk.issue("DB-03", as_of="2018-06-30", rows=rows)


def _roster_row(one: Household) -> dict[str, Any]:
    return {
        "group_no": 3, "head": one.name, "id_no": one.id_no, "hh_size": 1, "insured": 1,
        "category": "B类", "cause": "因病", "month_amount": _AMOUNT, "start_month": "2018-06",
        "is_poor": "是", "relative_filed": "否", "bank_name": "镇坪县农商银行钟宝支行",
        "bank_no": "6217000000000000012",
    }  # fmt: skip


def _lay_dead(desk: Desk) -> None:
    desk.issue(
        "BZ-01", name=DEAD.name, id_no=DEAD.id_no, report_date="2018-05-20",
        death_date="2018-05-19", held=["低保"], note="5月20日登记。",
    )  # fmt: skip


def _lay_wrong_amount(desk: Desk, case_no: str) -> None:
    text = (
        "镇坪县钟宝镇旧城村低保对象公示表\n数据截止日期：2018年6月30日\n"
        f"1 {WRONG.name} 3 1 B类 245.00 2018-06\n"
    )
    desk.file("GS-01", text, dossier="GS", case_no="GS-103200-2018-0088", seals=2)


def _lay_twice(desk: Desk) -> None:
    text = (
        "特困人员救助供养审核审批表\n受理日期 2018年4月3日\n"
        f"姓名 {TWICE.name} 性别 男\n身份证号 {TWICE.id_no}\n月合计 500.00\n起始月份 2018年6月\n"
    )
    desk.file("TK-03", text, dossier="TK", seals=2, title="特困审批表")


def _lay_late(desk: Desk) -> None:
    text = (
        "急难型临时救助（先行救助）登记及补办手续表\n"
        f"姓名 {LATE.name} 身份证号 {LATE.id_no}\n先行救助日期 2018年5月7日\n"
        "补办期限 2018年5月21日\n补办日期 2018年6月4日\n"
    )
    desk.file("LS-02", text, dossier="LS", seals=2, title="先行救助登记表")


def _lay_orphan(desk: Desk) -> None:
    case_no = desk.issue("ET-01", name=ORPHAN.name, id_no=ORPHAN.id_no).case_no
    visit = {
        "d": "2018-06-20", "child": "CXM-0001", "finding": "随叔父生活，学习正常", "risk": "低",
        "action": "每季走访",
    }  # fmt: skip
    desk.issue("ET-05", case_no=case_no, until="2018-06-20", rows=[visit])
    text = f"镇坪县钟宝镇旧城村临时救助公示单\n1 {ORPHAN.name} 3 1 1000.00\n"
    desk.file("GS-03", text, dossier="GS", case_no="GS-103200-2018-0066", seals=2,
              title="临时救助公布单", village=VILLAGE)  # fmt: skip
