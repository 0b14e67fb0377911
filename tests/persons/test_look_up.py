"""All that is held of a person, each piece with its fate."""

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone

from archive_indexer.models import Correction
from filler.models import Batch, Draft, Issued
from filler.print_run.ledger import digest_person
from minzheng.accounts.models import AuditEntry, Person, SavedSearch
from minzheng.county.town_names import shown
from minzheng.inbox.models import Original
from minzheng.inspection.finding_store import unit_of
from minzheng.inspection.models import Finding
from minzheng.persons.holdings import Fate, Holding, Kind
from minzheng.persons.look_up import calendar_of, look_up, of_keys
from tests.persons.conftest import ID, NAME, OTHER, OWN, WHOM, place_in, put_paper, stock

CASE = "TK-103200-2005-0001"


def test_every_kind_is_looked_through_and_decided(keep):
    """Papers of the person's case are sure without a number."""
    keep("TK-01", CASE, name=NAME, id_no=ID)
    put_paper("钟宝镇", "旧城村", f"探访 {NAME}", dossier="TK", case_no=CASE)
    found = look_up(WHOM, stock())
    assert [(one.kind, one.is_sure, one.fate) for one in found] == [
        (Kind.DOCUMENT, True, Fate.STOP),
        (Kind.PAPER, True, Fate.STOP),
    ]
    assert found[0].place == "钟宝镇旧城村"


def test_a_case_ends_with_the_paper_that_ends_it(keep, dated):
    """Of several years the last; an adjustment ends nothing."""
    dated(keep("TK-06", CASE, name=NAME, id_no=ID), 2010)
    dated(keep("COM-09", "DB-103200-2005-0001", decision="停发"), 2011)
    dated(keep("COM-09", "DB-103200-2005-0002", decision="调整"), 2012)
    cases = [CASE, "DB-103200-2005-0001", "DB-103200-2005-0002"]
    calendar = calendar_of(stock(), cases)
    assert calendar.ended == {CASE: 2010, "DB-103200-2005-0001": 2011}
    assert calendar.newest["DB-103200-2005-0002"] == 2012
    assert calendar.age == 18


def test_what_is_not_sure_is_taken_only_when_somebody_says_so():
    """By the key the page gave it."""
    sure = Holding(Kind.PAPER, 1, "甲", "")
    unsure = Holding(Kind.PAPER, 2, "乙", "", is_sure=False)
    assert of_keys((sure, unsure), ()) == (sure,)
    assert of_keys((sure, unsure), (unsure.key,)) == (sure, unsure)


def test_what_somebody_said_names_others_is_only_blanked():
    """A piece of which nothing can be kept for others is not."""
    paper = Holding(Kind.PAPER, 1, "会议记录", "", fate=Fate.ERASE)
    saved = Holding(Kind.SAVED, 1, "查", "", fate=Fate.ERASE)
    left = of_keys((paper, saved), (), (paper.key, saved.key))
    assert [one.fate for one in left] == [Fate.BLANK, Fate.ERASE]
    assert "经办认定" in left[0].why


@pytest.fixture
def in_two_counties(keep) -> None:
    """A piece of every kind about the person in each of two counties, and one of neither."""
    for number, county in enumerate((OWN, OTHER, "")):
        account = Person.objects.create_user(f"w{number}", town=county or "·")
        place = place_in(county) if county else {"town": "", "village": ""}
        issued = keep(name=NAME, id_no=ID, case_no=f"DB-25020{number}-2018-0001", **place)
        Issued.objects.filter(pk=issued.pk).update(issued_by=account.username)
        put_paper(place["town"], place["village"], f"{NAME} {ID}", f"{number}" * 64, name="申请")
        Original.objects.create(
            path=f"{number}.txt", sha256=f"{number}" * 64, size=1, mtime_ns=1, **place
        )
        Draft.objects.create(
            token=str(number), form_id="DB-01", by=account.username, saved_at=timezone.now(),
            answers={"name": NAME, "id_no": ID},
        )  # fmt: skip
        batch = Batch.objects.create(
            key=str(number), form_id="DB-01", roster_name="a.csv", issued_by=account.username
        )
        batch.rows.create(key="k", person=digest_person(ID), position=1, issued=issued)
        Correction.objects.create(
            path=f"没有了/{number}.txt", field="persons", value=NAME, by="li",
            scope={"town": place["town"]},
        )  # fmt: skip
        SavedSearch.objects.create(person=account, name="查", question=ID)
        Finding.objects.create(
            key=str(number), check_id="x", unit=unit_of(ID), what="重复", first_found=TODAY_AT,
            last_found=TODAY_AT, **place,
        )  # fmt: skip
        AuditEntry.objects.create(
            number=number + 1, at=timezone.now(), person="li", what=f"查“{NAME}”", county=county
        )


TODAY_AT = timezone.make_aware(dt.datetime(2026, 11, 28))
EVERY_KIND = dict.fromkeys(Kind, 1)


def test_a_county_finds_its_own_pieces_and_no_other(in_two_counties):
    """One of each kind; whoever is of the whole finds all three."""
    for county in (OWN, OTHER):
        found = look_up(WHOM, stock(county))
        assert Counter(one.kind for one in found) == EVERY_KIND, county
        told = str([(one.title, one.path, one.place, one.told) for one in found])
        assert shown(OTHER if county == OWN else OWN) not in told
    assert Counter(one.kind for one in look_up(WHOM, stock())) == dict.fromkeys(Kind, 3)
    assert look_up(WHOM, stock("紫阳县·")) == ()
