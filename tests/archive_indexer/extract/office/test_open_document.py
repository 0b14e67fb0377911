"""OpenDocument files."""

from pathlib import Path

import pytest
from lxml import etree

from archive_indexer.extract.limits import UnreadableError
from archive_indexer.extract.office.open_document import read_opendocument, remarks_in
from tests.archive_indexer.extract.made_files import LIMITS, put, zip_of
from tests.archive_indexer.extract.office.made_documents import _ODF_SPACES


def test_an_encrypted_document_says_so(tmp_path: Path):
    """Its content is no XML then."""
    manifest = b"<m><file-entry><encryption-data/></file-entry></m>"
    package = zip_of(("META-INF/manifest.xml", manifest), ("content.xml", b"\1\2"))
    with pytest.raises(UnreadableError, match="已加密"):
        read_opendocument(put(tmp_path, "a.odt", package), LIMITS)


def test_the_remarks_of_a_sheet_are_told_without_its_cells():
    """Cells are read elsewhere."""
    content = etree.fromstring(
        f"<office:x {_ODF_SPACES}><table:table-cell><office:annotation><text:p>已核</text:p>"
        "</office:annotation><text:p>格</text:p></table:table-cell>"
        "<draw:text-box><text:p>框内</text:p></draw:text-box></office:x>"
    )
    assert remarks_in(content) == ["批注：已核", "框内"]
