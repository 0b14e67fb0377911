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
    return classify(path, pages, Known(COUNTY, FORMS))


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
    assert classify("x.xls", pages, Known(COUNTY, forms)).form_id is None
