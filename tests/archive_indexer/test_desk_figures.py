"""What pages are told of the archive: counts, arrivals, failures, papers with their texts."""

import datetime as dt

import pytest
from django.db.models import Q
from django.utils import timezone

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.models import ArchivedFile, Walk
from archive_indexer.stores.page_store import keep_content
from archive_indexer.stores.paper_counts import Notice, count_papers, find_notices
from archive_indexer.stores.paper_texts import read_papers
from archive_indexer.stores.village_news import (
    count_by_town,
    last_walk,
    latest_arrivals,
    latest_failures,
)
from archive_indexer.upkeep.backup_state import backup_news, note_backup

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.make_aware(dt.datetime(2026, 11, 23, 9))
PLACE = {"town": "钟宝镇", "village": "旧城村"}


def keep(path: str, **given):
    return ArchivedFile.objects.create(path=path, **{"state": "indexed", **PLACE, **given})


def test_papers_are_counted_by_case_and_form():
    """Only those that are there and indexed; a group of others is none."""
    of_case = {"dossier": "DB", "year": "2018", "case_no": "1", "person": "甲"}
    keep("a", form_id="DB-01", **of_case)
    keep("b", form_id="DB-02", **of_case)
    keep("c", form_id="DB-03", present=False, **of_case)
    keep("d", form_id="DB-04", state="waiting", **of_case)
    keep("e", form_id="DB-05", present=False, dossier="TK")
    (group,) = count_papers()
    assert sorted(group.forms) == ["DB-01", "DB-02"]
    assert (group.town, group.case_no, group.person) == ("钟宝镇", "1", "甲")
    assert count_papers(Q(village="外村")) == []


def test_notices_tell_their_title_once_a_year():
    """Of the dossier asked for, present and indexed."""
    titled = {"dossier": "GS", "year": "2018", "form_id": "GS-01",
              "filing": {"title": {"value": "公示单"}}}  # fmt: skip
    keep("a", **titled)
    keep("b", **titled)
    keep("c", dossier="GS", year="2019")
    keep("d", **titled | {"year": "2020", "present": False})
    keep("e", **titled | {"dossier": "DB"})
    assert sorted(find_notices("GS")) == [
        Notice("钟宝镇", "旧城村", "2018", "GS-01", "公示单"),
        Notice("钟宝镇", "旧城村", "2019", "", ""),
    ]
    assert find_notices("GS", Q(village="外村")) == []


def test_each_content_is_given_once_with_its_text():
    """What was not read has none."""
    for sha256 in ("x", "y"):
        keep_content(sha256, Extraction("txt", (ExtractedPage(1, f"文{sha256}"),
                                                ExtractedPage(2, "二"))))  # fmt: skip
    keep("a", sha256="x", form_id="DB-01", filing={"title": {"value": "题"}})
    keep("b", sha256="x", form_id="DB-01")
    keep("c", sha256="z", form_id="DB-01")
    keep("d", sha256="y", form_id="DB-02")
    keep("e", sha256="y", form_id="DB-01", present=False)
    found = list(read_papers(["DB-01"], Q()))
    assert [(one.title, one.text) for one in found] == [("题", "文x\n二")]
    assert [one.title for one in read_papers(["DB-02"], Q())] == [""]
    assert list(read_papers(["DB-01"], Q(village="外村"))) == []


def test_what_came_and_failed_last_is_told_newest_first():
    """No more than asked for."""
    for number in range(3):
        day = NOW + dt.timedelta(days=number)
        keep(f"{number}", content_since=day)
        keep(f"坏{number}", state="failed", reason="坏", last_seen=day)
    keep("走了", present=False, content_since=NOW + dt.timedelta(days=9))
    keep("外", town="", village="")
    assert [one.path for one in latest_arrivals(Q(village="旧城村"), 2)] == ["2", "1"]
    failed = latest_failures(Q(), 2)
    assert [(one.path, one.reason) for one in failed] == [("坏2", "坏"), ("坏1", "坏")]
    assert count_by_town(Q()) == {"钟宝镇": 3}
    assert count_by_town(Q(town="城关镇")) == {}


def test_the_last_walk_is_one_that_ended():
    """One that still goes on tells nothing."""
    assert last_walk() is None
    done = Walk.objects.create(started=NOW, ended=NOW)
    Walk.objects.create(started=NOW)
    assert last_walk() == done


def test_of_each_kind_the_last_news_of_the_backup_is_kept(tmp_path):
    """A file that cannot be read is no news."""
    assert backup_news(tmp_path / "data") == {}
    note_backup(tmp_path / "data", "made", "一")
    note_backup(tmp_path / "data", "failed", "坏")
    note_backup(tmp_path / "data", "made", "二")
    news = backup_news(tmp_path / "data")
    assert {kind: one.text for kind, one in news.items()} == {"made": "二", "failed": "坏"}
    assert timezone.now() - news["made"].when < dt.timedelta(minutes=5)
    for text in ("{", "[1]", '{"made": 1}', '{"made": {"x": 1}}'):
        (tmp_path / "data/backup_state.json").write_text(text, encoding="utf-8")
        assert backup_news(tmp_path / "data") == {}
