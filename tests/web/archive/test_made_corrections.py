"""Corrections as the pages show them."""

from archive_indexer.models import Correction
from minzheng.web.archive.made_corrections import deeds_in


def made(deed: str, path: str, **more) -> dict:
    return {"one": Correction.objects.create(path=path, field="year", deed=deed, by="li", **more)}


def test_a_deed_is_offered_once_with_its_files(db):
    """Single corrections are taken back by themselves."""
    rows = [made("aa", "1.jpg"), made("aa", "1.jpg"), made("aa", "2.jpg"), made("", "3.jpg")]
    assert [(one["deed"], one["count"]) for one in deeds_in(rows)] == [("aa", 2)]
    Correction.objects.update(taken_back_at="2026-11-01T00:00Z")
    for row in rows:
        row["one"].refresh_from_db()
    assert deeds_in(rows) == []
