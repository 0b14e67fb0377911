"""A page with its picture, for which the room is kept."""

import pytest

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.errors import PageNotShownError
from archive_indexer.stores import contents
from minzheng.accounts.models import Role
from minzheng.web.archive import page_shown


@pytest.mark.parametrize(("turns", "room"), [(0, (200, 300)), (1, (300, 200)), (2, (200, 300))])
def test_the_room_of_a_scan_is_kept_while_it_loads(sign_in, scans, turns, room):
    """As it stands upright."""
    page = ExtractedPage(1, "字", origin="ocr", turns=turns)
    contents.keep_content(scans[0].sha256, Extraction("tiff", (page,)))
    shown = sign_in(Role.INSPECTOR).get(f"/files/{scans[0].pk}").content.decode()
    assert 'width="{}" height="{}"'.format(*room) in shown


def test_a_scan_turned_by_its_reader_keeps_no_wrong_room(sign_in, scans):
    """Its height is known when it is there."""
    shown = sign_in(Role.INSPECTOR).get(f"/files/{scans[0].pk}?turn=1").content.decode()
    assert "page-image" in shown
    assert 'height="300"' not in shown


def test_a_damaged_scan_is_shown_as_before(sign_in, scans, monkeypatch):
    """Without a room; its text is there."""

    def fail(*_):
        raise PageNotShownError

    monkeypatch.setattr(page_shown, "page_shape", fail)
    shown = sign_in(Role.INSPECTOR).get(f"/files/{scans[0].pk}").content.decode()
    assert "page-image" in shown
    assert 'height="300"' not in shown
