"""One whole case of each scheme: its papers in order, each of which agrees with the others."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from filler.form.form_data import Refused, RenderedDocument

Answers = dict[str, Any]
Fill = Callable[..., RenderedDocument | Refused]
#: Form, the answers that differ from its sample, and whether it belongs to the case itself.
Paper = tuple[str, Answers, bool]

_D = dt.date
ZHOU = {"name": "测试周桂兰", "id_no": "11010519491231002X", "phone": "13991500001"}
ZHAO = {"name": "测试赵明义", "id_no": "610927194803060113"}
FENG = {"name": "测试冯有财", "id_no": "610927196602030152"}
CARER = {"name": "测试周桂兰", "id_no": "610927195304120024"}


def _row(**cells: Any) -> list[Answers]:
    return [cells]


def _signers(*people: tuple[str, str, str]) -> list[Answers]:
    return [{"a_name": name, "a_rel": rel, "a_id": number} for name, rel, number in people]


_PUBLISHED = {"pub_start": _D(2018, 4, 18)}
_REPORT = {
    "notice_no": "{case_no}", "post_date": _D(2018, 4, 18), "mid_check": _D(2018, 4, 20),
    "down_date": _D(2018, 4, 26), "photo_time": _D(2018, 4, 18), "v_date": _D(2018, 4, 26),
    "place": "村务公开栏",
    "remark": "公示单张贴在村务公开栏，公示期内没有群众提出异议，期满后撤下归档。",
}  # fmt: skip
DIBAO: list[Paper] = [
    ("DB-01", {}, True),
    ("COM-01", ZHOU | {
        "sign_date": _D(2018, 4, 3),
        "members": _signers(("测试周桂兰", "本人", ZHOU["id_no"]),
                            ("测试李长福", "子", "610927197906230035")),
    }, True),
    ("COM-03", {}, True),
    ("COM-04", {"meet_date": _D(2018, 4, 12), "cases": _row(
        c_name="测试周桂兰", c_scheme="低保", c_size=2, c_brief="祖孙二人，年老多病",
        c_yes=14, c_no=0, c_abs=0)}, True),
    ("COM-05", _PUBLISHED | {"rows": _row(
        name="测试周桂兰", group_no=3, hh_size=2, insured=2, amount="285.62", relative_filed="否",
        **{"class": "B类"})}, True),
    ("DB-02", {"vote_summary":
        "2018年4月12日评议，到会15人，同意14票，不同意0票，弃权0票，通过。"}, True),
    ("GS-03", {"decide_date": _D(2018, 5, 7), "rows": _row(
        name="测试周桂兰", group_no=3, insured=2, amount="285.62", start_month="2018-06",
        **{"class": "B类"})}, False),
    ("GS-04", {"pay_date": _D(2018, 6, 15), "rows": _row(
        name="测试周桂兰", group_no=3, persons=2, amount="285.62")}, False),
    ("COM-09", {"name": ZHOU["name"], "id_no": ZHOU["id_no"], "old_insured": 2, "new_insured": 2,
                "old_amount": "285.62", "new_amount": "175.00", "changes": _row(
                    ch_item="收入", ch_before="只有养老金和种菜收入",
                    ch_after="儿子外出务工，每月寄回300元", ch_proof="转账记录"),
                "reason": "儿子每月寄回赡养费，人均月收入上升，仍低于标准，按差额减发。"}, True),
    ("COM-07", {"addressee": ZHOU["name"], "id_no": ZHOU["id_no"], "decision": "减发",
                "old_amount": "285.62", "new_amount": "175.00", "effective_month": "2018-12",
                "facts": "儿子每月寄回赡养费，人均月收入上升，仍低于标准，按差额减发。",
                "decide_date": _D(2018, 11, 20), "issue_date": _D(2018, 11, 21),
                "receive_date": _D(2018, 11, 22)}, True),
]  # fmt: skip
TEKUN: list[Paper] = [
    ("TK-01", {}, True),
    ("TK-02", {}, True),
    ("COM-05", {"scheme": "特困", "pub_start": _D(2018, 5, 17), "rows": _row(
        name="测试赵明义", group_no=3, hh_size=1, insured=1, amount="740.00",
        **{"class": "分散供养"})}, True),
    ("TK-03", {}, True),
    ("TK-04", {}, True),
    ("GS-03", {"scheme": "特困", "decide_date": _D(2018, 5, 31), "rows": _row(
        name="测试赵明义", group_no=3, insured=1, amount="740.00", start_month="2018-06",
        **{"class": "分散供养"})}, False),
    ("TK-06", ZHAO | {"cert_no": "TK2018-0031", "apply_date": _D(2018, 12, 5),
                      "death_date": _D(2018, 12, 1), "end_date": _D(2018, 12, 1),
                      "end_month": "2019-01", "pub_date": _D(2018, 12, 10),
                      "v_date": _D(2018, 12, 6), "t_date": _D(2018, 12, 7),
                      "facts": "12月1日因病在家中去世，12月3日由村委会料理后事，供养证已收回。",
                      "c_date": _D(2018, 12, 11)}, True),
]  # fmt: skip
LINSHI: list[Paper] = [
    ("LS-01", {}, True),
    ("COM-03S", {"inc_total": "10800.00"}, True),
    ("COM-05", {"scheme": "临时救助", "pub_start": _D(2018, 5, 17), "rows": _row(
        name="测试冯有财", group_no=3, hh_size=3, insured=3, amount="3000.00")}, True),
    ("LS-04", {"rows": _row(
        village="旧城村", group_no=3, name="测试冯有财", id_no=FENG["id_no"], relief_type="支出",
        reason_general="疾病", decide_date=_D(2018, 5, 31), amount="3000.00", pay_mode="打卡",
        bank_no="6217000000000000012", pay_date=_D(2018, 6, 5))}, False),
    ("LS-06", {}, True),
]  # fmt: skip
LIANGBU: list[Paper] = [
    ("CB-01", {}, True),
    ("COM-05", {"scheme": "残疾人两项补贴", "pub_start": _D(2018, 5, 10), "rows": _row(
        name="测试周桂兰", group_no=3, hh_size=1, insured=1, amount="140.00")}, True),
    ("CB-04", {"rows": _row(
        group_no=3, name="测试周桂兰", id_no=CARER["id_no"], dis_cert="61092719530412002442",
        kind="两项", std="140.00", start_month="2018-05", bank_no="6217000000000000012")}, False),
    ("CB-07", {"rows": _row(
        village="旧城村", name="测试周桂兰", id_no=CARER["id_no"], kind="两项", amount="140.00",
        bank_no="6217000000000000012")}, False),
    ("CB-05", {"review_date": _D(2019, 4, 18)}, True),
    ("CB-06", {
        "fill_date": _D(2019, 6, 4), "event_date": _D(2019, 5, 20), "actual_stop": "2019-07",
        "t_date": _D(2019, 6, 10), "f_date": _D(2019, 6, 12), "c_date": _D(2019, 6, 17)}, True),
]  # fmt: skip
GAOLING: list[Paper] = [
    ("GL-01", {}, True),
    ("COM-05", {"scheme": "高龄补贴", "pub_start": _D(2018, 5, 10), "rows": _row(
        name="测试赵明义", group_no=3, hh_size=1, insured=1, amount="50.00")}, True),
    ("GL-02", {"rows": _row(
        group_no=3, name="测试赵明义", id_no=ZHAO["id_no"], bank_no="6217000000000000012")}, False),
    ("GS-04", {"scheme": "高龄补贴", "pay_date": _D(2018, 9, 15), "rows": _row(
        name="测试赵明义", group_no=3, persons=1, amount="150.00")}, False),
]  # fmt: skip
CASES = {
    "低保": DIBAO, "特困": TEKUN, "临时救助": LINSHI, "残疾人两项补贴": LIANGBU,
    "高龄补贴": GAOLING,
}  # fmt: skip


def issue_case(
    papers: list[Paper], fill: Fill, answers_of: Callable[[str], Answers]
) -> dict[str, int]:
    """Issue all papers of a case; the number of the newest document by form."""
    return dict(issue_papers(papers, fill, answers_of))


def issue_papers(
    papers: list[Paper], fill: Fill, answers_of: Callable[[str], Answers]
) -> list[tuple[str, int]]:
    """Issue all papers of a case, some forms twice: form and number of each document."""
    case_no, numbers = "", list[tuple[str, int]]()
    for form_id, other, is_own in papers:
        answers = {
            slug: value.replace("{case_no}", case_no) if isinstance(value, str) else value
            for slug, value in (answers_of(form_id) | other).items()
        }
        if is_own and case_no:
            answers["case_no"] = case_no
        issued = fill(form_id, answers)
        assert not isinstance(issued, Refused), (form_id, [str(one) for one in issued.problems])
        case_no = case_no or issued.case_no
        numbers.append((form_id, issued.number))
    return numbers
