"""Where one paper ends in a batch and the next begins."""

import pytest

from archive_indexer.documents import ExtractedPage
from minzheng.inbox.page_evidence import gather_evidence
from minzheng.inbox.papers import NumberedPage
from minzheng.inbox.sorting import check_numbers
from minzheng.inbox.split_pages import split_pages
from tests.inbox.conftest import BLANK, CASE, OTHER_CASE, _pages, coded, plain

TITLES = {"DB-01": "最低生活保障申请书", "DB-02": "低保审核审批表"}


def title_of(page: ExtractedPage) -> str:
    return next((form for form, title in TITLES.items() if page.text.startswith(title)), "")


def cut(*pages: dict) -> list[tuple[tuple[int, ...], str]]:
    """Pages of each paper, and what is told of it."""
    evidence = gather_evidence(_pages(pages), title_of)
    papers = []
    for paper in split_pages(evidence, TITLES):
        coded_pages = [
            NumberedPage(f"原件第 {one.number} 页", one.page_no, one.page_count)
            for one in paper.evidence
            if one.code
        ]
        told = [*paper.remarks, *check_numbers(coded_pages)]
        papers.append((paper.pages, "；".join(one.text for one in told)))
    return papers


def test_another_form_or_case_begins_a_paper():
    """Page 2 of the same paper does not."""
    assert cut(
        coded("DB-01"),
        coded("DB-02", page=1, of=2),
        coded("DB-02", page=2, of=2),
        coded("DB-01", OTHER_CASE),
    ) == [((1,), ""), ((2, 3), ""), ((4,), "")]


def test_pages_without_a_code_follow_as_enclosures():
    """And the keeper is told which they are."""
    assert cut(coded("DB-01"), plain("身份证复印件"), plain("诊断证明"), coded("DB-02")) == [
        ((1, 2, 3), "原件第 2、3 页没有二维码，按附件跟在这件后面"),
        ((4,), ""),
    ]


def test_a_known_title_without_a_code_begins_a_paper():
    """An old form does not hang on the one before it; a heading repeated does."""
    found = cut(coded("DB-01"), plain("低保审核审批表\n旧表"), plain("旧表第二页"))
    assert [pages for pages, _ in found] == [(1,), (2, 3)]
    assert "按标题“低保审核审批表”另作一件" in found[1][1]
    assert [pages for pages, _ in cut(coded("DB-01"), plain("最低生活保障申请书（续）"))] == [
        (1, 2)
    ]


def test_blank_backs_are_left_out_and_told():
    """At the beginning, too."""
    found = cut(BLANK, coded("DB-01", page=1, of=2), BLANK, coded("DB-01", page=2, of=2), BLANK)
    assert found == [((2, 4), "原件第 1、3、5 页空白，没有放进来")]
    assert cut(BLANK, BLANK) == []


@pytest.mark.parametrize(
    ("pages", "papers", "told"),
    [
        ([(1, 3), (3, 3)], [(1, 2)], "缺第 2 页（共 3 页）"),
        ([(2, 2)], [(1,)], "缺第 1 页（共 2 页）"),
        ([(2, 2), (1, 2)], [(1, 2)], "页的先后不对：现在依次是第 2、1 页"),
        ([(1, 2), (2, 2), (2, 2)], [(1, 2, 3)], "印着第 2 页的有 2 张（原件第 2 页、原件第 3 页）"),
        ([(1, 2), (2, 2), (1, 2), (2, 2)], [(1, 2), (3, 4)], "可能是重复扫描"),
    ],
)
def test_what_does_not_add_up_is_told(pages, papers, told):
    """Missing, double and disordered pages are never mended by guess."""
    found = cut(*(coded("DB-01", page=page, of=of) for page, of in pages))
    assert [one for one, _ in found] == papers
    assert told in "；".join(text for _, text in found)


def test_a_paper_torn_apart_is_told():
    """Page 2 comes only after another paper."""
    found = cut(coded("DB-01", page=1, of=2), coded("DB-02"), coded("DB-01", page=2, of=2))
    assert [pages for pages, _ in found] == [(1,), (2,), (3,)]
    assert "缺第 2 页" in found[0][1]
    assert "与前面第 1 件是同一份表" in found[2][1]


def test_blank_forms_of_several_households_stay_apart():
    """Without a case, page 1 begins the next household's form."""
    found = cut(
        coded("DB-01", "", 1, 2), coded("DB-01", "", 2, 2),
        coded("DB-01", "", 1, 2), coded("DB-01", "", 2, 2),
    )  # fmt: skip
    assert [pages for pages, _ in found] == [(1, 2), (3, 4)]


def test_a_page_number_that_cannot_be_read_is_told():
    """The code alone says which paper it is."""
    page = coded("DB-01", page=2, of=2)
    page["text"] = "第 页"
    found = cut(coded("DB-01", page=1, of=2), page)
    assert found == [((1, 2), "原件第 2 页印的页码看不清，请核对是否齐全、先后是否对")]


def test_the_printed_line_counts_where_the_qr_is_spoilt():
    """But somebody must look."""
    page = coded("DB-01") | {"codes": []}
    assert cut(page) == [((1,), "二维码看不清，编号是从页脚文字读出的")]
    assert gather_evidence(_pages([page]), title_of)[0].code.case_no == CASE


def test_how_pages_lie_is_told():
    """They are shown upright."""
    turned = coded("DB-01", page=1, of=2) | {"turns": 2}
    lying = coded("DB-01", page=2, of=2) | {"turns": 1}
    told = cut(turned, lying)[0][1]
    assert "原件第 1 页上下颠倒" in told
    assert "原件第 2 页横放" in told


def test_a_scan_without_any_code_is_one_paper():
    """A keeper takes it apart."""
    assert cut(plain("甲"), plain("乙")) == [((1, 2), "没有二维码，请核对是不是一件、要不要拆开")]


def test_the_same_enclosure_twice_is_told():
    """Scanners feed a sheet twice."""
    text = "诊断证明书 测试甲 镇坪县医院 二〇一八年五月七日 慢性病"
    assert "像是同一页扫了两次" in cut(coded("DB-01"), plain(text), plain(text))[0][1]
