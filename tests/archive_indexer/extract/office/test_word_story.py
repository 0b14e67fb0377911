"""The stories of a Word document."""

import pytest
from lxml import etree

from archive_indexer.extract.office.word_story import story_lines
from tests.archive_indexer.extract.made.made_documents import _SPACES, p


def read(content: str) -> list[str]:
    story = etree.fromstring(f"<w:body {_SPACES}>{content}</w:body>")
    return [line for line in story_lines(story) if line]


def test_signs_in_a_line():
    """Tabs, breaks, hyphens, ticked boxes of two kinds."""
    run = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/>"
        "<w:sym w:font='Wingdings' w:char='F0FE'/><w:t>是</w:t>"
        "<w:sym w:font='Wingdings' w:char='F0A8'/><w:t>否</w:t></w:r></w:p>"
    )
    assert read(run) == ["甲\t乙\n丙-☑是☐否"]


@pytest.mark.parametrize(
    ("box", "sign"),
    [("<w:checked/>", "☑"), ("<w:checked w:val='0'/>", "☐"), ("<w:default w:val='1'/>", "☑"),
     ("<w:default w:val='1'/><w:checked w:val='0'/>", "☐"), ("", "☐")],
)  # fmt: skip
def test_a_box_of_an_old_form(box: str, sign: str):
    """What was ticked counts before what was ticked from the beginning."""
    field = f"<w:fldChar><w:ffData><w:checkBox>{box}</w:checkBox></w:ffData></w:fldChar>"
    assert read(f"<w:p><w:r>{field}<w:t>同意</w:t></w:r></w:p>") == [f"{sign}同意"]


def test_a_row_is_a_line_and_boxes_come_after_their_paragraph():
    """Cells in their order, several paragraphs of a cell too."""
    cells = f"<w:tc>{p('姓名')}</w:tc><w:tc>{p('测试')}{p('甲')}</w:tc>"
    box = f"<w:r><w:pict><w:txbxContent>{p('框内')}</w:txbxContent></w:pict></w:r>"
    assert read(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>{p('框外', box)}") == [
        "姓名 测试 甲", "框外", "框内",
    ]  # fmt: skip


def test_a_cell_over_several_rows_is_told_in_each():
    """So that what stands beside it keeps its heading; the next such cell has its own."""

    def row(merge: str, first: str, second: str) -> str:
        merged = f"<w:tcPr><w:vMerge{merge}/></w:tcPr>"
        return f"<w:tr><w:tc>{merged}{p(first)}</w:tc><w:tc>{p(second)}</w:tc></w:tr>"

    rows = (
        row(" w:val='restart'", "村意见", "签字"), row("", "", "日期"),
        row(" w:val='restart'", "镇意见", "签字"),
    )  # fmt: skip
    assert read(f"<w:tbl>{''.join(rows)}</w:tbl>") == ["村意见 签字", "村意见 日期", "镇意见 签字"]


def test_of_two_drawings_of_the_same_one_is_read():
    """The second when the first says nothing."""
    empty = "<mc:Choice><w:drawing/></mc:Choice>"
    fallback = (
        f"<mc:Fallback><w:pict><w:txbxContent>{p('框内')}</w:txbxContent></w:pict></mc:Fallback>"
    )
    content = f"<mc:AlternateContent>{empty}{fallback}</mc:AlternateContent>"
    assert read(f"<w:p><w:r>{content}</w:r></w:p>") == ["框内"]


def test_the_strict_namespace_is_understood():
    """Some programs write it."""
    space = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    story = etree.fromstring(f'<body xmlns="{space}"><p><r><t>测试甲</t></r></p></body>')
    assert list(story_lines(story)) == ["测试甲"]
