"""The checks by name, put to papers."""

import datetime as dt

import pytest
from django.db.models import Q

from archive_indexer.models import ArchivedFile
from minzheng.county.publicity import Publicity
from minzheng.inspection import doubt_checks
from minzheng.inspection.doubt_checks import RULES, find_doubts, rule_named
from tests.inspection.papers import COUNTY, A, B, paper

TODAY = dt.date(2020, 1, 1)
PUBLICITY = Publicity(7, "natural", COUNTY.calendar)
DEATH = f"姓名 测试甲 身份证号 {A}\n死亡日期 2018年5月31日"
AGREEMENT = "乙方（特困人员）：测试甲　男\n三、协议期限自2018年6月1日起至2019年5月31日止。"
DIRECTORY = "专档：低保　年度：2018　盒号：3\n1 DB-0001 村委会 低保初审公示单 20180516 1"

#: What each check finds in these papers: about whom, and one of its words.
CASES = {
    "paid_after_death": (
        [paper("BZ-01", DEATH), paper("DB-03", f"1 测试甲 {A}", title="2018年6月花名册")],
        "测试甲", "名单上还有",
    ),
    "paid_without_approval": (
        [paper("DB-02", f"测试甲 {A}"), paper("DB-03", f"1 测试乙 {B}")], "测试乙", "没有找到",
    ),
    "notices_too_short": (
        [paper("COM-06", "公示期自2018年5月17日至2018年5月20日止", title="公示情况报告")],
        "公示情况报告", "只有 3 天",
    ),
    "letters_without_receipt": (
        [paper("COM-07", "申请人（户主）：测试甲\n签收日期 送达人")], "测试甲", "没有签收日期",
    ),
    "agreements_ended": ([paper("TK-04", AGREEMENT)], "测试甲", "没有找到续签"),
    "problems_left_open": ([paper("ZF-03", "1 ZB-1 旧城村 交办 否")], "ZB-1（旧城村）", "交办"),
    "boxes_and_directories": (
        [paper("ZH-04", DIRECTORY)], "低保 2018 年第 3 盒", "低保初审公示单",
    ),
}  # fmt: skip


@pytest.fixture
def archive(monkeypatch):
    """Papers of this test in place of the archive's; gives who asked within what."""
    held, asked = [], []

    def read(forms, within):
        asked.append(within)
        return [one for one in held if one.form_id in forms]

    monkeypatch.setattr(doubt_checks, "read_papers", read)
    return held, asked


def test_every_check_has_a_case_here():
    """A new one is tried."""
    assert CASES.keys() == {rule.id for rule in RULES}


@pytest.mark.django_db
@pytest.mark.parametrize("name", CASES)
def test_a_check_finds_its_doubt(archive, name):
    """Among the papers somebody may see, and nothing where there are none."""
    held, asked = archive
    papers, about, word = CASES[name]
    rule, within = rule_named(name), Q(town="钟宝镇")
    assert find_doubts(rule, within, TODAY, COUNTY, PUBLICITY) == []
    held += papers
    (doubt,) = find_doubts(rule, within, TODAY, COUNTY, PUBLICITY)
    assert doubt.about == about
    assert word in doubt.what
    assert set(asked) == {within}


@pytest.mark.django_db
def test_a_directory_is_compared_with_files_one_may_see(archive):
    """What lies in the archive under the title is not missing."""
    held, _ = archive
    held += CASES["boxes_and_directories"][0]
    place = {"town": "钟宝镇", "village": "旧城村", "dossier": "DB", "year": "2018"}
    ArchivedFile.objects.create(
        path="a.pdf", size=1, mtime_ns=1, sha256="a", state="indexed", present=True,
        filing={"title": {"value": "低保初审公示单"}}, **place,
    )  # fmt: skip
    rule = rule_named("boxes_and_directories")
    assert find_doubts(rule, Q(town="钟宝镇"), TODAY, COUNTY, PUBLICITY) == []
    assert len(find_doubts(rule, Q(town="城关镇"), TODAY, COUNTY, PUBLICITY)) == 1


def test_a_check_of_no_name_is_none():
    """An address may name anything; each name is one check's."""
    assert rule_named("no_such") is None
    assert all(rule_named(rule.id) is rule for rule in RULES)
    assert all(rule.title and rule.how and rule.do for rule in RULES)
