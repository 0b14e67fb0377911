"""Pages of a scan as a file of their own."""

import errno

import pytest
from pypdf import PdfReader

from minzheng.inbox.cut_file import CutJob, CuttingChild
from minzheng.inbox.errors import CannotLayError
from tests.inbox.conftest import coded, plain


@pytest.fixture(scope="module")
def child():
    child = CuttingChild()
    yield child
    child.stop()


def test_a_child_cuts_pages_in_the_order_asked(desk, child, tmp_path):
    """And is used again for the next."""
    scan = desk.pdf("a.pdf", *[coded("DB-01")] * 3)
    for pages in ((3, 1), (2,)):
        child.cut(CutJob(scan, "pdf", pages, 3, tmp_path / "b.pdf"))
        widths = [page.mediabox.width - 100 for page in PdfReader(tmp_path / "b.pdf").pages]
        assert widths == list(pages)


def test_a_scan_that_cannot_be_taken_apart_says_so(desk, child, tmp_path):
    """Broken ones, and kinds of one page only."""
    broken = tmp_path / "broken"
    broken.write_bytes(b"%PDF-1.7 broken")
    for kind in ("pdf", "tiff", "jpg"):
        with pytest.raises(CannotLayError, match=r"一整件处理|拆开"):
            child.cut(CutJob(broken, kind, (2,), 3, tmp_path / "b"))


def test_trouble_of_the_disk_comes_back_from_the_child(desk, child, tmp_path):
    """As it was, with its number."""
    scan = desk.pdf("a.pdf", plain("a"), plain("b"))
    with pytest.raises(OSError, match="No such file") as caught:
        child.cut(CutJob(scan, "pdf", (2,), 2, tmp_path / "missing" / "b.pdf"))
    assert caught.value.errno == errno.ENOENT


def test_a_child_that_takes_too_long_is_stopped(desk, tmp_path):
    """The paper waits with the reason; the service goes on."""
    child = CuttingChild(seconds=0.0)
    scan = desk.pdf("a.pdf", plain("a"), plain("b"))
    with pytest.raises(CannotLayError, match="用时或内存过多"):
        child.cut(CutJob(scan, "pdf", (2,), 2, tmp_path / "b.pdf"))
    child.stop()
