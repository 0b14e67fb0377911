"""Pictures of pages: a damaged scan is a missing page, a fault of the program is none."""

import pytest
from django.http import Http404

from archive_indexer.errors import PageNotShownError
from minzheng.web.gate.page_pictures import draw_or_404, give_picture


def test_a_fault_of_the_program_goes_on():
    """It is shown as one, with its traceback in the log; nobody thinks the page is missing."""
    with pytest.raises(ZeroDivisionError):
        draw_or_404(lambda: b"%d" % (1 // 0))


@pytest.mark.parametrize("gone", [PageNotShownError, FileNotFoundError])
def test_a_file_that_is_gone_or_damaged_is_a_missing_page(gone):
    """Nothing of the program is to be mended."""

    def draw() -> bytes:
        raise gone

    with pytest.raises(Http404):
        draw_or_404(draw)


def test_no_browser_keeps_a_picture():
    """After a sign-out on a shared PC nothing of it is left."""
    answer = give_picture(draw_or_404(lambda: b"\xff\xd8"))
    assert (answer.content, answer["Content-Type"]) == (b"\xff\xd8", "image/jpeg")
    assert answer["Cache-Control"] == "private, no-store"
