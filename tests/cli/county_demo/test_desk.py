"""The desk: what the product refuses ends the run, with place and reason."""

import datetime as dt

import pytest

from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from minzheng.cli.county_demo.desk import IssuingDesk, NotIssuedError

CABINET = {"town": "钟宝镇", "village": "旧城村"}


@pytest.fixture
def desk(small_county, db, tmp_path):
    """One that has issued nothing."""
    catalogue = small_county.desk.catalogue
    return IssuingDesk(catalogue, DatabaseCaseStore(tmp_path), dt.date(2026, 10, 31))


def test_a_paper_that_is_refused_ends_the_run(desk):
    """Nothing of it is kept."""
    before = Issued.objects.count()
    with pytest.raises(NotIssuedError, match=r"ZH-01 钟宝镇旧城村没有出具：.*没有填写"):
        desk.issue("ZH-01", CABINET)
    assert Issued.objects.count() == before
    assert desk.issued.total() == 0


def test_what_a_form_makes_of_its_answers_is_told(desk):
    """Before anything is issued."""
    told = desk.worked_out("GL-01", {"id_no": "610927194803060113", "accept_date": "2026-05-08"})
    assert told["start_month"] == "2026年6月"
