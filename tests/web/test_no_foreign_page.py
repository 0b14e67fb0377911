"""No page that an account can come to tells a word of what it may not see.

A record of every form, scans, findings and a roster of a place or dossier out of sight are
marked. Whoever walks from the start page along every link, and asks every address by the numbers
of what is hidden, meets no mark: neither on a page nor in a file that is offered there.
"""

import functools
import io
import re
import zipfile
from collections import Counter
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, get_resolver, resolve, reverse

from archive_indexer.models import ArchivedFile
from filler.models import Batch, Issued
from minzheng.accounts.models import Person, Role, SavedSearch
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.external.files.changed_files import MadeOfFiles
from minzheng.inspection.models import Finding
from minzheng.web.gate import office
from minzheng.web.oversight.doubts_deeds import sweep_now
from tests.web.conftest import browser_of, put_paper
from tests.web.test_no_foreign_record import MARKS, PERSON, put_records

#: Role, place, the case out of sight and the dossier of its scans.
WALKERS = {
    "村": (Role.VILLAGE_KEEPER, "钟宝镇", "民主村", "DB-103200-2018-0001", "DB"),
    "镇": (Role.TOWN_CLERK, "城关镇", "", "DB-103200-2018-0001", "DB"),
    "县": (Role.COUNTY_CLERK, "", "", "ET-103200-2018-0001", "ET"),
    "检": (Role.INSPECTOR, "", "", "ET-103200-2018-0001", "ET"),
    "管": (Role.ADMINISTRATOR, "", "", "DB-103200-2018-0001", "DB"),
}
_OF_A_KIND = 5  #: addresses of one name that are walked to
pytestmark = pytest.mark.usefixtures("pdf_in_word")
_LINK = re.compile(r'(?:href|src|hx-get|action)="([^"]+)"')
#: Asking them ends the walk or changes something.
_NOT_WALKED = {"sign-out", "sign-in", None}


@pytest.fixture(params=WALKERS)
def walker(request, db, monkeypatch) -> Client:
    """Somebody from whom marked records of every kind are hidden."""
    monkeypatch.setattr("minzheng.web.gate.access.is_too_fast", lambda *args: False)
    monkeypatch.setattr(office, "_registers", MadeOfFiles(office._open_registers, REGISTRY_FOLDER))
    role, town, village, case_no, dossier = WALKERS[request.param]
    put_records(case_no)
    year = case_no.split("-")[2]
    put_paper(
        "钟宝镇", "旧城村", f"暗记 {' '.join(MARKS)} 低保申请 {PERSON}", dossier=dossier,
        name="暗记的申请", persons=("暗记",), person="暗记", case_no=case_no, year=year,
    )  # fmt: skip
    other = Person.objects.create_user("别人", role=Role.COUNTY_CLERK, first_name="别人")
    Batch.objects.create(
        key="1", form_id=f"{dossier}-01", roster_name="暗记.xlsx", issued_by=other.username
    )
    SavedSearch.objects.create(person=other, name="暗记", question="暗记")
    sweep_now()
    person = Person.objects.create_user("walks", role=role, town=town, village=village)
    return browser_of(person)


def text_of(answer) -> str:
    """All that an answer tells, in a packed file that of each part."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(map(packed.read, packed.namelist()))
    return unescape(content.decode("utf-8", "replace"))


@functools.cache  # most links stand on every page
def name_of(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def walk(browser: Client) -> dict[str, str]:
    """What every address tells to which links lead, a few of each name."""
    told: dict[str, str] = {}
    waiting, met = ["/"], Counter()
    while waiting:
        address = waiting.pop(0)
        name = name_of(address)
        if address in told or name in _NOT_WALKED or met[name] >= _OF_A_KIND:
            continue
        met[name] += 1
        told[address] = said = text_of(browser.get(address))
        links = (urljoin(address, one).partition("#")[0] for one in _LINK.findall(said))
        waiting += [one for one in links if one.startswith("/") and one not in told]
    return told


def guessed() -> list[str]:
    """Every address of one number or case, with those of what is hidden."""
    case_no = Issued.objects.values_list("case_no", flat=True)[0]
    numbers = {
        one
        for kind in (Issued, ArchivedFile, Batch, Finding)
        for one in kind.objects.values_list("pk", flat=True)[:3]
    }
    found = []
    for name in {one for one in get_resolver().reverse_dict if isinstance(one, str)}:
        for given in (*numbers, case_no, PERSON):
            try:
                found.append(reverse(name, args=(given,)))
            except NoReverseMatch:
                continue
    return found


def marks_in(told: dict[str, str]) -> dict[str, list[str]]:
    found = {one: [mark for mark in MARKS if mark in said] for one, said in told.items()}
    return {address: marks for address, marks in found.items() if marks}


def test_no_page_tells_of_what_is_out_of_sight(walker):
    told = walk(walker)
    assert len(told) > 20  # more than the start page
    assert not marks_in(told)
    cache.clear()
    assert not marks_in({one: text_of(walker.get(one)) for one in guessed()})


def test_whoever_may_see_them_is_told(db):
    """The walk can fail: it comes to what was marked."""
    put_records("DB-103200-2018-0001")
    browser = browser_of(Person.objects.create_user("all", role=Role.COUNTY_CLERK))
    assert len(marks_in(walk(browser))) > 10
