"""Our code on the pages of a file."""

import pytest

from archive_indexer.documents import ExtractedPage
from archive_indexer.filing.page_code import find_code, form_page
from minzheng.county.form_code import FormCode

CODE = FormCode("DB-01", "1", "DB-103200-2018-0001")
OTHER = FormCode("DB-02", "1", "DB-103200-2018-0002")


def test_a_qr_code_of_a_later_page_goes_before_a_printed_line():
    """A line may be read wrong, a QR code may not."""
    pages = [
        ExtractedPage(1, OTHER.line()),
        ExtractedPage(2, "", codes=("https://x", CODE.qr_text())),
    ]
    found = find_code(pages)
    assert (found.code, found.because) == (CODE, "第 2 页二维码")
    assert found.case["year"] == "2018"
    assert found.guess("DB").source == "code"
    line = find_code(pages[:1])
    assert (line.code, line.because) == (OTHER, "第 1 页页脚编号")
    assert line.confidence < found.confidence


def test_no_code_is_none():
    """Nor is one of somebody else."""
    assert find_code([ExtractedPage(1, "低保申请", codes=("https://x",))]) is None


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["第1页/共2页"], "1/2"),
        (["第 1 页／共 3 页", "", "第3页 共3页"], "1-3/3"),
        (["没有页码"], None),
    ],
)
def test_the_pages_of_the_form_are_told(texts, told):
    """One, or from the first to the last that is there."""
    pages = [ExtractedPage(at, text, codes=(CODE.qr_text(),)) for at, text in enumerate(texts, 1)]
    guess = form_page(find_code(pages), pages)
    assert (guess.value if guess else None) == told
    assert form_page(None, pages) is None
