"""Forms of several counties: each clerk has the towns of the own one, papers bear its name."""

import io

import docx
import pytest

from filler.models import Issued
from minzheng.accounts.models import Role
from tests.web.several_counties import FOREIGN, OWN

_TEXT = {OWN: "镇坪县", FOREIGN: "平利县"}


def read(answer) -> str:
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def issue(browser, posted, form_id: str, **answers) -> Issued:
    before = set(Issued.objects.values_list("pk", flat=True))
    browser.post(f"/forms/{form_id}", posted(form_id) | answers)
    return Issued.objects.exclude(pk__in=before).get()


@pytest.mark.parametrize("town", ["钟宝镇", "钟宝", "{county}钟宝镇"])
@pytest.mark.parametrize("county", [OWN, FOREIGN])
def test_a_town_is_the_one_of_the_own_county(counties, sign_in, posted, county, town):
    """However it is written: the paper is of that county, says its own name, has its number."""
    browser = sign_in(Role.COUNTY_CLERK, county)
    made = issue(browser, posted, "DB-01", town=town.format(county=county), village="旧城村")
    assert (made.town, made.village) == (f"{county}钟宝镇", "旧城村")
    assert made.answers["town"] == f"{county}钟宝镇"
    assert made.case_no.split("-")[1] == {OWN: "273200", FOREIGN: "253200"}[county]
    text = read(browser.get(f"/documents/{made.pk}/word"))
    assert "钟宝镇" in text
    assert "·钟宝镇" not in text


@pytest.mark.parametrize("county", [OWN, FOREIGN])
def test_a_notice_bears_the_name_of_its_county(counties, sign_in, posted, county):
    """Title and seals name it; the file's properties, its bureau."""
    browser = sign_in(Role.COUNTY_CLERK, county)
    made = issue(browser, posted, "ZF-12")
    text = read(browser.get(f"/documents/{made.pk}/word"))
    other = _TEXT[OWN if county == FOREIGN else FOREIGN]
    assert other not in text
    assert made.town == county


def test_a_paper_of_no_town_is_seen_by_its_county_alone(counties, sign_in, posted):
    """A bulletin of the bureau: colleagues and those above, not the neighbours."""
    made = issue(sign_in(Role.COUNTY_CLERK, OWN), posted, "ZF-12")
    address = f"/documents/{made.pk}/word"
    assert sign_in(Role.COUNTY_CLERK, OWN).get(address).status_code == 200
    assert sign_in(Role.COUNTY_CLERK, "·").get(address).status_code == 200
    assert sign_in(Role.COUNTY_CLERK, FOREIGN).get(address).status_code == 404


def test_a_town_of_the_neighbours_is_no_choice(counties, sign_in, posted):
    """Neither by its full name nor by one that only they have."""
    browser = sign_in(Role.COUNTY_CLERK, OWN)
    page = browser.get("/forms/DB-01").content.decode()
    assert "兴隆镇" not in page
    assert "平利县" not in page
    for town in ("平利县·钟宝镇", "兴隆镇"):
        browser.post("/forms/DB-01", posted("DB-01") | {"town": town, "village": "小河村"})
    assert not Issued.objects.exists()


def test_each_county_counts_its_own_cases(counties, sign_in, posted):
    """The same village name, the same year: both begin at one."""
    numbers = {
        issue(
            sign_in(Role.COUNTY_CLERK, county), posted, "DB-01", town="钟宝镇", village="旧城村"
        ).case_no
        for county in (OWN, FOREIGN)
    }
    assert len(numbers) == 2
    assert all(one.endswith("-0001") for one in numbers)
