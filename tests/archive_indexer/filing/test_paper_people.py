"""Whom a paper is about, and what else stands on it in fields."""

import pytest

from archive_indexer.documents import ExtractedPage, Filing, TextLine
from archive_indexer.filing import paper_people
from archive_indexer.filing.classify import Known, classify
from archive_indexer.filing.name_or_label import NamesAndLabels
from archive_indexer.filing.paper_people import PeopleFound, find_people, with_record
from filler.spec.marks_of_forms import read_form_marks
from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.county import read_county
from minzheng.county.registry.paper_words import PaperWords

KNOWN = Known(read_county(), read_form_marks(TEMPLATES_FOLDER))
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
    known = Known(read_county(), {}, lambda case_no: ("张三", "李四"))
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


WORDS = PaperWords(
    chief=frozenset({"户主", "申请人"}), others=frozenset({"代理人"}), columns=frozenset({"姓名"}),
    staff=frozenset({"职务"}), lists=frozenset({"名单"}), before_names=("申请人", "成员"),
    archive_no=frozenset(), amounts=frozenset(), dates=frozenset(),
    not_names=frozenset({"高中"}), surnames=frozenset({"张", "李", "王", "高"}), papers=(),
)  # fmt: skip


PRINTED = {"序号", "性别", "年龄", "备注", "职务", "家庭人口", "与户主关系", "高血压"}


NAMING = NamesAndLabels.of(WORDS, PRINTED)


def found(text: str, origin: str = "text") -> list[tuple[str, float]]:
    people = find_people([ExtractedPage(1, text, origin=origin)], NAMING)
    return [(one.value, one.confidence) for one in people.persons]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("户主 张三 性别", [("张三", 0.85)]), ("户主 高中 性别", []), ("户主 性别", []),
        ("户主 高血 张三", []), ("户主 张", []), ("户主|张三", [("张三", 0.85)]),
        ("代理人：李四，男", [("李四", 0.85)]), ("本案代理人：李四。", [("李四", 0.85)]),
        ("证人：李四。", []), ("户主：高中。", []), ("户主（签字）：张三", []),
        ("户主：张三\n申请人张三每月领取", [("张三", 0.85)]),
        ("申请人张三每月领取\n户主：张三", [("张三", 0.85)]), ("成员李四享受", [("李四", 0.75)]),
        ("成员高中享受", []), ("成员李四是好人", []), ("成员李四，", [("李四", 0.75)]),
        ("兹有申请人张三(身份证号1101", [("张三", 0.75)]), ("邻居张三(身份证号1101", []),
        ("救助名单\n1 张三\n2、李四\n3.王五 男", [("张三", 0.75), ("李四", 0.75), ("王五", 0.75)]),
        ("救助名单\n1 高中\n", []), ("救助说明\n1 张三\n", []), ("一 二 三 四 名单\n1 张三\n", []),
        ("一 二 三 名单\n1 张三\n", [("张三", 0.75)]),
        ("序号 姓名 性别\n1 张三 男\n2 李四 女", [("张三", 0.85), ("李四", 0.85)]),
        ("姓名 性别\n张三 男", []), ("姓名 性别 职务\n张三 男 干事", []),
        ("序号 姓名 性别\n1 张三 男\n完\n2 李四 女", [("张三", 0.85)]),
        ("序号 姓名 性别\n1 男 农业 张三", [("张三", 0.85)]),
        ("序号 姓名 性别\n1 男 农业 无 张三", []),
        ("序号 姓名 性别\n1 李四 张三", [("李四", 0.85)]), ("序号 姓名 性别\n张三", []),
        ("序号 性别 姓名\n1 男 无 张三 李四", [("张三", 0.85)]),
        ("序号 年龄 性别\n1 张三 男", []), ("序号 性别 张三 备注\n1 李四", []),
        ("序号 姓名 性别\n户主 张三\n1 李四 男", [("张三", 0.85), ("李四", 0.85)]),
    ],
)  # fmt: skip
def test_a_name_stands_where_names_stand(text, people):
    """And as surely as its place tells."""
    assert found(text) == people


def test_a_scan_may_part_a_sentence_anywhere():
    """A text that was typed does not."""
    assert found("成员李\n四享受", "ocr") == [("李四", 0.75)]
    assert found("成员李\n四享受") == []


@pytest.mark.parametrize(
    ("text", "chief"),
    [
        ("户主 张三", "张三"), ("代理人 李四\n户主 张三", "张三"), ("代理人 李四\n代理人 王五", ""),
        ("代理人 李四", "李四"), ("户主 张三\n申请人 李四", "张三"),
        ("申请人李四（身份证号", "李四"),
        ("成员李四（身份证号\n成员王五（身份证号", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_paper_is_about_its_first_chief_or_its_only_person(text, chief):
    """Who then stands first."""
    people = find_people([ExtractedPage(1, text)], NAMING)
    assert (people.chief.value if people.chief else "") == chief
    assert not chief or people.persons[0].value == chief


@pytest.mark.parametrize(
    ("pages", "chief"),
    [
        (["申请人 ■■■\n姓名 李四"], ""),
        (["申请人 ■■■\n代理人 李四"], ""),
        (["■■■■■■", "姓名 李四"], ""),
        (["户主 张三\n成员 ■■■\n代理人 李四"], "张三"),
        (["■低保 □特困\n户主 张三"], "张三"),
    ],
)
def test_whoever_stands_behind_an_erased_person_is_not_the_one_a_paper_is_about(pages, chief):
    """The household of somebody erased would be filed under its next member."""
    read = [ExtractedPage(number, text) for number, text in enumerate(pages, start=1)]
    people = find_people(read, NAMING)
    assert (people.chief.value if people.chief else "") == chief


def page(*placed: tuple[str, float, float], sure: float = 1.0) -> list[tuple[str, float]]:
    """Who is found by place alone: the words have no order."""
    lines = tuple(
        TextLine(text, (left, top, left + 0.02 * len(text), top + 0.02), sure)
        for text, left, top in placed
    )
    people = find_people([ExtractedPage(1, "", lines, "ocr")], NAMING)
    return [(one.value, one.confidence) for one in people.persons]


@pytest.mark.parametrize(
    ("left", "top", "is_found"),
    [(0.2, 0.1, True), (0.2, 0.1099, True), (0.2, 0.1101, False), (0.2, 0.0901, True),
     (0.2, 0.0899, False), (0.131, 0.1, True), (0.129, 0.1, False)],
)  # fmt: skip
def test_a_value_stands_right_of_its_label_in_one_row(left, top, is_found):
    """Half the height of the lower must be shared."""
    assert page(("户主", 0.1, 0.1), ("张三", left, top)) == ([("张三", 0.95)] if is_found else [])


def test_the_nearest_word_is_the_value():
    """Another name further off is not."""
    assert page(("户主", 0.1, 0.1), ("李四", 0.6, 0.1), ("张三", 0.2, 0.1)) == [("张三", 0.95)]
    assert page(("户主", 0.1, 0.1), ("无", 0.2, 0.1), ("张三", 0.6, 0.1)) == []


@pytest.mark.parametrize(
    ("left", "top", "is_found"),
    [(0.1, 0.2, True), (0.141, 0.2, True), (0.143, 0.2, False), (0.059, 0.2, True),
     (0.057, 0.2, False), (0.1, 0.1151, True), (0.1, 0.1149, False)],
)  # fmt: skip
def test_a_column_reaches_a_little_beside_its_heading(left, top, is_found):
    """And begins below it."""
    assert page(("姓名", 0.1, 0.1), ("性别", 0.3, 0.1), ("张三", left, top)) == (
        [("张三", 0.9)] if is_found else []
    )


def test_a_column_ends_at_the_next_label_and_is_no_list_of_officials():
    """What is no name is passed over."""
    rows = [("李四", 0.1, 0.3), ("高中", 0.1, 0.25), ("张三", 0.1, 0.2)]
    assert page(("姓名", 0.1, 0.1), *rows) == [("张三", 0.9), ("李四", 0.9)]
    ended = [*rows, ("备注", 0.1, 0.27)]
    assert page(("姓名", 0.1, 0.1), *ended) == [("张三", 0.9)]
    assert page(("姓名", 0.1, 0.1), ("职务", 0.5, 0.1), *rows) == []
    assert page(("姓名", 0.1, 0.1), ("农业", 0.5, 0.1), *rows) == []
    assert page(("代理人", 0.1, 0.1), *rows) == []


@pytest.mark.parametrize(("sure", "confidence"), [(0.97, 0.95), (0.6, 0.6), (0.1, 0.3)])
def test_nobody_is_surer_than_his_line_was_read(sure, confidence):
    """But for a least."""
    assert page(("户主", 0.1, 0.1), ("张三", 0.2, 0.1), sure=sure) == [("张三", confidence)]


def test_the_surest_reason_is_kept_on_every_page():
    """Wherever it stands."""
    pages = [ExtractedPage(1, "成员张三享受"), ExtractedPage(2, "户主 张三"),
             ExtractedPage(3, "成员张三享受")]  # fmt: skip
    (one,) = find_people(pages, NAMING).persons
    assert (one.confidence, one.because) == (0.85, "第 2 页“户主”栏")
    (one,) = find_people([pages[2], pages[0]], NAMING).persons
    assert one.because == "第 3 页正文“成员”之后"  # of equal ones the first


def test_the_record_stands_before_what_was_read():
    """Without a record nothing changes."""
    read = find_people([ExtractedPage(1, "户主 张三\n代理人 李四")], NAMING)
    assert with_record(read, (), "1") == read
    known = with_record(read, ("李四", "王五"), "1")
    assert [one.value for one in known.persons] == ["李四", "王五", "张三"]
    assert known.chief.value == "李四"
    assert with_record(PeopleFound((), None), ("王五",), "1").chief.confidence == 1.0


@pytest.mark.parametrize(("top", "is_found"), [(0.1, True), (0.109, True), (0.1151, False)])
def test_a_small_value_may_stand_beside_a_tall_label(top, is_found):
    """Half the height of the lower of the two must be shared, whichever it is."""
    label = TextLine("户主", (0.1, 0.08, 0.14, 0.12))
    value = TextLine("张三", (0.2, top, 0.24, top + 0.01))
    found = find_people([ExtractedPage(1, "", (label, value), "ocr")], NAMING).persons
    assert [one.value for one in found] == (["张三"] if is_found else [])


def box_line(text, *box):
    return TextLine(text, box)


def by_boxes(*lines):
    people = find_people([ExtractedPage(1, "", tuple(lines), "ocr")], NAMING)
    return [one.value for one in people.persons]


@pytest.mark.parametrize(
    ("left", "top", "is_found"),
    [(0.5, 0.375, True), (0.5, 0.376, False), (0.25 - 0.01, 0.25, True),
     (0.25 - 0.0101, 0.25, False)],
)  # fmt: skip
def test_a_value_begins_at_the_end_of_its_label_and_shares_half_its_height(left, top, is_found):
    """To the hair's breadth."""
    label = box_line("户主", 0.125, 0.25, 0.25, 0.5)
    found = by_boxes(label, box_line("张三", left, top, left + 0.125, top + 0.25))
    assert found == (["张三"] if is_found else [])


@pytest.mark.parametrize(
    ("middle", "fits"),
    [(0.5, True), (0.375, True), (0.374, False), (0.625, True), (0.626, False)],
)
def test_a_name_stands_below_a_heading_within_its_reach(middle, fits):
    """A wide name a quarter of its width further off."""
    assert paper_people._fits(box_line("张三", 0.375, 0.5, 0.625, 0.6), middle, 0.0625) == fits


def test_a_column_begins_just_below_its_heading():
    """To the hair's breadth."""
    heading = (box_line("姓名", 0.25, 0.25, 0.375, 0.5), box_line("性别", 0.75, 0.25, 0.875, 0.5))
    for top, is_found in ((0.5 - 0.005, True), (0.5 - 0.0051, False)):
        found = by_boxes(*heading, box_line("张三", 0.25, top, 0.375, top + 0.25))
        assert found == (["张三"] if is_found else [])


def test_lines_without_places_are_read_in_their_order_alone():
    """All of them lie at one place: nothing stands right of anything."""
    lines = tuple(box_line(text, 0.1, 0.1, 0.2, 0.2) for text in ("户主", "张三"))
    people = find_people([ExtractedPage(1, "", lines, "ocr")], NAMING)
    assert people.persons == ()


def test_a_list_may_be_so_long_and_no_longer(monkeypatch):
    """Who is known already may still be found more surely."""
    monkeypatch.setattr(paper_people, "_MOST", 2)
    pages = [ExtractedPage(1, "成员张三享受\n成员李四享受\n成员王五享受"),
             ExtractedPage(2, "户主 张三\n代理人 王五")]  # fmt: skip
    found = find_people(pages, NAMING)
    assert [(one.value, one.confidence) for one in found.persons] == [
        ("张三", 0.85),
        ("李四", 0.75),
    ]
    assert found.chief.value == "张三"
