"""What lay under a path before is kept, and found, only when something else replaced it."""

import pytest

from archive_indexer.documents import ArchiveFile, Filing
from archive_indexer.filing_store import keep_filing, mark_failed
from archive_indexer.models import ArchivedFile, PastContent

pytestmark = pytest.mark.django_db(transaction=True)


def file(sha256: str) -> ArchiveFile:
    return ArchiveFile("a.txt", 10, 20, sha256)


def since(path: str = "a.txt"):
    return ArchivedFile.objects.get(path=path).content_since


@pytest.mark.parametrize(
    ("first", "second", "is_replaced"),
    [(file("x"), file("y"), True), (file("x"), file("x"), False), (file(""), file("y"), False),
     (file("x"), None, False)],
)  # fmt: skip
def test_only_another_content_leaves_a_trace(first, second, is_replaced):
    """The same one, an unknown one, or a file that could not be read leave none."""
    assert keep_filing(first, Filing()).trace == ""
    came = since()
    if second is None:
        mark_failed("a.txt", "坏", second, Filing())
    else:
        assert bool(keep_filing(second, Filing()).trace) == is_replaced
    assert PastContent.objects.count() == is_replaced
    assert ArchivedFile.objects.count() == 1 + is_replaced
    is_same = second is not None and first.sha256 == second.sha256
    assert (since() == came) == is_same
    if is_replaced:
        trace = ArchivedFile.objects.exclude(path="a.txt").get()
        assert (trace.sha256, trace.present, trace.content_since) == ("x", False, came)


def test_a_content_that_lay_there_twice_has_one_trace():
    """Under the time it ended last."""
    for sha256 in ("x", "y", "x", "y"):
        keep_filing(file(sha256), Filing())
    traces = ArchivedFile.objects.exclude(path="a.txt")
    assert sorted(traces.values_list("sha256", flat=True)) == ["x", "y"]
    assert PastContent.objects.count() == 3
