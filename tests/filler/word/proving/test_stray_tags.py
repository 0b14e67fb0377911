"""Tags where nothing is filled in are named with their place."""

import io
import zipfile

import pytest

from filler.word.proving.stray_tags import find_described_tags, find_stray_tags

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def package(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def told(name, xml):
    return [str(one) for one in find_stray_tags(package(**{name: xml}), "x.docx")]


@pytest.mark.parametrize(
    ("name", "xml", "place"),
    [
        ("word/diagrams/data1.xml", f"<d {A}><a:p><a:r><a:t>{{{{ b</a:t></a:r><a:r><a:t> }}}}</a:t>"
         "</a:r></a:p></d>", "SmartArt 图"),
        ("word/charts/chart1.xml", "<c><v>{{ b }}</v></c>", "图表"),
        ("word/comments.xml", "<w><t>见 {{ b }}</t></w>", "批注"),
        ("word/drawings/d.xml", '<w><x descr="{{ b }}"/></w>', "图形"),
    ],
)  # fmt: skip
def test_a_tag_in_a_drawing_or_a_comment_is_named(name, xml, place):
    """Cut into runs or not, as text or as a description; once each."""
    (problem,) = told(name, xml)
    assert problem.startswith(f"x.docx {place}：标签 {{{{ b }}}} 写在不会填写的地方。移到正文")


@pytest.mark.parametrize(
    ("name", "xml"),
    [
        ("word/document.xml", "<w>{{ b }}</w>"), ("word/footer12.xml", "<w>{{ b }}</w>"),
        ("customXml/item1.xml", "<w>{{ b }}</w>"), ("word/comments.xml", "<w>{b} 100%</w>"),
        ("word/comments.xml", "<w>{{ b }}"),
    ],
)  # fmt: skip
def test_nothing_else_is(name, xml):
    """What is filled in, what other programs keep, what is no tag, what is damaged."""
    assert told(name, xml) == []


VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'


@pytest.mark.parametrize("said", ["alt", "title"])
def test_a_tag_in_what_is_said_of_an_old_picture_is_named(said):
    """It would stand there for ever, seen by nobody."""
    xml = f'<w {VML}><v:shape {said}="{{{{ pic }}}}"/></w>'
    (problem,) = find_described_tags(package(**{"word/document.xml": xml}), "x.docx")
    assert "标签 {{ pic }} 写在图片的替代文字里" in str(problem)


@pytest.mark.parametrize("xml", [f'<w {VML}><v:shape alt="{{甲}}"/>{{{{ a }}}}</w>', "<w>{{ b }}"])
def test_nothing_else_of_an_old_picture_is(xml):
    """Braces of other kinds; a part that is damaged."""
    assert list(find_described_tags(package(**{"word/document.xml": xml}), "x.docx")) == []
