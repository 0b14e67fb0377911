"""Pictures of pages: what cannot be drawn is not there, and the log says why."""

import logging

import pytest
from django.http import Http404

from minzheng.web.gate.page_pictures import draw_or_404, give_picture


def test_a_fault_inside_a_reader_is_written_down(caplog):
    """A page that is missing to whoever looks, a line for whoever mends it."""

    def draw() -> bytes:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR), pytest.raises(Http404):
        draw_or_404(draw)
    (record,) = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


@pytest.mark.parametrize("gone", [Http404, FileNotFoundError])
def test_a_file_that_is_gone_is_no_fault(caplog, gone):
    """Nothing to mend, no line."""

    def draw() -> bytes:
        raise gone

    with pytest.raises(Http404):
        draw_or_404(draw)
    assert not caplog.records


def test_a_picture_is_kept_by_its_own_browser_only():
    """For ten minutes."""
    answer = give_picture(draw_or_404(lambda: b"\xff\xd8"))
    assert (answer.content, answer["Content-Type"]) == (b"\xff\xd8", "image/jpeg")
    assert answer["Cache-Control"] == "private, max-age=600"


def test_a_damaged_scan_is_a_missing_page(sign_in, paper, monkeypatch, caplog):
    """By its address as by any other."""
    monkeypatch.setattr("minzheng.web.archive.files.render_page", lambda *asked, **more: 1 / 0)
    assert sign_in().get(f"/files/{paper.pk}/pages/1.jpg").status_code == 404
    assert "a page could not be drawn" in caplog.text
