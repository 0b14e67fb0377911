"""One case of each scheme that is walked on no page: its papers agree with one another."""

import datetime as dt

from tests.filler.one_case.papers import FENG, ZHAO, Answers, Paper, _row
from tests.filler.one_case.to_the_stop import HE, WHOLE, _after, report

_D = dt.date
_JUNE, _JULY = _D(2018, 6, 30), _D(2018, 7, 2)
ZHOU = {"name": "测试周桂兰", "id_no": "610927195304120016", "phone": "13991500001"}
CHEN = {"name": "测试陈小梅", "id_no": "610927201207110068"}
_YILIAO: list[Paper] = [
    ("YL-01", {}, True),
    ("YL-03", {}, True),
    ("COM-05", {"scheme": "医疗救助", "pub_start": _D(2018, 5, 10), "rows": _row(
        name="测试冯有财", group_no=3, hh_size=3, insured=1, amount="8100.00")}, True),
    report(_D(2018, 5, 10), _D(2018, 5, 18), scheme="医疗救助"),
    ("GS-03", {"scheme": "医疗救助", "decide_date": _D(2018, 5, 29), "rows": _row(
        name="测试冯有财", group_no=3, insured=1, amount="8100.00")}, False),
    ("YL-04", {"rows": _row(
        village="旧城村", group_no=3, name="测试冯有财", id_no=FENG["id_no"], amount="8100.00",
        bank_no="6217000000000000012")}, False),
    ("YL-06", {"rows": _row(
        name="测试冯有财", id_no=FENG["id_no"], times=1, total="46600.00", self_paid="18640.00",
        aid="8100.00", **{"class": "因病致贫"})}, False),
]  # fmt: skip
_YOUFU: list[Paper] = [
    ("YF-01", {}, True),
    ("YF-02", {"rows": _row(
        name="测试何明山", id_no=HE["id_no"], cert_no="陕军J012701", std="980.00",
        start_month="2018-06", bank_no="6217000000000000012", **{"class": "残疾军人"})}, False),
    ("YF-03", {"check_date": _D(2019, 5, 7)}, True),
    ("YF-07", HE | {
        "fill_date": _D(2020, 6, 11), "death_date": _D(2020, 6, 3), "month_std": "980.00",
        "class": "残疾军人", "note": "6月3日病故，证件收回。", "v_date": _D(2020, 6, 11),
        "t_date": _D(2020, 6, 15), "c_date": _D(2020, 6, 22)}, True),
]  # fmt: skip
_ERTONG: list[Paper] = [
    ("ET-01", {}, True),
    ("ET-05", {"until": _D(2018, 6, 30), "rows": _row(
        d=_D(2018, 6, 4), child="CXM-0001", finding="随叔父生活，学习正常", risk="低")}, False),
    ("ET-06", {"as_of": _D(2018, 6, 30), "rows": _row(
        code="CXM-0001", kind="孤儿", std="1000.00", start_month="2018-06", officer="测试周桂兰",
        remark="散居")}, False),
    ("ET-08", CHEN | {
        "fill_date": _D(2019, 5, 7), "event_date": _D(2019, 5, 6), "t_date": _D(2019, 5, 23),
        "c_date": _D(2019, 5, 28)}, True),
]  # fmt: skip
_LIUSHOU: list[Paper] = [
    ("LR-01", {}, True),
    ("LR-03", {"rows": _row(
        elder="测试周桂兰", elder_phone="13991500001", helper="测试李长福",
        helper_post="村委会副主任", helper_phone="13991500002", from_month="2018-05")}, False),
    ("LR-02", {"rows": _row(
        d=_D(2018, 5, 14), elder="测试周桂兰", risk="中", mode="入户", state="一般",
        need="降压药快用完", solved="当日代取药一月量", visitor="测试李长福")}, False),
]  # fmt: skip
_JIUZAI: list[Paper] = [
    ("JZ-01", {}, True),
    ("JZ-02", {"apply_date": _D(2018, 5, 12), "accept_date": _D(2018, 5, 20)}, True),
    ("COM-05", {"scheme": "救灾", "pub_start": _D(2018, 5, 10), "rows": _row(
        name="测试周桂兰", group_no=3, hh_size=3, insured=3, amount="1200.00")}, True),
    ("JZ-03", {"rows": _row(
        group_no=3, head="测试周桂兰", hh_size=3, need_n=3, grain=60, clothes=4, heating="200.00",
        cash="300.00")}, False),
    ("JZ-04", {"rows": _row(
        d=_D(2018, 5, 7), name="测试周桂兰", goods="棉被", qty=2, value="260.00")}, False),
]  # fmt: skip
_SIGNED = _row(a_name="测试周桂兰", a_rel="本人", a_id="11010519491231002X")
_BIANYUAN: list[Paper] = [
    ("ZF-09", {}, True),
    ("COM-01", {
        "id_no": "11010519491231002X", "scheme": ["刚性支出"], "sign_date": _D(2026, 8, 3),
        "members": _SIGNED}, True),
    ("ZF-10", {}, True),
    ("GS-03", {"scheme": "刚性支出困难家庭", "decide_date": _D(2026, 8, 17),
               "post_date": _D(2026, 8, 18), "rows": _row(
        name="测试周桂兰", group_no=3, insured=2, start_month="2026-08")}, False),
    ("ZF-06", {"as_of": _D(2026, 9, 30), "rows": _row(
        group_no=3, head="测试周桂兰", size=2, per_capita="12000.00", risk=["大病"], level="中",
        last_check=_D(2026, 9, 10))}, False),
]  # fmt: skip
_WU = {"name": "测试吴德才", "id_no": "610927193804120136", "phone": "13991500009"}
_XIAOE: list[Paper] = [
    ("LS-03", {}, True),
    ("LS-04", {"rows": _row(
        village="旧城村", group_no=3, name="测试吴德才", id_no=_WU["id_no"], relief_type="急难",
        reason_general="意外", decide_date=_D(2018, 5, 16), amount="600.00", pay_mode="现金",
        pay_date=_D(2018, 5, 17))}, False),
    ("LS-06", _WU | {
        "visit_date": _D(2018, 6, 1), "amount": "600.00",
        "usage": "用于支付治疗费用。", "opinion": "手腕已愈，生活恢复正常。"}, True),
]  # fmt: skip


def _standing(scheme: str, day: dt.date = _JUNE) -> Paper:
    """GS-01, its rows gathered."""
    days: Answers = {"as_of": day, "post_date": day + dt.timedelta(days=3)}
    return "GS-01", days | {"scheme": scheme, "rows": []}, False


def _paid(scheme: str, name: str, persons: int, amount: str, day: dt.date) -> Paper:
    row = _row(name=name, group_no=3, persons=persons, amount=amount)
    return "GS-04", {"scheme": scheme, "pay_date": day, "rows": row}, False


def _decided(scheme: str, day: dt.date, **row: object) -> Paper:
    """GS-03 of one household."""
    return "GS-03", {"scheme": scheme, "decide_date": day, "rows": _row(group_no=3, **row)}, False


_REVIEWED: Paper = ("COM-09", ZHAO | {
    "scheme": "特困", "old_insured": 1, "new_insured": 1, "old_amount": "740.00",
    "new_amount": "740.00", "decision": "继续", "reason": "身体状况、生活来源没有变化，继续供养。",
    "changes": _row(ch_item="健康", ch_before="慢性病，行走不便", ch_after="与上年相同"),
}, True)  # fmt: skip


def _quarterly(day: dt.date, name: str, **cells: object) -> Paper:
    """GS-01 of who was helped at once in a quarter: its rows are typed."""
    days: Answers = {"as_of": day, "post_date": day + dt.timedelta(days=3)}
    row = {"name": name, "group_no": 3, "month_amount": "800.00"} | cells
    return "GS-01", days | {"scheme": "临时救助", "rows": [row]}, False


def _relative(scheme: str, day: dt.date, name: str, id_no: str, **row: object) -> Paper:
    """COM-08: a relative of somebody in the office."""
    days = {
        "fill_date": day, "visit_date": day + dt.timedelta(days=2),
        "t_date": day + dt.timedelta(days=3), "c_date": day + dt.timedelta(days=7),
    }  # fmt: skip
    cells = {"obj_size": 1, "obj_month": "740.00", "obj_start": "2018-06"} | row
    return "COM-08", days | {
        "objects": _row(obj_rel="父母", obj_name=name, obj_id=id_no, obj_addr="旧城村三组",
                        obj_scheme=scheme, **cells)}, False  # fmt: skip


#: Papers that the pages' own journey does without, behind a paper of the whole case.
_MORE: dict[str, tuple[tuple[str, tuple[Paper, ...]], ...]] = {
    "低保": (("DB-03", (_standing("低保"), _relative(
        "低保", _JULY, "测试周桂兰", "11010519491231002X", obj_size=2, obj_month="285.62"))),),
    "特困": (("GS-04", (
        _standing("特困"), _REVIEWED, _relative("特困", _JULY, ZHAO["name"], ZHAO["id_no"]))),),
    "临时救助": (("LS-04", (
        _paid("临时救助", "测试冯有财", 3, "3000.00", _D(2018, 6, 15)),
        _quarterly(_JUNE, "测试冯有财", insured=3, month_amount="3000.00"),
        _relative("临时救助", _JULY, "测试冯有财", FENG["id_no"]))),),
    "临时救助（先行救助）": (("LS-07", (("LS-04", {"pay_to": _D(2026, 8, 31), "rows": _row(
        village="旧城村", group_no=3, name="测试何明山", id_no=HE["id_no"], relief_type="急难",
        reason_general="灾害", decide_date=_D(2026, 8, 14), amount="800.00", pay_mode="现金",
        pay_date=_D(2026, 8, 14))}, False),
        _decided("临时救助", _D(2026, 8, 14), name=HE["name"], amount="800.00"),
        _paid("临时救助", HE["name"], 1, "800.00", _D(2026, 8, 20)),
        _quarterly(_D(2026, 9, 30), HE["name"]),
        _relative("临时救助", _D(2026, 9, 1), HE["name"], HE["id_no"], obj_start="2026-08"))),),
    "残疾人两项补贴": (("CB-07", (
        _decided("残疾人两项补贴", _D(2018, 5, 30), name="测试周桂兰", insured=1,
                 amount="140.00", start_month="2018-05"),
        _paid("残疾人两项补贴", "测试周桂兰", 1, "140.00", _D(2018, 6, 15)),
        _standing("残疾人两项补贴", _D(2018, 5, 31)),
        _relative("残疾人两项补贴", _JULY, "测试周桂兰", "610927195304120024", obj_month="140.00",
                  obj_start="2018-05"))),),
    "高龄补贴": (("GS-04", (
        _decided("高龄补贴", _D(2018, 5, 30), name="测试赵明义", insured=1, amount="50.00",
                 start_month="2018-06", **{"class": "70-79周岁"}),
        _standing("高龄补贴"),
        _relative("高龄补贴", _JULY, ZHAO["name"], ZHAO["id_no"], obj_month="50.00"))),),
}  # fmt: skip
_YILIAO += [
    _paid("医疗救助", "测试冯有财", 1, "8100.00", _D(2018, 6, 8)),
    _relative("医疗救助", _JULY, "测试冯有财", FENG["id_no"]),
]
_XIAOE += [
    _decided("临时救助", _D(2018, 5, 16), name=_WU["name"], amount="600.00"),
    _paid("临时救助", _WU["name"], 1, "600.00", _D(2018, 5, 20)),
    _quarterly(_JUNE, _WU["name"], month_amount="600.00"),
]
_XIAOE.append(_relative("临时救助", _JULY, _WU["name"], _WU["id_no"]))


def _with_more(scheme: str) -> list[Paper]:
    papers = WHOLE[scheme]
    for form_id, more in _MORE[scheme]:
        papers = _after(papers, form_id, *more)
    return papers


OTHERS = {scheme: _with_more(scheme) for scheme in _MORE} | {
    "医疗救助": _YILIAO, "优抚": _YOUFU, "孤儿": _ERTONG, "留守老年人": _LIUSHOU, "救灾": _JIUZAI,
    "刚性支出困难家庭": _BIANYUAN, "小额临时救助": _XIAOE,
}  # fmt: skip
