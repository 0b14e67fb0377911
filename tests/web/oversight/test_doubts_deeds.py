"""What is done on the pages of doubts."""

import datetime as dt

import pytest

from minzheng.accounts.models import Person
from minzheng.inspection.models import Sweep
from minzheng.web.oversight import doubts_deeds
from minzheng.web.oversight.doubts_deeds import checks_office, look_in, read_said, sweep_now
from tests.web.conftest import put_paper

pytestmark = pytest.mark.django_db


def test_the_day_is_the_offices():
    """In China it is tomorrow already."""
    late = dt.datetime(2018, 7, 5, 20, tzinfo=dt.UTC)
    assert checks_office(late).today == dt.date(2018, 7, 6)


def test_a_sweep_reads_what_is_new():
    """Whole, when somebody has time."""
    put_paper("钟宝镇", "旧城村", "死亡登记", form_id="BZ-01")
    assert sweep_now(most=0).waiting == 1
    assert sweep_now().is_whole and Sweep.objects.get().papers == 1


def test_a_state_needs_what_stands_behind_it(rf, sign_in):
    """Everything missing is told at once."""
    sign_in()
    request = rf.post("/", {"state": "已整改", "note": "x", "proof": "文书 7"})
    request.user = Person.objects.get()
    said, problems = read_said(request)
    assert said is None and len(problems) == 2
    request = rf.post("/", {"state": "属实", "note": "到村\n核实"})
    request.user = Person.objects.get()
    assert read_said(request)[0].note == "到村 核实"


def test_a_page_asks_only_whether_anything_came(monkeypatch):
    """Nothing new: nothing is compared; a new paper is read before the page is shown."""
    put_paper("钟宝镇", "旧城村", "死亡登记", form_id="BZ-01")
    assert look_in().is_whole and Sweep.objects.get().papers == 1
    with monkeypatch.context() as quiet:
        quiet.setattr(doubts_deeds, "bring_up_to_date", None)
        assert look_in().is_whole
    put_paper("钟宝镇", "旧城村", "花名册", "2" * 64, name="花名册", form_id="DB-03")
    assert look_in().is_whole and Sweep.objects.get().papers == 2
