"""What the archive holds, village by village, and what it could not see."""

import datetime as dt

import pytest
from django.db.models import Q
from django.utils import timezone

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.no_words import VIDEO
from archive_indexer.models import ArchivedFile, Walk
from archive_indexer.stores import waiting_list
from archive_indexer.stores.contents import keep_content
from archive_indexer.stores.coverage import (
    count_by_town,
    count_files,
    latest_arrivals,
    latest_failures,
    take_coverage,
)
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.places import load_places

pytestmark = pytest.mark.django_db

NOW = timezone.now()
IN_JIUCHENG = {"town": "钟宝镇", "village": "旧城村"}


def row(path: str, **more: object) -> ArchivedFile:
    return ArchivedFile.objects.create(path=path, **({"state": "indexed"} | more))


def coverage(within: Q | None = None):
    return take_coverage(load_places(), load_dossiers(), within)


def test_every_village_is_counted_also_one_without_a_file():
    """By dossier; what belongs to no village is told apart."""
    row("1", **IN_JIUCHENG, dossier="DB")
    row("2", **IN_JIUCHENG, dossier="DB")
    row("3", **IN_JIUCHENG, dossier="ET")
    row("4")
    row("gone", **IN_JIUCHENG, dossier="DB", present=False)
    waiting_list.add(["5"])
    taken = coverage()
    by_name = {(one.town, one.village): one for one in taken.villages}
    jiucheng = by_name["钟宝镇", "旧城村"]
    assert (jiucheng.files, jiucheng.by_dossier["DB"], jiucheng.by_dossier["ET"]) == (3, 2, 1)
    assert by_name["钟宝镇", "民主村"].files == 0
    assert (taken.indexed, taken.elsewhere, taken.waiting) == (4, 1, 1)
    assert {one.town for one in taken.of_town("钟宝镇")} == {"钟宝镇"}
    assert coverage(Q(dossier="ET")).indexed == 1


def test_failures_are_listed_with_their_reasons():
    """And counted apart."""
    row("b", state="failed", reason="坏", **IN_JIUCHENG)
    row("a", state="failed", reason="加了密码")
    assert [(one.path, one.reason) for one in coverage().failures] == [
        ("a", "加了密码"), ("b", "坏"),
    ]  # fmt: skip
    figures = count_files(Q(village="旧城村"))
    assert (figures.indexed, figures.failed) == (0, 1)


def test_files_without_words_are_counted_by_what_they_are():
    """They are no failures that anybody could mend."""
    for number in range(3):
        row(f"{number}.mp4", state="failed", reason=VIDEO)
    row("a.pdf", state="failed", reason="坏")
    taken = coverage()
    assert taken.without_words == {VIDEO: 3}
    assert [one.path for one in taken.failures] == ["a.pdf"]
    assert [one.path for one in latest_failures(Q(), 9)] == ["a.pdf"]
    assert count_files().failed == 1


def test_files_read_in_part_are_listed_with_what_is_lacking():
    """Each file once, wherever its content lies; a whole one is not among them."""
    unread = ExtractedPage(1, "x", unread=("含 2 张图片，未识别",))
    more = ExtractedPage(2, "y", unread=("含 2 张图片，未识别", "含附件"))
    keep_content("a" * 64, Extraction("docx", (unread, more)))
    keep_content("b" * 64, Extraction("docx", (ExtractedPage(1, "x"),)))
    row("a.docx", sha256="a" * 64, **IN_JIUCHENG)
    row("b.docx", sha256="b" * 64)
    row("c.docx", sha256="a" * 64, present=False)
    (one,) = coverage().partly
    assert (one.path, one.reason, one.village) == (
        "a.docx",
        "含 2 张图片，未识别；含附件",
        "旧城村",
    )
    assert coverage(Q(village="民主村")).partly == ()


def test_links_of_the_last_walk_and_files_inside_others_are_told():
    """A link is not followed, a member is counted among the indexed."""
    Walk.objects.create(started=NOW, ended=NOW, passed_over=["村/link.pdf"])
    row("a.zip")
    row("a.zip!/b.pdf", packed_in="a.zip")
    taken = coverage()
    assert (taken.passed_over, taken.indexed, taken.inside) == (("村/link.pdf",), 2, 1)


def test_a_village_whose_folder_could_not_be_read_was_seen_by_an_earlier_walk():
    """The others by the last one."""
    row("坏村/1", **IN_JIUCHENG)
    row("好村/2", town="钟宝镇", village="民主村")
    before, last = NOW - dt.timedelta(days=1), NOW
    Walk.objects.create(started=before, ended=before)
    Walk.objects.create(started=last, ended=last, unreadable=["坏村"], trouble="坏村读不到")
    taken = coverage()
    seen = {one.village: one.scanned_at for one in taken.of_town("钟宝镇")}
    assert (seen["旧城村"], seen["民主村"]) == (before, last)
    assert (taken.last_walk, taken.trouble) == (last, "坏村读不到")


def test_the_desk_shows_what_came_and_what_failed_last():
    """Newest first, and no more than fits."""
    for day in range(3):
        then = NOW - dt.timedelta(days=day)
        row(f"new {day}", content_since=then, **IN_JIUCHENG)
        row(f"bad {day}", state="failed", last_seen=then, reason="坏")
    assert [one.path for one in latest_arrivals(Q(), 2)] == ["new 0", "new 1"]
    assert [one.path for one in latest_failures(Q(), 2)] == ["bad 0", "bad 1"]
    assert latest_arrivals(Q(village="民主村"), 2) == []


def test_towns_are_counted_and_what_belongs_to_none_is_left_out():
    """For the county's start page."""
    row("1", **IN_JIUCHENG)
    row("2", town="城关镇")
    row("3", town="城关镇")
    row("4")
    assert count_by_town(Q()) == {"钟宝镇": 1, "城关镇": 2}


PLACE = {"town": "钟宝镇", "village": "旧城村"}


def keep(path: str, **given):
    return ArchivedFile.objects.create(path=path, **{"state": "indexed", **PLACE, **given})


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


def test_files_read_without_certainty_are_listed_worst_first():
    """Those without a word stand last; what was read well is not among them."""
    for number, confidence in enumerate((0.85, 0.4, 0.0, 0.97)):
        page = ExtractedPage(1, "x", origin="ocr", confidence=confidence)
        keep_content(f"{number}" * 64, Extraction("jpg", (page,)))
        row(f"{number}.jpg", sha256=f"{number}" * 64, **IN_JIUCHENG)
    doubtful = coverage().doubtful
    assert [one.path for one in doubtful] == ["1.jpg", "0.jpg", "2.jpg"]
    assert "（40%）" in doubtful[0].reason
    assert coverage(Q(village="民主村")).doubtful == ()
