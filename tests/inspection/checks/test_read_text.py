"""A paper of the archive as the checks read it."""

import datetime as dt

import pytest

from minzheng.inspection.checks.papers import Looks
from minzheng.inspection.checks.read_text import FiledPaper, read_text
from tests.inspection.checks.made_papers import A


def read(form_id: str, text: str, title: str = "", person: str = "", year: str = "2018"):
    place = ("钟宝镇", "旧城村", form_id[:2], year, "", person, title)
    return read_text(FiledPaper(1, form_id, *place, text, Looks()))


@pytest.mark.parametrize(
    ("text", "slug", "value"),
    [
        ("死亡日期 2018年5月5日", "death_date", "2018年5月5日"),
        ("死亡\n日期：2018 年 5 月 5 日", "death_date", "2018年5月5日"),
        ("姓名 | 测试甲 | 性别 | 女", "name", "测试甲"),
        ("月保障金\n（元） 285.62", "month_amount", "285.62"),
        ("公示期自2018年5月17日至2018年5月20日止", "pub_end", "2018年5月20日"),
        ("协议期限自2018年6月1日起至2019年5月31日止。", "to_date", "2019年5月31日"),
        ("应到 21 人，实到 19 人", "present", "19"),
        ("公示编号：DB-103200-2018-0005", "notice_no", "DB-103200-2018-0005"),
        ("专档：低保　年度：2018　盒号：3", "box_no", "3"),
        ("身份证号 610927196503120117", "unsound", "610927196503120117"),
        ("近亲属关系 □否 ☑是", "relative_decl", "是"),
    ],
)
def test_a_value_stands_behind_its_label(text, slug, value):
    """However the cell was broken."""
    assert read("DB-02", text).text(slug) == value


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (f"1 测试甲 {A} 2 1 B类 1,245.00 2018-06",
         {"name": "测试甲", "id_no": A, "insured": "1", "amount": "1,245.00",
          "start_month": "2018-06"}),
        (f"1 测试甲 女 {A} 80-89周岁 150.00",
         {"name": "测试甲", "id_no": A, "amount": "150.00", "band": "80-89周岁"}),
        (f"姓名 测试甲 身份证号 {A}", {"id_no": A}),
        (f"测试甲 户主 {A} 68 健康 是", {"name": "测试甲", "id_no": A, "m_insured": "是"}),
        ("1 测试甲 3 1 B类 245.00", {"name": "测试甲", "insured": "1", "amount": "245.00"}),
    ],
)  # fmt: skip
def test_a_row_is_read_from_its_number_or_name(line, row):
    """A label before a number is no name; the amount is the last one."""
    (found,) = read("DB-03", line).rows
    assert {**found} == {"_": "rows", **row}


def test_rows_that_name_nobody_are_read_too():
    """Of ledgers, of directories, of three levels."""
    problem = read("ZF-03", "1 ZB-1 旧城村 修屋 交办 否").rows
    assert problem[0]["status"] == "交办" and problem[0]["measure"] == "修屋"
    item = read("ZH-04", "1 DB-0001 村委会 低保初审公示单 20180516 1").rows
    assert item[0]["title"] == "低保初审公示单"
    levels = read("GS-09", "1 旧城村 2 3 600.00 2 3 600.00 2 4 600.00").rows
    assert levels[0]["v_n"] == "4"


def test_a_list_is_of_its_month_and_a_notice_of_its_scheme():
    """As the title tells; minutes give what was said."""
    roster = read("DB-03", f"2018年6月花名册\n1 测试甲 {A} 245.00")
    assert roster.day == dt.date(2018, 6, 1)
    assert read("GS-01", "低保对象公示表\n数据截止日期：2018年6月30日").text("scheme") == "低保"
    assert read("GS-01", "", title="特困公示表").text("scheme") == "特困"
    assert read("COM-04", "会议记录\n发言摘要：该户困难，应当纳入低保范围\n签到").text(
        "discussion"
    ) == ("该户困难，应当纳入低保范围")
    assert read("DB-01", "申请书", person="测试甲").text("name") == "测试甲"


def test_a_number_that_was_written_wrong_is_nobodys():
    """It is told apart; the name beside it stays."""
    paper = read(
        "ZF-01", "姓名 测试甲 身份证号 610927196503120117\n1 测试乙 610927196503120117 9.00"
    )
    assert "id_no" not in paper.values and paper.text("unsound") == "610927196503120117"
    assert all("id_no" not in row for row in paper.rows) and paper.rows[-1]["name"] == "测试乙"
