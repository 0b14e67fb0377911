"""What of the archive a person may see."""

import pytest

from archive_indexer.documents import (
    ExtractedPage,
    Seal,
    Visible,
    findable_lines,
    is_name_seal,
    searchable_text,
    words_of_seals,
)

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


def test_a_page_is_found_by_what_its_seals_say():
    """Each word at its seal's place; a seal that could not be read says nothing."""
    box = (0.5, 0.6, 0.7, 0.8)
    page = ExtractedPage(1, "经审核", seals=(Seal(box, "#c41c20", "镇坪县民政局"), Seal(box, "#c")))
    assert searchable_text(page) == "经审核\n印章：镇坪县民政局"
    (line,) = words_of_seals(page)
    assert (line.text, line.box, line.source) == ("镇坪县民政局", box, "seal")
    assert findable_lines(page) == (line,)
    assert searchable_text(ExtractedPage(1, "")) == ""


def test_a_small_square_seal_is_a_person_s():
    """What is larger, or round, is an office's; also one nobody can read."""
    assert is_name_seal((0.5, 0.6, 0.6, 0.67), "方章 王秀兰印")
    assert is_name_seal((0.5, 0.6, 0.6, 0.67), "方章")
    assert not is_name_seal((0.5, 0.6, 0.68, 0.72), "方章 旧城村民小组印章")
    assert not is_name_seal((0.5, 0.6, 0.6, 0.67), "镇坪县民政局")
    assert not is_name_seal((0.5, 0.6, 0.6, 0.67), "")
