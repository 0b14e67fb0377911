"""Papers that do not fit together are found, those that do are left alone."""

import datetime as dt
from decimal import Decimal

import pytest

from archive_indexer.stores.paper_texts import PaperText
from minzheng.county.publicity import Publicity
from minzheng.county.registry.working_days import load_calendar
from minzheng.inspection.payment_doubts import paid_after_death, paid_without_approval
from minzheng.inspection.payments import add_up
from minzheng.inspection.procedure_doubts import (
    agreements_ended,
    boxes_and_directories,
    letters_without_receipt,
    notices_too_short,
    problems_left_open,
)
from minzheng.inspection.rows_of_lists import ListRow, amount_beside, month_of, rows_of
from minzheng.inspection.traces import Trace

A, B = "11010519491231002X", "440524188001010014"
ROSTER = "镇坪县钟宝镇旧城村{}农村低保对象花名册"
DEATH = f"姓名 测试甲 身份证号 {A}\n性别 女 年龄 68 死亡日期 2018年5月31日\n报告日期 2018年6月2日"


def paper(form_id: str, text: str, number: int = 1, **more: str) -> PaperText:
    given = {
        "town": "钟宝镇", "village": "旧城村", "dossier": form_id[:2], "year": "2018",
        "case_no": "", "person": "", "title": "", "sha256": "",
    }  # fmt: skip
    return PaperText(number=number, form_id=form_id, text=text, **(given | more))


def reader(*papers: PaperText):
    return lambda forms: [one for one in papers if one.form_id in set(forms)]


def test_rows_are_read_with_their_names():
    """Whether the sex stands between, whether the number is an old one."""
    text = f"1 3 测试甲 男 {A} 70\n2 旧城村 测试乙 440524880101001 支出\n合计 2"
    assert list(rows_of(text)) == [ListRow("测试甲", A), ListRow("测试乙", "440524198801010011")]


@pytest.mark.parametrize(
    ("title", "text", "month"),
    [
        ("2018年6月花名册", "统计截止：2018年7月31日", (2018, 7)),
        ("旧城村2018年6月农村低保对象花名册", "", (2018, 6)),
        ("旧城村2018年第2季度高龄老人花名册", "", (2018, 6)),
        ("花名册", "2018年5月3日起", (2018, 5)),
        ("花名册", "没有日期", None),
    ],
)
def test_a_list_tells_its_month(title, text, month):
    """By the day it was counted, its title, or its dates."""
    assert month_of(title, text, "2018") == month


@pytest.mark.parametrize(("month", "doubts"), [("2018年5月", 0), ("2018年6月", 1)])
def test_who_died_is_paid_until_the_month_ends(month, doubts):
    """A list of the month of death is right, one of the next month is a doubt."""
    roster = paper("DB-03", f"1 测试甲 {A} 245.00", 2, title=ROSTER.format(month))
    found = list(paid_after_death(reader(paper("BZ-01", DEATH), roster)))
    assert len(found) == doubts
    for one in found:
        assert one.about == "测试甲"
        assert [proof.number for proof in one.papers] == [2, 1]


def test_who_lives_is_no_doubt():
    """Another number is another person."""
    roster = paper("DB-03", f"1 测试甲 {B} 245.00", title=ROSTER.format("2018年6月"))
    assert list(paid_after_death(reader(paper("BZ-01", DEATH), roster))) == []


def test_a_listed_person_without_approval_is_told_once():
    """An approval of another village does not count."""
    approval = paper("DB-02", f"测试甲 {A}")
    elsewhere = paper("DB-02", f"测试乙 {B}", village="红星村")
    rosters = [paper("DB-03", f"1 测试甲 {A}\n2 测试乙 {B}", number) for number in (2, 3)]
    found = list(paid_without_approval(reader(approval, elsewhere, *rosters)))
    assert [(one.about, one.papers[0].number) for one in found] == [("测试乙", 2)]


@pytest.mark.parametrize(
    ("text", "days", "counting", "doubts"),
    [
        ("公示期自2018年5月17日至2018年5月24日止", 7, "natural", 0),
        ("公示期自2018年5月17日至2018年5月23日止", 7, "natural", 1),
        ("公示期自2018年5月17日至2018年5月23日止", 5, "natural", 0),
        ("公示期自2018年5月17日至2018年5月21日止", 5, "natural", 1),
        ("公示期自2018年5月17日至2018年5月24日止", 5, "working", 0),
        ("公示期自2018年5月17日至2018年5月23日止", 5, "working", 1),
        ("张贴地点 公开栏 张贴日期 2018年5月17日\n撤下日期 2018年5月22日", 7, "natural", 1),
        ("张贴日期:2018年5月17日 撤下日期:2018年5月25日", 7, "natural", 0),
        ("没有日期", 7, "natural", 0),
    ],
)
def test_a_notice_hangs_as_long_as_the_settings_say(text, days, counting, doubts):
    """By the notice itself or the report on it; in natural or in working days."""
    publicity = Publicity(days, counting, load_calendar())
    found = list(notices_too_short(reader(paper("COM-06", text)), publicity))
    unit = "天" if counting == "natural" else "个工作日"
    assert [f"不足 {days} {unit}" in one.what for one in found] == [True] * doubts


def test_an_agreement_is_renewed_or_told():
    """The last of each person counts."""
    text = "乙方（特困人员）：{}　男\n三、协议期限自2018年6月1日起至{}止。"
    papers = [
        paper("TK-04", text.format("测试甲", "2019年5月31日"), 1),
        paper("TK-04", text.format("测试甲", "2021年5月31日"), 2),
        paper("TK-04", text.format("测试乙", "2019年5月31日"), 3),
    ]
    found = list(agreements_ended(reader(*papers), dt.date(2020, 1, 1)))
    assert [(one.about, one.papers[0].number) for one in found] == [("测试乙", 3)]


def test_a_problem_is_open_until_the_latest_ledger_closes_it():
    """What an older ledger says is past."""
    older = "1 ZB-1 旧城村 补办手续 整改中 逾期\n2 ZB-2 旧城村 交办 否"
    newer = "1 ZB-1 旧城村 补办手续 已批准 2019年1月2日 已销号 2019年1月3日"
    papers = reader(paper("ZF-03", newer, year="2019"), paper("ZF-03", older))
    (one,) = problems_left_open(papers)
    assert (one.about, one.what) == ("ZB-2（旧城村）", "交办：没有写措施")


def test_a_letter_without_day_of_receipt_is_told():
    """A paper on which the field cannot be read is not accused."""
    head = "申请人（户主）：测试甲　决定：停发\n"
    papers = reader(
        paper("COM-07", head + "签收日期 2018年6月2日 送达人签字"),
        paper("COM-07", head + "签收日期 送达人签字", 2, title="停发告知书"),
        paper("COM-07", head, 3),
    )
    assert [(one.about, one.papers[0].number) for one in letters_without_receipt(papers)] == [
        ("测试甲", 2)
    ]


def test_a_box_is_compared_with_its_directory():
    """A directory names the people, a paper its form."""
    directory = paper(
        "ZH-04",
        "专档：低保　　年度：2018　　盒号：3\n"
        "1 J012-WS·2018-D10-DB-0001 村委会 测试甲家庭社会救助入户调查表 20180510 4\n"
        "2 J012-WS·2018-D10-DB-0002 镇民字〔2018〕3号 镇政府 低保初审公示单 20180516 1 附照片\n"
        "件数：2　　总页数：5",
    )
    asked = []

    def titles_in(*place):
        asked.append(place)
        return ["社会救助入户调查表"]

    (one,) = boxes_and_directories(reader(directory), titles_in)
    assert asked == [("钟宝镇", "旧城村", "DB", "2018")]
    assert one.what == "目录应有 2 件，找到 1 件；没有找到：低保初审公示单"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 测试甲 310 50.00 150.00 6217000000000000012", "150.00"),
        (f"1 测试甲 {B} 245.00\n2 测试甲 {A} 1,260.50", "1260.50"),
        ("三组测试甲因房屋失火,发放金额5200元", "5200"),
        ("测试甲 签字", None),
        ("测试乙 245.00", None),
    ],
)
def test_a_row_tells_what_it_pays(text, amount):
    """The last amount of the row of that person."""
    expected = None if amount is None else Decimal(amount)
    assert amount_beside("测试甲", A, text) == expected


def test_what_a_person_was_given_is_added_up():
    """By dossier and year; a list that was scanned twice is one."""
    traces = [
        Trace("扫描件", number, "", f"测试甲 {amount}", year=year, about="LS", step="发放",
              case_no=case_no, form_id="LS-04", sha256=str(number))
        for number, amount, year, case_no in [
            (1, "600.00", "2018", "LS-1"), (2, "600.00", "2018", "LS-1"),
            (3, "400.00", "2018", ""), (4, "50.00", "2019", ""),
        ]
    ]  # fmt: skip
    traces.append(Trace("扫描件", 5, "", "测试甲 900.00", year="2018", about="LS", step="申请"))
    given = [(one.year, one.times, one.total) for one in add_up("测试甲", A, traces)]
    assert given == [("2018", 2, Decimal("1000.00")), ("2019", 1, Decimal("50.00"))]
