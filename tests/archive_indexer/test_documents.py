"""What of the archive a person may see."""

import pytest

from archive_indexer.documents import Visible

JIUCHENG = Visible("钟宝镇", "旧城村", frozenset({"ET"}))


@pytest.mark.parametrize(
    ("visible", "town", "village", "dossier", "is_covered"),
    [
        (Visible(), "钟宝镇", "旧城村", "DB", True),
        (Visible(), "", "", "", True),
        (JIUCHENG, "钟宝镇", "旧城村", "DB", True),
        (JIUCHENG, "钟宝镇", "新华村", "DB", False),
        (JIUCHENG, "城关镇", "旧城村", "DB", False),
        (JIUCHENG, "钟宝镇", "旧城村", "ET", False),
        (JIUCHENG, "", "", "DB", False),
        (Visible("钟宝镇"), "钟宝镇", "新华村", "ET", True),
        (Visible(is_nothing=True), "钟宝镇", "旧城村", "DB", False),
    ],
)
def test_a_paper_is_seen_within_place_and_dossiers(visible, town, village, dossier, is_covered):
    """What lies nowhere is seen only by those who see every place."""
    assert visible.covers(town, village, dossier) == is_covered
