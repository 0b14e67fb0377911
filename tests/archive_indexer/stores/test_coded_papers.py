"""Papers that bear a number of ours, and what is seen on them."""

import pytest

from archive_indexer.documents import ExtractedPage, Extraction, Seal
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import contents
from archive_indexer.stores.coded_papers import Looks, SeenPages, coded_papers
from tests.registers.records import scan

NUMBER = "GS-103200-2018-0001"


def test_papers_of_forms_and_of_cases(db):
    """Present ones only."""
    one, two = scan(NUMBER, "GS-01"), scan("GS-103200-2018-0002", "GS-03")
    assert [paper.number for paper in coded_papers()] == [one.pk, two.pk]
    assert [paper.number for paper in coded_papers(forms=["GS-03"])] == [two.pk]
    assert [paper.case_no for paper in coded_papers(case_nos=[NUMBER])] == [NUMBER]
    ArchivedFile.objects.filter(pk=one.pk).update(present=False)
    assert [paper.number for paper in coded_papers()] == [two.pk]


@pytest.mark.parametrize(
    ("origin", "looks"),
    [("ocr", Looks(True, ("镇坪县民政局", ""))), ("text_layer", Looks()), ("blank", Looks())],
)
def test_only_pictures_are_scans(db, origin, looks):
    """A file of our own making proves nothing."""
    paper = scan(NUMBER, "GS-01", ["镇坪县民政局", ""], origin)
    assert SeenPages().looks_of([paper.sha256]) == {paper.sha256: looks}


def test_what_is_read_again_is_seen_again(db):
    """The seal was found the second time."""
    paper, seen = scan(NUMBER, "GS-01"), SeenPages()
    assert seen.looks_of([paper.sha256])[paper.sha256].seals == ()
    page = ExtractedPage(1, "字", origin="ocr", seals=(Seal((0, 0, 1, 1), "#c41c20", "民政局"),))
    contents.keep_content(paper.sha256, Extraction("pdf", (page,)))
    assert seen.looks_of([paper.sha256])[paper.sha256].seals == ("民政局",)


def test_contents_nobody_read_are_no_scans(db):
    """And many are asked at once."""
    asked = [f"{number:064d}" for number in range(1100)]
    assert SeenPages().looks_of(asked) == dict.fromkeys(asked, Looks())
