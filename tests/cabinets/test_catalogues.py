"""The catalogues of a cabinet, with nothing typed."""

from dataclasses import replace

from minzheng.cabinets.catalogues import (
    box_answers,
    cabinet_answers,
    cabinet_rows,
    cover_answers,
    handed_over,
    item_rows,
    slot_of,
    years_of,
)


def test_every_item_is_a_row_of_da_t_22(cabinet):
    """Nine columns; an unknown day is said."""
    rows = item_rows(cabinet.items)
    assert {len(one) for one in rows} == {9}
    assert rows[0][0] == "1"
    assert rows[3][2] == "低保公示表〔2018〕3号"
    assert rows[0][8] == "日期不详"


def test_the_whole_lists_every_dossier_once(cabinet, catalogue):
    """But those that may not be seen."""
    rows = cabinet_rows(cabinet, catalogue.county.dossiers, {"低保": "A1"}, frozenset({"ET"}))
    assert len(rows) == 14
    assert rows[0] == ("1", "低保", "A1", "2", "3", "3", "2018", "")
    assert rows[1][:5] == ("2", "特困供养", "02", "0", "0")


def test_a_slot_is_as_registered_else_the_dossiers_number():
    """The same in every village."""
    assert slot_of("低保", "01", {"低保": "A1"}) == "A1"
    assert slot_of("低保", "01", {}) == "01"


def test_years_are_from_and_to(cabinet):
    """One year is no span; nothing has none."""
    assert years_of(cabinet.items) == "2018"
    assert years_of(()) == ""


def test_forms_are_answered_by_the_cabinet(cabinet, catalogue):
    """Catalogues, covers and spines: the county's own forms take the answers."""
    dossiers = catalogue.county.dossiers
    whole = cabinet_answers(cabinet, dossiers, {}, "2026-08-01")
    assert len(whole["rows"]) == 15
    assert {row["years"] for row in whole["rows"]} == {"2018", "还没有档案"}
    box = cabinet.boxes[0]
    told = box_answers(cabinet, box, dossiers, "2026-08-01")
    assert [one["archive_no"][-4:] for one in told["rows"]] == ["0001", "0002"]
    cover = cover_answers(cabinet, box, dossiers, "镇坪县", "2026-08-01")
    assert (cover["first_no"], cover["last_no"], cover["period"]) == ("1", "2", "10年")
    assert cover["fonds"] == "镇坪县钟宝镇旧城村村民委员会"


def test_the_fonds_that_the_archive_gave_stands_everywhere(cabinet, read, catalogue, village):
    """In the number of every item, on covers and spines."""
    given = replace(village, fonds_no="J012")
    others = [one for one in catalogue.county.places.settlements if one != village]
    places = replace(catalogue.county.places, settlements=(given, *others))
    county = replace(catalogue.county, places=places)
    box = replace(read, county=county).of(given).boxes[0]
    assert box.items[0].archive_no == "J012-WS·2018-D10-DB-0001"
    told = cover_answers(replace(cabinet, village=given), box, county.dossiers, "镇坪县", "2026")
    assert told["fonds_no"] == "J012"


def test_of_a_dossier_that_may_not_be_seen_nothing_is_told(read, cabinet, catalogue, village):
    """Not even that it holds nothing."""
    rows = cabinet_answers(
        read.of(village, frozenset({"DB"})), catalogue.county.dossiers, {}, "2026-08-01"
    )["rows"]
    (hidden,) = (row for row in rows if row["dossier"] == "低保")
    assert hidden == {"dossier": "低保", "slot": "01", "remark": "另行登记"}


def test_what_is_handed_over_is_what_lies_there(cabinet, catalogue):
    """Dossiers that have something."""
    assert handed_over(cabinet, catalogue.county.dossiers) == [
        {"dossier": "低保", "boxes": "2", "pieces": "3", "state": "完好"},
        {"dossier": "公示公开", "boxes": "1", "pieces": "1", "state": "完好"},
    ]
