"""How files of markup begin."""

import pytest

from archive_indexer.extract.office.markup_signs import looks_like_office_xml, looks_like_web_page


@pytest.mark.parametrize(
    "head", [b"<!DOCTYPE html>", b"\xef\xbb\xbf <HTML lang=zh>", b"<table><tr>"]
)
def test_a_web_page_or_a_piece_of_one_is_known(head):
    """By its first tag."""
    assert looks_like_web_page(head)
    assert not looks_like_office_xml(head)


@pytest.mark.parametrize(
    "head", [b"x <html>" * 20, b"<xml>a</xml>", "说明：<p>".encode(), b"{<p>}"]
)
def test_a_text_that_speaks_of_tags_stays_a_text(head):
    """Only what begins as a page is one."""
    assert not looks_like_web_page(head)
    assert not looks_like_office_xml(head)
