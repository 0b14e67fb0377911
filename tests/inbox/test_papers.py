"""What flows from a scan to a paper."""

from dataclasses import replace

import pytest

from minzheng.inbox.papers import Cut, PageEvidence, Place

WHOLE = Place("钟宝镇", "旧城村", "DB", "2018", "申请书")


@pytest.mark.parametrize("part", ["town", "village", "dossier", "year", "title"])
def test_a_place_is_complete_when_all_of_it_is_known(part):
    """Any part may be missing."""
    assert WHOLE.is_complete
    assert not replace(WHOLE, **{part: ""}).is_complete


def test_a_cut_names_its_pages_in_its_order():
    """By their numbers in the scan."""
    assert Cut((PageEvidence(3), PageEvidence(1))).pages == (3, 1)
