"""Whom a paper is about, and what else stands on it in fields."""

import pytest

from archive_indexer.documents import ExtractedPage, Filing, TextLine
from archive_indexer.filing.classify import Known, classify
from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.county import read_county

COUNTY = read_county()
KNOWN = Known(COUNTY, read_form_marks(TEMPLATES_FOLDER))
GOOD_ID, BAD_ID = "11010519491231002X", "110105194912310021"


def filed(text: str, path: str = "x.txt", **known) -> Filing:
    return classify(path, (ExtractedPage(1, text),), KNOWN)


def names(filing: Filing) -> list[str]:
    return [one.value for one in filing.persons]


def page_of(*placed: tuple[str, float, float]) -> ExtractedPage:
    """A page of words with their places: left and top."""
    lines = tuple(
        TextLine(text, (left, top, left + 0.02 * len(text), top + 0.02))
        for text, left, top in placed
    )
    return ExtractedPage(1, "\n".join(line.text for line in lines), lines, "ocr")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("户主 张三 性别 男", ["张三"]),
        ("申请人：欧阳建国　2019年3月5日", ["欧阳建国"]),
        ("户主:测试杨发香一组 家庭人口4人", ["测试杨发香"]),
        ("患者：罗先贵旧城村二组", ["罗先贵"]),
        ("乙方:冯有财丙方(特困人员):郑翠花", ["郑翠花"]),
        ("申请人李小雨（身份证号110105…）于今日提出", ["李小雨"]),
        ("与共同生活的家庭成员周桂兰每月发放", ["周桂兰"]),
        ("姓名 阿依古丽·买买提 性别 女", ["阿依古丽·买买提"]),
        ("户主 姓名 身份证号 家庭 人口", []),
        ("姓名 性别 健康 高中 文盲", []),
        ("户主 农村 姓名 务农", []),
        ("姓名 钟宝镇 户主 旧城村", []),
        ("负责人：王明 经办人：刘洋", []),
    ],
)
def test_people_stand_in_labelled_fields(text, expected):
    """What is printed on forms, places and officials are nobody."""
    assert names(filed(text)) == expected


def test_every_row_of_a_roster_names_somebody():
    """Empty cells leave no gap in a text; the list's staff is left out."""
    text = (
        f"序号 户主姓名 身份证号 人口\n1 张三 {GOOD_ID} 2\n2 李四 {BAD_ID} 1\n"
        "姓名 单位 职务 签字\n王五 民政办 干事"
    )
    filing = filed(text)
    assert names(filing) == ["张三", "李四"]
    assert filing.person is None
    assert filing.persons[0].because == "第 1 页名册“户主姓名”一列"


def test_a_value_stands_right_of_its_label_and_a_column_below_its_heading():
    """Whatever the order in which the words were read."""
    page = page_of(
        ("姓名", 0.1, 0.1), ("性别", 0.5, 0.1), ("男", 0.6, 0.1), ("赵国明", 0.2, 0.1),
        ("姓名", 0.1, 0.3), ("与户主", 0.3, 0.3), ("身份证号", 0.6, 0.3),
        ("配偶", 0.3, 0.35), ("钱秀英", 0.09, 0.35), ("长子", 0.3, 0.4), ("赵建军", 0.09, 0.4),
        ("备注", 0.1, 0.5), ("孙大芳", 0.1, 0.55),
    )  # fmt: skip
    filing = classify("x.jpg", (page,), KNOWN)
    assert names(filing) == ["赵国明", "钱秀英", "赵建军"]
    assert (filing.person.value, filing.person.confidence) == ("赵国明", 0.95)


def test_the_record_of_an_issued_case_says_who():
    """Before what was read; what was read stays."""
    known = Known(COUNTY, {}, lambda case_no: ("张三", "李四"))
    page = ExtractedPage(1, "姓名 王五 性别", codes=("MZ:DB-02:V1:DB-103200-2018-0001",))
    filing = classify("x.jpg", (page,), known)
    assert names(filing) == ["张三", "李四", "王五"]
    assert filing.person.value == "张三"
    assert filing.person.because == "案件 DB-103200-2018-0001 出具时的登记"


def test_a_code_tells_form_version_case_and_page():
    """And which of its pages these are."""
    pages = (
        ExtractedPage(1, "第1页/共3页", codes=("MZ:DB-02:V1:DB-103200-2018-0001",)),
        ExtractedPage(2, "第 2 页／共 3 页"),
    )
    filing = classify("x.jpg", pages, KNOWN)
    assert (filing.form_version.value, filing.form_page.value) == ("1", "1-2/3")
    assert {filing.form_id.source, filing.village.source, filing.year.source} == {"code"}


def test_numbers_amounts_and_dates_have_reasons():
    """A wrong check digit makes an ID doubtful; areas of land are no money."""
    filing = filed(
        f"身份证号 {GOOD_ID}\n身份证号 {BAD_ID}\n补差额 285.62\n承包地（亩） 2.40\n"
        "共计 1,250.5 元\n申请日期 2018年4月2日 2018-05 月 2018年6月"
    )
    assert [(one.value, one.confidence) for one in filing.ids] == [(GOOD_ID, 0.99), (BAD_ID, 0.4)]
    amounts = {one.value: one.because for one in filing.amounts}
    assert amounts == {"285.62": "第 1 页“补差额”栏", "1250.50": "第 1 页，后面写着“元”"}
    assert [one.value for one in filing.dates] == ["2018-04-02", "2018-06"]
    assert filing.dates[0].because == "第 1 页“申请日期”栏"


@pytest.mark.parametrize(
    ("text", "path", "number", "because"),
    [
        ("档号 J012-WS·2018-D10-DB-0001 页数 3", "x.jpg", "J012-WS·2018-D10-DB-0001", "“档号”栏"),
        ("档号：DB-103200-2018-0001", "x.jpg", "DB-103200-2018-0001", "“档号”栏"),
        ("盒签\n610927103200-WS.2018-Y-DB-0003-005", "x.jpg",
         "610927103200-WS·2018-Y-DB-0003-005", "写法是档号"),
        ("正文", "J012-WS·2018-D10-DB-0001-002.jpg", "J012-WS·2018-D10-DB-0001-002", "文件名"),
        ("J012-WS·2018-D10-DB-0001\nJ012-WS·2018-D10-DB-0002", "x.jpg", "", ""),
        ("档号 页数 备注", "x.jpg", "", ""),
    ],
)  # fmt: skip
def test_the_archive_number_is_read_in_its_shape(text, path, number, because):
    """From its field, from a box label, from the file's name; a list has none of its own."""
    found = filed(text, path).archive_no
    assert (found.value if found else "") == number
    assert because in (found.because if found else "")


@pytest.mark.parametrize(
    ("text", "kind", "person"),
    [
        ("姓名 张三\n性别 男 民族 汉\n出生 1949年12月31日\n住址 镇坪县\n公民身份号码 1101",
         "居民身份证（人像面）", "张三"),
        ("中华人民共和国\n居民身份证\n签发机关 镇坪县公安局\n有效期限 长期",
         "居民身份证（国徽面）", ""),
        ("常住人口登记卡\n姓名 李四 户主或与户主关系 长子\n曾用名 性别 男\n籍贯 出生地",
         "户口簿", "李四"),
        ("申请书\n本人身份证、户口簿已交", "", ""),
        ("请携带居民身份证、户口簿办理", "", ""),
    ],
)  # fmt: skip
def test_common_papers_are_known_by_their_words(text, kind, person):
    """And bear that name where the file's name tells nothing."""
    filing = filed(text, "钟宝镇/旧城村/IMG_1.jpg")
    assert (filing.paper.value if filing.paper else "") == kind
    assert (filing.person.value if filing.person else "") == person
    assert filing.title.value == (kind or "IMG_1")
