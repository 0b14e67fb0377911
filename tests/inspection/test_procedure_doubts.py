"""What does not fit together on papers is found, what does is left alone."""

import datetime as dt

import pytest

from minzheng.county.publicity import Publicity
from minzheng.county.registry.working_days import load_calendar
from minzheng.inspection.procedure_doubts import (
    agreements_ended,
    boxes_and_directories,
    letters_without_receipt,
    notices_too_short,
    problems_left_open,
)
from tests.inspection.papers import COUNTY, paper, reader


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

    (one,) = boxes_and_directories(reader(directory), titles_in, COUNTY.dossiers)
    assert asked == [("钟宝镇", "旧城村", "DB", "2018")]
    assert one.what == "目录应有 2 件，找到 1 件；没有找到：低保初审公示单"
