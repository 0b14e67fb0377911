"""The numbers that Word makes of itself."""

import pytest
from lxml import etree

from archive_indexer.extract.office.list_numbers import ListCounter, Numbering
from archive_indexer.extract.office.word_story import story_lines
from tests.archive_indexer.extract.made.made_documents import _SPACES, p


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f"<w:lvl w:ilvl='{at}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>{more}"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
    )


def definition(name: int, content: str) -> str:
    return f"<w:abstractNum w:abstractNumId='{name}'>{content}</w:abstractNum>"


def num(name: int, kind: int, more: str = "") -> str:
    return f"<w:num w:numId='{name}'><w:abstractNumId w:val='{kind}'/>{more}</w:num>"


def begins(at: int, start: int) -> str:
    return f"<w:lvlOverride w:ilvl='{at}'><w:startOverride w:val='{start}'/></w:lvlOverride>"


def item(words: str, of: int | None, at: int = 0, style: str = "", more: str = "") -> str:
    """A paragraph that stands in a list by itself or by its style."""
    named = f"<w:pStyle w:val='{style}'/>" if style else ""
    stands = f"<w:numPr><w:ilvl w:val='{at}'/><w:numId w:val='{of}'/></w:numPr>"
    return p(words, f"<w:pPr>{named}{stands if of is not None else ''}{more}</w:pPr>")


def style(name: str, content: str = "", kind: str = "paragraph", more: str = "") -> str:
    return f"<w:style w:type='{kind}' w:styleId='{name}'{more}>{content}</w:style>"


def read(lists: str, body: str, styles: str = "") -> list[str]:
    made = [
        etree.fromstring(f"<w:x {_SPACES}>{content}</w:x>") for content in (lists, styles, body)
    ]
    counter = ListCounter(Numbering(made[0], made[1]))
    return [line for line in story_lines(made[2], counter) if line]


ARTICLES = definition(0, level(0, "chineseCountingThousand", "第%1条", "<w:suff w:val='space'/>"))
OUTLINE = definition(
    0,
    level(0, "chineseCounting", "%1、", "<w:suff w:val='nothing'/>")
    + level(1, "chineseCounting", "（%2）", "<w:suff w:val='nothing'/>")
    + level(2, "decimal", "%3."),
)


def test_the_articles_of_a_policy_are_numbered():
    """Between them stand paragraphs without a number."""
    body = item("总则", 1) + p("说明") + item("范围", 1) + item("标准", 1)
    assert read(ARTICLES + num(1, 0), body) == ["第一条 总则", "说明", "第二条 范围", "第三条 标准"]


def test_lower_levels_begin_anew():
    """Each behind the next higher one."""
    body = "".join(
        item("项", 1, at) for at in (0, 1, 1, 2, 0, 1, 2, 2)
    )  # fmt: skip
    assert read(OUTLINE + num(1, 0), body) == [
        "一、项", "（一）项", "（二）项", "1. 项", "二、项", "（一）项", "1. 项", "2. 项",
    ]  # fmt: skip


@pytest.mark.parametrize(("restart", "last"), [("0", "b)"), ("1", "b)"), ("2", "a)"), ("9", "a)")])
def test_a_level_may_go_on_behind_a_higher_one(restart: str, last: str):
    """It says behind which it begins anew: 0 behind none, 1 behind the highest only."""
    lists = definition(
        0,
        level(0, "decimal", "%1.") + level(1, "decimal", "%2.")
        + level(2, "lowerLetter", "%3)", f"<w:lvlRestart w:val='{restart}'/>"),
    )  # fmt: skip
    body = "".join(item("项", 1, at) for at in (0, 1, 2, 1, 2))
    assert read(lists + num(1, 0), body)[-1] == f"{last} 项"


def test_numbers_of_higher_levels_stand_before():
    """Each in its own form, or all in digits where the level says so."""
    lists = definition(
        0,
        level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2")
        + level(2, "decimalZero", "%1.%2.%3", "<w:isLgl/>"),
    )  # fmt: skip
    body = "".join(item("项", 1, at) for at in (0, 1, 2))
    assert read(lists + num(1, 0), body) == ["第一章 项", "一.1 项", "1.1.01 项"]


def test_a_level_that_is_left_out_counts_as_if_it_stood_there():
    """So Word does: the first heading behind a lower one is the second."""
    texts = enumerate(("%1", "%1.%2", "%1.%2.%3"))
    lists = definition(0, "".join(level(at, "decimal", text) for at, text in texts))
    body = "".join(item("项", 1, at) for at in (1, 1, 0, 2, 1))
    assert read(lists + num(1, 0), body) == ["1.1 项", "1.2 项", "2 项", "2.1.1 项", "2.2 项"]


def test_lists_of_one_definition_are_counted_together():
    """Until one of them says that it begins anew, which it does once."""
    lists = ARTICLES + num(1, 0) + num(2, 0) + num(3, 0, begins(0, 8))
    body = "".join(item("项", of) for of in (1, 2, 3, 3, 1))
    assert [line[1:-3] for line in read(lists, body)] == ["一", "二", "八", "九", "十"]


def test_a_list_may_look_different_from_its_definition():
    """One level of it."""
    other = f"<w:lvlOverride w:ilvl='0'>{level(0, 'decimal', '%1)')}</w:lvlOverride>"
    assert read(ARTICLES + num(1, 0, other), item("项", 1)) == ["1) 项"]


def test_headings_are_numbered_by_their_styles():
    """The level that names the style; a style that rests on it; not where the number is off."""
    lists = definition(
        0,
        level(0, "chineseCounting", "%1、", "<w:pStyle w:val='H1'/>")
        + level(1, "chineseCounting", "（%2）", "<w:pStyle w:val='H2'/>"),
    )  # fmt: skip
    stands = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    styles = (
        style("H1", stands) + style("H2", stands) + style("H2b", "<w:basedOn w:val='H2'/>")
        + style("ring", "<w:basedOn w:val='ring'/>")
    )  # fmt: skip
    body = (
        item("甲", None, style="H1") + item("乙", None, style="H2") + item("丙", None, style="H2b")
        + item("丁", 0, style="H1") + item("戊", None, style="H1") + item("己", None, style="ring")
    )  # fmt: skip
    assert read(lists + num(1, 0), body, styles) == [
        "一、 甲", "（一） 乙", "（二） 丙", "丁", "二、 戊", "己",
    ]  # fmt: skip


def test_paragraphs_without_a_style_have_the_ordinary_one():
    """It may stand in a list."""
    styles = style(
        "N", "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>", more=" w:default='1'"
    )
    assert read(ARTICLES + num(1, 0), p("项"), styles) == ["第一条 项"]


def test_a_style_of_lists_is_followed():
    """One definition refers to the style, another is it."""
    lists = (
        definition(0, "<w:numStyleLink w:val='L'/>")
        + definition(1, "<w:styleLink w:val='L'/>" + level(0, "upperRoman", "%1."))
        + definition(2, "<w:numStyleLink w:val='gone'/>")
    )
    styles = style("L", "<w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr>", "numbering")
    body = item("甲", 1) + item("乙", 2) + item("丙", 3)
    assert read(lists + num(1, 0) + num(2, 1) + num(3, 2), body, styles) == [
        "I. 甲", "II. 乙", "丙",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sign", "said"), [("\uf0b7", "项"), ("o", "项"), ("□", "□ 项"), ("※", "※ 项"), ("", "项")]
)
def test_bullets(sign: str, said: str):
    """Signs that only one font knows are none."""
    lists = definition(0, level(0, "bullet", sign))
    assert read(lists + num(1, 0), item("项", 1)) == [said]


def test_noughts_before_a_number():
    """A form of one's own, which older programs write in digits."""
    own = (
        "<mc:AlternateContent><mc:Choice><w:numFmt w:val='custom' w:format='001, 002, 003, ...'/>"
        "</mc:Choice><mc:Fallback><w:numFmt w:val='decimal'/></mc:Fallback></mc:AlternateContent>"
    )
    lists = f"<w:lvl w:ilvl='0'><w:start w:val='7'/>{own}<w:lvlText w:val='%1'/></w:lvl>"
    assert read(definition(0, lists) + num(1, 0), item("项", 1)) == ["007 项"]


def test_a_column_of_numbers_in_a_table():
    """Its cells hold nothing else; what lies under a merged cell is not counted."""
    lists = definition(0, level(0, "decimal", "%1")) + num(1, 0)

    def row(words: str, merged: str = "") -> str:
        return f"<w:tr><w:tc>{merged}{item('', 1)}</w:tc><w:tc>{p(words)}</w:tc></w:tr>"

    under = "<w:tcPr><w:vMerge/></w:tcPr>"
    first = "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"
    body = f"<w:tbl>{row('甲', first)}{row('乙', under)}{row('丙')}</w:tbl>"
    assert read(lists, body) == ["1 甲", "1 乙", "2 丙"]


def test_boxes_are_counted_apart_from_the_text_beside_them():
    """All of them together."""
    box = f"<w:r><w:pict><w:txbxContent>{item('框', 1)}</w:txbxContent></w:pict></w:r>"
    body = item("甲", 1) + p("乙", box) + item("丙", 1) + p("丁", box)
    assert read(ARTICLES + num(1, 0), body) == [
        "第一条 甲", "乙", "第一条 框", "第二条 丙", "丁", "第二条 框",
    ]  # fmt: skip


@pytest.mark.parametrize("gone", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_what_was_struck_out_or_hidden_is_not_counted(gone: str):
    """The next one has its number."""
    body = item("甲", 1, more=f"<w:rPr>{gone}</w:rPr>") + item("乙", 1)
    assert read(ARTICLES + num(1, 0), body) == ["甲", "第一条 乙"]


def test_word_of_2003_wrote_down_its_numbers():
    """They are taken as they stand."""
    listed = "<w:pPr><w:listPr><w:ilvl w:val='0'/><w:t w:val='第三条'/></w:listPr></w:pPr>"
    assert read("", p("标准", listed)) == ["第三条 标准"]


def test_a_list_that_is_defined_nowhere_gives_no_number():
    """Nor does a level that has none."""
    assert read(ARTICLES + num(1, 9) + num(2, 0), item("甲", 1) + item("乙", 2, 3)) == ["甲", "乙"]
