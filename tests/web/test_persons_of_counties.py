"""Rights of persons where one installation serves several counties: each does its own."""

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook

from archive_indexer.models import ArchivedFile
from minzheng.accounts.models import AuditEntry, Role
from tests.persons.conftest import ID, NAME, OTHER, OWN, keep, place_in
from tests.web.conftest import put_paper
from tests.web.persons.test_persons import ASKED, GROUND, seen_on

__all__ = ["keep"]
PAGES = ["/persons", "/persons/due", "/persons/removals"]


@pytest.fixture
def in_two(counties, keep) -> dict[str, int]:
    """A document and the same scan of a person in each of two counties; numbers of the scans."""
    numbers = {}
    for county in (OWN, OTHER):
        place = place_in(county)
        keep(name=NAME, id_no=ID, **place)
        paper = put_paper(
            place["town"], place["village"], f"救助 {NAME} {ID}", "a" * 64, dossier="LS",
            year="2005", name="申请",
        )  # fmt: skip
        numbers[county] = paper.pk
    return numbers


def asked_for(page: str) -> dict[str, str]:
    return ASKED | {"ground": GROUND, "confirm": f"删除{NAME}", "seen": seen_on(page)}


@pytest.mark.usefixtures("counties")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("town", "is_whole", "is_part"),
    [("·", True, False), (OWN, False, True), (f"{OWN}钟宝镇", False, False), ("", False, False)],
)
def test_a_county_does_its_own_and_says_so(sign_in, page, town, is_whole, is_part):
    """The rest was not looked for: no more is said of it, not how much there is."""
    answer = sign_in(Role.COUNTY_CLERK, town).get(page)
    assert answer.status_code == (200 if is_whole or is_part else 422)
    assert ("只有平利县的，平利县以外的没有查" in answer.content.decode()) is is_part


def test_whoever_chose_a_county_does_that_one(in_two, sign_in):
    """And is told of all again once none is chosen."""
    browser = sign_in(Role.COUNTY_CLERK, "·")
    browser.post("/county", {"county": OWN})
    page = browser.post("/persons/look", ASKED).content.decode()
    assert "只有平利县的" in page
    assert "共 2 件是本人的" in page
    assert AuditEntry.objects.filter(what__startswith="个人信息 查看（只有平利县的）").exists()
    browser.post("/county", {"county": ""})
    page = browser.post("/persons/look", ASKED).content.decode()
    assert "共 4 件是本人的" in page
    assert "只有" not in page.partition("<main")[2].partition("如要求删除")[0]


def test_of_another_county_nothing_is_shown_exported_or_erased(in_two, sign_in):
    """The same content lies in both: there it is found and opened as before."""
    browser, other = sign_in(Role.COUNTY_CLERK, OWN), sign_in(Role.COUNTY_CLERK, OTHER)
    page = browser.post("/persons/look", ASKED).content.decode()
    assert "镇坪县" not in page
    assert f"/files/{in_two[OTHER]}" not in page
    packed = browser.post("/persons/export", ASKED).content
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        assert not any("镇坪县" in name for name in package.namelist())
        book = load_workbook(io.BytesIO(package.read("目录.xlsx")))
    told = [[str(cell) for cell in row] for row in book["说明"].iter_rows(values_only=True)]
    assert ["范围", "只有平利县的，平利县以外的没有查"] in told
    assert "镇坪县" not in str([list(one.iter_rows(values_only=True)) for one in book])
    page = browser.post("/persons/erase", asked_for(page)).content.decode()
    assert "只有平利县的" in page
    assert "镇坪县" not in page
    assert "平利县" in browser.get("/persons/removals").content.decode()
    assert browser.get(f"/files/{in_two[OWN]}").status_code == 404
    for who in (other, sign_in(Role.INSPECTOR, "·")):
        shown = who.get(f"/files/{in_two[OTHER]}")
        assert shown.status_code == 200
        assert NAME in shown.content.decode()
        assert who.get(f"/files/{in_two[OWN]}").status_code == 404
    assert "没有要移走的文件" in other.get("/persons/removals").content.decode()
    page = other.post("/persons/look", ASKED).content.decode()
    assert "共 2 件是本人的" in page
    other.post("/persons/erase", asked_for(page))
    assert set(ArchivedFile.objects.values_list("state", flat=True)) == {"withheld"}
    whole = sign_in(Role.COUNTY_CLERK, "·").get("/persons/removals").content.decode()
    assert len(re.findall("移走文件；", whole)) == 2


def test_what_is_due_is_cleared_county_by_county(in_two, sign_in):
    """A piece of another county is not taken, though its name be sent."""
    browser = sign_in(Role.COUNTY_CLERK, OWN)
    assert "镇坪县" not in browser.get("/persons/due").content.decode()
    keys = [f"PAPER-{number}" for number in in_two.values()]
    sent = {"take": keys, "reason": "鉴定意见一号", "confirm": "删除1件"}
    assert browser.post("/persons/due/erase", sent).status_code == 200
    states = dict(ArchivedFile.objects.values_list("pk", "state"))
    assert (states[in_two[OWN]], states[in_two[OTHER]]) == ("withheld", "indexed")
    assert AuditEntry.objects.filter(what__startswith="到期清理（只有平利县的）").exists()


@pytest.mark.parametrize("page", PAGES)
def test_an_office_of_one_county_is_told_nothing_of_others(sign_in, page):
    """No new word."""
    said = sign_in().get(page).content.decode()
    assert "以外的没有查" not in said
