"""Words in shapes, charts and descriptions."""

import pytest
from lxml import etree

from archive_indexer.extract.office.drawings import chart_lines, described, drawn_lines
from tests.archive_indexer.extract.made.made_documents import _SPACES


def root(content: str) -> etree._Element:
    return etree.fromstring(f"<x {_SPACES}>{content}</x>")


def test_a_paragraph_of_a_shape_is_a_line():
    """Its pieces run on, a break in it is a space."""
    pieces = ("测试", "甲", "", "乙")
    runs = "".join(f"<a:r><a:t>{one}</a:t></a:r>" if one else "<a:br/>" for one in pieces)
    shape = f"<a:p>{runs}</a:p>"
    assert list(drawn_lines(root(shape))) == ["测试甲 乙"]
    twice = (
        f"<mc:AlternateContent><mc:Choice>{shape}</mc:Choice>"
        f"<mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent>"
    )
    assert list(drawn_lines(root(twice))) == ["测试甲 乙"]
    assert list(drawn_lines(root(shape.replace("a:", "w:")))) == []


def test_a_series_of_a_chart_is_a_line():
    """Its name, its categories, its values."""
    series = (
        "<c:ser><c:tx><c:v>人数</c:v></c:tx><c:cat><c:pt><c:v>旧城村</c:v></c:pt></c:cat>"
        "<c:val><c:pt><c:v>12</c:v></c:pt></c:val></c:ser>"
    )
    assert list(chart_lines(root(series))) == ["人数 旧城村 12"]
    # charts of today hold the name apart from the values
    today = "<c:series><c:tx><c:txData><c:v>户数</c:v></c:txData></c:tx></c:series>"
    assert list(chart_lines(root(today))) == ["户数"]


@pytest.mark.parametrize(
    ("given", "told"),
    [("descr='户主照片'", ["户主照片"]), ("descr='IMG_01.JPG'", []), ("descr=''", []),
     ("title='标题' descr='说明'", ["标题", "说明"])],
)  # fmt: skip
def test_a_description_is_told_and_a_file_name_is_none(given: str, told: list[str]):
    """What was written for those who cannot see the picture."""
    assert list(described(root(f"<wp:docPr {given}/>"))) == told
