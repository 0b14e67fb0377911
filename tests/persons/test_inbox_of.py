"""Scans of the inbox in which a person was found."""

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.stores import contents
from minzheng.inbox.models import Original
from minzheng.persons.inbox_of import inbox_of
from tests.persons.conftest import ID, NAME, OTHER_ID, WHOM


def scan(sha256: str, text: str, path: str = "扫描.pdf") -> Original:
    contents.keep_content(sha256, Extraction("pdf", (ExtractedPage(1, text),)))
    return Original.objects.create(path=path, sha256=sha256, size=1, mtime_ns=1)


def test_scans_are_found_by_what_was_read_of_them(db):
    """They stand in no index; people of one name are told apart here, too."""
    own = scan("a" * 64, f"户主 {NAME} {ID}")
    named = scan("b" * 64, "照片", f"{NAME}.jpg")
    scan("c" * 64, f"户主 {NAME} {OTHER_ID}")
    found = {one.number: one for one in inbox_of(WHOM)}
    assert set(found) == {own.pk, named.pk}
    assert [found[one.pk].is_sure for one in (own, named)] == [True, False]
    assert found[own.pk].told["页"] == "1"
