"""Slides and what belongs to them."""

from pathlib import Path

import pytest

from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.office.slides import read_pptx
from tests.archive_indexer.extract.made.made_documents import _SPACES, relations
from tests.archive_indexer.extract.made.made_files import LIMITS, put, zip_of


def slide(words: str) -> bytes:
    return f"<x {_SPACES}><a:p><a:r><a:t>{words}</a:t></a:r></a:p></x>".encode()


def test_a_broken_slide_leaves_the_others(tmp_path: Path):
    """Each is its page; as many as the limit allows, or the file says that they are too many."""
    slides = (("ppt/slides/slide1.xml", slide("甲")), ("ppt/slides/slide2.xml", b"<x>"))
    file = put(tmp_path, "a.pptx", zip_of(("ppt/presentation.xml", b"<x/>"), *slides))
    assert [page.text for page in read_pptx(file, LIMITS).pages] == ["甲", ""]
    with pytest.raises(UnreadableError, match="超过 1 张"):
        read_pptx(file, Limits(max_pages=1))


def test_slides_follow_one_another_as_they_are_shown(tmp_path: Path):
    """Not by their names; one that stands nowhere in the row comes last."""
    row = f"<x {_SPACES}><p:sldId id='9' r:id='rId2'/><p:sldId r:id='rId1'/></x>"
    named = (("slide", "slides/slide1.xml"), ("slide", "slides/other.xml"))
    file = put(tmp_path, "a.pptx", zip_of(
        ("ppt/presentation.xml", row.encode()),
        ("ppt/_rels/presentation.xml.rels", relations(*named)),
        ("ppt/slides/slide1.xml", slide("甲")), ("ppt/slides/other.xml", slide("乙")),
        ("ppt/slides/slide3.xml", slide("丙")),
    ))  # fmt: skip
    assert [page.text for page in read_pptx(file, LIMITS).pages] == ["乙", "甲", "丙"]


def test_a_table_laid_in_is_told_and_one_behind_a_chart_is_not(tmp_path: Path):
    """What a chart shows was read."""
    file = put(tmp_path, "a.pptx", zip_of(
        ("ppt/presentation.xml", b"<x/>"), ("ppt/slides/slide1.xml", slide("甲")),
        ("ppt/slides/_rels/slide1.xml.rels", relations(("package", "../embeddings/a.xlsx"))),
        ("ppt/charts/_rels/c.xml.rels", relations(("package", "../embeddings/b.xlsx"))),
        ("ppt/charts/c.xml", b"<x/>"), ("ppt/embeddings/a.xlsx", b"x"),
        ("ppt/embeddings/b.xlsx", b"x"),
    ))  # fmt: skip
    assert read_pptx(file, LIMITS).pages[0].unread == ("含 1 个嵌入的文件或对象，未识别",)
