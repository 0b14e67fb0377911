"""The body of an issued file is found in it, with its sum, and not unpacked."""

import io
import zipfile
import zlib

import pytest

from filler.word.joining.framed_body import own_number
from filler.word.joining.framed_records import RecordFrame
from filler.word.joining.record_package import RecordPackage

DOCUMENT = "word/document.xml"


@pytest.fixture
def papers(fill, visits):
    """Three visit forms, as they are issued."""
    return [fill("ZF-01", one) for one in visits(3)]


def body_in(docx):
    """What stands between the body's beginning and its last paragraph."""
    data = zipfile.ZipFile(io.BytesIO(docx)).read(DOCUMENT)
    return data[data.index(b"<w:body>") + len(b"<w:body>") : data.rindex(b"<w:p>")]


def test_the_body_of_another_record_is_found_with_its_sum(papers):
    """By what stands before and behind it in one of them."""
    frame = RecordFrame.of(RecordPackage.open(papers[0].docx), DOCUMENT)
    for paper in papers[1:]:
        piece, body = frame.body_of(RecordPackage.open(paper.docx), DOCUMENT), body_in(paper.docx)
        assert zlib.decompressobj(-zlib.MAX_WBITS).decompress(piece.data) == body
        assert (piece.crc, piece.size) == (zlib.crc32(body), len(body))


def test_the_documents_own_number_is_read_in_its_body(papers):
    """Each has the one of its case."""
    frame = RecordFrame.of(RecordPackage.open(papers[0].docx), DOCUMENT)
    for paper in papers:
        piece = frame.body_of(RecordPackage.open(paper.docx), DOCUMENT)
        code = f"MZ:ZF-01:V{paper.version}:{paper.case_no}"
        assert frame.own_number(piece).decode() == own_number(code)


def test_a_record_of_another_form_has_no_such_body(papers, fill, answers_of):
    """Nor has one that is packed as any other program packs it."""
    frame = RecordFrame.of(RecordPackage.open(papers[0].docx), DOCUMENT)
    other = RecordPackage.open(fill("GL-02", answers_of("GL-02")).docx)
    assert other.framed(DOCUMENT)
    assert frame.body_of(other, DOCUMENT) is None
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT, b"<w:document/>")
    usual = RecordPackage.open(out.getvalue())
    assert frame.body_of(usual, DOCUMENT) is None
    assert RecordFrame.of(usual, DOCUMENT) is None
