"""Pages come back from the store as they were read."""

import pytest

from archive_indexer.documents import ExtractedPage, Extraction, Seal, SignaturePlace, TextLine
from archive_indexer.stores import contents


@pytest.mark.django_db
def test_a_page_comes_back_as_it_was_read():
    """Lines with their raw readings, seals, signatures, codes and turns included."""
    box = (0.1, 0.2, 0.3, 0.4)
    page = ExtractedPage(
        number=1,
        text="身份证号11010519491231002X\n测试",
        lines=(
            TextLine("身份证号11010519491231002X", box, 0.9, "身份证号11O10519491231002X"),
            TextLine("测试", box, 0.8),
        ),
        origin="ocr",
        confidence=0.85,
        codes=("MZ1",),
        turns=2,
        signatures=(SignaturePlace("申请人签字", box, "看不清"),),
        seals=(Seal(box, "#c41c20", "镇坪县测试用印样章"), Seal(box, "#c41c20")),
    )
    contents.keep_content("a" * 64, Extraction("pdf", (page,)))
    assert contents.page_of("a" * 64, 1) == page
    assert contents.content_of("a" * 64) == Extraction("pdf", (page,))
