"""How much of one file is read."""

from dataclasses import replace

from archive_indexer.extract.limits import Limits
from archive_indexer.reading.manner import Manner
from minzheng.county.config import current_config
from minzheng.county.sign_fields import SignField


def test_the_limits_are_those_the_county_has_set():
    """What it cannot set stays as it is."""
    config = replace(current_config(), max_file_mb=7, max_pages=8, seconds_per_page=9)
    manner = Manner({"DB-01": (SignField("申请人签字", is_column=False),)})
    assert Limits.from_config(config, manner) == Limits(7, 8, 9, manner=manner)


def test_a_file_may_take_longer_the_more_pages_it_may_have():
    """Twice a page's time, and three seconds for each page."""
    assert Limits(max_pages=1, seconds_per_page=10).seconds_a_file == 23
    assert Limits(max_pages=100, seconds_per_page=10).seconds_a_file == 320
