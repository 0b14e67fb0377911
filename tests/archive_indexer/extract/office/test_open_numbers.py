"""The numbers that OpenDocument programs make of themselves."""

from pathlib import Path

import pytest

from archive_indexer.extract.office.open_document import read_opendocument
from tests.archive_indexer.extract.made.made_documents import _ODF_SPACES
from tests.archive_indexer.extract.made.made_files import LIMITS, put, zip_of


def level(at: int, look: str, within: str = "") -> str:
    return (
        f"<text:list-level-style-number text:level='{at}' {look}>{within}"
        "</text:list-level-style-number>"
    )


def styled(name: str, *levels: str) -> str:
    return f"<text:list-style style:name='{name}'>{''.join(levels)}</text:list-style>"


def listed(*items: str, how: str = "text:style-name='L'") -> str:
    return f"<text:list {how}>{''.join(items)}</text:list>"


def item(words: str, within: str = "", how: str = "") -> str:
    return f"<text:list-item {how}><text:p>{words}</text:p>{within}</text:list-item>"


@pytest.fixture
def read(tmp_path: Path):
    def lines(styles: str, body: str) -> list[str]:
        common = f"<office:x {_ODF_SPACES}>{styles}</office:x>"
        content = f"<office:x {_ODF_SPACES}><office:body>{body}</office:body></office:x>"
        package = zip_of(("styles.xml", common.encode()), ("content.xml", content.encode()))
        page = read_opendocument(put(tmp_path, "a.odt", package), LIMITS).pages[0]
        return page.text.splitlines()

    return lines


ARTICLES = styled(
    "L",
    level(1, "style:num-format='一, 二, 三, ...' style:num-prefix='第' style:num-suffix='条'"),
    level(2, "style:num-format='1' style:num-suffix='.' text:display-levels='2'"),
)


def test_items_are_numbered_at_their_first_paragraph(read):
    """Lists within them have numbers of their own, a heading of a list none."""
    within = listed(item("甲"), item("乙"), how="")
    body = listed(
        "<text:list-header><text:p>头</text:p></text:list-header>",
        item("总则", f"<text:p>说明</text:p>{within}"), item("标准", listed(item("丙"), how="")),
    )  # fmt: skip
    assert read(ARTICLES, body) == [
        "头", "第一条 总则", "说明", "一.1. 甲", "一.2. 乙", "第二条 标准", "二.1. 丙",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("how", "number"),
    [
        ("text:style-name='L'", "一"), ("text:style-name='L' text:continue-numbering='true'", "三"),
        ("text:style-name='L' text:continue-list='a'", "二"),
        ("text:style-name='M' text:continue-numbering='true'", "一"),
    ],
)  # fmt: skip
def test_a_list_may_go_on(read, how: str, number: str):
    """The last one of its style, or the one that is named; else it begins anew."""
    named = listed(item("甲"), how="text:style-name='L' xml:id='a'")
    other = listed(item("乙"), item("丙"))
    assert (
        read(
            ARTICLES + ARTICLES.replace("'L'", "'M'"), named + other + listed(item("丁"), how=how)
        )[-1]
        == f"第{number}条 丁"
    )


def test_an_item_may_say_its_number_or_look(read):
    """Those behind it go on from there."""
    styles = ARTICLES + styled("M", level(1, "style:num-format='A' style:num-suffix=')'"))
    body = listed(
        item("甲", how="text:start-value='5'"), item("乙"),
        item("丙", how="text:style-override='M'"),
    )  # fmt: skip
    assert read(styles, body) == ["第五条 甲", "第六条 乙", "G) 丙"]


def test_an_item_that_only_holds_a_list_has_no_number(read):
    """It counts as if it stood there."""
    held = f"<text:list-item>{listed(item('甲'), how='')}</text:list-item>"
    assert read(ARTICLES, listed(held, item("乙"))) == ["一.1. 甲", "第二条 乙"]


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ("style:num-format='①, ②, ③, ...'", "③ 项"),
        ("style:num-format='甲, 乙, 丙, ...'", "丙 项"),
        ("style:num-format='i' style:num-prefix='('", "(iii 项"), ("style:num-format='x'", "3 项"),
        ("style:num-format=''", "项"), ("text:bullet-char='•' style:num-format='1'", "• 项"),
        ("text:bullet-char='\uf0b7'", "项"),
        ("style:num-format='1' text:num-list-format='第%1%号'", "第3号 项"),
    ],
)  # fmt: skip
def test_forms(read, look: str, said: str):
    """Unknown ones in digits; the whole look may be written in one."""
    style = styled("L", level(1, f"{look} text:start-value='3'"))
    assert read(style, listed(item("项"))) == [said]


def test_what_stands_behind_a_number(read):
    """Nothing, where the style says so."""
    gap = (
        "<style:list-level-properties><style:list-level-label-alignment "
        "text:label-followed-by='nothing'/></style:list-level-properties>"
    )
    look = "style:num-format='一, 二, 三, ...' style:num-suffix='、'"
    assert read(styled("L", level(1, look, gap)), listed(item("总则"))) == ["一、总则"]


def test_headings_are_numbered_by_the_outline(read):
    """But those in a list by that, and those that say, or whose style says, they are none."""
    outline = "<text:outline-style>{}</text:outline-style>".format(
        "".join(
            f"<text:outline-level-style text:level='{at}' style:num-format='1' "
            f"text:display-levels='{at}'/>"
            for at in (1, 2)
        )
    )

    def heading(at: object, how: str = "") -> str:
        return f"<text:h text:outline-level='{at}' {how}>题</text:h>"

    body = (
        heading(1) + heading(2) + heading(1, "text:is-list-header='true'") + heading(1)
        + heading(1, "text:restart-numbering='true'") + heading("x")
        + heading(1, "text:style-name='P'")
        + listed(f"<text:list-item>{heading(2)}</text:list-item>")
    )  # fmt: skip
    plain = "<style:style style:name='P' style:list-style-name=''/><style:style style:name='Q'/>"
    assert read(outline + ARTICLES + plain, body) == [
        "1 题", "1.1 题", "题", "2 题", "1 题", "题", "题", "第一条 题",
    ]  # fmt: skip


def test_a_list_in_a_table_or_a_box(read):
    """Its numbers are read in reading order; a list without a style has none."""
    box = f"<text:p>框<draw:text-box>{listed(item('甲'))}</draw:text-box></text:p>"
    row = f"<table:table-row><table:table-cell>{listed(item('乙'))}</table:table-cell>"
    table = f"<table:table>{row}</table:table-row></table:table>"
    assert read(ARTICLES, box + table + listed(item("丙"), how="")) == [
        "框", "第一条 甲", "第一条 乙", "丙",
    ]  # fmt: skip
