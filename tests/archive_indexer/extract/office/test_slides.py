"""Slides and what belongs to them."""

from pathlib import Path

import pytest

from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.office.slides import read_pptx
from tests.archive_indexer.extract.made_files import LIMITS, put, zip_of
from tests.archive_indexer.extract.office.made_documents import _SPACES


def slide(words: str) -> bytes:
    return f"<x {_SPACES}><a:p><a:r><a:t>{words}</a:t></a:r></a:p></x>".encode()


def test_a_broken_slide_leaves_the_others(tmp_path: Path):
    """Each is its page; as many as the limit allows, or the file says that they are too many."""
    slides = (("ppt/slides/slide1.xml", slide("甲")), ("ppt/slides/slide2.xml", b"<x>"))
    file = put(tmp_path, "a.pptx", zip_of(("ppt/presentation.xml", b"<x/>"), *slides))
    assert [page.text for page in read_pptx(file, LIMITS).pages] == ["甲", ""]
    with pytest.raises(UnreadableError, match="超过 1 张"):
        read_pptx(file, Limits(max_pages=1))
