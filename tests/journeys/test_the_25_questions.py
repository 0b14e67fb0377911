"""The 25 questions of inspectors, asked of the sample village at the inspector's desk.

Each is answered by the link of its line in 检查清单; what must be found is known, since the
village was made so (script/samples). What cannot be answered would stand in NOT_YET with the
words a search needs for it: once a search knows them, the list is wrong and must change.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from archive_indexer.asking.query_fields import FIELDS
from minzheng.county.registry.questions import load_questions
from tests.journeys.served_office import Office, new_page, sign_in

pytestmark = pytest.mark.journey

NAMED, PAID = "测试周桂兰", "测试吴德才"
ID, ACCOUNT, CERTIFICATE = "11010519491231002X", "6217000000000001002", "61092719700130013142"
VILLAGE = {"village": "103200", "year": "2018"}

#: Question → what is chosen in the list, and the ends of the paths that must be found, all and
#: only these.
FOUND = {
    3: (VILLAGE, ["08公示/2018年/公示栏照片.jpg"]),
    4: (VILLAGE | {"name": NAMED}, ["审批表(盖章).tif"]),
    6: (VILLAGE | {"quarter": "2"}, ["评议会记录.txt"]),
    7: ({"village": "103202"}, ["并村档案说明.txt"]),
    8: ({"year": "2019"}, ["发放说明.txt"]),
    10: (VILLAGE, ["近亲属备案.docx"]),
    12: (VILLAGE | {"quarter": "2"}, ["停发告知书.docx"]),
    14: ({"number": CERTIFICATE}, ["两补审批.jpg"]),
    16: (VILLAGE, ["信访登记.docx"]),
    18: ({"year": "2018"}, ["销号台账.docx"]),
    20: (VILLAGE, ["专柜登记卡.docx"]),
    21: ({}, ["政策汇编目录.docx"]),
    22: ({"number": ACCOUNT}, ["扫描全能王 2018-07-02 10.22.pdf"]),
    23: (VILLAGE | {"quarter": "3"}, ["公示栏照片.jpg"]),
    24: (VILLAGE, ["冬春救助名册.pdf"]),
}
#: Question → what is chosen, and what the page it leads to must say.
SAID = {
    1: (
        {"name": NAMED},
        ["的有 2 人", "钟宝镇旧城村", "城关镇蔬菜村", "002X", "0020", "评议\n已归档 2018-4-12"],
    ),
    2: ({"number": ID}, ["旧城村", "最低生活保障申请书", "审批表(盖章).tif", "扫描全能王"]),
    5: ({"name": NAMED}, ["社会救助入户调查表", "共 4 件"]),
    9: ({"name": PAID}, ["2019 年临时救助 · 发放表 2 份，合计 1000.00 元"]),
    11: (VILLAGE, ["1 条疑点", "测试唐远志", "死亡日期2018年5月5日，2018年6月的名单上还有"]),
    13: (VILLAGE, ["1 条疑点", "测试杨发香", "没有签收日期"]),
    15: (VILLAGE, ["异议登记.docx", "公示情况报告.txt"]),
    17: (VILLAGE, ["4 条疑点", "ZB-2018-003（金岭村）", "整改中"]),
    19: (VILLAGE, ["1 条疑点", "测试赵明义", "照料协议2019年5月31日到期"]),
    25: (VILLAGE, ["目录上有 5 件，只找到 4 件", "旧城村低保审核公示单"]),
}
#: Question → why not, and the words of a search that would answer it.
NOT_YET: dict[int, tuple[str, tuple[str, ...]]] = {}


@pytest.fixture(scope="module")
def inspector(browser: Browser, office: Office) -> Iterator[Page]:
    """At the desk when everything has been read."""
    page = new_page(browser, office)
    sign_in(page, office, "jiancha")
    office.wait_until_read()
    yield page
    page.context.close()


def follow(page: Page, number: int, given: dict[str, str]) -> str:
    """Open the list, click the line's link: the text of the page it leads to."""
    page.goto(f"/checklist?{urlencode(given)}")
    with page.expect_navigation():
        page.locator(f"#q{number} a.button").click()
    return page.locator("main").inner_text()


def test_every_question_is_answered_here_or_listed_with_its_reason():
    """Nothing is left out, and nothing stands in two lists."""
    numbers = [*FOUND, *SAID, *NOT_YET]
    assert sorted(numbers) == [one.no for one in load_questions()]
    listed = {one.no: one.not_yet for one in load_questions() if one.not_yet}
    assert listed == {number: why for number, (why, _) in NOT_YET.items()}
    known = [name for _, words in NOT_YET.values() for name in FIELDS if name in words]
    assert known == [], "a search knows these words now"


@pytest.mark.parametrize("number", FOUND)
def test_just_these_papers_answer(inspector: Page, number: int):
    """All of them and no other."""
    given, ends = FOUND[number]
    follow(inspector, number, given)
    paths = inspector.locator(".hit .path").all_inner_texts()
    found = [path for path in paths if "第" in path]
    assert len(found) == len(ends), found
    for end in ends:
        assert any(end in path for path in found), (end, found)


@pytest.mark.parametrize("number", SAID)
def test_the_page_says_the_answer(inspector: Page, number: int):
    """In so many words."""
    given, words = SAID[number]
    shown = follow(inspector, number, given)
    for word in words:
        assert word in shown, (word, shown)


def test_the_versions_of_a_regulation_stand_in_the_list_itself(inspector: Page):
    """Until when each holds."""
    inspector.goto("/checklist")
    line = inspector.locator("#q21").inner_text()
    assert "民发〔2016〕178号：2016-10-10 起，至 2021-06-30 止" in line
    assert "民发〔2021〕43号：2021-07-01 起，现行有效" in line
