"""Rows and answers of one county, put under its name."""

from django.utils import timezone

from archive_indexer.models import ArchivedFile
from filler.models import Draft, Issued
from minzheng.database.town_rows import full, put_towns_under, under

COUNTY = "镇坪县·"
ANSWERS = {"town": "钟宝镇", "rows": [{"town": "城关镇", "say": 1}, {"town": ""}], "name": "测试甲"}


def test_a_town_is_put_under_its_county_once():
    """Nothing stays nothing."""
    assert full(COUNTY, "钟宝镇") == full(COUNTY, full(COUNTY, "钟宝镇")) == "镇坪县·钟宝镇"
    assert full(COUNTY, "") == ""


def test_towns_are_found_wherever_json_names_them():
    """As an answer, in rows, as a guess; other words stay."""
    assert under(COUNTY, ANSWERS) == {
        "town": "镇坪县·钟宝镇", "rows": [{"town": "镇坪县·城关镇", "say": 1}, {"town": ""}],
        "name": "测试甲",
    }  # fmt: skip
    guess = {"town": {"value": "钟宝镇", "because": "钟宝镇"}, "village": {"value": "旧城村"}}
    assert under(COUNTY, guess)["town"] == {"value": "镇坪县·钟宝镇", "because": "钟宝镇"}
    assert under(COUNTY, {"town": None}) == {"town": None}


def test_every_table_names_the_county_and_printed_texts_stay(db):
    """More rows than are written at once; a second time changes nothing."""
    Issued.objects.create(form_id="DB-01", answers=ANSWERS, texts=ANSWERS)
    Draft.objects.create(
        token="a", form_id="DB-01", by="li", answers=ANSWERS, saved_at=timezone.now()
    )
    filing = {"town": {"value": "钟宝镇"}}
    ArchivedFile.objects.bulk_create(
        ArchivedFile(path=f"{number}", town="钟宝镇" if number else "", filing=filing)
        for number in range(450)
    )
    assert put_towns_under(COUNTY) == 1 + 449 + 1 + 1 + 450
    issued = Issued.objects.get()
    assert issued.town == issued.answers["town"] == "镇坪县·钟宝镇"
    assert issued.texts == ANSWERS
    assert Draft.objects.get().answers["rows"][0]["town"] == "镇坪县·城关镇"
    towns = set(ArchivedFile.objects.values_list("town", "filing__town__value"))
    assert towns == {("镇坪县·钟宝镇", "镇坪县·钟宝镇"), ("", "镇坪县·钟宝镇")}
    assert put_towns_under(COUNTY) == 0
