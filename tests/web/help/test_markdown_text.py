"""The Markdown of the manual, checked against a reader of the whole language."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from minzheng.web.help.markdown_text import joined, pieces_of

MANUAL = Path(__file__).resolve().parents[3] / "docs" / "使用手册.md"


def drawn(text: str) -> str:
    """A text as HTML; a picture is drawn as what it shows."""
    return joined(pieces_of(text.splitlines(), lambda alt, address: f"[{alt}|{address}]"))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("### 一", "<h3>一</h3>"),
        ("一\n二", "<p>一二</p>"),
        ("a\nb", "<p>a b</p>"),
        ("**粗** `<b>` <i>", "<p><strong>粗</strong> <code>&lt;b&gt;</code> &lt;i&gt;</p>"),
        ("[甲](/a?b=1&c)", '<p><a href="/a?b=1&amp;c">甲</a></p>'),
        ("1. 一\n2. 二", "<ol><li>一</li><li>二</li></ol>"),
        ("3. 三", '<ol start="3"><li>三</li></ol>'),
        ("引\n- 一\n- 二", "<p>引</p>\n<ul><li>一</li><li>二</li></ul>"),
        ("1. 一\n\n   二\n\n三", "<ol><li>一<p>二</p></li></ol>\n<p>三</p>"),
        ("1. 一\n   - 甲\n   - 乙", "<ol><li>一<ul><li>甲</li><li>乙</li></ul></li></ol>"),
        ("![图](a.png)", "<p>[图|a.png]</p>"),
        ("<!-- 页面 home -->", ""),
        (
            "| 甲 | 乙 |\n|---|---|\n| 1 | |",
            '<table class="plain"><thead><tr><th>甲</th><th>乙</th></tr></thead>'
            "<tbody><tr><td>1</td><td></td></tr></tbody></table>",
        ),
    ],
)
def test_what_the_manual_is_written_in(text, html):
    """Each kind of block; whatever is no Markdown is shown as it stands."""
    assert drawn(text) == html


def test_items_are_named_one_by_one():
    """So that a search leads to the item, not to the list."""
    pieces = pieces_of(["前", "", "1. 一", "2. 二"], lambda alt, address: "")
    assert joined(pieces, lambda number: f"p{number}") == (
        '<p id="p0">前</p>\n<ol><li id="p1">一</li><li id="p2">二</li></ol>'
    )


def bare(html: str) -> str:
    """The headings, items, cells, pictures and words of a page, in order, nothing else."""
    html = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"[\1]", html)
    html = re.sub(r"<!--.*?-->|<(?!h\d|li|td|th\b)[^>]*>", "", html)
    return "".join(re.sub(r"<(\w+)[^>]*>", r"<\1>", html).split())


def test_the_whole_manual_reads_as_in_full_markdown():
    """The same headings, items, cells, pictures and words in the same order."""
    text = MANUAL.read_text(encoding="utf-8")
    ours = joined(pieces_of(text.splitlines(), lambda alt, _: f'<img alt="{alt}">'))
    theirs = MarkdownIt("commonmark").enable("table").render(text)
    assert bare(ours) == bare(theirs)
    assert bare(ours).count("<li>") > 40
