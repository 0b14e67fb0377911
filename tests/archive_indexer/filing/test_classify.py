"""Where a paper belongs."""

import pytest

from archive_indexer.documents import ExtractedPage, Filing
from archive_indexer.filing.classify import Known, classify
from minzheng.county.county import read_county
from minzheng.county.form_marks import FormMarks

COUNTY = read_county()
FORMS = {
    "DB-01": FormMarks("最低生活保障申请书"),
    "DB-02": FormMarks("最低生活保障审核{era}表"),
}


def file_it(path: str, text: str = "", *codes: str) -> Filing:
    pages = (ExtractedPage(1, text, codes=codes),)
    return classify(path, pages, Known(read_county(), FORMS))


def test_the_qr_code_speaks_first():
    """A case number gives village, dossier and year against path and text."""
    filing = file_it("城关镇/蔬菜村/五保/2011年/x.jpg", "", "MZ:DB-02:V1:DB-103200-2018-0001")
    assert filing.form_id.value == "DB-02"
    assert (filing.town.value, filing.village.value) == ("钟宝镇", "旧城村")
    assert (filing.dossier.value, filing.year.value) == ("DB", "2018")
    assert filing.case_no.value == "DB-103200-2018-0001"
    assert filing.village.confidence == 1.0
    assert "二维码" in filing.village.because


def test_the_printed_code_line_speaks_when_the_qr_is_lost():
    """The line at the foot of a page is nearly as good."""
    filing = file_it("x.jpg", "COM-03 v1 DB-103200-2018-0001 第1页/共2页")
    assert filing.form_id.value == "COM-03"
    assert filing.dossier.value == "DB"
    assert filing.village.confidence < 1.0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("钟宝镇/旧城村/01低保/2018年/测试甲/IMG_1.jpg", ("钟宝镇", "旧城村", "DB", "2018")),
        ("钟宝镇/旧城村委会/五保/20170305.pdf", ("钟宝镇", "旧城村", "TK", "2017")),
        ("鍾寶鎮/舊城村/臨時救助 2019/a.tif", ("钟宝镇", "旧城村", "LS", "2019")),
    ],
)
def test_the_path_speaks_next(path: str, expected: tuple[str, str, str, str]):
    """Folders name town, village, dossier and year."""
    filing = file_it(path)
    guesses = (filing.town, filing.village, filing.dossier, filing.year)
    assert tuple(guess.value for guess in guesses) == expected
    assert all(guess.because for guess in guesses)


def test_a_persons_folder_names_the_person():
    """The folder of a household is the person's name."""
    assert file_it("钟宝镇/旧城村/01低保/2018年/测试甲/1.jpg").person.value == "测试甲"
    assert file_it("钟宝镇/旧城村/新建文件夹/1.jpg").person is None


def test_the_text_speaks_last():
    """Without path and code the text gives place, dossier, year, person and form."""
    text = "最低生活保障申请书\n姓名 测试乙 性别 男\n钟宝镇旧城村\n1949年12月31日\n2018年5月7日"
    filing = file_it("IMG_20180507.jpg".replace("20180507", "1"), text)
    assert filing.village.value == "旧城村"
    assert filing.dossier.value == "DB"
    assert filing.year.value == "2018"
    assert filing.person.value == "测试乙"
    assert filing.form_id.value == "DB-01"
    assert filing.title.value == "最低生活保障申请书"


def test_nothing_known_is_none():
    """A paper that says nothing is filed nowhere, under its file's name."""
    filing = file_it("a.jpg", "无关文字")
    assert filing.town is None
    assert filing.village is None
    assert filing.title.value == "a"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("申请人：测试吴德才　2019年3月5日", "测试吴德才"),
        ("户主:测试杨发香 一组", "测试杨发香"),
        ("姓名 测试周桂兰 性别 女", "测试周桂兰"),
        ("户主 姓名 身份证号 家庭 人口", ""),
    ],
)
def test_a_person_is_read_from_a_label_but_not_from_a_heading(text, name):
    """Either colon; the word after a label may itself be a label."""
    found = file_it("a.jpg", text)
    assert (found.person.value if found.person else "") == name


def test_a_dossiers_folder_is_no_person():
    """低保 has the length of a name."""
    assert file_it("钟宝镇/旧城村/01低保/x.jpg").person is None


def test_a_title_that_is_only_a_placeholder_is_no_title():
    """The spine of a box prints its dossier's name: any paper would fit it."""
    pages = (ExtractedPage(1, "旧城村低保户名单\n序号 姓名"),)
    forms = {"ZH-06B": FormMarks("{dossier}"), "X-01": FormMarks("{a}单")}
    assert classify("x.xls", pages, Known(read_county(), forms)).form_id is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("申请登记表", "申请登记表"), ("登记 表", "x"), ("申请 登记表", "申请登记表"),
        ("甲" * 39 + "表", "甲" * 39 + "表"), ("甲" * 40 + "表", "x"), ("低保公示（一）", "x"),
        ("低保名单）", "低保名单）"), ("无关\n" * 11 + "申请登记表", "申请登记表"),
        ("无关\n" * 12 + "申请登记表", "x"), ("申请登记表格", "x"),
    ],
)  # fmt: skip
def test_a_title_stands_in_the_first_twelve_lines(text, title):
    """Of four signs to forty, with an ending that titles have."""
    assert file_it("x.jpg", text).title.value == title


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("钟宝镇/x.jpg", "钟宝镇旧城村", ("钟宝镇", "旧城村")),
        ("钟宝镇/x.jpg", "", ("钟宝镇", "")),
        ("城关镇/x.jpg", "钟宝镇旧城村", ("城关镇", "")), ("x.jpg", "钟宝镇", ("钟宝镇", "")),
        ("钟宝镇/旧城村/x.jpg", "城关镇", ("钟宝镇", "旧城村")), ("x.jpg", "", ("", "")),
        ("钟宝镇/x.jpg", "城关镇", ("钟宝镇", "")),
    ],
)  # fmt: skip
def test_a_text_names_the_village_when_the_path_does_not_speak_against_it(path, text, place):
    """The town of the path holds."""
    filing = file_it(path, text)
    found = (filing.town, filing.village)
    assert tuple(guess.value if guess else "" for guess in found) == place


@pytest.mark.parametrize(
    ("path", "text", "year"),
    [
        ("2018年/x.jpg", "2019年5月7日", "2018"), ("20180507.jpg", "", "2018"),
        ("120180507.jpg", "", "2018"), ("x.jpg", "1949年12月31日 2018年5月7日", "2018"),
        ("x.jpg", "2018年5月7日 2017年5月7日", "2018"), ("x.jpg", "2018年度", "2018"),
        ("x.jpg", "2018年13月7日", "2018"), ("x.jpg", "1979年", ""), ("x.jpg", "2050年", ""),
        ("x.jpg", "", ""),
    ],
)  # fmt: skip
def test_the_year_is_that_of_the_path_or_of_the_latest_day(path, text, year):
    """A birthday comes before it."""
    found = file_it(path, text).year
    assert (found.value if found else "") == year


@pytest.mark.parametrize(
    ("path", "person"),
    [
        ("钟宝镇/测试甲/x.jpg", "测试甲"), ("01、测试甲/x.jpg", "测试甲"),
        ("测试甲/扫描/x.jpg", "测试甲"),
        ("测试甲.jpg", ""), ("甲/x.jpg", ""), ("测试甲乙丙/x.jpg", ""), ("旧城村/x.jpg", ""),
        ("测试材料/x.jpg", ""), ("测试甲/测试乙/x.jpg", "测试乙"),
    ],
)  # fmt: skip
def test_the_innermost_folder_called_like_a_person_names_one(path, person):
    """Not the file, no place, no dossier, no word of folders."""
    found = file_it(path).person
    assert (found.value if found else "") == person


@pytest.mark.parametrize(
    ("path", "text", "dossier", "sure"),
    [
        ("低保/x.jpg", "", "DB", 0.9), ("低保.jpg", "", "DB", 0.8), ("x.jpg", "低保", "DB", 0.6),
        ("x.jpg", "无\n" * 7 + "低保", "DB", 0.6), ("x.jpg", "无\n" * 8 + "低保", "", 0),
        ("五保/低保.jpg", "", "TK", 0.9),
    ],
)  # fmt: skip
def test_a_dossier_is_named_by_the_folder_then_the_file_then_the_text(path, text, dossier, sure):
    """By the first eight lines of it."""
    found = file_it(path, text).dossier
    assert (found.value if found else "", found.confidence if found else 0) == (dossier, sure)


def test_a_paper_without_a_chinese_name_is_called_what_it_is():
    """One that has a name keeps it; a form of ours is called by its title."""
    card = "常住人口登记卡\n姓名 李四 户主或与户主关系 长子\n曾用名 性别 男\n籍贯 出生地"
    assert file_it("IMG_1.jpg", card).title.value == "户口簿"
    assert file_it("李四的.jpg", card).title.value == "李四的"
    coded = file_it("x.jpg", "", "MZ:DB-01:V1:DB-103200-2018-0001")
    assert coded.title.value == "最低生活保障申请书"
    assert file_it("x.jpg", "", "MZ:TK-01:V1").title.value == "x"
