"""Names on papers, in places and in sentences, and what stands just beside them."""

import pytest

from archive_indexer.documents import ExtractedPage, TextLine
from archive_indexer.filing.name_or_label import Naming
from archive_indexer.filing.paper_people import Found, find_people, with_record
from minzheng.county.registry.paper_words import PaperWords

WORDS = PaperWords(
    chief=frozenset({"户主", "申请人"}), others=frozenset({"代理人"}), columns=frozenset({"姓名"}),
    staff=frozenset({"职务"}), lists=frozenset({"名单"}), before_names=("申请人", "成员"),
    archive_no=frozenset(), amounts=frozenset(), dates=frozenset(),
    not_names=frozenset({"高中"}), surnames=frozenset({"张", "李", "王", "高"}), papers=(),
)  # fmt: skip
PRINTED = {"序号", "性别", "年龄", "备注", "职务", "家庭人口", "与户主关系", "高血压"}
NAMING = Naming.of(WORDS, PRINTED)


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


def test_the_record_stands_before_what_was_read():
    """Without a record nothing changes."""
    read = find_people([ExtractedPage(1, "户主 张三\n代理人 李四")], NAMING)
    assert with_record(read, (), "1") == read
    known = with_record(read, ("李四", "王五"), "1")
    assert [one.value for one in known.persons] == ["李四", "王五", "张三"]
    assert known.chief.value == "李四"
    assert with_record(Found((), None), ("王五",), "1").chief.confidence == 1.0


@pytest.mark.parametrize(
    ("text", "is_name", "is_label", "is_any", "begins"),
    [
        ("张三", True, False, False, False), ("户主：", False, True, True, True),
        ("代理人", False, True, True, True), ("姓 名", False, True, True, True),
        ("性别", False, False, True, True), ("高血", False, False, False, True),
        ("高血压", False, False, True, True), ("高", False, False, False, False),
        ("高中", False, False, False, False),
    ],
)  # fmt: skip
def test_labels_beginnings_and_names_are_told_apart(text, is_name, is_label, is_any, begins):
    """A label that runs over two lines is no name in its first."""
    assert NAMING.is_name(text) == is_name
    assert NAMING.is_label(text) == is_label
    assert NAMING.is_any_label(text) == is_any
    assert NAMING.begins_label(text) == begins
    assert NAMING.is_chief(text) == (text == "户主：")
