"""A scan that was read becomes papers."""

import pytest

from minzheng.inbox.models import LaidFile, Original, PiecePage
from minzheng.inbox.papers import NumberedPage
from minzheng.inbox.sorting import check_numbers, label_of
from tests.inbox.conftest import (
    BLANK,
    FOLDER,
    coded,
    confirm_all,
    original,
    plain,
    remarks,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_second_scan_of_the_same_content_is_not_read(desk):
    """The content is known; the keeper is told that it was dealt with."""
    scan = desk.pdf("a.pdf", coded("DB-01"))
    content = scan.read_bytes()
    desk.run()
    confirm_all()
    desk.run()
    (desk.inbox / "b.pdf").write_bytes(content)
    again = desk.run()[-1]
    assert desk.readings() == ["a.pdf"]
    assert "已处理过" in remarks(again)
    assert again.is_certain is False


def test_pages_in_files_of_their_own_are_one_paper(desk):
    """A picture each page: put together in the order printed, laid as a folder of pages."""
    desk.picture("IMG_2.jpg", coded("DB-02", page=2, of=2))
    desk.picture("IMG_1.jpg", coded("DB-02", page=1, of=2))
    (paper,) = desk.run()
    assert [page.page_no for page in paper.pages.order_by("position")] == [1, 2]
    assert paper.is_certain is True
    confirm_all()
    desk.run()
    assert desk.in_archive() == [
        f"{FOLDER}/0001_{paper.title}/001.jpg", f"{FOLDER}/0001_{paper.title}/002.jpg",
    ]  # fmt: skip
    kept = {one.sha256 for one in LaidFile.objects.all()}
    assert kept == {one.sha256 for one in Original.objects.all()}


def test_a_folder_of_the_inbox_tells_the_village(desk):
    """As a hint with its reason; our code knows better and the contradiction is told."""
    desk.pdf("钟宝镇/旧城村/a.pdf", plain("收据 2018年5月7日"))
    desk.pdf("钟宝镇/民主村/b.pdf", coded("DB-01"))
    hinted, coded_paper = desk.run()
    assert (hinted.village, hinted.is_certain) == ("旧城村", False)
    assert "旧城村" in hinted.guesses["village"]["because"]
    assert coded_paper.village == "旧城村"
    assert "放在收件箱的“钟宝镇/民主村”里" in remarks(coded_paper)


def test_a_scan_of_blank_pages_is_told(desk):
    """There is nothing to file."""
    desk.pdf("a.pdf", BLANK, BLANK)
    assert desk.run() == []
    assert "空白页" in original().reason


def test_children_are_not_named_in_file_names(desk):
    """A dossier set apart is filed by its case number."""
    case = "ET-103200-2018-0001"
    desk.pdf("a.pdf", coded("ET-01", case, text="孤儿认定申请表\n姓名 测试童"))
    (paper,) = desk.run()
    assert case in paper.title
    assert "测试童" not in paper.title


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([(1, 3), (2, 3), (3, 3)], []),
        ([(1, 3), (3, 3)], ["缺第 2 页（共 3 页）"]),
        ([(1, 1), (1, 1)], ["印着第 1 页的有 2 张（A、B），请去掉重复的"]),
        ([(2, 2), (1, 2)], ["页的先后不对：现在依次是第 2、1 页"]),
        ([(1, 2), (None, None)], ["B印的页码看不清，请核对是否齐全、先后是否对"]),
        ([], []),
    ],
)
def test_printed_numbers_must_add_up(numbers, told):
    """None missing, none twice, in order; where one cannot be read no more is said."""
    pages = [NumberedPage(name, *one) for name, one in zip("ABC", numbers, strict=False)]
    assert [remark.text for remark in check_numbers(pages)] == told


def test_a_page_is_called_by_its_number_or_by_its_scan(desk):
    """Of a paper of several scans the name of each counts, and its page where it has more."""
    desk.pdf("a.pdf", coded("DB-02", page=1, of=2), BLANK)
    desk.picture("b.jpg", coded("DB-02", page=2, of=2))
    desk.run()
    pages = list(PiecePage.objects.order_by("original__path", "number"))
    assert [label_of(page, several=False) for page in pages] == ["原件第 1 页", "原件第 1 页"]
    assert [label_of(page, several=True) for page in pages] == ["“a.pdf”第 1 页", "“b.jpg”"]
