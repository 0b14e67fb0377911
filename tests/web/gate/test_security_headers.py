"""What a browser is told beside the page."""

import pytest

pytestmark = pytest.mark.django_db

PAGES = [
    "/", "/forms", "/forms/DB-01", "/forms/DB-01/blank", "/documents", "/documents/1",
    "/documents/1/word", "/search?q=测试", "/files/1", "/files/1/pages/1.jpg",
    "/files/1/original", "/coverage", "/batches", "/batches/1", "/batches/1/progress",
    "/batches/1/zip", "/forms/ZF-01/roster",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_forbids_foreign_content(sign_in, page):
    """No script, style or picture from outside, no frame around us, no copy on disk."""
    answer = sign_in().get(page)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "no-store" in answer["Cache-Control"]
