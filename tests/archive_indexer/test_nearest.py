"""What may be meant where nothing was found exactly."""

import datetime as dt

import pytest

from archive_indexer.asking.fitting import NamedForm
from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.nearest import find_nearest
from archive_indexer.queries import Query
from minzheng.county.county import read_county

TODAY = dt.date(2026, 11, 30)
FORMS = (NamedForm("CB-01", "残疾人两项补贴申请表", ()),)


@pytest.fixture
def ask(tmp_path):
    """A question to an index of one paper."""
    index = FullTextIndex(tmp_path)
    text = "测试甲 残疾人两项补贴申请表"
    index.update([IndexedDocument("a", "0", (text,), town="钟宝镇", form_id="CB-01")])
    county = read_county()
    return lambda text: find_nearest(index, text, Query(()), county, forms=FORMS, today=TODAY)


def test_a_form_that_is_spoken_of_is_offered_with_its_papers(ask):
    """How many files of it there are is told."""
    (found,) = ask("残疾人两项补贴申请表在哪里").forms
    assert (found.form.form_id, found.count) == ("CB-01", 1)
    assert "CB-01" in found.text


def test_what_fits_nothing_offers_nothing(ask):
    """No form, no reading, no amount."""
    nearest = ask("龘龘龘")
    assert (nearest.forms, nearest.amounts) == ((), ())
    assert all(reading.count == 0 for reading in nearest.readings)
