"""What the pages of cabinets show."""

import datetime as dt

from minzheng.accounts.areas import Area
from minzheng.web.cabinets.cabinets_shown import (
    ShownCabinet,
    ShownCabinets,
    keeping_on,
    village_named,
    villages_named,
)
from minzheng.web.gate.office import county

VILLAGE = Area("钟宝镇", "旧城村")


def test_an_area_is_named_by_code_or_as_a_whole(db):
    """Never beyond itself."""
    assert village_named(Area(), "103200").name == "旧城村"
    assert village_named(VILLAGE, "103201") is None
    assert [one.name for one in villages_named(VILLAGE, "all")] == ["旧城村"]
    assert len([one for one in villages_named(Area(), "all") if one.kind == "村"]) == 58
    assert villages_named(VILLAGE, "103201") == []


def test_papers_are_kept_as_the_table_says(db):
    """For ever where it says so; a box holds what the county says."""
    keeping = keeping_on(dt.date(2026, 8, 1))
    assert (keeping.periods["DB"], keeping.periods["ZZ"]) == ("D10", "Y")
    assert keeping.box_pages == 300


def test_a_village_account_sees_its_cabinet_alone(papers):
    """In the list, in the sums."""
    shown = ShownCabinets(VILLAGE)
    assert [one.village.name for _, lines in shown.towns for one in lines] == ["旧城村"]
    assert shown.sums == (0, 0, 3)
    assert dict((name, count) for name, _, count in shown.states)["没有登记"] == 1


def test_a_slot_is_as_the_card_says(papers, card):
    """Other dossiers stand in the slot of their number."""
    shown = ShownCabinet(county().places.by_short_code("103200"), Area())
    slots = {one.dossier.code: one.slot for one in shown.lines}
    assert (slots["DB"], slots["TK"]) == ("A1", "02")
    assert shown.number == "MZ-610927103200"
    assert shown.keeper == "测试甲"


def test_an_unknown_dossier_opens_nothing(papers):
    """All is listed."""
    shown = ShownCabinet(county().places.by_short_code("103200"), Area(), "XX")
    assert shown.opened is None
    assert len(list(shown.lines)) == 15
