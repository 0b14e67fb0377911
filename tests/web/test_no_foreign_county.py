"""No page tells an account of a county a word of another county.

Both have a 钟宝镇 with a 旧城村. Records of every form, scans, findings and a roster of the other
one are marked; who walks along every link and asks every address by number meets no mark.
"""

import pytest
from django.core.cache import cache
from django.test import Client

from filler.models import Batch
from minzheng.accounts.audit_log import Deed
from minzheng.accounts.models import Grant, Person, Role, SavedSearch
from minzheng.web.gate.office import audit_log
from minzheng.web.oversight.doubts_deeds import sweep_now
from tests.web.conftest import browser_of, put_paper
from tests.web.several_counties import FOREIGN
from tests.web.test_no_foreign_page import guessed, marks_in, text_of, walk
from tests.web.test_no_foreign_record import MARKS, PERSON, put_records

pytestmark = pytest.mark.usefixtures("pdf_in_word")
_CASE = "DB-253200-2018-0001"
_PLACE = {"town": f"{FOREIGN}钟宝镇", "village": "旧城村"}
WALKERS = {
    "村": (Role.VILLAGE_KEEPER, "镇坪县·钟宝镇", "旧城村"),
    "镇": (Role.TOWN_CLERK, "镇坪县·钟宝镇", ""),
    "县": (Role.COUNTY_CLERK, "镇坪县·", ""),
    "没写县": (Role.COUNTY_CLERK, "", ""),
    "管": (Role.ADMINISTRATOR, "镇坪县·", ""),
    "审": (Role.AUDITOR, "镇坪县·", ""),
}
_FEW = {"管": 6, "审": 4}  #: pages that whoever sees no papers comes to, and more
SEEING = {
    "市": (Role.INSPECTOR, "·", ""),
    "村": (Role.VILLAGE_KEEPER, "平利县·钟宝镇", "旧城村"),
}


@pytest.fixture
def marked(db, counties, monkeypatch) -> None:
    """Marked records of every kind in the other county."""
    monkeypatch.setattr("minzheng.web.gate.access.is_too_fast", lambda *args: False)
    put_records(_CASE, _PLACE)
    put_paper(
        _PLACE["town"], "旧城村", f"暗记 {' '.join(MARKS)} 低保申请 {PERSON}", dossier="DB",
        name="暗记的申请", persons=("暗记",), person="暗记", case_no=_CASE, year="2018",
    )  # fmt: skip
    other = Person.objects.create_user("别人", role=Role.COUNTY_CLERK, town=FOREIGN)
    Batch.objects.create(key="1", form_id="DB-01", roster_name="暗记.xlsx", issued_by="别人")
    SavedSearch.objects.create(person=other, name="暗记", question="暗记", shared_with="全部账号")
    Grant.objects.create(
        person=other, kind="新建账号", told="暗记", is_waiting=False, asked_by="暗记"
    )
    audit_log().record(Deed("暗记", Role.COUNTY_CLERK, "", "查档", "查“暗记”", county=FOREIGN))
    sweep_now()


def signed_in(role: Role, town: str, village: str) -> Client:
    person = Person.objects.create_user("walks", role=role, town=town, village=village)
    return browser_of(person)


@pytest.mark.parametrize("who", WALKERS)
def test_no_page_tells_of_another_county(marked, who):
    """Three levels, who keeps accounts and log, and an account of which nobody said its county."""
    browser = signed_in(*WALKERS[who])
    told = walk(browser)
    assert len(told) > _FEW.get(who, 15)  # more than the start page
    assert not marks_in(told)
    cache.clear()
    assert not marks_in({one: text_of(browser.get(one)) for one in guessed()})


@pytest.mark.parametrize("who", SEEING)
def test_whoever_is_of_that_county_or_above_is_told(marked, who):
    """The walk can fail: those whose it is come to what was marked."""
    assert len(marks_in(walk(signed_in(*SEEING[who])))) > 5
